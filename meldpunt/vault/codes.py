"""The code of a referrer: 16 symbols of Crockford's 32, 75 random bits and a check symbol (security.md, key 7).

The check symbol is a weighted sum over GF(32): it catches every single wrong symbol and every swap of two.
"""

import re
import secrets

from meldpunt.vault import crypto

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_FOLD = str.maketrans("OIL", "011")
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)


def _times(a: int, b: int) -> int:
    """Multiply in GF(32)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0b100000:
            a ^= _POLYNOMIAL
        b >>= 1
    return product


def check_symbol(symbols: str) -> str:
    """Return the check symbol of 15 symbols: the sum of weight x symbol, weights 2 to 16."""
    total = 0
    for weight, symbol in enumerate(symbols, start=2):
        total ^= _times(weight, SYMBOLS.index(symbol))
    return SYMBOLS[total]


def new_code() -> str:
    """Return a new code: 16 symbols without spaces."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH - 1))
    return body + check_symbol(body)


def folded(text: str) -> str:
    """Return what somebody typed of a code, without spaces and dashes, in capitals; O is 0, I and L are 1."""
    return re.sub(r"[\s\-–.]", "", text[:200]).upper().translate(_FOLD)


def normalise(text: str) -> str | None:
    """Return the code that somebody typed as 16 symbols, or None where it cannot be one.

    Small letters, spaces and dashes are fine; O counts as 0, I and L as 1.
    """
    code = folded(text)
    if len(code) != LENGTH or any(symbol not in SYMBOLS for symbol in code):
        return None
    return code if check_symbol(code[:-1]) == code[-1] else None


def grouped(code: str) -> list[str]:
    """Return the code as four groups of four, as it is shown."""
    return [code[i : i + 4] for i in range(0, len(code), 4)]


def lookup_id(code: str, pepper: bytes) -> bytes:
    """Return what is stored to find the signal by its code (32 bytes)."""
    return crypto.derive(pepper, "code-lookup", code.encode())


def wrapping_key(code: str, pepper: bytes) -> bytes:
    """Return the key that wraps the referrer's own key; never stored, independent of the lookup id."""
    return crypto.derive(pepper, "code-wrap", code.encode())


def new_reference(prefix: str) -> str:
    """Return a random public reference such as OV-7K3-M4T."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(6))
    return f"{prefix}-{body[:3]}-{body[3:]}"
