import pytest

from performance.calculation.code_version import code_version
from performance.models import IndicatorResult, Measure, Observation, PublishedTable, Release, Target
from performance.published.loader import load_published
from performance.published.rows import DATA
from performance.releases.verify import verify_release
from tests.performance.building import build_release

STORED = "The stored results are not those that were released."
INPUTS = "The figures it was worked out from, or the definitions by which they are read, have changed since."
AGAIN = "Working it out again gives other results; the code is the same."


def differences(release: Release) -> list[str]:
    return verify_release(Release.objects.get(pk=release.pk)).differences


def test_a_release_is_verified(release):
    verification = verify_release(release)

    assert verification.holds
    assert verification.sentence == (
        "Release 1 is verified: worked out again from the same figures, "
        f"it gives the same digest, {release.digest}."
    )


def test_what_is_not_verified_says_so_in_a_sentence(release):
    IndicatorResult.objects.filter(value__isnull=False).first().delete()

    verification = verify_release(release)

    assert not verification.holds
    assert verification.sentence == f"Release 1 is not verified. {STORED}"


@pytest.mark.parametrize(
    "change",
    [
        {"value": 70.0},
        {"lower": 1.0},
        {"numerator": 480},
        {"target": 72.0},
        {"target_status": "met"},
        {"attainment": 99.0},
        {"baseline": 77.0},
        {"flag": "inside"},
        {"status": "nil"},
        {"value": None},
    ],
    ids=str,
)
def test_a_changed_stored_result_is_noticed(release, change):
    IndicatorResult.objects.filter(
        organisation__slug="avon-and-somerset-area", measure__code="accommodation-at-termination"
    ).update(**change)

    assert differences(release) == [STORED]


@pytest.mark.parametrize("change", [{"numerator": 480}, {"denominator": 693}], ids=str)
def test_a_changed_figure_is_noticed(release, change):
    Observation.objects.filter(
        organisation__slug="avon-and-somerset-area", measure__code="accommodation-at-termination"
    ).update(**change)

    assert differences(release) == [INPUTS, AGAIN]


@pytest.mark.parametrize(
    "change", [{"note": "Corrected."}, {"as_printed": "70%"}, {"source": "https://x"}], ids=str
)
def test_a_changed_note_or_source_is_noticed_though_the_results_stay(release, change):
    Observation.objects.filter(organisation__slug="hertfordshire-area").update(**change)

    assert differences(release) == [INPUTS]


def test_a_changed_target_is_noticed(release):
    Target.objects.filter(organisation__slug="hertfordshire-area").update(value=10)

    assert differences(release) == [INPUTS, AGAIN]


def test_a_changed_polarity_is_noticed(release):
    Measure.objects.filter(code="oasys-high-risk-5-days").update(polarity="lower")

    assert differences(release) == [INPUTS, AGAIN]


def test_other_code_is_named(release):
    Release.objects.filter(pk=release.pk).update(digest="f" * 64, code_version="0" * 16)

    code = f"the code was {'0' * 16} then and is {code_version()} now."
    assert differences(release) == [STORED, f"Working it out again gives other results; {code}"]


def test_a_release_is_verified_after_newer_tables_came_in(release, analyst, tmp_path):
    name = "hertfordshire_2005_06"
    text = (DATA / f"{name}.csv").read_text(encoding="utf-8")
    (tmp_path / f"{name}.csv").write_text(text.replace(",14,90,", ",15,90,"), encoding="utf-8")
    load_published(tmp_path)

    second = build_release(release.series, analyst)

    assert PublishedTable.objects.filter(name=name).count() == 2
    assert second.digest != release.digest
    assert verify_release(release).holds
    assert verify_release(second).holds
