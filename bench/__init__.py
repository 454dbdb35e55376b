"""The measures of quality: `make bench` starts a complete Meldpunt of its own and measures ratios in one run.

Ratios, because a laptop and a server differ and a busy machine slows both sides. Nothing here is a test: no time
is ever asserted.
"""
