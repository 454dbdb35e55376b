"""Files are decoded and rewritten without metadata, in a child process that can do nothing else.

`child` runs in that process (with `confinement`, `kinds`, `photos`, `papers`, `films`); `parent` starts it.
"""
