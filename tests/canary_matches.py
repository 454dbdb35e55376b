"""What the canary does with matches: two signals that hold it are compared, judged, searched, marked as noise."""

from tests.people import Forms, Person


def compare(desk: Person, reference: str, canary: str) -> None:
    """Compare everything, look at what a signal is like, say that it is somebody else and not, mark noise, search."""
    desk.open("/meldingen/")
    while any("vergelijken" in form["action"] for form in Forms(desk.html).found):
        desk.submit("/vergelijken/")
    desk.open(f"/meldingen/{reference}/")
    desk.submit("/overeenkomst/")
    desk.submit("/overeenkomst/", doe="weer")
    assert "Hetzelfde account" in desk.html
    desk.submit("/ruis/nieuw/", soort="handle")
    desk.open("/meldingen/ruis/")
    assert canary[:2] in desk.html and canary not in desk.html
    desk.open("/meldingen/")
    desk.submit("/zoeken/", q=f"@{canary}")
    assert reference in desk.html and canary not in desk.html
