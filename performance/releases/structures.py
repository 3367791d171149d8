"""What figures of a measure there are from each time that probation was organised anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.vocabulary import Structure
from performance.wording import counted, counted_organisations
from trusts.models import OrganisationKind

# Who answered for probation, in order, and when.
TIMES = (
    ("Probation areas, 2001 to 2010", (OrganisationKind.AREA,)),
    ("Probation trusts, 2010 to 2014", (OrganisationKind.TRUST,)),
    ("CRCs and NPS divisions, 2014 to 2021", (OrganisationKind.CRC, OrganisationKind.NPS_DIVISION)),
    ("Probation regions, since 2021", (OrganisationKind.PROBATION_REGION,)),
    (
        "England and Wales, and national providers",
        (OrganisationKind.NATION, OrganisationKind.PROVIDER),
    ),
)


@dataclass(frozen=True)
class Time:
    """`figures` of the organisations of that time, as they stood then; these, and of when, in words."""

    title: str
    figures: int
    organisations: str
    periods: str

    @property
    def written(self) -> str:
        """'70 figures of 35 trusts, between 2010-11 and 2011-12', or nothing."""
        if not self.figures:
            return ""
        return f"{counted(self.figures, 'figure')} of {self.organisations}, {self.periods}"


def times_of(rows: Sequence[ResultRow]) -> list[Time]:
    """Every time, with figures or without."""
    then = [row for row in rows if row.structure == Structure.THEN and row.is_shown]
    return [_time(title, kinds, [r for r in then if r.organisation_kind in kinds]) for title, kinds in TIMES]


def _time(title: str, kinds: Sequence[OrganisationKind], own: Sequence[ResultRow]) -> Time:
    numbers = {kind: len({r.organisation for r in own if r.organisation_kind == kind}) for kind in kinds}
    periods = sorted({row.period for row in own})
    return Time(
        title,
        len(own),
        " and ".join(_counted(number, kind) for kind, number in numbers.items() if number),
        _span(periods),
    )


def _counted(number: int, kind: OrganisationKind) -> str:
    return "England and Wales" if kind == OrganisationKind.NATION else counted_organisations(number, kind)


def _span(periods: Sequence[Period]) -> str:
    if len(periods) < 2:
        return "".join(map(str, periods))
    return f"between {periods[0]} and {periods[-1]}"
