"""Log lines say what happened and where, never with what words (security.md: logs hold no content)."""

import json
import logging
import traceback
from datetime import UTC, datetime

OWN = ("meldpunt", "signals", "networks")


def place_of(error: BaseException) -> list[str]:
    """Return the frames of an exception as "file:line function", without its message or any value."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]


class WithoutContent(logging.Formatter):
    """One JSON object a line.

    Lines of our own code are written out. Of other people's code only the sentence without its values is kept,
    since a value can be what somebody typed; of an exception its type and place, since its message can quote it.
    """

    def format(self, record: logging.LogRecord) -> str:
        own = record.name.split(".")[0] in OWN
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if own else str(record.msg)[:300],
        }
        if isinstance(record.args, dict):
            line |= {key: str(record.args[key]) for key in ("id", "name") if key in record.args}
        request = getattr(record, "request", None)
        if match := getattr(request, "resolver_match", None):
            line["view"] = match.view_name
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[1]:
            line["error"] = type(record.exc_info[1]).__name__
            line["at"] = place_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)
