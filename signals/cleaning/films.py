"""Short films: decoded and written anew as MP4, small enough to look at, without places, dates and names of makers."""

import io
from fractions import Fraction

import av
import av.filter

from signals.cleaning.kinds import BROKEN, HUGE, TOO_LONG, Refused

SIDE = 1280
SECONDS = 180
FRAMES_A_SECOND = 30
SOURCE_PIXELS = 8_300_000  # 3840 by 2160
TURNS = {90: [("transpose", "cclock")], -90: [("transpose", "clock")], 180: [("hflip", ""), ("vflip", "")]}


def prepare() -> None:
    """Load what opens lazily, while files can still be opened: one tiny film there and back."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as film:
        stream = _picture(film, 64, 64, FRAMES_A_SECOND)
        film.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        film.mux(stream.encode(None))
    clean(out.getvalue())


def clean(data: bytes) -> tuple[bytes, str]:
    """Return the film without metadata and its suffix; raises Refused."""
    form = "matroska" if data[:4] == b"\x1aE\xdf\xa3" else "mov"
    try:
        with av.open(io.BytesIO(data), format=form, metadata_errors="replace") as film:
            return _rewritten(film), "mp4"
    except MemoryError as error:
        raise Refused(HUGE) from error
    except (av.FFmpegError, OSError, ValueError, TypeError, IndexError, RuntimeError, ZeroDivisionError) as error:
        raise Refused(BROKEN) from error


def _picture(film, width: int, height: int, rate: int):
    stream = film.add_stream("libx264", rate=rate, options={"preset": "veryfast", "crf": "26"})
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.thread_count = 1
    return stream


def _rewritten(film) -> bytes:
    if not film.streams.video:
        raise Refused(BROKEN)
    source = film.streams.video[0]
    source.codec_context.thread_count = 1
    if film.duration and film.duration / av.time_base > SECONDS:
        raise Refused(TOO_LONG)
    if source.width * source.height > SOURCE_PIXELS:
        raise Refused(HUGE)
    sound = film.streams.audio[0] if film.streams.audio else None
    out = io.BytesIO()
    # `bitexact`: the name and version of what wrote it are left out too.
    with av.open(out, "w", format="mp4", options={"fflags": "+bitexact"}) as made:
        _copy(film, source, sound, made)
    return out.getvalue()


def _copy(film, source, sound, made) -> None:
    """Decode pictures and sound, and encode them: at most `FRAMES_A_SECOND`, upright, without anything beside them."""
    turning, target, voice, last = None, None, None, -1
    if sound is not None:
        sound.codec_context.thread_count = 1
        voice = made.add_stream("aac", rate=44_100, layout="stereo")
    resample = av.AudioResampler("fltp", "stereo", 44_100)
    for frame in film.decode(*[stream for stream in (source, sound) if stream is not None]):
        if isinstance(frame, av.AudioFrame):
            for part in resample.resample(frame):
                part.pts = None
                made.mux(voice.encode(part))
            continue
        at = round((frame.time or 0) * FRAMES_A_SECOND)
        if at > SECONDS * FRAMES_A_SECOND:
            raise Refused(TOO_LONG)
        if at <= last:
            continue
        turning = turning or _turning(source, frame)
        turning.push(frame)
        upright = turning.pull()
        if target is None:
            target = _picture(made, upright.width, upright.height, FRAMES_A_SECOND)
        upright.pts, upright.time_base, upright.pict_type, last = at, Fraction(1, FRAMES_A_SECOND), 0, at
        made.mux(target.encode(upright))
    if target is None:
        raise Refused(BROKEN)
    made.mux(target.encode(None))
    if voice is not None:
        made.mux(voice.encode(None))


def _turning(source, frame):
    """What makes a picture at most `SIDE` long, with even sides, and turns it as the phone was held.

    `frame.rotation` says by how many degrees it must be turned against the clock.
    """
    scale = min(1, SIDE / max(frame.width, frame.height))
    width, height = (max(2, int(side * scale / 2) * 2) for side in (frame.width, frame.height))
    steps = [("scale", f"{width}:{height}"), ("format", "yuv420p"), ("setsar", "1")]
    steps += TURNS.get(abs(frame.rotation) if abs(frame.rotation) == 180 else frame.rotation, [])
    graph = av.filter.Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add_buffer(template=source), *[graph.add(*step) for step in steps], graph.add("buffersink")
    ).configure()
    return graph
