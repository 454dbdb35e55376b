"""What the routing page shows: who else is concerned, until when an answer is due, what was shared before."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from meldpunt.teams.models import Team
from meldpunt.vault import sealed
from signals import content, reading
from signals.deadlines import due
from signals.desk import signal_page as desk
from signals.models import Assignment, Case, Sharing, Signal, Transition
from signals.models.assignment import Part
from signals.places.gazetteer import gazetteer, proposal_for
from signals.places.resolving import Gazetteer
from signals.routing import Proposal, network_for
from signals.workflow import PROPOSED_REASON, AssignmentState, CaseState, Reason

PARTS = {
    "name": gettext_lazy("naam"),
    "age_text": gettext_lazy("leeftijd"),
    "school": gettext_lazy("school"),
    "languages": gettext_lazy("talen"),
    "signs": gettext_lazy("tekens"),
    "place": gettext_lazy("woonplaats"),
    "happens": gettext_lazy("waar het gebeurt"),
    "suspects": gettext_lazy("wie dit doet"),
    "others": gettext_lazy("anderen in gevaar"),
    "must_not_know": gettext_lazy("wie het niet mag weten"),
    "agreed": gettext_lazy("hoe contact veilig is"),
    "note": gettext_lazy("bericht van het meldpunt"),
}


@dataclass(frozen=True)
class Choice:
    """The proposed network (None: the desk keeps it) with the reason as a sentence and what else bears the name; small
    lines for some networks by slug; those of who could support, sentences that ask them, and sentences that say what else
    lies with the proposed one; the usual deadline; and the first signal. `chosen`: the proposed network, unless it gave
    this case back: then somebody has to choose.
    """

    team: Team | None
    chosen: Team | None
    sentence: str
    other: str
    hints: dict[str, str]
    concerned: dict[str, str]
    ask: list[str]
    besides: list[str]
    answer_by: datetime.datetime
    signal: Signal | None


@dataclass(frozen=True)
class Preview:
    """What a network will read, in the shape that its own page takes: `shared`, and `letter` with the signs in words."""

    shared: content.Shared
    letter: dict


def preview_of(keyring, case: Case, *, note: str | None = None) -> Preview:
    """Open what networks read of a case, with the note as it would be; a row in the reading log. Raises CannotOpen."""
    shared = reading.shared_of(keyring, case, purpose="preview")
    if note is not None:
        shared.note = note
    signs = [sign for _topic, signs in desk.signs_by_topic(shared.signs) for sign in signs]
    return Preview(shared, {"signs": signs})


def letters_before(user, case: Case) -> list[Assignment]:
    """Return the letters of a case, the latest first, each with `was_undone` and `back`: why it came back, or None."""
    letters = Assignment.objects.visible_to(user).filter(case=case).select_related("team").order_by("-queued_at", "team__name")
    steps = Transition.objects.filter(assignment=OuterRef("pk"))
    back = steps.filter(new=AssignmentState.RETURNED).order_by("-at").values("reason")[:1]
    return list(letters.annotate(was_undone=Exists(steps.filter(reason=Reason.UNDONE)), back=Subquery(back)))


def given_back(letters: list[Assignment]) -> dict[str, str]:
    """Return why each network gave the case back, in words, by the network's slug; the latest time counts."""
    return {letter.team.slug: str(Reason(letter.back).label).lower() for letter in reversed(letters) if letter.back}


