"""Files come out without a trace of where, when and by whom; what cannot be cleaned is refused."""

import io
import subprocess
import sys

import av
import pikepdf
import pytest
from PIL import Image

from signals.cleaning import kinds, parent
from tests import samples
from tests.samples import SECRET

PIECE = 60_000


def cleaned(data: bytes):
    """Clean, and return the kind, the suffix and the content."""
    done = parent.clean(data[at : at + PIECE] for at in range(0, len(data), PIECE))
    return done, b"".join(done.pieces)


def refused(data: bytes) -> str:
    with pytest.raises(kinds.Refused) as caught:
        cleaned(data)
    return caught.value.args[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_comes_out_upright_and_without_its_place(kind):
    before = samples.photo(kind)
    assert SECRET.encode() in before
    done, after = cleaned(before)
    assert SECRET.encode() not in after and b"Exif" not in after
    image = Image.open(io.BytesIO(after))
    assert (done.kind, image.size, dict(image.getexif())) == ("photo", (200, 400), {})
    red, blue = image.convert("RGB").getpixel((100, 40)), image.convert("RGB").getpixel((100, 360))
    assert red[0] > 200 > red[2] and blue[2] > 200 > blue[0]


def test_a_photo_of_an_iphone_becomes_a_jpeg_without_its_place():
    before = samples.photo("HEIF", turned=1)
    assert SECRET.encode() in before
    done, after = cleaned(before)
    assert (done.kind, done.suffix) == ("photo", "jpg")
    assert SECRET.encode() not in after and not Image.open(io.BytesIO(after)).getexif()


def test_a_moving_picture_keeps_moving():
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=SECRET.encode())
    done, after = cleaned(out.getvalue())
    assert done.suffix == "gif" and SECRET.encode() not in after
    assert Image.open(io.BytesIO(after)).n_frames == 3


def test_what_is_hung_behind_or_inside_a_photo_stays_out():
    zipped = b"PK\x03\x04" + SECRET.encode() * 20
    _done, after = cleaned(samples.photo() + zipped)
    assert b"PK\x03\x04" not in after and SECRET.encode() not in after


def test_a_large_photo_of_a_telephone_comes_out_smaller_instead_of_being_refused():
    out = io.BytesIO()
    Image.new("RGB", (12_000, 9_000)).save(out, "JPEG")
    _done, after = cleaned(out.getvalue())
    assert Image.open(io.BytesIO(after)).size == (6000, 4500)


def test_a_paper_comes_out_without_script_action_enclosure_and_maker():
    before = samples.paper()
    assert before.count(SECRET.encode()) >= 5
    done, after = cleaned(before)
    assert done.kind == "pdf"
    with pikepdf.open(io.BytesIO(after)) as pdf:
        everything = b"".join(_bytes_of(thing) for thing in pdf.objects)
        names = {str(key) for thing in pdf.objects for key in _keys_of(thing)}
        assert len(pdf.pages) == 1 and not pdf.attachments and "/Info" not in pdf.trailer
    assert SECRET.encode() not in everything + after
    assert not names & {"/OpenAction", "/AA", "/JS", "/Metadata", "/EmbeddedFiles", "/A"}


def _bytes_of(thing) -> bytes:
    if not isinstance(thing, pikepdf.Stream):
        return repr(thing).encode()
    a_photo = str(thing.get("/Filter")) == "/DCTDecode"
    return (thing.read_raw_bytes() if a_photo else thing.read_bytes()) + repr(thing).encode()


def _keys_of(thing):
    return thing.keys() if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)) else ()


def test_the_photo_in_a_paper_still_opens():
    _done, after = cleaned(samples.paper())
    with pikepdf.open(io.BytesIO(after)) as pdf:
        raw = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert Image.open(io.BytesIO(raw)).size == (400, 200)


