"""What a file is, by its content; and why one may be refused. Pure."""

PHOTO, PAPER, FILM = "photo", "pdf", "film"
# Brands in the first box of a file of the ISO kind that say: one picture.
PICTURE_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
SUFFIXES = {
    PHOTO: ("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "heic", "heif", "avif"),
    PAPER: ("pdf",),
    FILM: ("mp4", "m4v", "mov", "qt", "3gp", "3g2", "webm", "mkv"),
}
# Codes of refusal; the sentences stand in `signals.files.listing`.
UNKNOWN, BROKEN, LOCKED, HUGE, TOO_LONG = "unknown", "broken", "locked", "huge", "too_long"


class Refused(Exception):
    """This file cannot be cleaned; `args[0]` is a code of this module."""


def kind_of(start: bytes) -> str | None:
    """Return photo, pdf or film from the first 1024 bytes of a file, or None."""
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return PHOTO
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return PHOTO
    if start[4:8] == b"ftyp":
        return PHOTO if start[8:12] in PICTURE_BRANDS else FILM
    if start[4:8] in (b"moov", b"mdat", b"wide", b"free") or start.startswith(b"\x1aE\xdf\xa3"):
        return FILM
    return PAPER if b"%PDF-" in start else None


def claimed(name: str) -> str | None:
    """Return what the name of a file says that it is, or None where it says nothing that we know."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return next((kind for kind, suffixes in SUFFIXES.items() if suffix in suffixes), None)
