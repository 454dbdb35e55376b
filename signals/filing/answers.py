"""From the answers of a filing to the report that is sealed, and the few things that stand beside it in clear. Pure."""

import re
from dataclasses import dataclass

from signals.content import Peer, Person, Referrer, Report, SafeContact, Suspect
from signals.shielding.names import Said
from signals.vocabulary import AgeBand, Danger, Gender

PEERS = 4
OPEN = {"danger_now": Danger.UNKNOWN, "age_band": AgeBand.UNKNOWN, "gender": Gender.UNKNOWN}


@dataclass(frozen=True)
class Clear:
    """What of a filing is not sealed (security.md lists it)."""

    referrer_role: str
    danger_now: str
    age_band: str
    gender: str
    may_contact: bool


def flat(answers: dict) -> dict:
    """Return all answers of all steps as one dict; `answers` is {step: {field: value}}."""
    return {name: value for step in answers.values() for name, value in step.items()}


def clear_of(who: str, answers: dict) -> Clear:
    """Return the parts that stand in clear; what was skipped is unknown."""
    given = flat(answers)
    return Clear(
        referrer_role=given.get("role") or who,
        danger_now=given.get("danger") or OPEN["danger_now"],
        age_band=given.get("age_band") or OPEN["age_band"],
        gender=given.get("gender") or OPEN["gender"],
        may_contact=given.get("allowed") == "yes",
    )


def report_of(answers: dict) -> Report:
    """Return the report, without its urgency."""
    given = flat(answers)
    contact, you = answers.get("contact", {}), answers.get("you", {})
    step = given.get("meldcode_step")
    return Report(
        signs=list(given.get("signs") or []),
        **{
            name: given.get(name) or ""
            for name in ("words", "seen", "heard", "suspected", "place", "happens")
        },
        when=given.get("when_choice") or "",
        when_words=given.get("when_words") or "",
        person=_person(answers.get("person", {})),
        suspect=_suspect(given),
        others=_others(given),
        referrer=Referrer(
            name=you.get("name") or "",
            organisation=given.get("organisation") or "",
            function=given.get("function") or "",
            email=contact.get("email") or "",
            phone=contact.get("phone") or "",
        ),
        contact=_contact(contact),
        meldcode_step=int(step) if step else None,
        works_here=contact.get("works_here") or "",
        person_knows=given.get("person_knows") or "",
        pressed=given.get("pressed") or "",
        only_advice=given.get("only_advice") is True,
    )


def words_of(report: Report) -> str:
    """Return everything that the referrer wrote in own words, to be read in memory."""
    return "\n".join(
        filter(None, [report.words, report.seen, report.heard, report.suspected, report.when_words])
    )


def names_in(report: Report) -> Said:
    """Return what may name somebody who works here, to be compared in memory."""
    suspect, contact = report.suspect, report.contact
    asked = (contact.must_not_know, suspect.name, suspect.nickname)
    free = (words_of(report), suspect.other, contact.never)
    return Said(asked=tuple(filter(None, asked)), here=tuple(filter(None, [report.works_here])), free=tuple(filter(None, free)))


def _person(given: dict) -> Person:
    languages = [part.strip() for part in re.split(r"[,;/]|\ben\b|\band\b", given.get("language") or "")]
    return Person(
        name=given.get("name") or "",
        school=given.get("school") or "",
        contact=given.get("reach") or "",
        languages=[language for language in languages if language],
        interpreter={"yes": True, "no": False}.get(given.get("interpreter") or ""),
    )


def _suspect(given: dict) -> Suspect:
    parts = ("name", "nickname", "phone", "handle", "plate", "other")
    return Suspect(**{part: given.get(f"suspect_{part}") or "" for part in parts})


def _others(given: dict) -> list[Peer]:
    peers = [
        Peer(given.get(f"peer_{n}_relation") or "", given.get(f"peer_{n}_name") or "")
        for n in range(1, PEERS + 1)
    ]
    return [peer for peer in peers if peer.relation or peer.name]


def _contact(given: dict) -> SafeContact:
    allowed = given.get("allowed") == "yes"
    return SafeContact(
        allowed=allowed,
        how=(given.get("how") or "code") if allowed else "none",
        when=given.get("when") or "",
        say=given.get("say") or "",
        never=given.get("never") or "",
        must_not_know=given.get("must_not_know") or "",
        number_shown=given.get("number_shown") or "",
        code_word=given.get("code_word") or "",
    )
