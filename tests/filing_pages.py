"""Filing through the pages with Django's client, step by step."""

import io

from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from signals.filing import steps
from signals.filing.drafts import COOKIE
from signals.models import Signal
from signals.places import gazetteer

SCHOOL = {
    "you": {"name": "Anneke", "organisation": "Voorbeeldcollege", "function": "mentor", "meldcode_step": "2"},
    "danger": {"danger": "no"},
    "signs": {"signs": ["SC01"], "words": "Ze stapt na school in een auto."},
    "person": {"age_band": "12_15", "name": "Sanne", "peer_1_relation": "klasgenoot", "peer_1_name": "L."},
    "place": {"place": "Vriezenveen"},
    "contact": {"allowed": "yes", "how": "phone", "phone": "06-00000101", "must_not_know": "Haar vader"},
}
ONESELF = {
    "danger": {"danger": "unknown"},
    "signs": {"signs": ["DW01"], "words": ""},
    "person": {"age_band": "16_17", "place": "Zwolle"},
    "contact": {"allowed": "no"},
}


def reference_data() -> None:
    """Load signs, places and terms; forget what an earlier test kept in this process."""
    call_command("load_reference", stdout=io.StringIO())
    gazetteer.forget()
    cache.clear()


def walk(client: Client, who: str, answers: dict, *, until: str = "check") -> None:
    """Answer every step before `until`."""
    client.post(f"/m/begin/{who}/", answers.get("you", {}))
    for step in steps.order(who):
        if step == until:
            return
        if step != "you":
            response = client.post(f"/m/{steps.number(who, step)}/", answers.get(step, {}))
            assert response.status_code == 303, response.content.decode()[:4000]


def filed(client: Client, who: str = "school", answers: dict | None = None) -> tuple[Signal, str]:
    """File and return the signal and the code on the receipt."""
    walk(client, who, answers or (ONESELF if who == "self" else SCHOOL))
    response = client.post("/m/controle/")
    assert (response.status_code, response["Location"]) == (303, "/m/klaar/")
    page = client.get("/m/klaar/")
    return Signal.objects.latest("filed_at"), "".join(page.context["groups"])


def cookie_of(client: Client) -> str:
    """The value of the draft's cookie."""
    return client.cookies[COOKIE].value
