"""What the shipped definition files hold."""

import datetime

import pytest

from performance.frameworks.loader import load_frameworks
from performance.frameworks.reader import CONTENT, read_definitions
from performance.frameworks.schema import Bands, FrameworkDefinition, MeasureDefinition, Signed, TargetValue
from performance.models import Domain, Framework, FrameworkMeasure, Measure
from performance.vocabulary import PROCESS_KINDS, Kind, Standing

DEFINITIONS = read_definitions()
MEASURES, FRAMEWORKS = DEFINITIONS.measures, DEFINITIONS.frameworks

each_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.code)
each_framework = pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda f: f.slug)


def measures_of(framework: FrameworkDefinition) -> set[str]:
    return {entry.measure for domain in framework.domains for entry in domain.measures}


def targets(slug: str) -> dict[str, float]:
    entries = [entry for domain in FRAMEWORKS[slug].domains for entry in domain.measures]
    return {e.measure: e.target.value for e in entries if isinstance(e.target, TargetValue)}


def test_the_nine_frameworks_are_there():
    assert set(FRAMEWORKS) == {
        "nps-targets-2002-05",
        "weighted-scorecard-2005-06",
        "weighted-scorecard-2006-07",
        "ippf-2009-10",
        "ptrs-2010-11",
        "ptrs-2011-12",
        "ptrs-2012-13",
        "service-levels-2017-20",
        "payment-by-results-2015-20",
    }


@each_framework
def test_a_framework_stands_in_the_file_of_its_name(framework):
    assert (CONTENT / "frameworks" / f"{framework.slug}.yaml").is_file()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("oasys-15-days", Kind.TIMELINESS),
        ("oasys-high-risk-5-days", Kind.TIMELINESS),
        ("breach-10-days", Kind.TIMELINESS),
        ("victim-contact-8-weeks", Kind.TIMELINESS),
        ("court-reports-on-time", Kind.TIMELINESS),
        ("compliance", Kind.COMPLIANCE),
        ("compliance-allowed-to-continue", Kind.COMPLIANCE),
        ("ethnicity-data", Kind.COMPLIANCE),
        ("obp-completions", Kind.VOLUME),
        ("unpaid-work-completions", Kind.VOLUME),
        ("dtto-drr-starts", Kind.VOLUME),
        ("dtto-drr-completions", Kind.VOLUME),
        ("basic-skills-starts", Kind.VOLUME),
        ("basic-skills-awards", Kind.VOLUME),
        ("employment-sustained-4-weeks", Kind.VOLUME),
        ("accommodation-at-termination", Kind.OUTCOME),
        ("orders-licences-completed", Kind.OUTCOME),
        ("local-adult-reoffending", Kind.OUTCOME),
        ("proven-reoffending", Kind.OUTCOME),
        ("binary-rate", Kind.OUTCOME),
        ("reoffences-per-reoffender", Kind.OUTCOME),
        ("sickness-absence-days", Kind.RESOURCE),
    ],
)
def test_a_measure_that_the_sources_name_is_there(code, kind):
    assert MEASURES[code].kind == kind


def test_process_is_timeliness_volume_and_compliance():
    assert set(PROCESS_KINDS) == {Kind.TIMELINESS, Kind.VOLUME, Kind.COMPLIANCE}
    assert Measure(kind=Kind.VOLUME).is_process
    assert not Measure(kind=Kind.OUTCOME).is_process


@each_measure
def test_a_reconstructed_measure_says_what_was_reconstructed(measure: MeasureDefinition):
    assert measure.standing == Standing.DOCUMENTED or measure.standing_note


@each_framework
def test_weights_are_equal_within_a_domain_and_said_to_be_reconstructed(framework):
    for domain in framework.domains:
        assert len({entry.weight for entry in domain.measures}) == 1
    assert len({domain.weight for domain in framework.domains}) == 1
    assert framework.standing.weights.standing == Standing.RECONSTRUCTED
    assert "counts the same" in " ".join(framework.standing.weights.note.split())


FOUR_DOMAINS = ["public-protection", "offender-management", "interventions", "organisational-capability"]


