"""`make run` with the data of an earlier version stops with one sentence, and leaves those data alone."""

import os
import subprocess
import sys

import pytest

from meldpunt import run, versions
from meldpunt.embedded import ServerProblem


@pytest.fixture
def checkout(tmp_path):
    """A checkout with one migration."""
    folder = tmp_path / "signals" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("first")
    return tmp_path


@pytest.fixture
def state(tmp_path):
    found = tmp_path / ".data"
    found.mkdir()
    return found


def test_data_that_were_never_made_fit(state, checkout):
    versions.check(state, checkout)


def test_data_of_this_version_fit_also_when_a_migration_is_added(state, checkout):
    versions.note(state, checkout)
    (checkout / "signals" / "migrations" / "0002_more.py").write_text("second")
    versions.check(state, checkout)


@pytest.mark.parametrize("change", ["made anew", "gone"])
def test_data_of_another_version_are_refused_in_one_sentence(state, checkout, change):
    versions.note(state, checkout)
    first = checkout / "signals" / "migrations" / "0001_initial.py"
    first.write_text("anew") if change == "made anew" else first.unlink()
    with pytest.raises(ServerProblem, match=r"another version of Meldpunt.*`make clean` forgets them"):
        versions.check(state, checkout)


def test_data_from_before_versions_were_noted_are_refused(state, checkout):
    (state / "practice.json").write_text("[]")
    with pytest.raises(ServerProblem, match="another version"):
        versions.check(state, checkout)


def test_the_migrations_of_this_checkout_are_found():
    found = versions.fingerprints()
    assert {"signals/migrations/0001_initial.py", "meldpunt/vault/migrations/0001_initial.py"} <= set(found)


def test_make_run_says_it_and_stops_before_anything_is_changed(tmp_path):
    state = tmp_path / ".data"
    state.mkdir(mode=0o711)
    (state / "practice.json").write_text("[]")
    script = f"import pathlib, sys; from meldpunt import run; run.STATE = pathlib.Path({str(state)!r}); sys.exit(run.main())"
    alone = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_URL_FILE"))}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=run.CHECKOUT, env=alone, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "made by another version of Meldpunt" in done.stderr and "Traceback" not in done.stderr
    assert (state / "practice.json").read_text() == "[]" and not (state / versions.NOTE).exists()
