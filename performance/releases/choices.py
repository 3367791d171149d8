"""What a reader has chosen to compare: plain values, as an address holds them."""

from dataclasses import dataclass

from performance.vocabulary import Structure

# As much as can be read side by side, and as a page can be made from in a moment.
MOST_ORGANISATIONS, MOST_MEASURES, MOST_YEARS = 60, 10, 12
MOST_FIGURES = MOST_ORGANISATIONS * MOST_MEASURES * MOST_YEARS
MONTHS = 12


@dataclass(frozen=True, order=True)
class OwnGroup:
    """Organisations that a reader adds up under a name of the reader's own."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """organisations: each for itself; each: groups of which every member stands for itself, such as
    a region; groups: the reader's own. years: financial years, as 2012-13; none is the latest that
    there is a figure for. by_month: its months and quarters in place of a whole year."""

    organisations: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    groups: tuple[OwnGroup, ...] = ()
    measures: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    by_month: bool = False
    structure: Structure = Structure.THEN

    @property
    def is_empty(self) -> bool:
        return not (self.organisations or self.each or self.groups or self.measures or self.years)

    @property
    def is_complete(self) -> bool:
        """Whether there is somebody to compare, and on something."""
        return bool(self.measures and (self.organisations or self.each or self.groups))
