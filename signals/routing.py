"""Which local network a person belongs to, with the reason. Pure: routing follows where the person lives or sleeps.

The coordinator confirms or chooses another (design/product.md). The reason is a code with parts, so that a screen can
say it in its own language; `sentence` gives the Dutch message id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from signals.places.names import (
    NAMESAKE,
    OUTSIDE,
    POSTCODE,
    REGION,
    SEVERAL,
    SPELLING,
    Resolution,
)


def _(message: str) -> str:
    """Mark a message id for translation; the screen translates it with its parts."""
    return message


SENTENCES = {
    "covered": _("%(municipality)s hoort bij netwerk %(network)s."),
    "place": _("%(name)s ligt in gemeente %(municipality)s. Die hoort bij netwerk %(network)s."),
    "postcode": _("Postcode %(name)s ligt in gemeente %(municipality)s. Die hoort bij netwerk %(network)s."),
    "spelling": _("Dit lijkt op %(name)s, gemeente %(municipality)s. Die hoort bij netwerk %(network)s."),
    "namesake": _("%(name)s is het bekendst als plaats in gemeente %(municipality)s. Die hoort bij netwerk "
                  "%(network)s. Er zijn meer plaatsen met deze naam."),
    "best_known": _("%(municipality)s hoort bij netwerk %(network)s. Er zijn meer plaatsen met deze naam; dit is de "
                    "bekendste."),
    "one_network": _("Het kan %(candidates)s zijn. Alle horen bij netwerk %(network)s."),
    "several": _("Het kan %(candidates)s zijn. Die horen bij verschillende netwerken: vraag het na."),
    "maybe_outside": _("Er zijn meer plaatsen met de naam %(name)s, ook buiten Overijssel: vraag het na."),
    "outside": _("%(name)s ligt buiten Overijssel: draag over aan een organisatie daar."),
    "region": _("%(name)s is een streek, geen plaats: vraag het na."),
    "unknown": _("Uit dit antwoord blijkt geen plaats: vraag het na."),
    "uncovered": _("%(municipality)s hoort nog bij geen netwerk: de desk beslist."),
}


@dataclass(frozen=True)
class Proposal:
    """The proposed network (None: stays with the desk), the reason's code, and the parts of its sentence.

    The part "other" is what else bears the name, from the data; a screen may show it beside the sentence.
    """

    network: str | None
    reason: str
    parts: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """Return the Dutch message id, to be translated and filled in with `parts`."""
        return SENTENCES[self.reason]

    def __str__(self) -> str:
        return self.sentence % self.parts


def network_for(
    municipality_code: str | None,
    coverage: Mapping[str, str],
    resolution: Resolution | None = None,
    municipalities: Mapping[str, str] | None = None,
) -> Proposal:
    """Propose a network for a municipality.

    `coverage`: municipality code → network. `resolution`: how the typed place was read, when there is one.
    `municipalities`: code → name, for the sentence. Without a municipality the candidates decide when all of them,
    and nothing outside, lead to one network; otherwise the desk keeps it.
    """
    names = municipalities or {}
    if municipality_code is not None:
        return _covered(municipality_code, coverage, resolution, names)
    if resolution is None:
        return Proposal(None, "unknown", {})
    listed = ", ".join(names.get(code, code) for code in resolution.candidates)
    parts = {"name": resolution.name, "candidates": listed, "other": _other(resolution)}
    networks = {coverage.get(code) for code in resolution.candidates}
    if resolution.how in {OUTSIDE, REGION}:
        return Proposal(None, resolution.how, parts)
    if resolution.how not in {NAMESAKE, SEVERAL, SPELLING}:
        return Proposal(None, "unknown", parts)
    if resolution.may_be_outside:
        return Proposal(None, "maybe_outside", parts)
    if len(networks) == 1 and None not in networks:
        network = networks.pop()
        return Proposal(network, "one_network", {**parts, "network": network})
    return Proposal(None, "several", parts)


def _other(resolution: Resolution | None) -> str:
    """Return what else bears the name, as the data says it ("Hengelo Gld (gem. Bronckhorst, Gelderland)")."""
    text = resolution.other if resolution else ""
    return text.removeprefix("other:").partition("; best known")[0].strip()


def _covered(
    code: str, coverage: Mapping[str, str], resolution: Resolution | None, names: Mapping[str, str]
) -> Proposal:
    municipality = names.get(code, code)
    parts = {"municipality": municipality, "name": resolution.name if resolution else municipality, "other": _other(resolution)}
    network = coverage.get(code)
    if network is None:
        return Proposal(None, "uncovered", parts)
    reason = "covered"
    if resolution is not None and resolution.municipality_code == code:
        if resolution.how in {POSTCODE, SPELLING, NAMESAKE}:
            reason = resolution.how
            if reason == NAMESAKE and resolution.name.casefold() == municipality.casefold():
                reason = "best_known"
        elif resolution.name.casefold() != municipality.casefold():
            reason = "place"
    return Proposal(network, reason, {**parts, "network": network})
