"""What movement between two years says, in sentences."""

from performance.releases.divergence_rows import NationalFigure
from performance.releases.movement import Direction, YearPair
from performance.releases.rating_rows import capitalised
from performance.wording import counted, listed, written_number

# From this p-value on, as many changes are what chance often brings.
OFTEN = 0.05


def finding(pair: YearPair) -> str:
    """How many changed, which way, and whether chance and each year’s own rules would move as many."""
    number, of = len(pair.changed), counted(len(pair.rated_in_both), "trust")
    changed = f"{number or 'None'} of {of} changed band from {pair}"
    return f"{changed}{_which_way(pair)}. {against_chance(pair.counted)}"


def _which_way(pair: YearPair) -> str:
    ways = [
        f"{number} {direction.label.lower()}"
        for direction in (Direction.UP, Direction.DOWN)
        if (number := pair.number(direction))
    ]
    return f": {listed(ways)}" if ways else ""


def against_chance(figure: NationalFigure | None) -> str:
    """Whether as many changes would be there had no trust's true level changed."""
    if figure is None or figure.by_chance is None:
        why = f": {figure.reason}" if figure and figure.reason else ""
        return f"How many would have moved by chance and each year’s own rules can’t be told{why}."
    about = f"about {written_number(figure.by_chance, 1)}{_limits(figure)}"
    if figure.p is None:
        return capitalised(f"chance and each year’s own rules would move {about}.")
    more = "more than" if figure.p < OFTEN else "no more than"
    return f"That is {more} chance and each year’s own rules would move: {about}."


def _limits(figure: NationalFigure) -> str:
    if figure.lower is None or figure.upper is None:
        return ""
    return f" ({written_number(figure.lower)} to {written_number(figure.upper)} in 95 of 100 trials)"
