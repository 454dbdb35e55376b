"""Files as people see them: the sentence for one that is refused, the list at the desk and on the page of the code."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy

from meldpunt.audit.log import record
from meldpunt.vault import crypto, sealed, streams
from meldpunt.vault.models import Purpose
from meldpunt.vault.referrers import ReferrerRing
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.cleaning import kinds
from signals.files import uploads
from signals.models import Attachment, Signal

SENTENCES = {
    uploads.EMPTY: gettext_lazy("‘%(name)s’ is leeg. Kies een ander bestand."),
    uploads.MISMATCH: gettext_lazy("‘%(name)s’ is iets anders dan de naam zegt. Maak een schermafdruk en stuur die."),
    uploads.INFECTED: gettext_lazy("In ‘%(name)s’ zit een virus. We hebben het niet bewaard."),
    uploads.FAILED: gettext_lazy("‘%(name)s’ bewaren lukt nu niet. Je kunt je melding wel versturen."),
    uploads.BUSY: gettext_lazy("Er komen nu veel bestanden binnen. Wacht een minuut en stuur ‘%(name)s’ nog een keer."),
    uploads.TOO_MANY: gettext_lazy("‘%(name)s’ kan er niet meer bij: vijf is het meeste. Haal er eerst een weg."),
    kinds.UNKNOWN: gettext_lazy("‘%(name)s’ is geen foto, pdf of filmpje. Maak een schermafdruk en stuur die."),
    kinds.BROKEN: gettext_lazy("‘%(name)s’ gaat niet open. Het is misschien kapot. Maak een schermafdruk en stuur die."),
    kinds.LOCKED: gettext_lazy("‘%(name)s’ heeft een wachtwoord. Maak foto’s van de bladzijden en stuur die."),
    kinds.HUGE: gettext_lazy("‘%(name)s’ is te groot om te openen. Maak een schermafdruk en stuur die."),
    kinds.TOO_LONG: gettext_lazy("‘%(name)s’ duurt te lang. Stuur een stukje van hooguit één minuut."),
}
NONE_CHOSEN = gettext_lazy("Kies eerst een bestand.")
KINDS = {kinds.PHOTO: gettext_lazy("foto"), kinds.PAPER: gettext_lazy("pdf"), kinds.FILM: gettext_lazy("filmpje")}
PICTURES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}


def sentence(code: str, received: uploads.Received | None) -> str:
    """Return what to tell about a file that was refused with `code`, by its name; None: no file was chosen."""
    if received is None:
        return gettext(NONE_CHOSEN)
    if code != uploads.TOO_BIG:
        return gettext(SENTENCES[code]) % {"name": received.name}
    film = kinds.claimed(received.name) == kinds.FILM
    words = {
        "name": received.name,
        "size": megabytes(received.size),
        "excess": megabytes(received.size - uploads.LARGEST),
    }
    if film:
        return gettext("‘%(name)s’ is %(size)s. Dat is %(excess)s te groot. Stuur een korter stukje.") % words
    return gettext("‘%(name)s’ is %(size)s. Dat is %(excess)s te groot. Maak een schermafdruk en stuur die.") % words


def megabytes(size: int) -> str:
    """Return a number of bytes as people say it: "3,4 MB", "120 kB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{number_format(size / 1_000_000, 0 if size >= 10_000_000 else 1)} MB"


@dataclass(frozen=True)
class Shown:
    """A file in a list. `row` is None while it waits in a draft; `note` is None where the key does not open it."""

    row: Attachment | None
    note: content.FileNote | None

    @property
    def kind(self) -> str:
        """Foto, pdf or filmpje."""
        return str(KINDS.get(self.note.kind, self.note.kind))

    @property
    def size(self) -> str:
        """How large, as people say it."""
        return megabytes(self.note.size)

    @property
    def is_picture(self) -> bool:
        """Whether a coordinator may look at it on the page: only what was rewritten from its pixels."""
        return self.note is not None and self.note.suffix in PICTURES

    @property
    def came_later(self) -> bool:
        """Whether it was added through the code, after the report."""
        return self.row is not None and self.row.purpose == Purpose.THREAD


def in_draft(data: dict) -> list[Shown]:
    """Return the files that wait in a draft."""
    return [Shown(None, content.FileNote(**note)) for note in data.get("files", ())]


def _note(ring: Keyring | ReferrerRing, row: Attachment) -> content.FileNote | None:
    try:
        return content.from_bytes(content.FileNote, sealed.peek(ring, row, "description"))
    except crypto.CannotOpen:
        return None


def for_desk(keyring: Keyring, signal: Signal) -> list[Shown]:
    """Return the files of a signal with their names; where there are any, one row in the log names them.

    Raises Locked.
    """
    rows = list(Attachment.objects.visible_to(keyring.user).filter(signal=signal).select_related("held_by"))
    shown = [Shown(row, _note(keyring, row)) for row in rows]
    if rows:
        record("list", by=keyring.user, obj=signal, purpose="files", rows=[str(row.pk) for row in rows])
    return shown


def files_for_referrer(ring: ReferrerRing, signal: Signal) -> list[Shown]:
    """Return what the referrer added later through the code, by name; never the files of the report."""
    rows = Attachment.objects.filter(signal=signal, purpose=Purpose.THREAD)
    return [Shown(row, _note(ring, row)) for row in rows]


def opened(keyring: Keyring, row: Attachment, *, act: str, purpose: str) -> tuple[content.FileNote, Iterator[bytes]]:
    """Open one file for a coordinator's eyes, and log it as an act of its own; returns its note and its pieces.

    Raises Locked, CannotOpen.
    """
    note = content.from_bytes(
        content.FileNote, sealed.read(keyring, row, "description", act=act, purpose=purpose)[0]
    )
    pieces = streams.read(row.pk, bytes.fromhex(note.key), note.size)
    # The first piece is opened here: a file that is gone or changed is an answer of its own, not half a download.
    first = next(pieces, b"")
    return note, _from(first, pieces)


def _from(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