def choice_for(case: Case, shared: content.Shared, networks: list, back: dict[str, str]) -> Choice:
    """Propose who leads, and name who else is concerned: school or happening lies in the area of another network.

    `back`: which networks gave the case back, and why (`given_back`).
    """
    known, by_slug = gazetteer(), {team.slug: team for team in networks}
    first = case.signals.defer("report", "headline", "filed_once").order_by("filed_at").first()
    proposal = _proposal(case, first, known)
    team = by_slug.get(proposal.network or "")
    hints, besides = {slug: gettext("gaf terug: %s") % why for slug, why in back.items()}, []
    if team:
        hints[team.slug] = " · ".join(filter(None, (gettext("voorstel"), hints.get(team.slug))))
    found: dict[str, list[str]] = {}
    for text, why, also in (
        (shared.school, gettext("de school staat hier"), gettext("Ook de school staat bij dit netwerk.")),
        (shared.happens, gettext("hier gebeurt het"), gettext("Ook wat er gebeurt, is bij dit netwerk.")),
    ):
        named = known.coverage.get(known.resolve(text).municipality_code or "") if text.strip() else None
        if team and named == team.slug:
            besides.append(also)
        elif named in by_slug:
            found.setdefault(named, []).append(why)
    concerned = {slug: ", ".join(whys) for slug, whys in found.items()}
    ask = [
        gettext("%(network)s: %(why)s. Vraag of zij steunen.") % {"network": by_slug[slug].name, "why": why}
        for slug, why in concerned.items()
    ]
    if team and team.slug in back:
        said = gettext("%(network)s gaf deze zaak terug: %(why)s. Kies zelf wie dit oppakt.")
        ask.insert(0, said % {"network": team.name, "why": back[team.slug]})
    return Choice(
        team=team,
        chosen=None if team and team.slug in back else team,
        sentence=desk.sentence_of(proposal, team),
        other=proposal.parts.get("other", ""),
        hints=concerned | hints,
        concerned=concerned,
        ask=ask,
        besides=besides,
        answer_by=due(case.urgency, "accept", timezone.now()),
        signal=first,
    )


def first_choice(case: Case, choice: Choice, preview: Preview, undone: dict) -> dict:
    """Return what the form of a case begins with: the proposal with its reason, or what was sent and `undone`."""
    slug = choice.chosen.slug if choice.chosen else ""
    proposed = {"team": slug, "proposed": slug, "reason": PROPOSED_REASON if slug else ""}
    own = {"urgency": case.urgency, "note": preview.shared.note, "version": case.version}
    return own | (undone or proposed)


def _proposal(case: Case, first: Signal | None, known: Gazetteer) -> Proposal:
    """Propose a network for a case: its municipality decides, else the place of its first signal."""
    if case.municipality_id or first is None:
        return network_for(case.municipality_id, known.coverage, None, known.municipalities)
    return proposal_for(first, known=known)


def held_letters(user, case: Case) -> list[Assignment]:
    """Return the letters of a case with which the postman still waits, who leads first."""
    letters = Assignment.objects.visible_to(user).filter(case=case, hold_until__gt=timezone.now(), state="queued")
    return list(letters.select_related("team").order_by("part", "team__name"))


def undone(keyring, case: Case, letters: list[Assignment]) -> dict:
    """Return the choices of the last sending of a case as initial values of the form, where it was undone; else {}.

    `letters`: of `letters_before`. The own words that went with it come along; opening them is in the reading log. Raises
    Locked.
    """
    last = [letter for letter in letters if letter.queued_at == letters[0].queued_at]
    lead = next((letter for letter in last if letter.part == Part.LEAD), None)
    if lead is None or not all(letter.was_undone for letter in last):
        return {}
    sent = case.transitions.filter(new=CaseState.ROUTING).values("pk")[:1]
    return {
        "team": lead.team.slug,
        "support": [letter.team.slug for letter in last if letter.part == Part.SUPPORT],
        "basis": lead.basis,
        "reason": lead.reason,
        "words": "".join(reading.words_of(keyring, sent).values()),
        "answer_by": lead.answer_by if lead.answer_by and lead.answer_by > timezone.now() else None,
    }


def seconds_left(letters: list[Assignment]) -> int:
    """Return how many whole seconds the postman still waits with the first of these letters."""
    left = min((letter.hold_until - timezone.now() for letter in letters), default=None)
    return max(0, int(left.total_seconds())) if left else 0


def shared_before(keyring, case: Case) -> list[Sharing]:
    """Return what went to whom and when, newest first: each with `shared`, `signs` and `parts_named`; logged.

    Raises Locked, CannotOpen.
    """
    rows = list(Sharing.objects.filter(assignment__case=case).select_related("assignment__team", "by"))
    opened = sealed.read_list(keyring, rows, "parts") if rows else {}
    in_words: dict[tuple, list] = {}
    for row in rows:
        row.shared = content.from_bytes(content.Shared, opened[row.pk]) if row.pk in opened else None
        codes = tuple(row.shared.signs) if row.shared else ()
        row.signs = in_words[codes] = in_words.get(codes) or desk.signs_by_topic(list(codes))
        row.parts_named = [words for name, words in PARTS.items() if row.shared and getattr(row.shared, name)]
    return rows
