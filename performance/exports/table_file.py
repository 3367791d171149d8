"""A table as it leaves: its rows, and what is said about them wherever they go."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from performance.exports.dictionary import Field, dictionary, fields_of
from performance.models import Measure, Release, SeriesStanding
from performance.published.loader import PUBLIC_RECORD

# Whole address of a page in the release, by its name and what its address holds.
AddressOf = Callable[..., str]
Values = Sequence[Any]

# What each row of a file says about itself, for rows that are taken out of it.
IN_EVERY_ROW = ("series", "standing", "release", "figures_as_at", "address")


@dataclass(frozen=True)
class FileTable:
    """`rows` have a value for each of the columns, in their order; `number` says how many there are.
    `filters` are what was asked for, by name as an address has them, and `methods` slugs of pages under
    /methods/, beside those of the columns. `measures` are the codes that its rows may be about."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Iterable[Values]
    number: int
    filters: Sequence[tuple[str, str]] = ()
    methods: tuple[str, ...] = ()
    measures: Collection[str] = ()


@dataclass(frozen=True)
class ReleaseFile:
    """A table of a release as a file has it. `address_as` says where these very rows stand for good, by the
    ending of a format; `definitions` are measures by code, where they were read before."""

    table: FileTable
    release: Release
    address_as: Callable[[str], str]
    address_of: AddressOf
    definitions: Mapping[str, Measure] | None = None

    @property
    def address(self) -> str:
        """Of the rows in the plainest format."""
        return self.address_as("csv")

    @property
    def name(self) -> str:
        return name_of_file(self.table.name, self.release)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """What its rows are about, by code."""
        if self.definitions is None:
            return measures_called(self.table.measures)
        return {code: measure for code, measure in self.definitions.items() if code in self.table.measures}

    @cached_property
    def fields(self) -> list[Field]:
        are_all_explained = all(column in dictionary() for column in self.table.columns)
        return fields_of(self.table.columns, {} if are_all_explained else self.measures)

    @property
    def fields_of_rows(self) -> list[Field]:
        """With those that every row says about itself."""
        return [*self.fields, *(dictionary()[name] for name in IN_EVERY_ROW)]

    @property
    def rows_about_themselves(self) -> Iterator[Values]:
        """With what every row says about itself."""
        about = (
            self.release.series.title,
            self.release.series.get_standing_display(),
            self.release.number,
            self.release.figures_as_at,
            self.address,
        )
        return ((*row, *about) for row in self.table.rows)


def measures_called(codes: Collection[str]) -> dict[str, Measure]:
    """By code, with the frameworks that use each, in four queries."""
    found = Measure.objects.filter(code__in=codes).prefetch_related("framework_measures__domain__framework")
    return {measure.code: measure for measure in found}


def name_of_file(name: str, release: Release) -> str:
    """So that a file of another series can't be taken for one of the public record, and one of made-up
    figures says so wherever it lies."""
    series = release.series
    if series.slug == PUBLIC_RECORD:
        return f"{name}-release-{release.number}"
    is_said = series.standing != SeriesStanding.SIMULATED or SeriesStanding.SIMULATED in series.slug
    first = series.slug if is_said else f"{SeriesStanding.SIMULATED}-{series.slug}"
    return f"{first}-{name}-release-{release.number}"