def test_a_film_comes_out_without_its_place():
    before = samples.film()
    assert SECRET.encode() in before
    done, after = cleaned(before)
    assert (done.kind, done.suffix) == ("film", "mp4")
    assert SECRET.encode() not in after and b"+52.35" not in after
    with av.open(io.BytesIO(after)) as made:
        assert (made.streams.video[0].width, made.streams.video[0].height) == (320, 240)
        assert sum(1 for _frame in made.decode(video=0)) == 30
        assert not {"title", "location", "encoder", "creation_time"} & set(made.metadata)


@pytest.mark.parametrize(("data", "code"), [
    (b"", kinds.UNKNOWN),
    (b"Lieve mensen, dit is een brief.", kinds.UNKNOWN),
    (b"PK\x03\x04" + bytes(200), kinds.UNKNOWN),
    (b"MZ" + bytes(200), kinds.UNKNOWN),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", kinds.UNKNOWN),
    (b"\xff\xd8\xff\xe0" + b"kapot" * 50, kinds.BROKEN),
    (samples.photo()[:300], kinds.BROKEN),
    (b"%PDF-1.7 kapot", kinds.BROKEN),
    (b"\x00\x00\x00\x18ftypmp42" + bytes(300), kinds.BROKEN),
    (b"\x00\x00\x00\x18ftypheic" + bytes(300), kinds.BROKEN),
    (samples.paper(password="geheim"), kinds.LOCKED),
    (samples.bomb(), kinds.HUGE),
])  # fmt: skip
def test_what_cannot_be_cleaned_is_refused(data, code):
    assert refused(data) == code


def test_a_moving_picture_with_too_many_frames_is_refused():
    frames = [Image.new("L", (8, 8), n % 255) for n in range(400)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert refused(out.getvalue()) == kinds.HUGE


PROBES = {
    "open a file": "open('/etc/hostname')",
    "write a file": "open('/tmp/x', 'w')",
    "a socket": "socket.socket()",
    "a process": "os.fork()",
    "another program": "os.execv('/bin/true', ['true'])",
    "a signal": "os.kill(os.getppid(), 0)",
    "a lot of memory": "bytearray(3_000_000_000)",
}


@pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES)
def test_the_child_can_do_nothing_but_compute(probe):
    lines = f"""
import os, socket, sys
sys.path.insert(0, {str(parent.CHECKOUT)!r})
from signals.cleaning.confinement import confine
confine()
os.close(2)
try:
    {probe}
except BaseException:
    print("refused")
else:
    print("allowed")
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", lines], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, check=False
    )
    assert done.stdout.strip() == b"refused"


def test_on_this_kind_of_machine_the_filter_holds():
    done, _after = cleaned(samples.photo())
    assert done.filtered or sys.platform != "linux"


def test_the_name_of_a_file_claims_a_kind():
    assert [kinds.claimed(name) for name in ("a.JPG", "b.pdf", "c.mov", "d.exe", "zonder")] == [
        "photo", "pdf", "film", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("line", "answer"), [
    (b"", None),
    (b"[" * 4096, {"refused": "broken"}),
    (b'["kind"]', {"refused": "broken"}),
    (b'{"kind": "photo", "suffix": "exe", "filtered": true}', {"refused": "broken"}),
    (b'{"kind": "photo", "suffix": "pdf", "filtered": true}', {"refused": "broken"}),
    (b'{"kind": ["photo"], "suffix": {}, "filtered": true}', {"refused": "broken"}),
    (b'{"refused": "<b>x", "kind": "photo"}', {"refused": "broken"}),
    (b'{"refused": "locked", "kind": "pdf"}', {"refused": "locked"}),
    (b'{"kind": "pdf", "suffix": "pdf", "filtered": 1}', {"kind": "pdf", "suffix": "pdf", "filtered": False}),
])  # fmt: skip
def test_only_what_we_know_is_believed_of_the_child(line, answer):
    assert parent.answer_of(line) == answer
