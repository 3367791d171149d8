"""What every figure is made of, and the look they share."""

import datetime
import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from performance.vocabulary import Standing

Row = Mapping[str, Any]
Trace = dict[str, Any]
Layout = dict[str, Any]

# The Analysis Function's colours for charts: told apart in greyscale and by colour-blind readers.
DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"
MID_GREY = "#6F777B"
LIGHT_GREY = "#B1B4B6"
GRID = "#E5E6E7"
INK = "#0B0C0C"

# Room for the labels of an axis and its title.
BOTTOM = 68
# Where across a plot the words stand that mark it, row by row, and for how many pixels of height once
# from first to last will do.
MARKS_ACROSS, MARKED_HEIGHT = (0.25, 0.75, 0.5, 0.25, 0.75), 900
FONT = "Arial, Helvetica, sans-serif"


@dataclass(frozen=True)
class Column:
    """A column of a figure's table. `show` writes a cell for readers, `link` gives it an address
    and `note` a second, smaller line; files keep the raw value."""

    key: str
    label: str
    numeric: bool = False
    show: Callable[[Row], str] | None = None
    link: Callable[[Row], str] | None = None
    note: Callable[[Row], str] | None = None

    def cell(self, row: Row) -> "Cell":
        value = row.get(self.key)
        text = self.show(row) if self.show else "" if value is None else str(value)
        return Cell(
            column=self,
            text=text,
            link=self.link(row) if self.link else "",
            note=self.note(row) if self.note else "",
            sort_value=sort_value(value),
        )


@dataclass(frozen=True)
class Cell:
    column: Column
    text: str
    link: str
    note: str
    sort_value: str


def sort_value(value: Any) -> str:
    """What a table is sorted by, where that isn't the text: a number, or a date as a number."""
    if isinstance(value, datetime.date):
        return str(value.toordinal())
    if isinstance(value, (int, float)):
        return str(value)
    return ""


@dataclass(frozen=True)
class Table:
    """The figures behind a chart. The first column heads its row."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def shown(self) -> list[list[Cell]]:
        return [[column.cell(row) for column in self.columns] for row in self.rows]

    @property
    def publishers(self) -> list[str]:
        """Whose pages its figures come from, each once; every row names its own page."""
        addresses = (row["source"] for row in self.rows if row.get("source"))
        return sorted({name for name in map(publisher, addresses) if name})

    @property
    def uses_reconstructed_definitions(self) -> bool:
        return any(row.get("definition") == Standing.RECONSTRUCTED for row in self.rows)


@dataclass(frozen=True)
class Figure:
    """`title` states the finding, `caption` says what is shown, of how many and from where,
    `description` tells in words what the chart shows to those who can't see it, `methods` are the
    slugs of the pages under /methods/ that say how it was worked out."""

    slug: str
    title: str
    caption: str
    description: str
    data: list[Trace]
    layout: Layout
    table: Table
    height: int = 480
    methods: tuple[str, ...] = ()

    @property
    def plot(self) -> dict[str, Any]:
        return {"data": self.data, "layout": base_layout(self.height) | self.layout}


def with_watermark(plot: dict[str, Any], words: str) -> dict[str, Any]:
    """The plot with these words written all over it: no image of it, saved, photographed or cropped
    to a quarter, is without them."""
    layout = plot["layout"]
    annotations = [*layout.get("annotations", []), *_marks(words, layout["height"])]
    return plot | {"layout": layout | {"annotations": annotations}}


def _marks(words: str, height: int) -> list[dict[str, Any]]:
    """One in a row, from side to side and then in the middle, so that each quarter of the plot holds
    one whole and none lies over another. By their name a narrow screen finds them."""
    rows = len(MARKS_ACROSS) * math.ceil(height / MARKED_HEIGHT)
    return [
        {
            "name": "standing",
            "text": words,
            "x": MARKS_ACROSS[row % len(MARKS_ACROSS)],
            "y": 1 - (row + 0.5) / rows,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "center",
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 20, "weight": 700, "color": DARK_PINK},
            "opacity": 0.25,
        }
        for row in range(rows)
    ]


def base_layout(height: int) -> Layout:
    """No title: it stands as text above the figure, where everyone can read and copy it.

    Bold is a matter of `font.weight` in all figures: Plotly writes <b> as an inline style, which
    the Content-Security-Policy refuses."""
    return {
        "height": height,
        "margin": {"l": 56, "r": 16, "t": 16, "b": BOTTOM},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": INK, "font": {"color": INK}},
        "showlegend": False,
    }


def axis(title: str, **more: Any) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"size": 14}},
        "gridcolor": GRID,
        "zeroline": False,
        "linecolor": MID_GREY,
        "ticks": "outside",
        "tickcolor": LIGHT_GREY,
        "automargin": True,
        "fixedrange": True,
    } | more


def legend_above() -> dict[str, Any]:
    return {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "xanchor": "left"}


def publisher(address: str) -> str:
    """Whose page an address is: the host, without what every host begins with."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def in_lines(text: str, width: int = 30) -> str:
    """A long label broken into lines, so that it leaves room for the chart."""
    return "<br>".join(textwrap.wrap(text, width))


def rounded(value: float | None, decimals: int = 2) -> float | None:
    """As precise as a chart can show: fewer figures, fewer bytes."""
    return None if value is None else round(value, decimals)
