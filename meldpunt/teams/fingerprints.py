"""What two people read to each other to know that a key is the right one."""

from meldpunt.vault import crypto
from meldpunt.vault.models import SignedKey

GROUPS = 8
SYMBOLS = 4


def fingerprint(key: SignedKey) -> list[str]:
    """Return the fingerprint of a public key: eight groups of four hexadecimal digits (128 bits)."""
    text = crypto.derive(b"meldpunt-fingerprint", "fingerprint", bytes(key.public)).hex()
    return [text[i : i + SYMBOLS] for i in range(0, GROUPS * SYMBOLS, SYMBOLS)]
