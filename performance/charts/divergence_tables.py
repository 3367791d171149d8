"""Process beside outcome as tables: all trusts with their counts, and what is found of all together."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from performance.charts.figure import Column, Row, Table
from performance.releases.divergence_rows import DivergenceRow, NationalFigure
from performance.releases.rating_rows import capitalised
from performance.vocabulary import Method
from performance.wording import written_number, written_p, written_share

TRUST = Column("organisation_name", "Trust")
TARGETS = Column(
    "targets_met",
    "Targets met",
    numeric=True,
    show=lambda row: row["result"].written_targets,
    note=lambda row: f"{process} by weight" if (process := row["result"].written_process) else "",
)
DONE = Column("counted", "Cases as asked", numeric=True, show=lambda row: row["result"].written_counted)
ASKED_FOR = Column(
    "required", "Cases asked for", numeric=True, show=lambda row: row["result"].written_required
)
ATTAINMENT = Column(
    "attainment", "Attainment", numeric=True, show=lambda row: row["result"].written_attainment
)
ATTAINMENT_INTERVAL = Column(
    "attainment_standard_error",
    "95% interval",
    numeric=True,
    show=lambda row: row["result"].attainment_interval,
)
REOFFENDED = Column(
    "reoffended", "Reoffended", numeric=True, show=lambda row: row["result"].written_reoffended
)
EXPECTED = Column("expected", "Predicted", numeric=True, show=lambda row: row["result"].written_expected)
OUTCOME = Column(
    "outcome", "Points below predicted", numeric=True, show=lambda row: row["result"].written_outcome
)
OUTCOME_INTERVAL = Column(
    "outcome_standard_error",
    "Its 95% interval",
    numeric=True,
    show=lambda row: row["result"].outcome_interval,
)
FACT = Column("fact", "As counted", show=lambda row: row["result"].written_fact)
QUARTER = Column("quadrant", "Quarter", show=lambda row: row["result"].written_quadrant)
QUARTER_AND_HOW_SURE = Column(
    "quadrant",
    "Quarter",
    show=lambda row: row["result"].written_quadrant,
    note=lambda row: capitalised(f"{row['reason']}.") if row["reason"] else row["result"].how_sure,
)
PROBABILITY = Column(
    "probability", "Probability", numeric=True, show=lambda row: row["result"].written_probability
)

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
LIMITS_OF_CHANCE = (Method.AGAINST_CHANCE,)


def raw_divergence(row: DivergenceRow) -> Row:
    """As files have it; `result` itself, for writing cells, comes along."""
    plain = asdict(row) | {"period_start": row.period.start, "period_end": row.period.end}
    del plain["period"]
    return plain | {"result": row}


def trusts_table(rows: Sequence[DivergenceRow], address: Callable[[str], str]) -> Table:
    """Every trust of a year with the counts behind its place; `address` is of a trust's page."""
    trust = Column("organisation_name", "Trust", link=lambda row: address(row["organisation"]))
    columns = [trust, TARGETS, DONE, ASKED_FOR, REOFFENDED, EXPECTED, FACT, QUARTER_AND_HOW_SURE]
    return Table(columns, [raw_divergence(row) for row in rows])


def raw_national(figure: NationalFigure) -> Row:
    """As files have it; `result` itself, for writing cells, comes along."""
    plain = asdict(figure) | {
        "subject_in_words": figure.subject.label,
        "method_in_words": figure.method.label,
        "period_start": figure.period.start,
        "period_end": figure.period.end,
    }
    del plain["period"]
    return plain | {"result": figure}


def national_tables(figures: Sequence[NationalFigure]) -> list[tuple[str, Table]]:
    """A table for each subject and time, under a caption that says which."""
    groups: dict[str, list[NationalFigure]] = {}
    for figure in figures:
        groups.setdefault(f"{figure.subject.label}, {figure.period}", []).append(figure)
    return [(caption, _national_table(some)) for caption, some in groups.items()]


def _national_table(figures: Sequence[NationalFigure]) -> Table:
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
            note=lambda row: _limits(row["result"]) if row["method"] in LIMITS_OF_CHANCE else "",
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
    return "" if figure.method in LIMITS_OF_CHANCE else _limits(figure)


def _limits(figure: NationalFigure) -> str:
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
