"""How often one source may try something. No address is stored: a keyed hash with a salt that is gone after a day.

Limits are per source, or per source and account: nobody can lock somebody else out (security.md, Accounts).
"""

import hashlib
import hmac
import ipaddress
import secrets
import time
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from redis import Redis
from redis.exceptions import RedisError

MOMENT = 10
MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR


def allow(request: HttpRequest, what: str, per_minute: int, *, account: str = "") -> bool:
    """Count one try of `what` by the request's source (and `account`), and tell whether it stays within `per_minute`.

    Where Redis does not answer the try is allowed: a limit must never stand between a child and the form.
    """
    return _within(f"{what}|{source(request)}|{account}", per_minute, MINUTE)


def allow_account(what: str, per_hour: int, *, account: str) -> bool:
    """Count one try of `what` for `account` from wherever; only for steps after the password was right."""
    return _within(f"{what}||{account}", per_hour, HOUR)


def fair_share(request: HttpRequest) -> bool:
    """Count a POST of the public form and tell whether its source keeps to its share.

    A source may send POSTS_PER_SOURCE in ten seconds: a class behind one address fits. While all together send more
    than POSTS_OVERALL, it is FAIR_SHARE: enough for somebody who fills in a form, whatever others do.
    """
    own, every = _count([f"post|{source(request)}|", "post||"], MOMENT)
    limit = settings.POSTS_PER_SOURCE if every <= settings.POSTS_OVERALL else settings.FAIR_SHARE
    return own <= limit


def _within(who: str, limit: int, seconds: int) -> bool:
    return _count([who], seconds)[0] <= limit


def _count(whom: list[str], seconds: int) -> list[int]:
    """Count one more for each of `whom` in this period, in one exchange, and return how many there are.

    0 where Redis does not answer.
    """
    now = int(time.time())
    try:
        key = f"{settings.WEB_SECRET}{_salt(now // DAY)}".encode()
        exchange = _redis().pipeline(transaction=False)
        for who in whom:
            name = hmac.new(key, f"{who}|{now // seconds}".encode(), hashlib.sha256).hexdigest()
            exchange.incr(f"limit-{name}").expire(f"limit-{name}", 2 * seconds)
        return exchange.execute()[::2]
    except (RedisError, OSError):
        return [0] * len(whom)


@lru_cache(maxsize=1)
def _salt(day: int) -> str:
    """The salt of a day, the same for all processes; it is gone from Redis a day later, and from here with the next."""
    name = f"limit-salt-{day}"
    _redis().set(name, secrets.token_hex(32), ex=DAY, nx=True)
    return _redis().get(name).decode()


@lru_cache(maxsize=1)
def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


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
