"""Everything that a running Meldpunt leaves somewhere: database, Redis, files, logs, temporary folders."""

import base64
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from redis import Redis

DATABASE = "meldpunt_stack"
LARGEST = 64 * 1024 * 1024
# What each visitor keeps on a machine of their own, and what practice itself tells: its accounts.
NOT_OURS = ("playwright", "chromium", ".org.chromium")
TOLD = ("practice.json",)


class Needle:
    """A secret in the shapes in which it could lie about: as text, as hexadecimal digits, in base64 at any offset."""

    def __init__(self, name: str, secret: str | bytes):
        raw = secret.encode() if isinstance(secret, str) else secret
        self.name = name
        self.folded = {raw.lower(), raw.hex().encode(), raw.lower().hex().encode(), raw.upper().hex().encode()}
        self.exact = {self._inside(raw, offset) for offset in range(3)}
        self.exact |= {shape.translate(bytes.maketrans(b"+/", b"-_")) for shape in self.exact}

    @staticmethod
    def _inside(raw: bytes, offset: int) -> bytes:
        """The symbols that base64 gives for `raw` after `offset` other bytes, whatever stands around it."""
        coded = base64.b64encode(b"\0" * offset + raw)
        return coded[(0, 2, 3)[offset] : len(coded) - (0, 3, 2)[(offset + len(raw)) % 3] - 1]

    def lies_in(self, blob: bytes, folded: bytes) -> bool:
        """Tell whether a blob (and the same in small letters) holds it in some shape."""
        return any(shape in folded for shape in self.folded) or any(shape in blob for shape in self.exact)


def search(stack, needles: list[Needle], since: float) -> set[tuple[str, str]]:
    """Return (name of the needle, where it lies) for all that is found."""
    found = set()
    for places in (tables(stack), redis_keys(stack), files(stack, since)):
        for where, blob in places:
            folded = blob.lower()
            found |= {(needle.name, where) for needle in needles if needle.lies_in(blob, folded)}
    return found


def database(stack):
    """A connection of the cluster's superuser to the database of the stack."""
    connection = psycopg2.connect(stack.servers.postgres.url("postgres", DATABASE))
    connection.autocommit = True
    return connection


def tables(stack) -> Iterator[tuple[str, bytes]]:
    """Each table as text, as a dump has it; bytes are hexadecimal digits."""
    connection = database(stack)
    with tempfile.TemporaryFile() as file, connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for schema, name in cursor.fetchall():
            file.seek(0)
            file.truncate()
            cursor.copy_expert(f'COPY "{schema}"."{name}" TO STDOUT', file)
            file.seek(0)
            yield f"table {name}", file.read()
    connection.close()


def redis_keys(stack) -> Iterator[tuple[str, bytes]]:
    """Each key of each numbered database, with its value."""
    readers = {
        b"string": lambda client, key: [client.get(key)],
        b"list": lambda client, key: client.lrange(key, 0, -1),
        b"set": lambda client, key: client.smembers(key),
        b"hash": lambda client, key: [part for pair in client.hgetall(key).items() for part in pair],
        b"zset": lambda client, key: client.zrange(key, 0, -1),
        b"stream": lambda client, key: [repr(client.xrange(key)).encode()],
    }
    for number in range(16):
        with Redis.from_url(stack.servers.redis.url(number)) as client:
            for key in client.scan_iter():
                parts = readers[client.type(key)](client, key) if client.exists(key) else []
                yield "Redis", b"\n".join([key, *filter(None, parts)])


def files(stack, since: float) -> Iterator[tuple[str, bytes]]:
    """What the processes keep on disk, the servers' own files and logs, and what is new in the temporary folder."""
    postgres, redis = stack.servers.postgres, stack.servers.redis
    ours = [stack.state, redis.data, postgres.data, postgres.child.log, redis.child.log]
    for path in {path for folder in ours for path in below(Path(folder))}:
        if path.name not in TOLD:
            yield from content(path)
    for path in below(Path(tempfile.gettempdir())):
        if path.parts[2:] and not path.parts[2].startswith(NOT_OURS) and changed(path) >= since:
            yield from content(path)


def below(path: Path) -> Iterator[Path]:
    """The ordinary files in a folder, or the file itself."""
    if path.is_file():
        yield path
    for folder, _folders, names in os.walk(path):
        yield from (Path(folder) / name for name in names)


def changed(path: Path) -> float:
    """When a file was last changed (Unix time); 0 where it has gone."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0


def content(path: Path) -> Iterator[tuple[str, bytes]]:
    """What a file holds; nothing where it went while we looked, or is no file of ours to read."""
    try:
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
            yield str(path), path.read_bytes()
    except OSError:
        return
