"""Files: taken in, and shown."""
