"""Figures that vary less than chance would make them."""

from dataclasses import dataclass

from performance.statistics.columns import Numbers
from performance.statistics.dispersion.overdispersion import TOO_SMOOTH_AT, too_smooth

QUESTION = "why do these figures vary less than chance alone would make them: how were they put together?"


@dataclass(frozen=True)
class Smoothness:
    """units: trusts or periods with a z score; phi: their average squared z (1 is chance alone);
    p: the chance of one as small; both None where there is a reason. question: for audit, where p
    is below 0.01."""

    units: int
    phi: float | None
    p: float | None
    reason: str
    question: str


def smoothness(z: Numbers) -> Smoothness:
    """Whether figures are too smooth: trusts on one measure, or one trust's periods, as z scores about
    a target (see `dispersion.scales`). About their own average one unit in so many goes into it, which
    makes them look a little smoother than they are. Refuses fewer than 10.
    """
    found = too_smooth(z)
    is_smooth = found.p is not None and found.p < TOO_SMOOTH_AT
    return Smoothness(found.units, found.phi, found.p, found.reason, QUESTION if is_smooth else "")
