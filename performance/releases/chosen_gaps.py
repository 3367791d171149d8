"""Rows of a comparison made from what they are about, also where there is nothing to show in them."""

from typing import Any

from performance.models import Measure
from performance.periods import Period
from performance.releases.chosen_rows import NO_FIGURE, NOT_STANDING, ChosenRow
from performance.vocabulary import Flag, Polarity, Standing, Status, Structure, TargetStatus
from trusts.certainty import Certainty
from trusts.models import Organisation


def row_of(measure: Measure, period: Period, **given: Any) -> ChosenRow:
    """Without a number, unless one is given. given: organisation, its name and kind, and whatever
    differs from a gap."""
    values: dict[str, Any] = {
        "measure": measure.code,
        "measure_title": measure.title,
        "measure_short_title": measure.short_title,
        "definition": Standing(measure.standing),
        "kind": measure.kind,
        "unit": measure.unit,
        "decimals": measure.decimals,
        "polarity": Polarity(measure.polarity),
        "period": period,
        "structure": Structure.THEN,
        "is_part": False,
        "is_added_up": False,
        "is_published": False,
        "status": Status.MISSING,
        **dict.fromkeys(("numerator", "denominator", "expected", "value", "lower", "upper")),
        **dict.fromkeys(("target", "attainment", "baseline")),
        "target_status": TargetStatus.NO_TARGET,
        "flag": Flag.NOT_COMPARED,
        "as_printed": "",
        "source": "",
        "certainty": Certainty.VERBATIM,
        "note": "",
    }
    return ChosenRow(**values | given)


def gap(organisation: Organisation, measure: Measure, period: Period, structure: Structure) -> ChosenRow:
    """An organisation's missing row: it has no figure, or wasn't there to have one. On today's map
    everyone is there at all times."""
    opened, closed = organisation.opened, organisation.closed
    was_there = (not opened or opened <= period.end) and (not closed or closed >= period.start)
    was_there |= structure == Structure.TODAY
    return row_of(
        measure,
        period,
        organisation=organisation.slug,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        structure=structure,
        said=NO_FIGURE if was_there else NOT_STANDING,
        note="" if was_there else "It stood at another time.",
    )
