"""What people write and what opens it lies nowhere in the clear (security.md, the canary test).

One string goes through every field and every path; then everything that a running Meldpunt keeps is searched. Not
walked: a crash in a view, since no page of the product crashes on what somebody types (test_web.py tests what a log
line of a crash holds), and names and addresses of invitations, which are clear by design.
"""

import base64
import re
import secrets
import string
import time
from contextlib import closing

import pytest

from meldpunt.vault import crypto
from signals.filing.robot import CannotFile, Referrer
from tests import leftovers
from tests.canary_circle import write_down_the_circle
from tests.canary_consent import ask_consent
from tests.canary_dispatch import hand_outside
from tests.canary_matches import compare
from tests.canary_network import do_the_work
from tests.canary_plan import open_again, plan_and_write
from tests.canary_rights import ask_and_answer
from tests.canary_together import hand_on, look_after, meet, refuse, take_back
from tests.leftovers import Needle
from tests.people import Forms, Person, answer, one_time_code

NETWORK, OTHER = "hengelo", "zwolle"


@pytest.fixture
def canary() -> str:
    """A string without digits that stands nowhere else, short enough for the smallest field (20)."""
    return "Kanarie" + "".join(secrets.choice(string.ascii_letters) for _ in range(12))


def report(canary: str) -> dict[str, dict]:
    """Answers of a school with the canary in every field that takes text."""
    suspect = {f"suspect_{part}": canary for part in ("name", "nickname", "phone", "handle", "plate", "other")}
    peers = {f"peer_{n}_{part}": canary for n in range(1, 5) for part in ("relation", "name")}
    return {
        "you": {"name": canary, "organisation": canary, "function": canary, "meldcode_step": "2"},
        "danger": {"danger": "no"},
        "signs": {"signs": ["SC01"], **dict.fromkeys(("words", "seen", "heard", "suspected"), canary)},
        "person": {
            "age_band": "12_15", **dict.fromkeys(("name", "language", "school", "reach"), canary), **suspect, **peers,
        },
        "place": {"place": canary, "happens": canary, "when_words": canary},
        "contact": {
            "allowed": "yes", "how": "phone", "phone": f"0612345678 {canary}", "email": f"{canary}@example.org",
            **dict.fromkeys(("when", "say", "never", "must_not_know", "code_word", "works_here"), canary), "person_knows": "no",
        },
    }  # fmt: skip


def leave_halfway(url: str, canary: str) -> None:
    """Fill in a step wrongly, another rightly, and go away: the draft stays behind. Then a wrong code."""
    visitor = Referrer(url)
    visitor.open("m/begin/self/")
    visitor.submit({})
    visitor.submit({"danger": "unknown"})
    with pytest.raises(CannotFile):
        visitor.submit({"signs": ["DW01"], "none": "on", "words": canary})
    visitor.submit({"words": canary})
    with pytest.raises(CannotFile):
        visitor.submit({"name": canary, "place": canary})
    stranger = Referrer(url)
    stranger.open("code/")
    with pytest.raises(CannotFile):
        stranger.submit({"code": canary})


def ask_advice(url: str, canary: str) -> str:
    """A question to the desk, once refused and then sent; returns the code of its way back."""
    visitor = Referrer(url)
    visitor.open("advies/")
    with pytest.raises(CannotFile):
        visitor.submit({"question": f"vraag {canary}"})
    visitor.submit({"kind": "parent", "danger": "no", "question": f"vraag {canary}"})
    visitor.submit({})
    return re.sub(r"\s", "", visitor.page.texts["output"])


def try_the_door(stack, account: dict, canary: str) -> None:
    """The canary as e-mail address, as password, and as second factor; each is refused."""
    for email, password in ((f"{canary}@example.org", canary), (account["email"], canary)):
        person = Person(stack.url)
        person.open("/aanmelden/")
        person.submit("aanmelden", login=email, password=password)
        assert "/aanmelden/" in person.open("/start/").url
    person = Person(stack.url)
    person.open("/aanmelden/")
    person.submit("aanmelden", login=account["email"], password=account["password"])
    person.submit("/code/", code=canary)
    assert "/aanmelden/" in person.open("/start/").url


def signed_in(stack, account: dict) -> Person:
    """Somebody who signed in; waits where another test used this code of the app."""
    for _ in range(2):
        code = one_time_code(account["totp_secret"])
        try:
            return Person(stack.url, account)
        except AssertionError:
            while one_time_code(account["totp_secret"]) == code:
                time.sleep(0.5)
    return Person(stack.url, account)


