"""A database of one's own with as many observations as a benchmark wants, in accepted returns.

Only for measuring: figures go straight into their tables, past the checks of a return, as loading
a million of them through those would take longer than all that is measured.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from performance.calculation.reading import CHUNK
from performance.frameworks.loader import load_frameworks
from performance.models import (
    Domain,
    Framework,
    FrameworkMeasure,
    Measure,
    Observation,
    ReturnState,
    Series,
    Target,
    TrustReturn,
    Upload,
)
from performance.returns.loader import simulated_series
from performance.writing import write_rows
from trusts.loader import load_organisations
from trusts.models import Organisation, Person, Role

RETURN_KEY = ["organisation", "framework"]
WHOLE = ("numerator", "denominator")


def filled_series(frame: pd.DataFrame) -> Series:
    """The simulated series in a new database, with the observations of a frame (of
    `simulation.scaled`) and all that they are about."""
    series = named_series(frame)
    with transaction.atomic():
        _add_figures(frame, _add_returns(frame, series))
    return series


def named_series(frame: pd.DataFrame) -> Series:
    """The simulated series in a new database, with all that a frame's observations are about and
    none of them. Every trust stands for as long as there are figures of it."""
    call_command("migrate", verbosity=0)
    load_organisations()
    load_frameworks()
    with transaction.atomic():
        _add_organisations(frame)
        _add_measures(frame)
        _add_frameworks(frame)
        Organisation.objects.update(closed=None)
    return simulated_series()


def _original(name: str) -> str:
    """What a copy is of: london of london-2."""
    stem, _, number = name.rpartition("-")
    return stem if number.isdecimal() else name


def _add_organisations(frame: pd.DataFrame) -> None:
    known = Organisation.objects.in_bulk(field_name="slug")
    new = [name for name in frame["organisation"].cat.categories if name not in known]
    Organisation.objects.bulk_create(
        _copy(known[_original(name)], slug=name, code=f"X{place}") for place, name in enumerate(new)
    )


def _add_measures(frame: pd.DataFrame) -> None:
    known = Measure.objects.in_bulk(field_name="code")
    new = [name for name in frame["measure"].cat.categories if name not in known]
    Measure.objects.bulk_create(_copy(known[_original(name)], code=name) for name in new)


def _add_frameworks(frame: pd.DataFrame) -> None:
    """A copy for each block of years, and in every framework its measures' copies."""
    known = Framework.objects.in_bulk(field_name="slug")
    for name in frame["framework"].cat.categories:
        rows = frame[frame["framework"] == name]
        original = known.get(name) or known[name.rpartition("-")[0]]
        framework = known.get(name) or _added_framework(name, original, rows)
        _add_entries(framework, original, rows["measure"].unique())


def _added_framework(name: str, original: Framework, rows: pd.DataFrame) -> Framework:
    starts, ends = rows["period_start"].min().date(), rows["period_end"].max().date()
    framework = _copy(original, slug=name, starts=starts, ends=ends)
    framework.save()
    return framework


def _add_entries(framework: Framework, original: Framework, measures: Iterable[str]) -> None:
    entries = {
        entry.measure.code: entry
        for entry in FrameworkMeasure.objects.filter(domain__framework=original).select_related(
            "measure", "domain"
        )
    }
    stored = Measure.objects.in_bulk(field_name="code")
    domains: dict[str, Domain] = {domain.code: domain for domain in framework.domains.all()}
    for code in measures:
        entry = entries.get(code) or entries.get(_original(code))
        if entry is None or (framework == original and code in entries):
            continue
        if entry.domain.code not in domains:
            domains[entry.domain.code] = _copy(entry.domain, framework=framework)
            domains[entry.domain.code].save()
        _copy(entry, domain=domains[entry.domain.code], measure=stored[code]).save()


def _copy(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del values["id"]
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def _add_returns(frame: pd.DataFrame, series: Series) -> dict[tuple[str, str], int]:
    """An accepted return of each trust for each framework. Returns their keys."""
    now, person = timezone.now(), Person.objects.create(username="accepts", role=Role.NOMS_ANALYST)
    organisations = Organisation.objects.in_bulk(field_name="slug")
    frameworks = Framework.objects.in_bulk(field_name="slug")
    upload = Upload.objects.create(
        series=series, uploaded_at=now, uploaded_by=person, name="bench", size=0, file="bench"
    )
    pairs = frame[RETURN_KEY].astype(str).drop_duplicates().itertuples(index=False, name=None)
    returns = TrustReturn.objects.bulk_create(
        TrustReturn(
            series=series,
            upload=upload,
            organisation=organisations[organisation],
            framework=frameworks[framework],
            period_start=frameworks[framework].starts,
            period_end=frameworks[framework].ends,
            state=ReturnState.ACCEPTED,
            accepted_at=now,
            accepted_by=person,
        )
        for organisation, framework in pairs
    )
    return {(sent.organisation.slug, sent.framework.slug): sent.pk for sent in returns}


def _add_figures(frame: pd.DataFrame, returns: dict[tuple[str, str], int]) -> None:
    own = list(zip(frame["organisation"].astype(str), frame["framework"].astype(str), strict=True))
    keys: dict[str, list[Any]] = {
        "trust_return": [returns[pair] for pair in own],
        "organisation": _keys(Organisation, "slug", frame["organisation"]),
        "period_start": frame["period_start"].dt.strftime("%Y-%m-%d").tolist(),
        "period_end": frame["period_end"].dt.strftime("%Y-%m-%d").tolist(),
    }
    texts = ("status", "unit", "as_printed", "source", "certainty", "note")
    numbers = (*WHOLE, "expected", "value", "percent_of_target")
    columns = keys | {"measure": _keys(Measure, "code", frame["measure"])}
    columns |= {name: frame[name].astype(str).tolist() for name in texts}
    columns |= {name: _numbers(frame[name], whole=name in WHOLE) for name in numbers}
    _write(Observation, columns)
    entries = {
        (framework, measure): key
        for framework, measure, key in FrameworkMeasure.objects.values_list(
            "domain__framework__slug", "measure__code", "pk"
        )
    }
    measures = frame["measure"].astype(str)
    entry = [entries.get((framework, code)) for (_, framework), code in zip(own, measures, strict=True)]
    has_target = frame["target"].notna().to_numpy() & np.array([key is not None for key in entry])
    targets = keys | {"framework_measure": entry, "value": frame["target"].tolist()}
    _write(
        Target,
        {n: [v for v, kept in zip(values, has_target, strict=True) if kept] for n, values in targets.items()},
    )


def _keys(model: Any, name: str, column: pd.Series) -> list[int]:
    known = dict(model.objects.values_list(name, "pk"))
    keys = [known[text] for text in column.cat.categories]
    return [keys[code] for code in column.cat.codes]


def _numbers(column: pd.Series, *, whole: bool) -> list[Any]:
    return [None if n != n else int(n) if whole else n for n in column.tolist()]


def _write(model: type[Model], columns: Mapping[str, Sequence[Any]]) -> None:
    rows = zip(*columns.values(), strict=True)
    while chunk := list(islice(rows, CHUNK)):
        write_rows(model, list(columns), chunk)
