"""Where a person lives or sleeps: from typed words to a municipality."""
