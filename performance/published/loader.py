"""Bringing tables of the public record into the database, as versions that are never edited."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from performance.frameworks.figure_checks import check_table
from performance.frameworks.names import Names
from performance.models import Observation, PublishedTable, Series, SeriesStanding, Target
from performance.published.rows import DATA, READ_ON, PublishedRow, read_published
from trusts.content import ContentError, Located, Problem, table_files

PUBLIC_RECORD = "public-record"


@dataclass(frozen=True)
class Loaded:
    tables: int
    figures: int
    unchanged: int


def load_published(directory: Path = DATA) -> Loaded:
    """Load every table that is new or has changed. A table with a problem raises ContentError
    and none of it is stored; tables before it stay, as each stands for itself."""
    series = public_record()
    names = Names.from_database()
    tables = figures = unchanged = 0
    for path in table_files(directory):
        stored = load_table(path, series, names)
        tables += 1
        figures += stored
        unchanged += stored == 0
    return Loaded(tables, figures, unchanged)


def public_record() -> Series:
    series, _ = Series.objects.get_or_create(
        slug=PUBLIC_RECORD,
        defaults={
            "title": "Public record",
            "standing": SeriesStanding.PUBLISHED_RECORD,
            "description": "Figures that were published in Parliament, in official statistics or "
            "in reports on them, each with its source.",
        },
    )
    return series


def load_table(path: Path, series: Series, names: Names) -> int:
    """Store a table's figures as its next version. Returns how many, 0 if it is unchanged."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    latest = PublishedTable.objects.filter(series=series, name=path.stem).last()
    if latest and latest.sha256 == sha256:
        return 0
    rows = read_published(path)
    if not rows:
        raise ContentError([Problem(path.name, 2, "whole file", "a header alone", "at least one row")])
    if problems := check_table(rows, names.known) + list(in_another_table(rows, series, path.stem)):
        raise ContentError(problems)
    with transaction.atomic():
        table = PublishedTable.objects.create(
            series=series,
            name=path.stem,
            version=latest.version + 1 if latest else 1,
            sha256=sha256,
            read_on=READ_ON,
            supersedes=latest,
        )
        Observation.objects.bulk_create(_observation(table, place.row, names) for place in rows)
        Target.objects.bulk_create(
            _target(table, place.row, place.row.target, names)
            for place in rows
            if place.row.target is not None
        )
    return len(rows)


def in_another_table(rows: list[Located[PublishedRow]], series: Series, name: str) -> Iterator[Problem]:
    """A figure stands in one table only: two might disagree, and a release holds one."""
    others = PublishedTable.objects.current().filter(series=series).exclude(name=name)
    key = ("organisation__slug", "measure__code", "period_start", "period_end")
    figures = Observation.objects.filter(published_table__in=others)
    elsewhere = {tuple(found): table for *found, table in figures.values_list(*key, "published_table__name")}
    for place in rows:
        row = place.row
        table = elsewhere.get((row.organisation, row.measure, row.period_start, row.period_end))
        if table:
            yield place.problem("measure", row.measure, f"a figure that isn't in the table {table} too")


def _observation(table: PublishedTable, row: PublishedRow, names: Names) -> Observation:
    measure = names.measures[row.measure]
    return Observation(
        published_table=table,
        measure=measure,
        organisation=names.organisations[row.organisation],
        unit=measure.unit,
        value=row.value_in(measure.unit),
        **row.model_dump(
            include={
                "period_start",
                "period_end",
                "status",
                "numerator",
                "denominator",
                "percent_of_target",
                "as_printed",
                "source",
                "certainty",
                "note",
            }
        ),
    )


def _target(table: PublishedTable, row: PublishedRow, value: float, names: Names) -> Target:
    return Target(
        published_table=table,
        framework_measure=names.framework_measures[row.framework, row.measure],
        organisation=names.organisations[row.organisation],
        period_start=row.period_start,
        period_end=row.period_end,
        value=value,
    )
