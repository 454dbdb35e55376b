"""Photos: decoded to pixels, turned upright, and written anew with nothing but those pixels."""

import contextlib
import io

import pillow_heif
from PIL import AvifImagePlugin, Image, ImageCms, ImageOps, ImageSequence

from signals.cleaning.kinds import BROKEN, HUGE, Refused

# Pixels of one picture, and of all frames of a moving one. A phone makes 12 to 50 million; larger JPEGs are halved.
PIXELS = 52_000_000
FRAMES, MOVING_PIXELS = 300, 120_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF")
SRGB = ImageCms.createProfile("sRGB")


def prepare() -> None:
    """Load the decoders while files can still be opened."""
    # One thread: the confined process may not start any.
    pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # `_check` says it in our own way
    for kind in ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF"):
        sample = io.BytesIO()
        Image.new("RGB", (16, 16)).save(sample, kind)
        Image.open(io.BytesIO(sample.getvalue())).load()
    ImageCms.profileToProfile(Image.new("RGB", (1, 1)), SRGB, SRGB)


def clean(data: bytes) -> tuple[bytes, str]:
    """Return the photo without metadata and the suffix of its new format; raises Refused."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        _check(image)
        frames = getattr(image, "n_frames", 1)
        if image.format in ("GIF", "WEBP") and frames > 1:
            return _moving(image, frames)
        return _still(image)
    except (MemoryError, Image.DecompressionBombError) as error:
        raise Refused(HUGE) from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, RuntimeError) as error:
        raise Refused(BROKEN) from error


def _check(image: Image.Image) -> None:
    pixels = image.width * image.height
    if pixels > PIXELS and image.format in ("JPEG", "MPO") and pixels <= 4 * PIXELS:
        image.draft("RGB", (image.width // 2, image.height // 2))
        pixels = image.width * image.height
    if pixels > PIXELS:
        raise Refused(HUGE)


def _bare(image: Image.Image) -> Image.Image:
    """The pixels in sRGB, and nothing else that the file carried."""
    profile = image.info.get("icc_profile")
    if image.mode in ("I;16", "I", "F", "LAB", "HSV", "YCbCr", "CMYK") or (profile and image.mode == "P"):
        image = image.convert("RGB")
    if profile and image.mode in ("RGB", "RGBA"):
        # Colours a little off are better than no photo.
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            image = ImageCms.profileToProfile(image, io.BytesIO(profile), SRGB)
    seen_through = image.info.get("transparency")
    image.info = {} if seen_through is None else {"transparency": seen_through}
    return image


def _still(image: Image.Image) -> tuple[bytes, str]:
    kind = image.format
    image.load()
    image = _bare(ImageOps.exif_transpose(image))
    out = io.BytesIO()
    if kind in ("PNG", "GIF"):
        image.save(out, "PNG", optimize=False)
        return out.getvalue(), "png"
    if image.mode not in ("RGB", "L"):
        seen = image.convert("RGBA")
        image = Image.new("RGB", seen.size, "white")
        image.paste(seen, mask=seen.getchannel("A"))
    image.save(out, "JPEG", quality=90, exif=b"", comment=b"", icc_profile=None)
    return out.getvalue(), "jpg"


def _moving(image: Image.Image, frames: int) -> tuple[bytes, str]:
    if frames > FRAMES or frames * image.width * image.height > MOVING_PIXELS:
        raise Refused(HUGE)
    kind, pictures, times = image.format, [], []
    for frame in ImageSequence.Iterator(image):
        pictures.append(_bare(frame.convert("RGBA")))
        times.append(int(frame.info.get("duration") or 100))
    out = io.BytesIO()
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=times, loop=0)
    return out.getvalue(), kind.lower()
