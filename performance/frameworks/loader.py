"""Bringing the definition files into the database."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from performance.frameworks.reader import CONTENT, read_definitions
from performance.frameworks.schema import (
    DomainDefinition,
    FrameworkDefinition,
    MeasureDefinition,
    MeasureInFramework,
    TargetValue,
)
from performance.models import Domain, Framework, FrameworkMeasure, Measure
from trusts.content import ContentError, Problem


@dataclass(frozen=True)
class Loaded:
    measures: int
    frameworks: int


def load_frameworks(directory: Path = CONTENT) -> Loaded:
    """Make the database hold what the definition files say. Raises ContentError and stores
    nothing if a file has a problem. Loading again changes nothing."""
    definitions = read_definitions(directory)
    with transaction.atomic():
        for measure in definitions.measures.values():
            _store_measure(measure)
        measures = Measure.objects.in_bulk(field_name="code")
        for framework in definitions.frameworks.values():
            _store_framework(framework, measures)
    return Loaded(len(definitions.measures), len(definitions.frameworks))


def _store_measure(definition: MeasureDefinition) -> None:
    values = definition.model_dump(mode="json")
    Measure.objects.update_or_create(code=values.pop("code"), defaults=values)


def _store_framework(definition: FrameworkDefinition, measures: dict[str, Measure]) -> None:
    values = definition.model_dump(mode="json", exclude={"domains"})
    values["rating_scheme"] = definition.rating.scheme
    framework, _ = Framework.objects.update_or_create(slug=values.pop("slug"), defaults=values)
    for position, domain in enumerate(definition.domains, start=1):
        _store_domain(framework, position, domain, measures)
    _remove_what_the_definition_dropped(framework, definition)


def _remove_what_the_definition_dropped(framework: Framework, definition: FrameworkDefinition) -> None:
    kept = [entry.measure for domain in definition.domains for entry in domain.measures]
    dropped = FrameworkMeasure.objects.filter(domain__framework=framework).exclude(measure__code__in=kept)
    try:
        dropped.delete()
    except ProtectedError as error:
        names = ", ".join(sorted(dropped.values_list("measure__code", flat=True)))
        expected = "an entry for each, as published targets hang on them"
        raise ContentError(
            [Problem(f"{framework.slug}.yaml", 1, "domains", f"no entry for {names}", expected)]
        ) from error
    framework.domains.exclude(code__in=[domain.code for domain in definition.domains]).delete()


def _store_domain(
    framework: Framework, position: int, definition: DomainDefinition, measures: dict[str, Measure]
) -> None:
    domain, _ = Domain.objects.update_or_create(
        framework=framework,
        code=definition.code,
        defaults={"title": definition.title, "position": position, "weight": definition.weight},
    )
    for place, entry in enumerate(definition.measures, start=1):
        # Found by framework, not by domain: a measure that moves to another domain keeps its row,
        # and with it the targets that hang on it.
        FrameworkMeasure.objects.update_or_create(
            domain__framework=framework,
            measure=measures[entry.measure],
            defaults={"domain": domain, "position": place, **_values(entry)},
        )


def _values(entry: MeasureInFramework) -> dict[str, object]:
    values = entry.model_dump(mode="json", include={"local_code", "weight", "standing", "note"})
    if isinstance(entry.target, TargetValue):
        target = {
            "target": entry.target.value,
            "target_standing": entry.target.standing,
            "target_note": entry.target.note,
        }
    else:
        target = {"target": None, "target_standing": "", "target_note": entry.target.unknown}
    return values | target