@pytest.mark.parametrize(
    ("slug", "domains"),
    [
        ("ptrs-2010-11", FOUR_DOMAINS),
        ("ptrs-2011-12", FOUR_DOMAINS),
        ("ptrs-2012-13", ["public-protection", "reducing-reoffending", "sentence-delivery"]),
    ],
)
def test_the_rating_system_went_from_four_domains_to_three(slug, domains):
    assert [domain.code for domain in FRAMEWORKS[slug].domains] == domains
    assert FRAMEWORKS[slug].standing.domains.standing == Standing.DOCUMENTED


def test_the_rating_system_had_four_bands_and_the_scorecard_a_signed_score():
    assert isinstance(FRAMEWORKS["ptrs-2010-11"].rating, Bands)
    assert sorted(FRAMEWORKS["ptrs-2010-11"].rating.bands) == [1, 2, 3, 4]
    assert isinstance(FRAMEWORKS["weighted-scorecard-2006-07"].rating, Signed)


RATING_SYSTEM = [FRAMEWORKS[slug] for slug in ("ptrs-2010-11", "ptrs-2011-12", "ptrs-2012-13")]


@pytest.mark.parametrize("framework", RATING_SYSTEM, ids=lambda framework: framework.slug)
def test_how_the_rating_system_scored_is_ours_and_says_so(framework):
    scoring = framework.rating.scoring
    assert (scoring.steps, scoring.band_edges) == ((0.9, 1.0, 1.05), (1.5, 2.5, 3.5))
    assert scoring.standing == Standing.RECONSTRUCTED
    assert "aren't in the part of the record that could be read" in " ".join(scoring.note.split())


def test_the_rating_system_of_2011_12_is_that_of_the_year_before_with_reoffending():
    first, second, _ = RATING_SYSTEM
    assert measures_of(second) == measures_of(first) | {"local-adult-reoffending"}
    documented = [
        entry.measure
        for domain in second.domains
        for entry in domain.measures
        if entry.standing == Standing.DOCUMENTED
    ]
    assert documented == ["local-adult-reoffending"]
    assert targets("ptrs-2011-12") == {}
    assert second.starts == datetime.date(2011, 4, 1)
    assert second.ends == datetime.date(2012, 3, 31)


def test_the_scorecard_of_2005_06_has_its_printed_targets():
    assert targets("weighted-scorecard-2005-06").items() >= {
        ("oasys-high-risk-5-days", 90),
        ("breach-10-days", 90),
        ("compliance-allowed-to-continue", 85),
        ("victim-contact-8-weeks", 85),
    }


def test_every_process_kind_and_outcomes_are_measured_somewhere():
    assert {MEASURES[code].kind for f in FRAMEWORKS.values() for code in measures_of(f)} >= {
        *PROCESS_KINDS,
        Kind.OUTCOME,
        Kind.RESOURCE,
    }


def rows(model) -> list[tuple]:
    return list(model.objects.order_by("pk").values_list())


def test_the_shipped_definitions_load_and_loading_again_changes_nothing(db):
    loaded = load_frameworks()
    assert (loaded.measures, loaded.frameworks) == (Measure.objects.count(), Framework.objects.count())
    assert (loaded.measures, loaded.frameworks) == (len(MEASURES), 9)
    before = [rows(model) for model in (Measure, Framework, Domain, FrameworkMeasure)]

    load_frameworks()

    assert [rows(model) for model in (Measure, Framework, Domain, FrameworkMeasure)] == before


# Put together from figures that are there already, so that nobody writes anything down for them.
MADE_OF_OTHER_FIGURES = {
    "service-delivery-targets-met",
    "scorecard-position",
    "service-levels-at-target",
    "regions-rated-good",
}


@each_measure
def test_a_process_measure_says_what_must_be_written_down_for_each_case(measure):
    is_recorded = measure.kind in PROCESS_KINDS and measure.code not in MADE_OF_OTHER_FIGURES

    assert measure.recording.startswith("For each ") or not is_recorded
    assert not measure.recording or measure.recording.endswith(".")
    assert measure.kind != Kind.RESOURCE or not measure.recording


def test_what_must_be_written_down_is_loaded(db):
    load_frameworks()

    stored = dict(Measure.objects.values_list("code", "recording"))
    assert stored == {code: measure.recording for code, measure in MEASURES.items()}
    assert "the day on which OASys was completed" in stored["oasys-15-days"]
