"""The canary test for files: their names, what they hold, and what is said about them lies nowhere in the clear."""

import re
import secrets
import string
import time

import pytest

from tests import leftovers, samples
from tests.leftovers import Needle
from tests.people import Forms, Person, one_time_code
from tests.samples import at_the_files, send_file


@pytest.fixture
def canary() -> str:
    return "Kanarie" + "".join(secrets.choice(string.ascii_letters) for _ in range(12))


def filed_with_files(url: str, canary: str) -> tuple[str, str]:
    """File with a photo and a paper; one more was refused, one taken out again. Returns reference and code."""
    visitor = at_the_files(url)
    assert send_file(visitor, canary.encode() * 50, f"{canary}.txt").status_code == 422
    photo = samples.photo(maker=canary)
    assert canary.encode() in photo
    for name in (f"{canary}-een.jpg", f"{canary}-twee.jpg"):
        assert send_file(visitor, photo, name).status_code == 200
    assert f"{canary}-twee.jpg" in visitor.answer.text
    visitor.submit({})
    visitor.submit({})
    reference = re.search(r"OV-\w{3}-\w{3}", visitor.page.texts["ref"])[0]
    return reference, re.sub(r"\s", "", visitor.page.texts["output"])


def added_later(url: str, code: str, canary: str) -> None:
    """Come back with the code and add one more; leave another draft behind, with a file in it."""
    visitor = at_the_files(url)
    send_file(visitor, samples.photo(maker=canary), f"{canary}-klad.jpg")
    visitor.session.cookies.clear()
    visitor.open("code/")
    visitor.submit({"code": code})
    assert send_file(visitor, samples.photo(maker=canary), f"{canary}-later.jpg", "code/erbij/").status_code == 200


def signed_in(stack) -> Person:
    """The coordinator; waits where another test used this code of the app."""
    account = next(one for one in stack.accounts if one["role"] == "coordinator")
    for _try in range(2):
        code = one_time_code(account["totp_secret"])
        try:
            return Person(stack.url, account)
        except AssertionError:
            while one_time_code(account["totp_secret"]) == code:
                time.sleep(0.5)
    return Person(stack.url, account)


def test_files_lie_nowhere_in_the_clear(stack, canary):
    since = time.time()
    reference, code = filed_with_files(stack.url, canary)
    added_later(stack.url, code, canary)
    desk = signed_in(stack)
    desk.open(f"/meldingen/{reference}/")
    assert f"{canary}-een.jpg" in desk.html and f"{canary}-later.jpg" in desk.html
    page = desk.html
    assert desk.submit("/opslaan/").content[:2] == b"\xff\xd8"
    for name in ("bekijken", "niet-openen"):
        desk.open(re.search(rf'href="(/meldingen/{reference}/bestand/[0-9a-f-]+/{name}/)"', page)[1])
    form = next(one for one in Forms(desk.html).found if "hold-words" in one["fields"])
    desk.fill(form, {"hold-words": canary})
    assert "Dit bestand blijft dicht" in desk.html
    assert leftovers.search(stack, [Needle("canary", canary)], since) == set()
