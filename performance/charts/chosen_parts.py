"""What the charts of a comparison share: panels below one another, looks, axes and names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from performance.charts.chosen_table import names_of
from performance.charts.figure import (
    DARK_BLUE,
    INK,
    MID_GREY,
    ORANGE,
    TURQUOISE,
    Trace,
    axis,
    legend_above,
)
from performance.charts.intervals import interval_bars
from performance.releases.chosen_rows import OWN_GROUP
from performance.releases.rows import ResultRow
from performance.vocabulary import ADDED_UP, Unit
from performance.wording import short_name

# Above a panel stands its measure, below it the numbers of its axis.
HEAD, FOOT = 30, 40
# Room for a legend.
TOP = 36
TOGETHER = ("nation", "region", "probation-region", "peer-group", "provider")
PERCENT = (Unit.SHARE, Unit.TALLY, Unit.PERCENT_OF_PROFILE)
# Where the least is nearer to the most than this, an axis from 0 would show dots on one line.
NEAR = 0.5


@dataclass(frozen=True)
class Look:
    name: str
    symbol: str
    colour: str


SINGLE = Look("Organisations", "circle", DARK_BLUE)
SEVERAL = Look("Several together", "square", TURQUOISE)
OWN = Look("Own groups", "diamond", ORANGE)


@dataclass(frozen=True)
class Panel:
    """rows: of one measure; number: 1 for the first; height: of where its marks are, in pixels."""

    number: int
    rows: Sequence[ResultRow]
    height: int

    @property
    def suffix(self) -> str:
        """By which plotly knows its axes: x, x2, x3."""
        return "" if self.number == 1 else str(self.number)

    @property
    def axes(self) -> dict[str, str]:
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}

    @property
    def title(self) -> str:
        return self.rows[0].measure_short_title


def by_measure(rows: Sequence[ResultRow]) -> list[list[ResultRow]]:
    """Rows come by measure."""
    return [list(some) for _, some in groupby(rows, key=lambda row: row.measure)]


def domains(panels: Sequence[Panel]) -> list[list[float]]:
    """Where each lies, from 0 at the bottom to 1 at the top."""
    total, above, found = height_of(panels), 0, []
    for panel in panels:
        top = above + _head(panels)
        found.append([1 - (top + panel.height) / total, 1 - top / total])
        above = top + panel.height + FOOT
    return found


def height_of(panels: Sequence[Panel]) -> int:
    return sum(_head(panels) + panel.height + FOOT for panel in panels)


def _head(panels: Sequence[Panel]) -> int:
    return HEAD if len(panels) > 1 else 0


def legend_of(panels: Sequence[Panel]) -> dict[str, Any]:
    """Just above the first panel, however tall they are together."""
    return legend_above() | {"y": 1 + 4 / height_of(panels)}


def titles(panels: Sequence[Panel]) -> list[dict[str, Any]]:
    """The measure above each panel, where there are several."""
    if len(panels) == 1:
        return []
    return [
        {
            "text": panel.title,
            "x": 0,
            "y": top,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 4,
            "showarrow": False,
            "font": {"size": 14, "weight": 700, "color": INK},
        }
        for panel, (_, top) in zip(panels, domains(panels), strict=True)
    ]


def look_of(row: ResultRow) -> Look:
    if row.organisation_kind == OWN_GROUP:
        return OWN
    return SEVERAL if row.organisation_kind in TOGETHER else SINGLE


def begins_at_zero(rows: Sequence[ResultRow]) -> bool:
    values = [row.value for row in rows if row.value is not None]
    return min(values) <= NEAR * max(values)


def value_axis(rows: Sequence[ResultRow], title: str = "", **more: Any) -> dict[str, Any]:
    """In the unit of the rows' measure."""
    unit = rows[0].unit
    return axis(
        title,
        ticksuffix="%" if unit in PERCENT else "",
        tickprefix="£" if unit == Unit.POUNDS else "",
        tickformat="," if unit in ADDED_UP else "",
        rangemode="tozero" if begins_at_zero(rows) else "normal",
        **({"autorangeoptions": {"clipmin": 0, "clipmax": 100}} if unit == Unit.SHARE else {}),
        **more,
    )


def axes_caption(groups: Sequence[Sequence[ResultRow]]) -> str:
    if all(map(begins_at_zero, groups)):
        return ""
    return " The axis doesn’t begin at 0." if len(groups) == 1 else " Not every axis begins at 0."


def bars_of(rows: Sequence[ResultRow]) -> Trace:
    """Of the 95% intervals that there are."""
    return interval_bars([(row.lower, row.value, row.upper) for row in rows], MID_GREY)


def has_intervals(rows: Sequence[ResultRow]) -> bool:
    return any(row.lower is not None for row in rows)


def hover(row: ResultRow) -> str:
    """Who, when and what, with counts and interval where there are any."""
    more = "".join(f"<br>{text}" for text in (row.counts, row.interval and f"95%: {row.interval}") if text)
    return f"{row.organisation_name}<br>{row.period}: {row.written}{more}"


def short_names(rows: Sequence[ResultRow]) -> dict[str, str]:
    """As there is room for beside a chart: London for London Probation Trust, unless two would then
    be called the same."""
    names = names_of(rows)
    short = {slug: short_name(name) for slug, name in names.items()}
    twice = [name for name in short.values() if list(short.values()).count(name) > 1]
    return {slug: names[slug] if name in twice else name for slug, name in short.items()}


def with_counts(row: ResultRow) -> str:
    """A percentage never travels without its counts."""
    return f"{row.written} ({row.counts})" if row.is_share and row.counts else row.written
