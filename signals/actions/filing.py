"""Filing: what a referrer sends becomes a signal, sealed to the desk, in one transaction."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from meldpunt import clocks
from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Team, TeamKind, User
from meldpunt.vault import codes, keys, sealed, trust
from meldpunt.vault.models import Purpose, TeamKey
from signals import content, deadlines
from signals.actions.files import attach
from signals.actions.shielding import alarm_outside, shield_named
from signals.filing import answers as given
from signals.models import Case, Indicator, Signal, Task, Transition
from signals.models.task import TaskKind
from signals.places.gazetteer import OUTSIDE, gazetteer
from signals.places.names import Resolution
from signals.vocabulary import Channel, Urgency
from signals.weighing import form, urgency, words
from signals.workflow import Reason, SignalState

# Stands first among the reasons, so that the queue shows it, unless something is more urgent.
ADVICE = [urgency.RULES["advice"].text_nl, "advice", "", 0]


@dataclass(frozen=True)
class Filed:
    """What filing gives: the signal, and the referrer's code (16 symbols, or "" where none is wanted), nowhere else."""

    signal: Signal
    code: str


@dataclass(frozen=True)
class TakenIn:
    """How a colleague took a signal in: who, on which day it came (a letter may have lain), and whether with a code.

    `from_case`: a network that works on this case reports somebody around that person.
    """

    by: User
    received_on: datetime.date | None = None
    with_code: bool = True
    from_case: Case | None = None

    def begins(self, now: datetime.datetime) -> datetime.datetime:
        """When the clock of triage begins: in the morning of the day on which it came, now where that is today."""
        if self.received_on is None or self.received_on >= timezone.localdate(now):
            return now
        return datetime.datetime.combine(self.received_on, clocks.OPENS, clocks.AMSTERDAM)


@transaction.atomic
def file(
    answers: dict,
    *,
    who: str,
    channel: str = Channel.WEB,
    language: str = "nl",
    once: bytes,
    taken_in: TakenIn | None = None,
    files: Iterable[content.FileNote] = (),
    keep: Callable[[Filed], None] = lambda filed: None,
) -> Filed:
    """File a signal from `answers` ({step: {field: value}}) of a referrer of kind `who`.

    `files` are those that came along: they are sealed on disk already, and from now on they count.
    `keep` puts the receipt by, in this transaction but before the row of the log: nobody works while that is locked.
    `taken_in` says which coordinator filed it for somebody on the phone, a letter or a mail.

    `once` (32 bytes) belongs to this filing and no other: a second call with it raises IntegrityError. Place,
    urgency and form are read from the words in memory. No slow hash takes part. Raises NotTrusted where the desk
    has no key that counts.
    """
    now = timezone.now()
    report, clear = given.report_of(answers), given.clear_of(who, answers)
    text = given.words_of(report)
    signs = list(Indicator.objects.filter(code__in=report.signs))
    assessed = urgency.assess(
        [urgency.Sign(row.code, row.urgency, row.weight, row.nl) for row in signs],
        clear.danger_now,
        clear.age_band,
        words.flags(text),
    )
    report.urgency = _note(assessed)
    if report.only_advice:
        report.urgency.reasons.insert(0 if assessed.level == Urgency.NORMAL else 1, ADVICE)
    place = gazetteer().resolve(report.place)
    proposed = form.propose(report.signs, clear.age_band, text, {row.code: row.form for row in signs})
    signal = Signal(
        reference=codes.new_reference("OV"),
        filed_at=now,
        due_at=deadlines.due(assessed.level, "triage", taken_in.begins(now) if taken_in else now),
        channel=channel,
        taken_in_by=taken_in and taken_in.by,
        received_on=taken_in and taken_in.received_on,
        from_case=taken_in and taken_in.from_case,
        language=language,
        form=proposed.form,
        urgency=assessed.level,
        urgency_score=assessed.score,
        urgency_version=int(assessed.version.replace(".", "")),
        filed_once=once,
        **asdict(clear),
        **_where(place),
    )
    by = taken_in and taken_in.by
    code = "" if taken_in and not taken_in.with_code else codes.new_code()
    desk_key = trust.newest_team_key(Team.objects.filter(kind=TeamKind.DESK)[:1])
    report_key = _seal(signal, report, code, desk_key)
    signal.save(force_insert=True)
    attach(signal, report_key, files)
    Transition.objects.create(signal=signal, new=SignalState.RECEIVED, at=now, reason=Reason.FILED, by=by)
    people = shield_named(signal, given.names_in(report))
    if not people:
        alarm_outside(desk_key.team, signal)
    elif assessed.level == Urgency.ACUTE:
        _alarm(signal, people)
    filed = Filed(signal, code)
    keep(filed)
    record("create", by=by, obj=signal, source=channel)
    return filed


def _note(assessed: urgency.Assessment) -> content.UrgencyNote:
    reasons = [[str(reason), reason.rule, reason.sign or "", reason.points] for reason in assessed.reasons]
    return content.UrgencyNote(
        assessed.level, assessed.score, assessed.version, reasons
    )


def _where(place: Resolution) -> dict:
    """What is kept of the place in clear: the municipality, how it was read, and what else it may be."""
    candidates = [*place.candidates, *([OUTSIDE] if place.may_be_outside else [])]
    return {
        "municipality_id": place.municipality_code,
        "place_how": place.how,
        "place_candidates": candidates,
    }


def _seal(signal: Signal, report: content.Report, code: str, desk_key: TeamKey) -> keys.OpenKey:
    """Seal report and headline under a new report key for the desk; the thread key is the referrer's as well.

    Returns the report key.
    """
    read_out = signal.channel != Channel.WEB
    referrer_key = keys.make_referrer_key(signal.pk, code, must_change_code=read_out) if code else None
    report_key, _thread_key = keys.first_content_keys(
        "signal", signal.pk, [Purpose.REPORT, Purpose.THREAD], desk_key, referrer_key
    )
    text, rule, sign = next((reason[:3] for reason in report.urgency.reasons), ("", "", ""))
    headline = content.Headline(text, rule, sign)
    sealed.seal(report_key, signal, "report", content.to_bytes(report))
    sealed.seal(report_key, signal, "headline", content.to_bytes(headline))
    return report_key


def _alarm(signal: Signal, people: list[User]) -> None:
    """Give an acute signal at once to the first of `people`, on duty or else there, and tell all who may see it."""
    Task.objects.create(user_id=people[0].pk, kind=TaskKind.ACUTE_SIGNAL, signal=signal)
    leave(people, kind="acute_signal", path="/meldingen/")
