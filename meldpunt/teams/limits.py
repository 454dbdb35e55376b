"""How often one source may try something. No address is stored: a keyed hash with a salt that is gone after a day.

Limits are per source, or per source and account: nobody can lock somebody else out (security.md, Accounts).
"""

import hashlib
import hmac
import ipaddress
import secrets
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

DAY = 24 * 3600


def allow(request: HttpRequest, what: str, per_minute: int, *, account: str = "") -> bool:
    """Count one try of `what` by the request's source (and `account`), and tell whether it stays within `per_minute`.

    Where Redis does not answer the try is allowed: a limit must never stand between a child and the form.
    """
    try:
        day = f"limit-salt-{int(time.time()) // DAY}"
        salt = cache.get_or_set(day, lambda: secrets.token_hex(32), DAY)
        who = f"{what}|{source(request)}|{account}|{int(time.time()) // 60}"
        name = hmac.new(f"{settings.WEB_SECRET}{salt}".encode(), who.encode(), hashlib.sha256).hexdigest()
        cache.add(f"limit-{name}", 0, 120)
        return cache.incr(f"limit-{name}") <= per_minute
    except (RedisError, OSError, ValueError):
        return True


def source(request: HttpRequest) -> str:
    """Return where a request comes from: the address, of IPv6 the /64 network; behind TRUSTED_PROXIES the one they saw."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = seen[-settings.TRUSTED_PROXIES] if len(seen) >= settings.TRUSTED_PROXIES else address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if parsed.version == 6 else address
