"""What happens before the packages are there: the virtual environment, the packages, the browser.

Standard library only. The Makefile calls it as ``python3 -I meldpunt/bootstrap.py COMMAND [ARGUMENTS]``.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = CHECKOUT / "requirements.lock"
INSTALLED = VENV / "installed.sha256"
STATE = CHECKOUT / ".data"
ROOM = 700 * 1024 * 1024
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
UNREACHABLE = re.compile(
    r"NewConnectionError|NameResolutionError|Temporary failure in name|Max retries|ConnectTimeout|ReadTimeout"
    r"|ProxyError|Connection refused|Network is unreachable|No matching distribution"
)
COMMANDS = {
    "run": ["-m", "meldpunt.run"],
    "test": ["-m", "pytest"],
    "screenshots": ["-m", "tests.screenshots"],
    "bench": ["-m", "bench"],
}
# The whole suite is shared between two processes with servers of their own; a part of it is quicker in one.
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile"]


class Problem(Exception):
    """One sentence for the person who typed the command."""


def main(command: str, arguments: list[str]) -> None:
    """Make ready what the command needs and become it."""
    if command == "clean":
        clean()
        return
    make_venv()
    install_packages()
    environment = {
        **os.environ,
        "VIRTUAL_ENV": str(VENV),
        "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}",
    }
    environment.pop("PYTHONHOME", None)
    if command in ("test", "screenshots"):
        environment |= find_browser()
    if command == "test" and not arguments and "DATABASE_URL" not in environment:
        arguments = SIDE_BY_SIDE
    os.chdir(CHECKOUT)
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), *COMMANDS[command], *arguments], environment)


def make_venv() -> None:
    """Make .venv when it is not there or its Python has gone."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        raise Problem(
            "This Python cannot make virtual environments: install its venv module "
            f"(Debian and Ubuntu: apt-get install python3.{sys.version_info.minor}-venv)."
        )
    enough_room()
    print("  making .venv …", flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Problem(
            f"The virtual environment cannot be made:\n{(done.stdout + done.stderr).strip()[-800:]}"
        )


def enough_room() -> None:
    """Refuse in time where the disk is too full."""
    free = shutil.disk_usage(CHECKOUT).free
    if free < ROOM:
        raise Problem(
            f"Too little room on the disk of {CHECKOUT}: {free >> 20} MB free and about {ROOM >> 20} MB needed."
        )


def install_packages() -> None:
    """Install what requirements.lock names, unless that was done before."""
    mark = hashlib.sha256(LOCK.read_bytes() + os.fsencode(PYTHON.resolve())).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text() == mark:
        return
    enough_room()
    total = len(re.findall(r"^[A-Za-z0-9].*==", LOCK.read_text(), re.MULTILINE))
    print(f"  installing {total} packages …", flush=True)
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar=off",
    ]
    command += ["--require-hashes", "-r", LOCK]
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        count = 0
        for line in pip.stdout:
            said.append(line)
            found = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)==", line)
            if found:
                count += 1
                progress(count, total, found[1])
            elif line.startswith("Installing collected packages"):
                print("\n  unpacking …" if sys.stdout.isatty() else "  unpacking …", flush=True)
    if pip.returncode:
        raise Problem(why_pip_failed("".join(said)))
    INSTALLED.write_text(mark)


def progress(count: int, total: int, name: str) -> None:
    """One line that renews itself on a terminal; one in ten elsewhere."""
    if sys.stdout.isatty():
        print(f"\r  {min(count, total)}/{total} {name:<40}", end="", flush=True)
    elif count % 10 == 0 or count == total:
        print(f"  {count}/{total} {name}", flush=True)


def why_pip_failed(said: str) -> str:
    """One sentence for a failed installation."""
    if "No space left" in said or "Errno 28" in said:
        return "The disk is full: make room and run this again."
    if "DO NOT MATCH THE HASHES" in said:
        return (
            "A package differs from what requirements.lock expects; nothing was installed from it.\n"
            + said[-800:]
        )
    if UNREACHABLE.search(said):
        return "The package index cannot be reached: check the network (or PIP_INDEX_URL) and run this again."
    return f"The packages cannot be installed:\n{said.strip()[-1200:]}"


def find_browser() -> dict[str, str]:
    """The environment that names a Chromium; installs one where there is none.

    The machine's own comes first, then Playwright's, then Debian's package (as root).
    """
    if os.environ.get("CHROMIUM"):
        return {}
    if own := next(filter(None, map(shutil.which, BROWSERS)), None):
        return {"CHROMIUM": own}
    asked = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    where = subprocess.run([PYTHON, "-c", asked], capture_output=True, text=True).stdout.strip()
    if where and Path(where).exists():
        return {"CHROMIUM": where}
    print("  fetching a browser for the tests …", flush=True)
    try:
        fetched = subprocess.run(
            [PYTHON, "-m", "playwright", "install", "chromium"], capture_output=True, timeout=300
        ).returncode
    except subprocess.TimeoutExpired:
        fetched = 1
    if fetched == 0 and Path(where).exists():
        return {"CHROMIUM": where}
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], stdout=subprocess.DEVNULL, env=quiet)
        install = [
            "apt-get",
            "install",
            "-y",
            "-q",
            "--no-install-recommends",
            "chromium",
            "fonts-dejavu-core",
        ]
        subprocess.run(install, stdout=subprocess.DEVNULL, env=quiet)
        if own := shutil.which("chromium"):
            return {"CHROMIUM": own}
    raise Problem(
        "The tests need a browser and none could be fetched: install Chromium, or name one in CHROMIUM."
    )


def clean() -> None:
    """Forget all data of this checkout, also outside it; packages stay.

    Raises:
        Problem: Meldpunt or its tests run.
    """
    for lock in [STATE / "run.lock", *STATE.glob("**/servers.lock")]:
        if not lock.exists():
            continue
        with open(lock) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Problem("Meldpunt runs: stop it first (Ctrl-C where it runs).") from None
    mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]
    outside = Path("/var/tmp") / f"meldpunt-{mark}"
    for folder in (STATE, outside):
        try:
            found = folder.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
            shutil.rmtree(folder)
    print("  all data of this checkout is gone; .venv stays")


if __name__ == "__main__":
    try:
        if len(sys.argv) < 2 or sys.argv[1] not in (*COMMANDS, "clean"):
            raise Problem(f"Say one of: {', '.join((*COMMANDS, 'clean'))}.")
        main(sys.argv[1], sys.argv[2:])
    except Problem as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:
        if problem.errno == 28:
            sys.exit("\nThe disk is full: make room and run this again.")
        sys.exit(f"\nThe machine refuses: {problem}")
