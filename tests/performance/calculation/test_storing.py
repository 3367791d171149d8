"""What is stored of a release is what was worked out, to the last bit, on either database."""

import datetime

import numpy as np
import pandas as pd
import pytest
from django.db import transaction
from pandas.testing import assert_frame_equal

from performance.calculation.storing import store_results
from performance.calculation.tables import BY_NAME, TABLES, joined, results_digest, tidied
from performance.models import IndicatorResult, Release
from tests import factories

START, END = datetime.date(2010, 4, 1), datetime.date(2011, 3, 31)


@pytest.fixture
def names(db) -> dict[str, str]:
    """One of each thing that a result can be about."""
    domain = factories.make_domain(code="offender-management")
    return {
        "measure": factories.make_measure(code="oasys").code,
        "organisation": factories.make_organisation(slug="london").slug,
        "framework": domain.framework.slug,
        "domain": domain.code,
    }


TEXTS = {
    "structure": "then",
    "status": "reported",
    "target_status": "met",
    "flag": "inside",
    "chart": "p-chart",
    "variation": "common-cause",
    "assurance": "hit-and-miss",
    "fact": "met-worse",
    "quadrant": "not-determined",
    "subject": "process-and-outcome",
    "method": "spearman",
    "kind": "all",
    "weighting": "equal",
    "signal": "heaping",
    "topic": "divergence",
    "text": 'It says "so", and a comma\nand a line.',
}
DOCUMENTS = {"points": {"value": [1.5, None]}, "band_probabilities": {"3": 0.25}}


def filled(names: dict[str, str]) -> dict[str, pd.DataFrame]:
    """A row in each table with every column told, and one in which numbers and texts that need not
    be there aren't."""
    results = {}
    for table in TABLES:
        columns = {}
        for place, column in enumerate((*table.columns, *table.internal)):
            match table.kind(column).value:
                case "text":
                    columns[column] = [names.get(column, TEXTS.get(column, "a reason, 'so'"))] * 2
                case "number":
                    columns[column] = [float(place), np.nan]
                case "date":
                    columns[column] = [START, END]
                case "flag":
                    columns[column] = [True, False]
                case _:
                    columns[column] = [DOCUMENTS[column], {}]
        results[table.name] = pd.DataFrame(columns)
    # Named without its period: two rows would have one name.
    results["changes"] = results["changes"].iloc[:1]
    return results


def worked_out(names: dict[str, str]) -> dict[str, pd.DataFrame]:
    results = filled(names)
    results["indicators"]["observation_id"] = [factories.make_observation().pk, np.nan]
    results["divergence"]["probability"] = [0.25, np.nan]
    for column, values in (("targets_judged", [12, 0]), ("targets_met", [9, 0])):
        results["divergence"][column] = values
    results["divergence"].loc[1, ["quadrant", "fact"]] = "not-compared"
    results["national"].loc[1, "framework"] = ""
    for name in ("national", "audit"):
        results[name]["n"] = [35, 9]
    results["divergence"]["ranked"] = [35, 0]
    results["audit"].loc[1, "organisation"] = ""
    results["rating_measures"]["weight"] = [0.25, np.nan]
    results["ratings"].loc[1, "domain"] = ""
    results["sentences"]["position"] = [1, 2]
    results["sentences"].loc[1, "organisation"] = ""
    return tidied(results)


def test_what_is_stored_comes_back_the_same(names):
    results, release = worked_out(names), factories.make_release()

    store_results(release, results)

    for table in TABLES:
        columns, key = list(table.columns), list(table.key)
        kept, given = (
            frame[columns].sort_values(key, ignore_index=True)
            for frame in (table.stored(release), results[table.name])
        )
        assert_frame_equal(kept, given, check_exact=True, check_categorical=False, check_dtype=False)
    stored = {table.name: table.stored(release) for table in TABLES}
    assert results_digest(stored, []) == results_digest(results, [])


def test_a_figure_added_up_here_has_no_observation(names):
    release = factories.make_release()

    store_results(release, worked_out(names))

    assert list(release.indicator_results.order_by("period_end").values_list("observation__unit")) == [
        ("share",),
        (None,),
    ]


def test_nothing_is_kept_of_a_release_that_stops_half_way(names):
    results, release = worked_out(names), factories.make_release()
    results["sentences"]["text"] = pd.Categorical(["", ""])

    with pytest.raises(Exception, match="sentence_says_something"), transaction.atomic():
        store_results(release, results)

    assert not IndicatorResult.objects.exists()


def test_rows_of_a_published_release_cannot_be_added(names):
    now = datetime.datetime(2012, 7, 26, 9, 30, tzinfo=datetime.UTC)
    release = factories.make_release(
        state="published", published_at=now, published_by=factories.make_person()
    )

    with pytest.raises(Exception, match="What is published never changes"), transaction.atomic():
        store_results(release, worked_out(names))

    assert Release.objects.get().indicator_results.count() == 0


@pytest.mark.parametrize("number", [np.inf, -np.inf])
def test_an_infinite_figure_is_never_released(names, number):
    results = filled(names)
    results["national"]["estimate"] = [number, 1.0]

    with pytest.raises(ValueError, match="a figure of 'estimate' is infinite"):
        tidied(results)


def test_a_figure_twice_is_never_released(names):
    results = filled(names)
    results["ratings"] = pd.concat([results["ratings"]] * 2)

    with pytest.raises(ValueError, match="ratings has a row twice"):
        tidied(results)


def test_a_table_with_nothing_in_it_is_there_and_empty(db):
    results, release = tidied({}), factories.make_release()

    store_results(release, results)

    assert all(len(results[table.name]) == 0 for table in TABLES)
    assert results_digest({t.name: t.stored(release) for t in TABLES}, []) == results_digest(results, [])


def test_parts_are_joined_below_each_other_as_categories(names):
    whole = worked_out(names)
    parts = [{name: frame.iloc[at : at + 1] for name, frame in whole.items()} for at in (0, 1)]

    together = joined(parts)

    assert isinstance(together["indicators"]["measure"].dtype, pd.CategoricalDtype)
    assert results_digest(tidied(together), []) == results_digest(whole, [])


def test_every_table_is_known_by_its_name():
    assert list(BY_NAME) == [table.name for table in TABLES]
