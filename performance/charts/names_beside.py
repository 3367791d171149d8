"""Which names fit beside their points, and where: none covers a point or another name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A plot in pixels, narrower than it is drawn on most screens, so that what fits here fits there.
WIDTH, HEIGHT = 760, 400
CHARACTER, LINE = 7, 16
MARK = 8
CORNER = 160


@dataclass(frozen=True)
class Spot:
    """A point on the plot, each way from 0 to 1, from the bottom left."""

    across: float
    up: float


@dataclass(frozen=True)
class _Box:
    left: float
    right: float
    bottom: float
    top: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    @property
    def is_inside(self) -> bool:
        return self.left >= 0 and self.right <= WIDTH and self.bottom >= 0 and self.top <= HEIGHT


# Where Plotly may write, the likeliest to be free first: its word, and how far the middle of the name
# lies from the point, in halves of its width and in lines.
POSITIONS = {
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "top center": (0, 1),
    "bottom center": (0, -1),
    "top right": (1, 1),
    "top left": (-1, 1),
    "bottom right": (1, -1),
    "bottom left": (-1, -1),
}
_CORNERS = [
    _Box(left, left + CORNER, bottom, bottom + LINE)
    for left in (0, WIDTH - CORNER)
    for bottom in (0, HEIGHT - LINE)
]


def names_beside(spots: Sequence[Spot], wanted: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The position of each name that fits, by the number of its spot; names come in the order in which
    they may choose. The corners of the plot are kept free for what is written there."""
    taken = [*_CORNERS, *map(_mark, spots)]
    found = {}
    for number, name in wanted:
        for position in POSITIONS:
            box = _name(spots[number], name, position)
            if box.is_inside and not any(box.meets(other) for other in taken):
                found[number] = position
                taken.append(box)
                break
    return found


def _mark(spot: Spot) -> _Box:
    x, y = spot.across * WIDTH, spot.up * HEIGHT
    return _Box(x - MARK, x + MARK, y - MARK, y + MARK)


def _name(spot: Spot, name: str, position: str) -> _Box:
    aside, lines = POSITIONS[position]
    half = CHARACTER * len(name) / 2
    x = spot.across * WIDTH + aside * (half + MARK)
    y = spot.up * HEIGHT + lines * (LINE / 2 + MARK)
    return _Box(x - half, x + half, y - LINE / 2, y + LINE / 2)
