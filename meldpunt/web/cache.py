"""Redis holds JSON only: Django's own serializer unpickles, so whoever writes Redis would run code."""

import json
from typing import Any


class JsonSerializer:
    """Serializer for django.core.cache's Redis backend. Whole numbers stay bare so that Redis can count."""

    def __init__(self, protocol: int | None = None) -> None:
        self.protocol = protocol

    def dumps(self, value: Any) -> bytes | int:
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)
