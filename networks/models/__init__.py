"""What a local network writes down. The desk sees none of it."""

from networks.models.note import Note

__all__ = ["Note"]
