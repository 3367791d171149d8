"""On which days of the month cases were done: whether they pile up at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.charts.figure import (
    BOTTOM,
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
from performance.wording import counted, written_counts, written_number, written_share

# The days of the month that are its end, and how they are called where a period has no more of them.
LAST = (29, 30, 31)
NAMES = ("", "29th", "29th and 30th", "29th to the 31st")
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

    @property
    def hidden(self) -> list[int]:
        """The days whose cases may not be shown."""
        return [row["day"] for row in self.rows if row["cases"] is None]

    @property
    def last(self) -> list[int]:
        """Those at the end of the month that the period has: February may have none."""
        return [row["day"] for row in self.rows if row["day"] in LAST]

    def sum(self, key: str, days: Sequence[int] = range(1, 32)) -> int:
        """Of days that may be shown, so that cases and times are of the same days."""
        return sum(row[key] for row in self.rows if row["day"] in days and row["cases"] is not None)


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
        description="A column for each day of the month. Those from the 29th on look otherwise.",
        data=[
            _bars(of, "Other days", DARK_BLUE, "", False),
            *([_bars(of, NAMES[len(of.last)], ORANGE, "/", True)] if of.last else []),
        ],
        layout={
            "showlegend": bool(of.last),
            "legend": legend_above(),
            "margin": {"l": 56, "r": 16, "t": 56, "b": BOTTOM},
            "barmode": "overlay",
            "bargap": 0.1,
            "xaxis": axis("Day of the month", dtick=5, tick0=0, range=[0.5, 31.5]),
            "yaxis": axis("Cases", rangemode="tozero"),
        },
        table=Table(COLUMNS, [_raw(row) for row in of.rows]),
        height=360,
        methods=("audit-signals",),
    )


def _title(of: DaysOf) -> str:
    """No share is told where cases of the last days may not be shown: it would be too low."""
    if not of.last:
        return f"{counted(of.sum('cases'), 'case')} done in a month without a 29th"
    name = f"the {NAMES[len(of.last)]}"
    if set(of.hidden) & set(of.last):
        return f"How many were done on {name} can’t be shown"
    return f"On {name} {_share(of)}"


def _share(of: DaysOf) -> str:
    done, late = of.sum("cases"), of.sum("cases", LAST)
    expected = written_share(100 * of.sum("times", LAST) / of.sum("times"))
    were = "of the cases that can be shown were" if of.hidden else "were"
    share = f"{written_share(100 * late / done)} ({written_counts(late, done)})"
    alike = "if every day were alike" if not of.hidden else "if every day that can be shown were alike"
    return f"{share} {were} done; it would be {expected} {alike}"


def _hidden(of: DaysOf) -> str:
    if not of.hidden:
        return ""
    numbers = "the number" if len(of.hidden) == 1 else "the numbers"
    return (
        f" Of {counted(len(of.hidden), 'day')} {numbers} can’t be shown ({SUPPRESSED} in the table), as they "
        "or others are of fewer than 5 cases."
    )


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
    Column("cases", "Cases", numeric=True, show=lambda row: _written(row["cases"])),
    Column("times", "Months with that day", numeric=True),
    Column("each", "Cases in each", numeric=True),
)


def _written(cases: int | str) -> str:
    return cases if isinstance(cases, str) else written_number(cases)


def _raw(row: Row) -> Row:
    cases = row["cases"]
    each = SUPPRESSED if cases is None else written_number(cases / row["times"], 1)
    return {**row, "cases": SUPPRESSED if cases is None else cases, "each": each}
