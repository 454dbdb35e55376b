"""Sealing and opening, composed from libsodium (through PyNaCl) and nothing else. Knows no Django.

Every blob starts with one byte that names its format, so that another scheme can follow.
"""

from dataclasses import dataclass

import nacl.bindings as sodium
from nacl import exceptions, public, pwhash, signing, utils
from nacl.encoding import RawEncoder
from nacl.hash import blake2b

FORMAT = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
BUCKETS = (256, 1024, 4096)


class CannotOpen(Exception):
    """What was sealed cannot be opened: another key, another place, or changed on the way."""


@dataclass(frozen=True)
class Pair:
    """An X25519 key pair: 32 bytes each."""

    secret: bytes
    public: bytes


def new_key() -> bytes:
    """Return a random key of 32 bytes."""
    return utils.random(KEY_BYTES)


def new_pair() -> Pair:
    """Return a new X25519 pair."""
    secret = public.PrivateKey.generate()
    return Pair(bytes(secret), bytes(secret.public_key))


def pad(data: bytes) -> bytes:
    """Fill `data` up to the next bucket (256, 1024, 4096, then multiples of 4096): its length says little."""
    size = next((bucket for bucket in BUCKETS if len(data) < bucket), BUCKETS[-1])
    return sodium.sodium_pad(data, size)


def unpad(data: bytes) -> bytes:
    """Undo `pad`; raises CannotOpen."""
    size = len(data) if len(data) in BUCKETS else BUCKETS[-1]
    try:
        return sodium.sodium_unpad(data, size)
    except exceptions.CryptoError as error:
        raise CannotOpen from error


def seal(key: bytes, data: bytes, context: str) -> bytes:
    """Seal padded `data` under `key` (32 bytes), bound to `context`; returns format, nonce and ciphertext."""
    nonce = utils.random(NONCE_BYTES)
    box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(pad(data), context.encode(), nonce, key)
    return FORMAT + nonce + box


def open_sealed(key: bytes, blob: bytes, context: str) -> bytes:
    """Open what `seal` made with the same key and context; raises CannotOpen."""
    blob = bytes(blob)
    if blob[:1] != FORMAT:
        raise CannotOpen
    nonce, box = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        return unpad(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(box, context.encode(), nonce, key))
    except (exceptions.CryptoError, ValueError, TypeError) as error:
        raise CannotOpen from error


def seal_key(to: bytes, key: bytes, statement: str) -> bytes:
    """Seal `key` to the public key `to`, with a statement of what it is for (a SealedBox binds no context itself)."""
    return FORMAT + public.SealedBox(public.PublicKey(to)).encrypt(key + statement.encode())


def unseal_key(secret: bytes, blob: bytes, statement: str) -> bytes:
    """Open a key sealed by `seal_key`; raises CannotOpen, also where the statement is another."""
    blob = bytes(blob)
    try:
        opened = public.SealedBox(public.PrivateKey(secret)).decrypt(blob[1:])
    except (exceptions.CryptoError, ValueError, TypeError) as error:
        raise CannotOpen from error
    if blob[:1] != FORMAT or opened[KEY_BYTES:] != statement.encode():
        raise CannotOpen
    return opened[:KEY_BYTES]


def seal_twice(outer: bytes, inner: bytes, key: bytes, statement: str) -> bytes:
    """Seal `key` to the public key `inner` and that box to `outer`: only both secrets together open it."""
    box = seal_key(inner, key, statement)
    return FORMAT + public.SealedBox(public.PublicKey(outer)).encrypt(box)


def unseal_twice(outer: bytes, inner: bytes, blob: bytes, statement: str) -> bytes:
    """Open what `seal_twice` made, with both secrets; raises CannotOpen."""
    blob = bytes(blob)
    try:
        box = public.SealedBox(public.PrivateKey(outer)).decrypt(blob[1:])
    except (exceptions.CryptoError, ValueError, TypeError) as error:
        raise CannotOpen from error
    if blob[:1] != FORMAT:
        raise CannotOpen
    return unseal_key(inner, box, statement)


def derive(key: bytes, purpose: str, data: bytes) -> bytes:
    """Return 32 bytes of keyed BLAKE2b over `data`; other purposes (at most 16 letters) give independent results."""
    return blake2b(data, digest_size=KEY_BYTES, key=key, person=purpose.encode(), encoder=RawEncoder)


def key_from_password(password: str, pepper: bytes, salt: bytes, *, time: int, memory: int) -> bytes:
    """Return a key of 32 bytes from a password: Argon2id (`time` passes, `memory` KiB, salt of 16 bytes), then the pepper.

    Source: security.md, key 1. Slow on purpose: callers hold the gate in `unlocking`.
    """
    stretched = pwhash.argon2id.kdf(KEY_BYTES, password.encode(), salt, opslimit=time, memlimit=memory * 1024)
    return derive(pepper, "password", stretched)


def new_salt() -> bytes:
    """Return a random salt for `key_from_password`."""
    return utils.random(pwhash.argon2id.SALTBYTES)


def new_signing_pair() -> Pair:
    """Return a new Ed25519 pair (the secret is its seed)."""
    key = signing.SigningKey.generate()
    return Pair(bytes(key), bytes(key.verify_key))


def sign(seed: bytes, statement: str) -> bytes:
    """Return the Ed25519 signature (64 bytes) of `statement`."""
    return signing.SigningKey(seed).sign(statement.encode()).signature


def is_signed(verify_key: bytes, statement: str, signature: bytes) -> bool:
    """Tell whether `signature` is that of `statement` by the holder of `verify_key`."""
    try:
        signing.VerifyKey(verify_key).verify(statement.encode(), bytes(signature))
    except (exceptions.BadSignatureError, exceptions.ValueError, exceptions.TypeError):
        return False
    return True
