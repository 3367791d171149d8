"""What the page of process and outcome shows of one year, framework and kind of process."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from performance.models import Release
from performance.pages.divergence_asked import Asked
from performance.pages.figures import is_published
from performance.releases.divergence import divergence_in
from performance.releases.divergence_choices import slices_of
from performance.releases.divergence_rows import DivergenceRow, NationalFigure
from performance.releases.finding import finding
from performance.releases.national import about, national_figures
from performance.releases.sentences import SaidSentence, on, sentences_of_all, under
from performance.vocabulary import ProcessKind, Subject
from performance.wording import listed

# What a hurried reader needs; the rest stands behind a door. The two pairs are the record's.
PAIRINGS = (Subject.TIMELINESS_AND_REOFFENDING, Subject.ACCOMMODATION_AND_WORKLOAD)
KEY = ("hit-and-miss", "rank-correlation")


@dataclass(frozen=True)
class DivergenceYear:
    """`rows` are everyone's, `shown` those of the region that is asked for; `national` is about that
    kind of process, `across` about all kinds and several years. Without a year all of them are empty
    but `national`, which is about the pairs that can be read."""

    asked: Asked
    rows: list[DivergenceRow]
    national: list[NationalFigure]
    across: list[NationalFigure]

    @property
    def shown(self) -> list[DivergenceRow]:
        return [row for row in self.rows if self.asked.region in ("", row.region)]

    @property
    def is_placed(self) -> bool:
        return any(row.has_a_point for row in self.rows)

    @property
    def regions(self) -> dict[str, str]:
        """Names by slug, in their order."""
        names = {row.region: row.region_name for row in self.rows if row.region}
        return dict(sorted(names.items(), key=lambda item: item[1]))

    @property
    def trusts(self) -> dict[str, str]:
        return {row.organisation: row.organisation_name for row in self.rows}

    @property
    def region_name(self) -> str:
        return self.regions.get(self.asked.region, "")

    @property
    def finding(self) -> str:
        """In one line. Blank where no year can be read."""
        if not self.rows:
            return ""
        said = finding(self.shown) or _nobody(self.shown)
        return f"{self.region_name}: {said[:1].lower()}{said[1:]}" if self.region_name else said


def _nobody(rows: Sequence[DivergenceRow]) -> str:
    first, reasons = rows[0], dict.fromkeys(row.reason for row in rows if row.reason)
    on_kind = "" if first.kind == ProcessKind.ALL else f" on {first.kind} alone"
    why = f": {listed(list(reasons))}" if len(reasons) == 1 else ""
    return f"No trust can be placed{on_kind} in {first.period}{why}"


def year_asked_for(request: HttpRequest, release: Release) -> DivergenceYear:
    """In three queries. The public record has a year only once somebody can be placed in one."""
    asked = Asked.by(request, slices_of(release), placed=is_published(release))
    national = national_figures(release)
    if asked.year is None:
        pairs = [figure for figure in national if figure.subject in PAIRINGS]
        return DivergenceYear(asked, [], pairs, [])
    rows = divergence_in(release, asked.year, asked.kind)
    rows = [row for row in rows if row.framework == asked.framework_title]
    of_year = [one for one in about(asked.year, national) if one.framework in ("", asked.framework_title)]
    return DivergenceYear(
        asked=asked.among(rows),
        rows=rows,
        national=[figure for figure in of_year if figure.kind == asked.kind],
        across=[figure for figure in of_year if not figure.framework],
    )


def said_of(release: Release, asked: Asked) -> dict[str, list[SaidSentence]]:
    """Sentences by where they stand: the few that a hurried reader needs, and more. Without a year the
    pairs come first, and all else says why there is none."""
    said = sentences_of_all(release, asked.year)
    if asked.year is None:
        key = on(PAIRINGS, said)
        return {"key": key, "cannot": [one for one in said if one not in key]}
    said = under(said, asked.framework, list(asked.frameworks))
    of_kind = on([f"kind-{kind}" for kind in ProcessKind], said)
    key = on(KEY if asked.kind == ProcessKind.ALL else [f"kind-{asked.kind}"], said)
    return {"key": key, "more": [one for one in said if one not in key and one not in of_kind]}
