"""What the address of the page of process and outcome asks for: a year, a framework, a kind of process,
a region, and a trust to mark. What isn't there is passed over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from performance.periods import Period
from performance.releases.divergence_choices import Slice, frameworks_in, kinds_in, years_in
from performance.releases.divergence_rows import DivergenceRow
from performance.vocabulary import ProcessKind

Option = TypeVar("Option")


@dataclass(frozen=True)
class Asked:
    """`year` is None where none can be read; `framework`, `region` and `trust` are slugs, blank for no
    framework, all regions and no trust. Beside them stands what could be asked for: years, oldest
    first, and the titles of frameworks by slug and the kinds of process in that year."""

    year: Period | None
    framework: str
    kind: ProcessKind
    region: str
    trust: str
    years: list[Period]
    frameworks: dict[str, str]
    kinds: list[ProcessKind]

    @classmethod
    def by(cls, request: HttpRequest, slices: Sequence[Slice], *, placed: bool) -> "Asked":
        """Where the address doesn't say: the latest year, the framework that places most trusts in it,
        and all kinds together. placed: whether to pass over years in which nobody is placed."""
        given = request.GET
        years = years_in(slices, placed=placed)
        year = _one_of({str(one): one for one in years}, given.get("year"), years[-1] if years else None)
        frameworks = frameworks_in(slices, year)
        slugs = {slug: slug for slug in frameworks}
        framework = _one_of(slugs, given.get("framework"), next(iter(slugs), ""))
        kinds = kinds_in(slices, year, framework)
        return cls(
            year=year,
            framework=framework,
            kind=_one_of({str(one): one for one in kinds}, given.get("kind"), ProcessKind.ALL),
            region=given.get("region", ""),
            trust=given.get("trust", ""),
            years=years,
            frameworks=frameworks,
            kinds=kinds,
        )

    def among(self, rows: Sequence[DivergenceRow]) -> "Asked":
        """Of regions and trusts, only those that have a row."""
        regions, trusts = {row.region for row in rows}, {row.organisation for row in rows}
        return replace(
            self,
            region=self.region if self.region in regions else "",
            trust=self.trust if self.trust in trusts else "",
        )

    @property
    def framework_title(self) -> str:
        return self.frameworks.get(self.framework, "")

    @property
    def query(self) -> str:
        """As short as it may be: what is so anyhow needn't be asked for."""
        return f"?{urlencode(self._asked)}" if self._asked else ""

    @property
    def in_a_file_name(self) -> str:
        """What a file is of, after its name: -2012-13-north-east-region."""
        return "".join(f"-{value}" for name, value in self._asked.items() if name != "trust")

    @property
    def _asked(self) -> dict[str, str]:
        given = {
            "year": str(self.year) if self.year else "",
            "framework": "" if self.framework == next(iter(self.frameworks), "") else self.framework,
            "kind": "" if self.kind == ProcessKind.ALL else str(self.kind),
            "region": self.region,
            "trust": self.trust,
        }
        return {name: value for name, value in given.items() if value}


def _one_of(options: dict[str, Option], asked: str | None, otherwise: Option) -> Option:
    return options.get(asked or "", otherwise)
