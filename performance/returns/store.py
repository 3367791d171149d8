"""Keeping a file's figures and targets, as drafts of the next versions of the returns they are of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import COUNTS, PERIOD
from performance.frameworks.names import Names
from performance.models import Finding, Observation, Target, TrustReturn, Upload
from performance.returns.dividing import Part, divided
from performance.returns.figures_frame import Figures
from performance.returns.found import Found
from performance.vocabulary import PARTS_OF_A_WHOLE
from performance.writing import write_rows
from trusts.certainty import Certainty

# Rows of an insert: as many as take little memory.
CHUNK = 50_000
OBSERVATION = (
    "trust_return",
    "measure",
    "organisation",
    *PERIOD,
    "status",
    "unit",
    *COUNTS,
    "expected",
    "value",
    "as_printed",
    "source",
    "certainty",
    "note",
)
TARGET = ("trust_return", "framework_measure", "organisation", *PERIOD, "value")

Identity = tuple[int, int, Any, Any]


def store_drafts(upload: Upload, figures: Figures, names: Names) -> dict[int, TrustReturn]:
    """A draft for each return in a sound file, with its figures and targets. Returns the draft in
    which each row of the file is. To be called in a transaction that has the trusts locked."""
    parts = list(divided(figures.frame))
    drafts = [_draft(upload, part, names) for part in parts]
    latest = latest_versions(upload, drafts)
    for draft in drafts:
        before = latest.get(identity(draft))
        draft.supersedes, draft.version = before, before.version + 1 if before else 1
    TrustReturn.objects.bulk_create(drafts)
    place = np.zeros(len(figures.frame), dtype=np.intp)
    for number, part in enumerate(parts):
        place[part.positions] = number
    for rows in _chunks(figures.frame.assign(draft=place)):
        keys = _keys(rows, drafts, names)
        write_rows(Observation, OBSERVATION, _observations(rows, keys))
        write_rows(Target, TARGET, _targets(rows, keys, names))
    return dict(
        zip(figures.frame["row"].tolist(), [drafts[number] for number in place.tolist()], strict=True)
    )


def store_findings(upload: Upload, found: Sequence[Found], drafts: Mapping[int, TrustReturn]) -> None:
    """Every finding about a file. One about a row belongs to the draft in which that row is, if the
    file was kept; one about the whole file to its draft, if it came to one alone."""
    versions = set(drafts.values())
    only = versions.pop() if len(versions) == 1 else None
    Finding.objects.bulk_create(
        Finding(
            upload=upload,
            trust_return=drafts.get(finding.row or 0, only),
            code=finding.code,
            severity=finding.severity,
            row=finding.row,
            column=finding.column[:200],
            sentence=finding.sentence,
        )
        for finding in found
    )


def identity(version: TrustReturn) -> Identity:
    """What the versions of one return have in common, within a series."""
    return (version.organisation_id, version.framework_id, version.period_start, version.period_end)


def latest_versions(upload: Upload, drafts: Sequence[TrustReturn]) -> dict[Identity, TrustReturn]:
    """The last version of each return that the drafts are of, where there is one."""
    ends = {draft.period_end for draft in drafts}
    versions = TrustReturn.objects.latest_versions().filter(series=upload.series, period_end__in=ends)
    return {identity(version): version for version in versions}


def _draft(upload: Upload, part: Part, names: Names) -> TrustReturn:
    return TrustReturn(
        series=upload.series,
        upload=upload,
        organisation=names.organisations[part.organisation],
        framework=names.frameworks[part.framework],
        period_start=part.period.start,
        period_end=part.period.end,
    )


def _chunks(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, len(frame), CHUNK):
        yield frame.iloc[start : start + CHUNK]


def _keys(rows: pd.DataFrame, drafts: Sequence[TrustReturn], names: Names) -> dict[str, list[Any]]:
    """Each row's draft, trust and measure as keys of the database, and its unit."""
    units = {code: measure.unit for code, measure in names.measures.items()}
    return {
        "trust_return": [drafts[number].pk for number in rows["draft"].tolist()],
        "organisation": _looked_up(
            rows["organisation"], {slug: o.pk for slug, o in names.organisations.items()}
        ),
        "measure": _looked_up(
            rows["measure"], {code: measure.pk for code, measure in names.measures.items()}
        ),
        "unit": _looked_up(rows["measure"], units),
        "period_start": _dates(rows["period_start"]),
        "period_end": _dates(rows["period_end"]),
    }


def _observations(rows: pd.DataFrame, keys: dict[str, list[Any]]) -> list[tuple[Any, ...]]:
    count = len(rows)
    columns = keys | {
        "status": rows["status"].astype(object).tolist(),
        "numerator": _whole(rows["numerator"]),
        "denominator": _whole(rows["denominator"]),
        "expected": _numbers(rows["expected"]),
        "value": _numbers(_values(rows, keys["unit"])),
        "as_printed": [""] * count,
        "source": [""] * count,
        "certainty": [Certainty.VERBATIM.value] * count,
        "note": rows["note"].tolist(),
    }
    return list(zip(*(columns[name] for name in OBSERVATION), strict=True))


def _targets(rows: pd.DataFrame, keys: dict[str, list[Any]], names: Names) -> list[tuple[Any, ...]]:
    """A row for each target that came with a figure."""
    entries = {pair: entry.pk for pair, entry in names.framework_measures.items()}
    pairs = zip(rows["framework"].astype(object), rows["measure"].astype(object), strict=True)
    columns = keys | {
        "framework_measure": [entries.get(pair) for pair in pairs],
        "value": _numbers(rows["target"]),
    }
    every = zip(*(columns[name] for name in TARGET), strict=True)
    return [row for row in every if row[-1] is not None]


def _values(rows: pd.DataFrame, units: list[str]) -> "pd.Series[float]":
    """As sent, 0 to 100 of a share; of one that came as counts alone, what they come to."""
    is_share = np.isin(np.array(units, dtype=object), PARTS_OF_A_WHOLE)
    has_counts = rows["numerator"].notna() & (rows["denominator"] > 0)
    share = (100 * rows["numerator"] / rows["denominator"]).where(is_share & has_counts)
    return rows["value"].fillna(share)


def _looked_up(names: "pd.Series[Any]", keys: Mapping[str, Any]) -> list[Any]:
    of_category = [keys.get(name) for name in names.cat.categories]
    return [of_category[code] for code in names.cat.codes.tolist()]


def _dates(days: "pd.Series[Any]") -> list[str]:
    return list(np.datetime_as_string(days.to_numpy("datetime64[D]")).tolist())


def _numbers(numbers: "pd.Series[float]") -> list[float | None]:
    return [None if number != number else number for number in numbers.tolist()]


def _whole(numbers: "pd.Series[float]") -> list[int | None]:
    return [None if number != number else int(number) for number in numbers.tolist()]
