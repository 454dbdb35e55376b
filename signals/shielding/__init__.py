"""Keeping people who are involved away from a signal or case: names, who may still see it, and who works on it."""
