"""Whether a process measure still separates trusts."""

from dataclasses import dataclass

from performance.statistics.columns import NO_REASON, NOT_GIVEN, Numbers, aligned, check_shares, is_missing

AT_CEILING = 0.99
TOO_MANY = 0.20


@dataclass(frozen=True)
class Ceiling:
    """share_at_ceiling: the part (0 to 1) of n trusts at 99% or above; separates: whether the
    measure still tells trusts apart."""

    n: int
    reason: str
    share_at_ceiling: float | None = None
    separates: bool | None = None


def ceiling(attainment: Numbers) -> Ceiling:
    """The ceiling effect: where more than a fifth of trusts stand at 99% or above, the measure no
    longer separates trusts, and no correlation with it says much.

    attainment: a share (0 to 1) per trust; those without one are left out.
    Raises ValueError outside 0 to 1. Source: reconstructed, a rule of thumb.
    """
    _, (attainment,) = aligned(attainment)
    check_shares(attainment)
    given = attainment[~is_missing(attainment)]
    if not given.size:
        return Ceiling(0, NOT_GIVEN)
    share = float((given >= AT_CEILING).mean())
    return Ceiling(len(given), NO_REASON, share, share <= TOO_MANY)
