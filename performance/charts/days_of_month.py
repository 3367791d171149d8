"""On which days of the month cases were done: whether they pile up at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.charts.figure import (
    DARK_BLUE,
    INK,
    ORANGE,
    Column,
    Figure,
    Row,
    Table,
    Trace,
    axis,
    legend_above,
)
from performance.wording import written_counts, written_number, written_share

# The days of the month that are its end.
LAST = (29, 30, 31)
SUPPRESSED = "c"


@dataclass(frozen=True)
class DaysOf:
    """rows: `day` of the month, `cases` done on it, None where they may not be shown, and `times`, how many
    months of the period have that day."""

    measure: str
    trust: str
    period: str
    taken: str
    rows: Sequence[Row]

    def sum(self, key: str, days: Sequence[int] = range(1, 32)) -> int:
        return sum(row[key] or 0 for row in self.rows if row["day"] in days)


def days_of_month(of: DaysOf) -> Figure | None:
    """None where nothing was done that may be shown."""
    if not of.sum("cases"):
        return None
    return Figure(
        slug="days-of-month",
        title=_title(of),
        caption=(
            f"{of.measure}: {of.trust}, cases done in {of.period}, as the extract of {of.taken} has it. "
            f"Weekends and holidays aren’t allowed for.{_hidden(of)}"
        ),
        description="A column for each day of the month. Those of its last three days look otherwise.",
        data=[_bars(of, "Other days", DARK_BLUE, "", False), _bars(of, "29th to 31st", ORANGE, "/", True)],
        layout={
            "showlegend": True,
            "legend": legend_above(),
            "margin": {"l": 56, "r": 16, "t": 56, "b": 68},
            "barmode": "overlay",
            "bargap": 0.1,
            "xaxis": axis("Day of the month", dtick=5, tick0=0, range=[0.5, 31.5]),
            "yaxis": axis("Cases", rangemode="tozero"),
        },
        table=Table(COLUMNS, [_raw(row) for row in of.rows]),
        height=360,
    )


def _title(of: DaysOf) -> str:
    done, times = of.sum("cases"), of.sum("times")
    late, expected = of.sum("cases", LAST), of.sum("times", LAST) / times
    share = f"{written_share(100 * late / done, 0)} ({written_counts(late, done)})"
    were = "of the cases that can be shown were" if _is_hidden(of) else "were"
    return (
        f"On the 29th to the 31st {share} {were} done; it would be {written_share(100 * expected)} if every "
        "day were alike"
    )


def _is_hidden(of: DaysOf) -> bool:
    return any(row["cases"] is None for row in of.rows)


def _hidden(of: DaysOf) -> str:
    number = sum(row["cases"] is None for row in of.rows)
    if not number:
        return ""
    return f" Of {number} days the numbers can’t be shown, as they or others are of fewer than 5 cases."


def _bars(of: DaysOf, name: str, colour: str, pattern: str, is_last: bool) -> Trace:
    rows = [row for row in of.rows if (row["day"] in LAST) == is_last and row["cases"]]
    return {
        "type": "bar",
        "name": name,
        "x": [row["day"] for row in rows],
        "y": [row["cases"] for row in rows],
        "marker": {
            "color": colour,
            "pattern": {"shape": pattern, "fgcolor": INK, "fillmode": "overlay", "fgopacity": 0.4},
        },
        "hovertext": [f"Day {row['day']}: {written_number(row['cases'])}" for row in rows],
        "hoverinfo": "text",
    }


COLUMNS = (
    Column("day", "Day of the month", numeric=True),
    Column("cases", "Cases", numeric=True),
    Column("times", "Months with that day", numeric=True),
    Column("each", "Cases in each", numeric=True),
)


def _raw(row: Row) -> Row:
    cases = row["cases"]
    each = SUPPRESSED if cases is None else written_number(cases / row["times"], 1)
    return {**row, "cases": SUPPRESSED if cases is None else cases, "each": each}
