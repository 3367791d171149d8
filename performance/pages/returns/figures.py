"""The figures of a version as tables: all of them, and those in which two versions differ."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from performance.charts.figure import Column, Row, Table
from performance.models import FrameworkMeasure, Observation, Target, TrustReturn
from performance.periods import Period
from performance.returns.checks.sentences import in_full
from performance.returns.differences import Changed
from performance.vocabulary import PARTS_OF_A_WHOLE, Status
from performance.wording import written_counts, written_value

# As many as anyone reads on a page; the file has them all.
MOST_SHOWN = 500
MOST_DECIMALS = 2
# What isn't published yet can't be "Not published".
MISSING = "Missing"
ABSENT = "Not in it"

MEASURE = Column("measure", "Measure")
PERIOD = Column("period_start", "Period", show=lambda row: str(row["period"]))
COLUMNS = (
    MEASURE,
    PERIOD,
    Column("counts", "Counts", numeric=True),
    Column("value", "Figure", numeric=True, show=lambda row: row["figure"]),
    Column("expected", "Predicted", numeric=True, show=lambda row: _written_or_nothing(row["expected"])),
    Column("target", "Target", numeric=True, show=lambda row: row["aim"]),
    Column("note", "Note"),
)
# What a figure and its target have in common, beside the measure.
OF_ONE_FIGURE = ("trust_return", "organisation", "period_start", "period_end")
# Left out where no figure has any.
SOMETIMES = ("counts", "expected", "target", "note")


def figures_table(version: TrustReturn) -> Table:
    """The first figures of a version, in the order in which they were sent."""
    rows = [_row(figure) for figure in _with_targets(version)[:MOST_SHOWN]]
    used = [
        column
        for column in COLUMNS
        if column.key not in SOMETIMES or any(row[column.key] not in (None, "") for row in rows)
    ]
    return Table(used, rows)


def differences_table(before: TrustReturn, after: TrustReturn, changed: Sequence[Changed]) -> Table:
    """The first of the figures in which two versions differ."""
    columns = [
        MEASURE,
        PERIOD,
        Column("difference", "What changed"),
        Column("before", f"Version {before.version}"),
        Column("after", f"Version {after.version}"),
    ]
    return Table(columns, [_changed_row(one) for one in changed[:MOST_SHOWN]])


def in_words(figure: Observation | None) -> str:
    """A figure with all that came with it: 90% (45 of 50), predicted 14.25. Counted again."""
    if figure is None:
        return ABSENT
    counts = _counts(figure)
    parts = [f"{_written(figure)} ({counts})" if counts else _written(figure)]
    if figure.expected is not None:
        parts.append(f"predicted {in_full(figure.expected)}")
    said = ", ".join(parts)
    return f"{said}. {figure.note}" if figure.note else said


def _with_targets(version: TrustReturn) -> "QuerySet[Observation]":
    """Each with the target that came with it, in `target`."""
    same = {name: OuterRef(name) for name in OF_ONE_FIGURE}
    # Found by the index over all of these: of a large return every figure is looked up.
    entries = FrameworkMeasure.objects.filter(measure=OuterRef(OuterRef("measure"))).values("pk")
    target = Target.objects.filter(framework_measure__in=entries, **same).values("value")[:1]
    return version.observations.select_related("measure").annotate(target=Subquery(target)).order_by("pk")


def _row(figure: Observation) -> Row:
    return {
        "measure": figure.measure.title,
        "period_start": figure.period_start,
        "period": Period(figure.period_start, figure.period_end),
        "counts": _counts(figure),
        "value": figure.value,
        "figure": _written(figure),
        "expected": figure.expected,
        "target": figure.target,  # type: ignore[attr-defined]
        "aim": _in_unit(figure.target, figure),  # type: ignore[attr-defined]
        "note": figure.note,
    }


def _changed_row(changed: Changed) -> Row:
    return {
        "measure": changed.figure.measure.title,
        "period_start": changed.period.start,
        "period": changed.period,
        "difference": changed.difference.label,
        "before": in_words(changed.before),
        "after": in_words(changed.after),
    }


def _written(figure: Observation) -> str:
    """90%, 1,204, or in words why there is no number."""
    if figure.status == Status.MISSING:
        return MISSING
    if figure.status != Status.REPORTED:
        return Status(figure.status).label
    return _in_unit(figure.value, figure)


def _counts(figure: Observation) -> str:
    """45 of 50. Of a share that came without them it says so."""
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is not None and denominator is not None:
        return written_counts(numerator, denominator)
    if figure.unit in PARTS_OF_A_WHOLE and figure.status == Status.REPORTED:
        return "counts not given"
    return f"of {in_full(denominator)}" if denominator is not None else _written_or_nothing(numerator)


def _in_unit(value: float | None, figure: Observation) -> str:
    """As precisely as it was sent, up to two decimals."""
    if value is None:
        return ""
    decimals = len(f"{value:.{MOST_DECIMALS}f}".rstrip("0").partition(".")[2])
    return written_value(value, figure.unit, decimals)


def _written_or_nothing(number: float | None) -> str:
    return "" if number is None else in_full(number)
