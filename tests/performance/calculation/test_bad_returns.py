"""What can be wrong with returns and in the database: a refusal in words, as the job's outcome or on
reading, or a release that says what it lacks."""

import math
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection

from performance.calculation.tables import TABLES
from performance.models import CalculatedPart, Job, Observation, Release, Series, TrustReturn
from performance.returns.loader import load_returns, simulated_series
from performance.returns.simulation import simulate, write
from performance.returns.simulation.gaps import GAPS
from performance.vocabulary import Method, ProcessKind
from tests import factories
from tests.performance.building import build_release, run_job
from tests.performance.calculation.small_release import not_numbers
from tests.performance.returns.sent import (
    APRIL,
    GOOD,
    MAY,
    ORDERS,
    accept,
    accepted,
    drafted,
    make_what_is_known,
    refused,
    submitted,
)


@pytest.fixture
def series(db: None, settings: Any, tmp_path: Path) -> Series:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    make_what_is_known()
    return factories.make_series(title="Monthly returns", standing="management-information")


def check_failed_without_a_trace(job: Job) -> None:
    assert (job.state, job.release) == ("failed", None)
    assert not Release.objects.exists()


def test_returns_that_nobody_accepted_are_nothing_to_release(series, analyst):
    submitted(series, GOOD)

    job = run_job(series, analyst)

    check_failed_without_a_trace(job)
    assert job.outcome == (
        "The series 'Monthly returns' has no figures yet, so there is nothing to release: no table of it is "
        "loaded and no return accepted."
    )


def test_a_later_version_that_is_not_accepted_yet_leaves_the_first_in_force(series, analyst):
    first = accepted(series, GOOD)
    submitted(series, GOOD | {"numerator": "1"})

    release = build_release(series, analyst)

    assert list(release.trust_returns.all()) == [first]
    assert {row.numerator for row in release.indicator_results.filter(observation__isnull=False)} == {45}


def test_two_returns_that_hold_one_figure_are_refused_by_name(series, analyst):
    ippf = GOOD | {"framework": "ippf", "numerator": "46"} | APRIL
    for draft in [drafted(series, GOOD | APRIL, GOOD | MAY), drafted(series, ippf)]:
        accept(draft)

    job = run_job(series, analyst)

    check_failed_without_a_trace(job)
    assert job.outcome == (
        "London: the returns for ippf (April 2010, version 1) and for ptrs (April to June 2010, version 1) "
        "both hold the figure reports-on-time in April 2010. Nothing was released: send back all but one of "
        "the returns that hold a figure."
    )
    assert not CalculatedPart.objects.exists()


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-inf", "Infinity", "1e999"])
@pytest.mark.parametrize("column", ["value", "target", "expected"])
def test_no_return_brings_infinity_or_nan_in(series, column, text):
    row = GOOD | {column: text}

    findings = refused(series, row).findings.filter(severity="error")

    assert [(finding.row, finding.column) for finding in findings] == [(2, column)]
    assert f"'{text}'" in findings[0].sentence
    assert not TrustReturn.objects.exists()


def test_infinity_that_got_into_the_database_is_in_no_release(series, analyst):
    """Past all checks, as a script might put it there."""
    version = accepted(series, ORDERS)
    Observation.objects.filter(trust_return=version).update(value=math.inf)

    job = run_job(series, analyst)

    check_failed_without_a_trace(job)
    assert "Nothing was released." in job.outcome


def test_one_return_with_one_figure_is_a_release(series, analyst):
    accepted(series, GOOD)

    release = build_release(series, analyst)

    assert release.indicator_results.filter(observation__isnull=False).count() == 1
    assert release.rating_results.get().reason.endswith("turned results into bands isn't known")


# A real build of simulated trusts


@pytest.fixture
def simulated(public_record: Series, settings: Any, tmp_path: Path) -> Series:
    """A handful of trusts, those with gaps among them."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    folder = tmp_path / "returns"
    for path in write(simulate(1), folder):
        if not path.name.startswith(tuple(f"{slug}_" for slug in HANDFUL)):
            path.unlink()
    series = simulated_series()
    load_returns(folder, series)
    return series


def with_gaps() -> list[str]:
    returns = simulate(1).returns
    return sorted(set(returns.loc[returns["status"] != "reported", "organisation"]))


HANDFUL = [*with_gaps(), "london"]


@pytest.mark.slow
def test_a_release_of_a_handful_of_trusts_says_what_it_lacks(simulated, analyst):
    release = build_release(simulated, analyst)

    check_stored_json(release)
    check_stored_numbers(release)
    assert len(with_gaps()) == len(GAPS)
    statuses = set(release.indicator_results.values_list("status", flat=True))
    assert statuses == {"reported", "nil", "missing", "suppressed", "not-applicable"}
    few = release.national_results.filter(method=Method.SPEARMAN, kind=ProcessKind.ALL)
    assert {row.reason for row in few} == {
        f"10 trusts with both figures are needed and there are {len(HANDFUL)}"
    }
    assert release.sentences.filter(topic="missing").exists()


def check_stored_json(release: Release) -> None:
    """As the database has them, before anything of Django's reads them."""
    for model, column in ((release.change_results, "points"), (release.rating_results, "band_probabilities")):
        name = model.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT CAST({column} AS text) FROM {name} WHERE release_id = %s",  # noqa: S608 - our own names
                [release.pk],
            )
            texts = [text for (text,) in cursor.fetchall()]
        assert len(texts) == model.count() > 50
        documents = [orjson.loads(text) for text in texts]
        assert any(documents)
        assert not any(not_numbers(document) for document in documents)


def check_stored_numbers(release: Release) -> None:
    for each in TABLES:
        frame = each.stored(release)
        assert len(frame)
        numbers = frame.select_dtypes("number")
        assert not numbers.isin([math.inf, -math.inf]).any(axis=None)
