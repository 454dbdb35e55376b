"""Production: settings from the environment, no practice secret, a clean deploy check, a valid compose file."""

import os
import subprocess
import sys

import pytest

from meldpunt.stack import CHECKOUT

ADDRESS = "postgresql://nobody:secret@localhost:1/none"
REAL = {
    "MELDPUNT_MODE": "production",
    "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnop",
    "WEB_SECRET": "w" * 40,
    "PEPPER": "ab" * 32,
    "TRUST_ROOT": "cd" * 32,
    "ALLOWED_HOSTS": "oever.example.org",
    "SITE_URL": "https://oever.example.org",
    "SECURITY_CONTACT": "mailto:security@example.org",
    "REDIS_URL": "redis://localhost:1/0",
    "DATABASE_URL": ADDRESS,
    "TRUSTED_PROXIES": "1",
}


def check(*arguments, **changed):
    """Run `manage.py check` with production settings and nothing else of ours in the environment."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | REAL | changed
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_deploy_check_is_clean():
    done = check("--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "WEB_SECRET", "TRUST_ROOT"])
def test_production_refuses_a_practice_secret(name):
    done = check(**{name: "practice-" + REAL[name]})
    assert done.returncode and "practice" in done.stderr


@pytest.mark.parametrize(
    "name,value",
    [
        ("SECRET_KEY", None),
        ("PEPPER", "short"),
        ("PEPPER", None),
        ("DATABASE_URL", "mysql://x"),
        ("MELDPUNT_MODE", "live"),
        ("ALLOWED_HOSTS", None),
        ("SITE_URL", None),
    ],
)
def test_production_refuses_to_start_on_nonsense(name, value):
    done = check(**{name: value})
    assert done.returncode
    assert "ImproperlyConfigured" in done.stderr
    assert REAL["PEPPER"] not in done.stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "pepper").write_text(REAL["PEPPER"] + "\n")
    assert check(PEPPER=None, PEPPER_FILE=str(tmp_path / "pepper")).returncode == 0


def test_the_worker_needs_no_secret_of_the_web():
    done = check(
        MELDPUNT_PROCESS="worker", PEPPER=None, WEB_SECRET=None, TRUST_ROOT=None, DATABASE_URL=None,
        WORKER_DATABASE_URL=ADDRESS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_compose_file_follows_the_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
