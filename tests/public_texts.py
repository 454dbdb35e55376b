"""Every Dutch sentence that a referrer or visitor can read: of templates, of forms and views, and of the data."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Origin
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
DATA = ROOT / "signals" / "data"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(?:_|gettext|ngettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?")
# Pages of the public side: what public.html frames, and what stands inside it.
TEMPLATES = ("*.html", "signals/*.html", "web/*.html", "oever/*.html")
FOR_STAFF = {"staff.html", "door.html", "_idle.html", "no_key.html", "_masked.html", "_suspect.html", "busy_staff.html"}
FORMS_OF_THE_DESK = {"HoldForm", "ReleaseForm"}
CODE = (
    "meldpunt/web/forms.py",
    "meldpunt/web/views.py",
    "meldpunt/web/templatetags/oever.py",
    "signals/forms/filing*.py",
    "signals/forms/advice.py",
    "signals/forms/files.py",
    "signals/forms/returning.py",
    "signals/filing/steps.py",
    "signals/filing/promise.py",
    "signals/remaining.py",
    "signals/views/advice.py",
    "signals/views/checking.py",
    "signals/views/filing.py",
    "signals/views/landing.py",
    "signals/views/leaving.py",
    "signals/views/receipt.py",
    "signals/views/returning.py",
)


def of_code(file: Path) -> Iterator[str]:
    """Every message id of a module, but for the forms of the desk."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    tree.body = [part for part in tree.body if getattr(part, "name", "") not in FORMS_OF_THE_DESK]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
            yield from (text.value for text in node.args[:2] if isinstance(text, ast.Constant) and isinstance(text.value, str))


def of_template(file: Path) -> Iterator[str]:
    """Every message id of a template."""
    code = templatize(file.read_text(encoding="utf-8"), origin=Origin(str(file)))
    for one, many in IN_TEMPLATE.findall(code):
        yield from (ast.literal_eval(text) for text in (one, many) if text)


def of_signs() -> Iterator[str]:
    """The tick boxes of the form, for oneself and for another."""
    for sign in json.loads((DATA / "indicators.json").read_text(encoding="utf-8")):
        yield from filter(None, (sign["ask_nl"], sign.get("self_nl")))


def of_desk() -> Iterator[str]:
    """The texts that the desk sends to referrers as the product delivers them."""
    for text in json.loads((DATA / "standard_texts.json").read_text(encoding="utf-8")):
        yield text["nl"]


def everything() -> list[tuple[str, str]]:
    """Return [(where it stands, text)]."""
    found = []
    for pattern in CODE:
        for file in sorted(ROOT.glob(pattern)):
            found += [(file.name, text) for text in of_code(file)]
    for pattern in TEMPLATES:
        for file in sorted((ROOT / "templates").glob(pattern)):
            if file.name not in FOR_STAFF:
                found += [(str(file.relative_to(ROOT / "templates")), text) for text in of_template(file)]
    found += [("indicators.json", text) for text in of_signs()]
    found += [("standard_texts.json", text) for text in of_desk()]
    return found
