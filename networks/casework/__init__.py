"""Casework: what was agreed about contact, what the pages of a case show, its line of time."""
