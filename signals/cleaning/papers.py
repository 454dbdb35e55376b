"""PDF: read, stripped of everything but its pages, and written anew."""

import io
import zlib

import pikepdf

from signals.cleaning.kinds import BROKEN, HUGE, LOCKED, Refused

PAGES = 500
STREAM = 200_000_000
# What may stand anywhere in a PDF and either runs, reaches out, carries a file, or tells who made it and with what.
UNWANTED = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/XFA", "/EF", "/AF"),
    *("/Thumb", "/SpiderInfo", "/Perms", "/DSS", "/Collection", "/Renditions", "/RichMediaContent"),
)
NAMES = ("/JavaScript", "/EmbeddedFiles", "/Renditions", "/AlternatePresentations")
PROGRAMS = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")
TOLD_BY_NOTES = ("/T", "/M", "/CreationDate", "/NM", "/RC")
INSIDE = ("/GoTo", "/Named")


def clean(data: bytes) -> tuple[bytes, str]:
    """Return the PDF without metadata, scripts, actions and enclosed files, and its suffix; raises Refused."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > PAGES:
                raise Refused(HUGE)
            _strip(pdf)
            out = io.BytesIO()
            # `encryption=False`: a PDF that only forbade printing comes out without that lock.
            pdf.save(out, encryption=False, fix_metadata_version=False)
            return out.getvalue(), "pdf"
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED) from error
    except MemoryError as error:
        raise Refused(HUGE) from error
    except (pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, RuntimeError, RecursionError) as error:
        raise Refused(BROKEN) from error


def _strip(pdf: pikepdf.Pdf) -> None:
    for name in ("/Info", "/ID"):
        if name in pdf.trailer:
            del pdf.trailer[name]
    names = pdf.Root.get("/Names")
    for name in NAMES:
        if isinstance(names, pikepdf.Dictionary) and name in names:
            del names[name]
    for thing in list(pdf.objects):
        _strip_object(thing, depth=0)


def _strip_object(thing, depth: int) -> None:
    """Strip one object and what stands directly inside it; what it refers to is an object of its own."""
    if depth > 50:
        raise Refused(BROKEN)
    if isinstance(thing, pikepdf.Array):
        for at in range(len(thing) - 1, -1, -1):
            if _is_program(thing[at]):
                del thing[at]
            elif not thing[at].is_indirect if isinstance(thing[at], pikepdf.Object) else False:
                _strip_object(thing[at], depth + 1)
        return
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    _strip_keys(thing)
    if isinstance(thing, pikepdf.Stream):
        _strip_stream(thing)
    for key in list(thing.keys()):
        inner = thing.get(key)
        if isinstance(inner, (pikepdf.Array, pikepdf.Dictionary)) and not inner.is_indirect:
            _strip_object(inner, depth + 1)


def _is_program(thing) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Subtype", "")) in PROGRAMS


def _strip_keys(thing) -> None:
    for key in UNWANTED:
        if key in thing:
            del thing[key]
    if "/Subtype" in thing and "/Rect" in thing:
        for key in TOLD_BY_NOTES:
            if key in thing:
                del thing[key]
    action = thing.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action and str(action["/S"]) not in INSIDE:
        del thing["/A"]
    if "/S" in thing and str(thing["/S"]) in ("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR"):
        for key in list(thing.keys()):
            del thing[key]


def _strip_stream(thing: pikepdf.Stream) -> None:
    """Take the camera's data out of a photo that lies in the PDF as it was made."""
    filters = thing.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if "/JPXDecode" in names:
        raise Refused(BROKEN)
    if "/DCTDecode" not in names:
        return
    raw = thing.read_raw_bytes()
    if names == ["/FlateDecode", "/DCTDecode"] and "/DecodeParms" not in thing:
        raw = zlib.decompressobj().decompress(raw, STREAM)
    elif names != ["/DCTDecode"]:
        raise Refused(BROKEN)
    thing.write(without_camera(raw), filter=pikepdf.Name.DCTDecode, decode_parms=thing.get("/DecodeParms"))


def without_camera(jpeg: bytes) -> bytes:
    """Return a JPEG without its comments and application segments, but for the two that say how colours are kept."""
    if jpeg[:2] != b"\xff\xd8":
        raise Refused(BROKEN)
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            raise Refused(BROKEN)
        marker = jpeg[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            # The pixels, up to the end of the picture: what was hung behind it stays out.
            end = jpeg.rfind(b"\xff\xd9")
            kept.append(jpeg[at : end + 2] if end > at else jpeg[at:])
            return b"".join(kept)
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    raise Refused(BROKEN)