def assess(desk: Person, reference: str, canary: str) -> str:
    """Everything that the desk can write about a signal; returns the reference of the case."""
    desk.open("/meldingen/")
    desk.submit("/zoeken/", q=canary)
    desk.open("/meldingen/?van=school")
    desk.submit("/filter/", filter=f"van=school&naam={canary}", plek=canary, doe="bewaren")
    desk.open(f"/meldingen/{reference}/")
    desk.submit("/oppakken/")
    answer(desk, "urgency-words", urgency="urgent", reason="other", words=canary)
    answer(desk, "decide-words", 422, number=canary, words=canary)
    answer(desk, "decide-words", decision="advice", reason="other", words=canary)
    desk.open(f"/meldingen/{reference}/")
    answer(desk, "reopen-words", reason="other", words=canary)
    desk.submit("/onthul/", reason="contact")
    assert canary in desk.html
    answer(desk, "decide-words", decision="new_case", reason="other", words=canary)
    return desk.at.split("/zaken/")[1].split("/")[0]


def meanwhile(desk: Person, colleague: Person, reference: str, case: str, canary: str) -> None:
    """A note, a draft that is not sent, a reason of one's own to look; taking over, joining and separating with words."""
    desk.open(f"/meldingen/{reference}/")
    desk.submit("/oppakken/")
    answer(desk, "note-words", words=canary)
    form = next(form for form in Forms(desk.html).found if "note-words" in form["fields"])
    desk.fill({**form, "action": f"/concept/signal/{reference}/note/"}, {"note-words": canary})
    desk.open(f"/meldingen/{reference}/")
    assert canary in desk.html
    desk.submit("/onthul/", reason="other", words=canary)
    colleague.open(f"/meldingen/{reference}/")
    answer(colleague, "over-words", reason="other", words=canary)
    desk.open(f"/meldingen/{reference}/voegen/")
    answer(desk, "join-words", 422, number=canary[:20], words=canary)
    answer(desk, "join-words", number=case, reason="other", words=canary)
    answer(desk, "join-words", confirmed="1")
    answer(desk, "note-words", words=canary)
    desk.open(f"/zaken/{case}/afdrukken/?contact=1")
    desk.open(f"/meldingen/{reference}/afdrukken/?contact=1")
    assert canary in desk.html
    desk.open(f"/meldingen/{reference}/losmaken/")
    answer(desk, "separate-words", reason="other", words=canary)


def correspond(stack, desk: Person, reference: str, code: str, canary: str) -> None:
    """Ask back, answer, make both requests and settle them; with errors on the way, and once too late."""
    desk.open(f"/meldingen/{reference}/")
    answer(desk, "message-words", 422, words=canary * 250)
    answer(desk, "message-words", purpose="ask", words=canary)
    late, visitor = Person(stack.url), Person(stack.url)
    for person in (late, visitor):
        person.open("/code/")
        person.submit("/code/", code=code)
        assert canary in person.html
    for cookie in late.cookies:
        cookie.value = "0" * 64 if cookie.name == "__Host-d" else cookie.value
    answer(late, "reply-words", 403, words=canary)
    answer(visitor, "reply-words", words=canary)
    answer(visitor, "contact-reach", 422, how="email", reach=canary, when=canary, say=canary)
    answer(visitor, "contact-reach", how="phone", reach=f"0612345678 {canary}", when=canary, say=canary)
    answer(visitor, "withdraw-words", words=canary)
    for pressed in ({"grant": "1"}, {}):
        desk.open(f"/meldingen/{reference}/")
        form = next(form for form in Forms(desk.html).found if "settle-words" in form["fields"])
        assert desk.fill(form, {"settle-checked": "on", "settle-words": canary, **pressed}).status_code == 200


def send_to_network(desk: Person, case: str, canary: str) -> None:
    """Choose the network, with own words, and confirm."""
    desk.open(f"/zaken/{case}/routeren/")
    answer(desk, "route-words", 422, team="outside", body=canary, words=canary, note=canary)
    answer(desk, "route-words", team=NETWORK, basis="consent", reason="other", words=canary, note=canary)
    answer(desk, "route-words", confirmed="1")


def received(lead: Person, case: str) -> None:
    """Wait until the letter is there, and open it."""
    until = time.monotonic() + 30
    while lead.open(f"/netwerk/{case}/").status_code != 200:
        assert time.monotonic() < until, "the letter does not come"
        time.sleep(0.2)
    lead.submit("/openen/")


