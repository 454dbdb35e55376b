"""Files for the tests, made on the spot: photos with a place in them, papers with scripts, films, bombs."""

import io
from pathlib import Path

import av
import pikepdf
import requests
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pillow_heif import register_heif_opener

from signals.filing.robot import Referrer

register_heif_opener()
SECRET = "Kanarieroute7"
ANSWERS = {
    "you": {"name": "Anneke"},
    "danger": {"danger": "no"},
    "signs": {"words": "Kijk."},
    "person": {"age_band": "16_17"},
    "place": {"place": "Almelo"},
    "contact": {"allowed": "no"},
}
# 52° 21' 3" N, 6° 39' 45" E: Almelo.
PLACE = {1: "N", 2: (52.0, 21.0, 3.0), 3: "E", 4: (6.0, 39.0, 45.0)}
UPSIDE = 6  # held upright: the picture lies on its side


def photo(kind: str = "JPEG", size: tuple[int, int] = (400, 200), *, turned: int = UPSIDE, maker: str = SECRET) -> bytes:
    """A photo with maker, time and place; its left half is red, its right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = image.getexif()
    exif[0x0112], exif[0x010F], exif[0x0132] = turned, maker, "2026:03:01 16:20:00"
    exif.get_ifd(0x8825).update(PLACE)
    out = io.BytesIO()
    more = {} if kind == "GIF" else {"exif": exif}
    image.save(out, kind, **more)
    return out.getvalue()


def noise(side: int = 3000) -> bytes:
    """A JPEG of several megabytes."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(out, "JPEG", quality=97)
    return out.getvalue()


def paper(*, password: str = "") -> bytes:
    """A PDF with a script, an action, an enclosed file, a maker's name, and a photo as the camera made it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    picture = pdf.make_stream(photo(turned=1), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    picture.Width, picture.Height, picture.BitsPerComponent = 400, 200, 8
    picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.Contents = pdf.make_stream(b"q 100 0 0 50 20 20 cm /Im0 Do Q")
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET}')")
    pdf.Root.OpenAction = script
    page.AA = pikepdf.Dictionary(O=script)
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://{SECRET}.example"),
    )  # fmt: skip
    page.Annots = pikepdf.Array([link])
    pdf.attachments["bijlage.txt"] = SECRET.encode()
    pdf.docinfo["/Author"] = SECRET
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET]
    out = io.BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=password) if password else False
    pdf.save(out, compress_streams=False, encryption=encryption)
    return out.getvalue()


def film(seconds: float = 1, size: tuple[int, int] = (320, 240)) -> bytes:
    """A film with a title and a place."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        made.metadata["title"], made.metadata["location"] = SECRET, "+52.3508+006.6625/"
        stream = made.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for at in range(int(seconds * 30)):
            frame = av.VideoFrame.from_image(Image.new("RGB", size, (at * 5 % 255, 80, 120)))
            frame.pts = at
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return out.getvalue()


def bomb() -> bytes:
    """A small PNG that becomes 900 million pixels."""
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


def at_the_files(url: str) -> Referrer:
    """A parent who has come to the step with the files, over HTTP."""
    visitor = Referrer(url)
    visitor.open("m/begin/parent/")
    for step in ("you", "danger", "signs", "person", "place", "contact"):
        visitor.submit(ANSWERS[step])
    return visitor


def send_file(visitor: Referrer, data: bytes, name: str = "foto.jpg", path: str = "m/erbij/") -> requests.Response:
    """Send one file as the page does; gives the answer after where it leads."""
    form = next(form for form in visitor.page.forms if form.action.endswith(f"/{path}"))
    answer = visitor.session.post(
        f"{visitor.url}{path}",
        data={"csrfmiddlewaretoken": form.values["csrfmiddlewaretoken"]},
        files={"file": (name, data, "image/jpeg")},
        headers={"Referer": visitor.answer.url},
        timeout=120,
        allow_redirects=False,
    )
    for cookie in visitor.session.cookies:
        cookie.secure = False
    if answer.is_redirect:
        visitor.open(answer.headers["Location"])
        return visitor.answer
    return answer


def upload(data: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> dict:
    """What a form with this file posts."""
    return {"file": SimpleUploadedFile(name, data, kind)}


def kept_in(folder) -> list[Path]:
    """The files in the folder of the sealed files."""
    return sorted(Path(folder).glob("*"))
