"""The login hash: Argon2id over a password that is first keyed with a pepper only the web process has."""

import secrets

from argon2 import Type, extract_parameters, low_level
from argon2.exceptions import InvalidHash, VerifyMismatchError
from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher
from django.utils.translation import gettext_noop as _

from meldpunt.vault import crypto
from meldpunt.vault.unlocking import hashing_slot

SALT_BYTES = 16
HASH_BYTES = 32


class PepperedArgon2(BasePasswordHasher):
    """Encoded as pepper_argon2$PEPPER_VERSION$argon2id$...; costs what unlocking a key costs (security.md, key 1).

    Raises TooBusy where no slot for a slow hash comes free in time.
    """

    algorithm = "pepper_argon2"

    def salt(self):
        return secrets.token_urlsafe(SALT_BYTES)

    def encode(self, password, salt):
        """Return the encoded hash of `password`; `salt` is text."""
        with hashing_slot():
            found = low_level.hash_secret(
                _keyed(password),
                salt.encode(),
                time_cost=settings.ARGON2_TIME,
                memory_cost=settings.ARGON2_MEMORY,
                parallelism=1,
                hash_len=HASH_BYTES,
                type=Type.ID,
            )
        return f"{self.algorithm}${settings.PEPPER_VERSION}{found.decode()}"

    def decode(self, encoded):
        """Return the parts of an encoded hash."""
        algorithm, pepper_version, inner = encoded.split("$", 2)
        return {"algorithm": algorithm, "pepper_version": int(pepper_version), "inner": f"${inner}"}

    def verify(self, password, encoded):
        """Tell whether `password` fits `encoded`."""
        with hashing_slot():
            try:
                return low_level.verify_secret(self.decode(encoded)["inner"].encode(), _keyed(password), Type.ID)
            except (VerifyMismatchError, InvalidHash):
                return False

    def must_update(self, encoded):
        """Tell whether the costs or the pepper have changed since."""
        parts = self.decode(encoded)
        found = extract_parameters(parts["inner"])
        wanted = (settings.ARGON2_TIME, settings.ARGON2_MEMORY, settings.PEPPER_VERSION)
        return (found.time_cost, found.memory_cost, parts["pepper_version"]) != wanted

    def safe_summary(self, encoded):
        return {_("algorithm"): self.algorithm, _("pepper"): self.decode(encoded)["pepper_version"]}

    def harden_runtime(self, password, encoded):
        """Nothing to even out: the costs of all hashes are the same within a deployment."""


def _keyed(password: str) -> bytes:
    return crypto.derive(settings.PEPPER, "login", password.encode())
