"""Handing a case over outside: what goes, the document that leaves encrypted, and the records of other standards."""
