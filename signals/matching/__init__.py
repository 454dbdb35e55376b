"""What reports have in common: tokens, their blind tags, and who else has them (security.md, key 12)."""
