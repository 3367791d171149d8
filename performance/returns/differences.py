"""What changed from one version of a return to the next, figure by figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import IsNull

from performance.models import Observation, TrustReturn
from performance.periods import Period
from trusts.words import Word

# What figures of two versions have in common, and what may differ between them.
OF_ONE_FIGURE = ("measure", "organisation", "period_start", "period_end")
TEXTS = ("status", "note")
NUMBERS = ("numerator", "denominator", "expected", "value")


class Difference(Word):
    CHANGED = "changed", "Changed"
    ADDED = "added", "Added"
    REMOVED = "removed", "Left out"


@dataclass(frozen=True)
class Changed:
    """A figure that one of two versions has otherwise than the other. before, after: None where the
    version hasn't the figure; figure: the newer of them."""

    difference: Difference
    figure: Observation
    before: Observation | None = None
    after: Observation | None = None

    @property
    def period(self) -> Period:
        return Period(self.figure.period_start, self.figure.period_end)


def differences(before: TrustReturn, after: TrustReturn) -> list[Changed]:
    """Every figure that differs, by measure and period. The database compares: a return may hold
    tens of thousands of figures, of which few differ."""
    return sorted(_differing(_unlike(before, after), _unlike(after, before)), key=_order)


Figures = dict[tuple[int, Period], Observation]


def _unlike(version: TrustReturn, other: TrustReturn) -> Figures:
    """The figures of a version for which the other has none that is the same in everything."""
    same = other.observations.filter(
        *map(_is_same, NUMBERS), **{name: OuterRef(name) for name in (*OF_ONE_FIGURE, *TEXTS)}
    )
    rows = version.observations.filter(~Exists(same)).select_related("measure")
    return {(row.measure_id, Period(row.period_start, row.period_end)): row for row in rows}


def _is_same(number: str) -> Q:
    """The same number, or none in both."""
    is_none = Q(**{f"{number}__isnull": True})
    return Q(**{number: OuterRef(number)}) | (is_none & Q(IsNull(OuterRef(number), True)))


def _differing(before: Figures, after: Figures) -> Iterator[Changed]:
    for key, new in after.items():
        old = before.get(key)
        yield Changed(Difference.CHANGED if old else Difference.ADDED, new, before=old, after=new)
    for key, old in before.items():
        if key not in after:
            yield Changed(Difference.REMOVED, old, before=old)


def _order(changed: Changed) -> tuple[str, Period]:
    return changed.figure.measure.title, changed.period
