"""What every figure is made of, and the look they share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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

FONT = "Arial, Helvetica, sans-serif"


@dataclass(frozen=True)
class Column:
    """A column of a figure's table. `show` writes a cell for readers; files keep the raw value."""

    key: str
    label: str
    numeric: bool = False
    show: Callable[[Row], str] | None = None

    def text(self, row: Row) -> str:
        if self.show:
            return self.show(row)
        value = row[self.key]
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Table:
    """The figures behind a chart. The first column heads its row."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def shown(self) -> list[list[tuple[Column, str]]]:
        return [[(column, column.text(row)) for column in self.columns] for row in self.rows]


@dataclass(frozen=True)
class Figure:
    """`title` states the finding, `caption` says what is shown, of how many and from where,
    `description` tells in words what the chart shows to those who can't see it."""

    slug: str
    title: str
    caption: str
    description: str
    data: list[Trace]
    layout: Layout
    table: Table
    height: int = 480

    @property
    def plot(self) -> dict[str, Any]:
        return {"data": self.data, "layout": base_layout(self.height) | self.layout}


def base_layout(height: int) -> Layout:
    """No title: it stands as text above the figure, where everyone can read and copy it."""
    return {
        "height": height,
        "margin": {"l": 56, "r": 16, "t": 16, "b": 56},
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


def rounded(value: float | None, decimals: int = 2) -> float | None:
    """As precise as a chart can show: fewer figures, fewer bytes."""
    return None if value is None else round(value, decimals)
