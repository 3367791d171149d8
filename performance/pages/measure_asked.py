"""What the address of a measure's page asks for: a year, an organisation, a structure."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.releases.summary import NATION
from performance.vocabulary import Structure
from performance.wording import NOUNS
from trusts.models import OrganisationKind

EVERY_PERIOD = "all"
# A region may have the name of an area.
SAYS_ITS_KIND = (OrganisationKind.REGION, OrganisationKind.AREA)


@dataclass(frozen=True)
class Asked:
    """`periods` and `organisations` (names by slug) are those that there are figures of, as things stood
    then; what isn't there is passed over. `period` None: none was asked for, or with `is_every` all."""

    periods: list[Period]
    organisations: dict[str, str]
    period: Period | None
    is_every: bool
    organisation: str
    structure: Structure

    @classmethod
    def by(cls, request: HttpRequest, rows: Sequence[ResultRow]) -> "Asked":
        local = [row for row in rows if row.structure == Structure.THEN and row.is_shown]
        periods = {str(row.period): row.period for row in local}
        year = request.GET.get("year", "")
        organisations = _names(local)
        asked = request.GET.get("trust", "")
        is_today = request.GET.get("structure") == Structure.TODAY
        return cls(
            sorted(periods.values()),
            organisations,
            periods.get(year),
            year == EVERY_PERIOD,
            asked if asked in organisations else "",
            Structure.TODAY if is_today else Structure.THEN,
        )

    @property
    def name(self) -> str:
        return self.organisations.get(self.organisation, "")

    @property
    def is_today(self) -> bool:
        return self.structure == Structure.TODAY

    @property
    def query(self) -> str:
        return self._with()

    @property
    def then_query(self) -> str:
        return self._with(structure="") or "?"

    @property
    def today_query(self) -> str:
        return self._with(structure=str(Structure.TODAY))

    @property
    def every_query(self) -> str:
        return self._with(year=EVERY_PERIOD)

    def _with(self, **other: str) -> str:
        given = {
            "year": EVERY_PERIOD if self.is_every else str(self.period or ""),
            "trust": self.organisation,
            "structure": str(self.structure) if self.is_today else "",
        }
        told = urlencode({name: value for name, value in (given | other).items() if value})
        return f"?{told}" if told else ""


def _names(rows: Sequence[ResultRow]) -> dict[str, str]:
    """By slug, in the order of names."""
    known = {row.organisation: row for row in rows if row.value is not None and row.organisation != NATION}
    named = sorted(known.values(), key=lambda row: (row.organisation_name, row.organisation_kind))
    return {row.organisation: _name(row) for row in named}


def _name(row: ResultRow) -> str:
    if row.organisation_kind in SAYS_ITS_KIND:
        return f"{row.organisation_name} ({NOUNS[row.organisation_kind][0]})"
    return row.organisation_name