def work(stack, desk: Person, lead: Person, other: Person, case: str, reference: str, canary: str) -> None:
    """Route, recall, route, give back, route, accept, note, close: with own words wherever they can be written."""
    send_to_network(desk, case, canary)
    received(lead, case)
    desk.open(f"/zaken/{case}/")
    answer(desk, "recall-words", reason="other", words=canary)
    send_to_network(desk, case, canary)
    received(lead, case)
    answer(lead, "return-words", reason="other", words=canary)
    send_to_network(desk, case, canary)
    received(lead, case)
    lead.submit("/aannemen/")
    do_the_work(lead, case, canary)
    write_down_the_circle(lead, case, canary)
    lead.open(f"/netwerk/{case}/")
    lead.submit("/onthul/", reason="contact")
    assert canary in lead.html
    plan_and_write(desk, lead, case, reference, canary)
    meet(lead, case, canary)
    hand_on(lead, case, canary, to=OTHER)
    received(other, case)
    refuse(other, case, canary)
    take_back(lead, case, canary, to=OTHER)
    lead.open(f"/netwerk/{case}/uitkomst/")
    answer(lead, "outcome-words", 422, words=canary)
    answer(lead, "outcome-words", outcome="handled_in_network", youth_care_needed="no", safe_now="yes", words=canary,
           helped=canary, hindered=canary)
    answer(lead, "outcome-words", confirmed="1")
    ask_and_answer(desk, case, canary)
    hand_outside(desk, case, canary)
    ask_consent(desk, case, canary)
    look_after(stack, lead, case, canary)
    open_again(desk, case, canary)


def secret_key_of(stack, account: dict) -> bytes:
    """The secret half of a member's key, opened as the web process does at sign-in."""
    with closing(leftovers.database(stack)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.user_id, k.version, k.wrapped_secret, k.salt, k.time_cost, k.memory_cost FROM vault_userkey k "
            "JOIN teams_user u ON u.id = k.user_id WHERE u.email = %s ORDER BY k.version DESC LIMIT 1",
            [account["email"]],
        )
        user, version, wrapped, salt, time_cost, memory = cursor.fetchone()
    pepper = bytes.fromhex(stack.secrets["PEPPER"])
    key = crypto.key_from_password(account["password"], pepper, bytes(salt), time=time_cost, memory=memory)
    return crypto.open_sealed(key, bytes(wrapped), f"v1|user|{user}|{version}")


def test_what_people_write_and_what_opens_it_lies_nowhere(stack, canary):
    since = time.time()
    accounts = {account["email"]: account for account in stack.accounts}
    karim, leader = accounts["karim@practice.test"], accounts[f"lead-{NETWORK}@practice.test"]
    leave_halfway(stack.url, canary)
    question_code = ask_advice(stack.url, canary)
    reference, code = Referrer(stack.url).file("school", report(canary))
    try_the_door(stack, karim, canary)
    desk, lead = signed_in(stack, karim), signed_in(stack, leader)
    correspond(stack, desk, reference, code, canary)
    other = signed_in(stack, accounts[f"lead-{OTHER}@practice.test"])
    work(stack, desk, lead, other, assess(desk, reference, canary), reference, canary)
    second, _code = Referrer(stack.url).file("school", report(canary))
    third, _code = Referrer(stack.url).file("school", report(canary))
    colleague = next(a for a in stack.accounts if a["role"] == "coordinator" and a["email"] != karim["email"])
    case = assess(desk, second, canary)
    compare(desk, third, canary)
    meanwhile(desk, signed_in(stack, colleague), third, case, canary)
    desk.open(f"/zaken/{case}/")
    answer(desk, "hand_over-words", words=canary)
    needles = [
        Needle("canary", canary),
        Needle("password", leader["password"]),
        Needle("second factor", leader["totp_secret"]),
        Needle("code", code),
        Needle("code of a question", question_code),
        Needle("code as it is shown", " ".join(code[n : n + 4] for n in range(0, 16, 4))),
        Needle("key of a member", secret_key_of(stack, leader)),
    ]
    assert leftovers.search(stack, needles, since) == set()


def test_the_search_finds_what_lies_about(stack, canary):
    since, note = time.time() - 1, stack.state / "logs" / "marker.log"
    redis = stack.servers.redis.client()
    with closing(leftovers.database(stack)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM teams_user ORDER BY id LIMIT 1")
        user, name = cursor.fetchone()
        try:
            cursor.execute("UPDATE teams_user SET name = %s WHERE id = %s", [canary, user])
            cursor.execute("CREATE TABLE marker (raw bytea)")
            cursor.execute("INSERT INTO marker VALUES (%s)", [b"\1" + canary.encode()])
            redis.set("marker", base64.b64encode(b"x" + canary.encode() + b"yz"))
            note.write_text(canary.upper())
            found = {where for _name, where in leftovers.search(stack, [Needle("marker", canary)], since)}
        finally:
            cursor.execute("UPDATE teams_user SET name = %s WHERE id = %s", [name, user])
            cursor.execute("DROP TABLE IF EXISTS marker")
            redis.delete("marker")
            note.unlink(missing_ok=True)
    assert {"table teams_user", "table marker", "Redis", str(note)} <= found
