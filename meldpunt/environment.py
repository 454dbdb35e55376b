"""Settings come from the environment only; secrets may come from files (NAME_FILE)."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def value(name: str, default: str | None = None) -> str:
    """Return the setting `name`, from NAME or from the file that NAME_FILE names.

    Raises ImproperlyConfigured, in one sentence, where neither is there and no default is given.
    """
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error}.") from error
    if (found := os.environ.get(name, "").strip()) or default is not None:
        return found or (default or "")
    raise ImproperlyConfigured(f"Set {name} (or {name}_FILE). See the README, 'For real'.")


def key(name: str, default: str | None = None) -> bytes:
    """Return a setting of 64 hexadecimal digits as 32 bytes; raises ImproperlyConfigured on anything else."""
    text = value(name, default)
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != 32:
        raise ImproperlyConfigured(f"{name} must be 64 hexadecimal digits.")
    return found


def database(name: str) -> dict:
    """Return Django's settings for the PostgreSQL address in the setting `name`."""
    parts = urlsplit(value(name))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": f"meldpunt-{name.split('_')[0].lower()}"},
    }
