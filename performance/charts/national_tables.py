"""What is found of all together as tables: one for each subject and time."""

from collections.abc import Sequence
from dataclasses import asdict

from performance.charts.figure import Column, Row, Table
from performance.releases.divergence_rows import NationalFigure
from performance.releases.rating_rows import capitalised
from performance.vocabulary import Method, ProcessKind
from performance.wording import written_number, written_p, written_share

# How figures are written: those not named here run from -1 to 1 and have two decimals.
COEFFICIENTS = (Method.LAG, Method.SAME_YEAR, Method.PLACEBO_LEAD, Method.BETWEEN_TRUSTS)
PER_POINT = "Points of outcome for one of attainment"
SHARES = (Method.CEILING,)
COUNTS = (
    Method.AGAINST_CHANCE,
    Method.EXPECTED_MET_BETTER,
    Method.EXPECTED_MET_WORSE,
    Method.EXPECTED_MISSED_BETTER,
    Method.EXPECTED_MISSED_WORSE,
    Method.MISBANDED,
    Method.BAND_CHANGES,
)
# The limits beside these are of chance, not of the estimate.
LIMITS_OF_CHANCE = (Method.AGAINST_CHANCE, Method.BAND_CHANGES)


def raw_national(figure: NationalFigure) -> Row:
    """As files have it; `result` itself, for writing cells, comes along."""
    plain = asdict(figure) | {
        "subject_in_words": figure.subject.label,
        "method_in_words": figure.method.label,
        "period_start": figure.period.start,
        "period_end": figure.period.end,
    }
    del plain["period"]
    plain["process_kind"] = plain.pop("kind")
    return plain | {"result": figure}


def national_tables(figures: Sequence[NationalFigure]) -> list[tuple[str, Table]]:
    """A table for each subject, kind of process and time, under a caption that says which."""
    groups: dict[str, list[NationalFigure]] = {}
    for figure in figures:
        kind = "" if figure.kind == ProcessKind.ALL else f", {figure.kind.label.lower()}"
        groups.setdefault(f"{figure.subject.label}{kind}, {figure.period}", []).append(figure)
    return [(caption, national_table(some)) for caption, some in groups.items()]


def national_table(figures: Sequence[NationalFigure]) -> Table:
    """Without the columns in which nothing stands."""
    columns = [
        Column(
            "method_in_words",
            "Figure",
            note=lambda row: PER_POINT if row["method"] in COEFFICIENTS else "",
        ),
        Column("estimate", "Estimate", numeric=True, show=lambda row: written_estimate(row["result"])),
        Column("lower", "95% interval", numeric=True, show=lambda row: written_interval(row["result"])),
        Column(
            "by_chance",
            "By chance alone",
            numeric=True,
            show=lambda row: _by_chance(row["result"]),
            note=lambda row: written_limits(row["result"]) if row["method"] in LIMITS_OF_CHANCE else "",
        ),
        Column("p", "p", numeric=True, show=lambda row: _p(row["p"])),
        Column("n", "Rests on", numeric=True, show=lambda row: written_number(row["n"])),
        Column("reason", "Why not told", show=lambda row: capitalised(row["reason"])),
    ]
    rows = [raw_national(figure) for figure in figures]
    return Table([column for column in columns if any(column.cell(row).text for row in rows)], rows)


def written_estimate(figure: NationalFigure) -> str:
    return "Not told" if figure.estimate is None else _written(figure.method, figure.estimate)


def written_interval(figure: NationalFigure) -> str:
    """Of the estimate."""
    return "" if figure.method in LIMITS_OF_CHANCE else written_limits(figure)


def written_limits(figure: NationalFigure) -> str:
    """Of whatever the limits are: the estimate or chance."""
    if figure.lower is None or figure.upper is None:
        return ""
    return f"{_written(figure.method, figure.lower)} to {_written(figure.method, figure.upper)}"


def _by_chance(figure: NationalFigure) -> str:
    return "" if figure.by_chance is None else _written(figure.method, figure.by_chance)


def _p(p: float | None) -> str:
    """Under a head that says what it is: 0.031, or < 0.001."""
    return "" if p is None else written_p(p).removeprefix("p ").removeprefix("= ")


def _written(method: Method, value: float) -> str:
    if method in SHARES:
        return written_share(100 * value)
    if method in COUNTS:
        return written_number(value, 0 if value == int(value) else 1)
    return written_number(value, 3 if method in COEFFICIENTS else 2)
