"""What becomes of a framework in the database when its definition changes."""

import pytest

from performance.frameworks.loader import load_frameworks
from performance.models import Domain, Framework, FrameworkMeasure, Measure, Target
from tests import factories
from tests.performance.frameworks.definitions import BANDED, MEASURES, SCORECARD, SIGNED, replaced, write

ORDERS = """\
      - measure: orders-completed
        target:
          unknown: The record doesn't give it.
        standing: documented
"""
RESULTS = """\
  - code: results
    title: Results
    measures:
"""


@pytest.fixture
def directory(db, tmp_path):
    load_frameworks(write(tmp_path))
    return tmp_path


def reload(directory, **files) -> None:
    load_frameworks(write(directory, **files))


def placed() -> list[tuple]:
    return list(FrameworkMeasure.objects.values_list("domain__code", "measure__code", "position"))


def test_a_framework_is_stored_with_its_domains_measures_and_targets(directory):
    framework = Framework.objects.get()

    assert (framework.rating_scheme, framework.rating["zero_means"]) == ("signed", "the minimum expected")
    assert [(d.code, d.position, d.weight) for d in framework.domains.all()] == [
        ("management", 1, 1.0),
        ("results", 2, 1.0),
    ]
    reports, orders = FrameworkMeasure.objects.order_by("domain__position")
    assert (reports.target, reports.target_standing) == (90.0, "documented")
    assert (orders.target, orders.target_standing) == (None, "")
    assert orders.target_note == "The record doesn't give it."


def test_how_results_became_bands_is_stored_as_the_definition_has_it(db, tmp_path):
    load_frameworks(write(tmp_path, scorecard=replaced(SCORECARD, SIGNED, BANDED)))

    rating = Framework.objects.get().rating
    assert rating["bands"] == {"1": "Low", "2": "Middle", "3": "High"}
    assert rating["scoring"] == {
        "standing": "reconstructed",
        "note": "Ours.",
        "steps": [0.9, 1.0],
        "band_edges": [1.5, 2.5],
    }


def test_bands_may_go_without_a_scoring(db, tmp_path):
    text = replaced(SCORECARD, SIGNED, BANDED[: BANDED.index("  scoring:")])
    load_frameworks(write(tmp_path, scorecard=text))

    assert Framework.objects.get().rating["scoring"] is None


def test_a_changed_definition_changes_what_is_stored(directory):
    reload(
        directory,
        measures=replaced(MEASURES, "title: Reports on time", "title: Reports in time"),
        scorecard=replaced(SCORECARD, "value: 90", "value: 95"),
    )

    assert Measure.objects.get(code="reports-on-time").title == "Reports in time"
    assert FrameworkMeasure.objects.get(measure__code="reports-on-time").target == 95


def test_a_measure_dropped_from_a_framework_is_dropped_with_its_empty_domain(directory):
    reload(directory, scorecard=replaced(SCORECARD, RESULTS + ORDERS, ""))

    assert placed() == [("management", "reports-on-time", 1)]
    assert Domain.objects.count() == 1
    assert Measure.objects.filter(code="orders-completed").exists()


def test_a_measure_moved_to_another_domain_keeps_its_row_and_its_targets(directory):
    orders = FrameworkMeasure.objects.get(measure__code="orders-completed")
    factories.make_target(framework_measure=orders)

    reload(directory, scorecard=replaced(SCORECARD, RESULTS, ""))

    assert placed() == [("management", "reports-on-time", 1), ("management", "orders-completed", 2)]
    assert Target.objects.get().framework_measure_id == orders.pk


def test_measures_that_change_places_keep_their_rows(directory):
    before = dict(FrameworkMeasure.objects.values_list("measure__code", "pk"))
    swapped = (
        SCORECARD.replace("measure: reports-on-time", "measure: THIRD")
        .replace("measure: orders-completed", "measure: reports-on-time")
        .replace("measure: THIRD", "measure: orders-completed")
    )

    reload(directory, scorecard=swapped)

    assert placed() == [("management", "orders-completed", 1), ("results", "reports-on-time", 1)]
    assert dict(FrameworkMeasure.objects.values_list("measure__code", "pk")) == before


def test_a_renamed_domain_keeps_its_measures(directory):
    orders = FrameworkMeasure.objects.get(measure__code="orders-completed")

    reload(directory, scorecard=replaced(SCORECARD, "code: results", "code: outcomes"))

    assert FrameworkMeasure.objects.get(domain__code="outcomes") == orders
    assert not Domain.objects.filter(code="results").exists()
