"""What the desk's pages show of a signal and of a case."""
