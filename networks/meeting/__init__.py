"""Meeting mode: the agenda that makes itself, one screen for each case, and what was decided."""
