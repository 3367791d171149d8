"""What a tile map shows of each organisation: plain values, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from performance.releases.divergence_rows import DivergenceRow
from performance.releases.rating_rows import RatingRow, capitalised
from performance.releases.rows import ResultRow
from performance.vocabulary import ADDED_UP, Polarity, Status
from performance.wording import points_from_predicted, short_name

NO_FIGURE = "No figure held"


@dataclass(frozen=True)
class Subject:
    """What a map is coloured by: `show` as it stands in addresses, `title` as it begins a sentence, `note`
    what a reader must know of the values. `measure` is the code of the measure that it is and `unit` its
    unit, both blank for what was worked out of several."""

    show: str
    title: str
    polarity: Polarity
    note: str = ""
    measure: str = ""
    unit: str = ""

    @property
    def grows_with_size(self) -> bool:
        """Whether a bigger organisation has more by being bigger."""
        return self.unit in ADDED_UP


@dataclass(frozen=True)
class MapFigure:
    """One organisation's. `value` is what is coloured, or of a rating its `band`, with its framework's
    words for all `bands`; without either `written` says why and `status` which of the ways of having no
    number it is, None where not even that is on record. `counts` and `note` stand beside it."""

    organisation: str
    name: str
    written: str = NO_FIGURE
    counts: str = ""
    value: float | None = None
    band: int | None = None
    status: Status | None = None
    note: str = ""
    bands: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        return self.value is not None or self.band is not None

    @property
    def lacks(self) -> Status:
        """In which way it has no number. Whatever isn't on record is missing."""
        return self.status if self.status and self.status != Status.REPORTED else Status.MISSING

    @property
    def short_name(self) -> str:
        return short_name(self.name)


def of_result(row: ResultRow, *, against_target: bool) -> MapFigure:
    """against_target: a number of cases or of money, as a percentage of its own target."""
    figure = MapFigure(
        organisation=row.organisation,
        name=row.organisation_name,
        written=row.written,
        counts=row.counts,
        value=row.value,
        status=row.status,
        note=row.note,
    )
    if not against_target or row.value is None:
        return figure
    if row.attainment is None:
        return replace(figure, value=None, written="No target", counts=row.written)
    counts = f"{row.written} for {row.written_target}"
    return replace(figure, value=row.attainment, written=f"{row.written_attainment} of target", counts=counts)


def is_against_target(rows: Iterable[ResultRow]) -> bool:
    """Whether figures that grow with size can be compared as percentages of targets that do, too."""
    return any(row.unit in ADDED_UP and row.attainment is not None for row in rows)


def of_rating(row: RatingRow) -> MapFigure:
    return MapFigure(
        organisation=row.organisation,
        name=row.organisation_name,
        written=row.written,
        counts=f"{row.certainty} likely" if row.certainty else "",
        band=row.band,
        note=capitalised(f"{row.reason}.") if row.reason else row.others,
        bands=row.words,
    )


def of_attainment(row: DivergenceRow) -> MapFigure:
    counts = f"{row.written_counted} for {row.written_required}" if row.written_counted else ""
    return _of_divergence(row, row.attainment, row.written_attainment, counts)


def of_outcome(row: DivergenceRow) -> MapFigure:
    predicted = f", {row.written_expected} predicted" if row.written_expected else ""
    written = "" if row.outcome is None else points_from_predicted(row.outcome)
    return _of_divergence(row, row.outcome, written, f"{row.written_reoffended}{predicted}")


def _of_divergence(row: DivergenceRow, value: float | None, written: str, counts: str) -> MapFigure:
    return MapFigure(
        organisation=row.organisation,
        name=row.organisation_name,
        written="Not compared" if value is None else written,
        counts=counts,
        value=value,
        note=capitalised(f"{row.reason}.") if row.reason else "",
    )
