import pytest

from tests.performance.calculation.sentences_examples import NAN, THREE_YEARS, texts

SHOWN = (
    {"method": "least-significant", "estimate": 0.334},
    {"method": "detectable", "estimate": 0.469},
)
COULD_SHOW = (
    " With 35 trusts only a correlation beyond 0.33 either way can be significant, and a "
    "true one of 0.47 would be found 4 times in 5"
)


def said(topic: str, *rows: dict[str, object]) -> str:
    return texts(divergence=[{}], national=list(rows))[topic]


def test_a_rank_correlation_that_shows_nothing_says_what_it_could_have_shown():
    rows = (
        {"estimate": -0.21, "lower": -0.51, "upper": 0.13, "p": 0.22},
        {"method": "weighted-rank", "estimate": -0.24},
    )

    assert said("rank-correlation", *rows, *SHOWN) == (
        f"The rank correlation of process attainment and outcome in 2011-12 is −0.21 over 35 trusts "
        f"(95% interval −0.51 to 0.13, p = 0.22), not significantly different from 0. Weighted by how "
        f"precisely each is measured it is −0.24.{COULD_SHOW}, so a weaker one may be there and not "
        f"be found."
    )


@pytest.mark.parametrize(
    ("estimate", "written", "way"), [(0.61, "0.61", "below"), (-0.61, "\N{MINUS SIGN}0.61", "above")]
)
def test_a_significant_rank_correlation_says_which_way(estimate, written, way):
    row = {"estimate": estimate, "lower": 0.34, "upper": 0.79, "p": 0.0002}

    assert said("rank-correlation", row, *SHOWN) == (
        f"The rank correlation of process attainment and outcome in 2011-12 is {written} over 35 trusts "
        f"(95% interval 0.34 to 0.79, p < 0.001), significantly different from 0 (95%): trusts that did more "
        f"of what targets ask for tended to have reoffending further {way} prediction, which doesn't show "
        f"that the one brought about the other.{COULD_SHOW}."
    )


def test_a_rank_correlation_without_interval_or_p():
    assert said("rank-correlation", {"estimate": 0.3}) == (
        "The rank correlation of process attainment and outcome in 2011-12 is 0.30 over 35 trusts."
    )


def test_a_refused_rank_correlation():
    row = {"n": 4, "reason": "10 trusts with both figures are needed and there are 4"}
    untold = {"method": "least-significant", "reason": "10 trusts are needed and there are 4"}

    assert said("rank-correlation", row, untold, untold | {"method": "detectable"}) == (
        "Whether process attainment and outcome go together in 2011-12 can't be told, because 10 "
        "trusts with both figures are needed and there are 4."
    )


@pytest.mark.parametrize(
    ("estimate", "written"),
    [
        (0.998, "0.998"),
        (-0.9991, "−0.999"),
        (1.0, "1.00"),
        (0.002, "0.002"),
        (-0.0012, "−0.001"),
        (0.0, "0.00"),
    ],
)
def test_a_correlation_is_not_written_as_none_or_all_that_it_isnt(estimate, written):
    assert f" is {written} over" in said("rank-correlation", {"estimate": estimate})


def latent(**changes: object) -> str:
    return said("latent-correlation", {"method": "latent"} | changes)


def test_a_latent_correlation_whose_interval_holds_0():
    assert latent(estimate=-0.31, lower=-0.66, upper=0.12) == (
        "Behind the noise of counting, the correlation of process attainment and outcome in 2011-12 "
        "is −0.31 over 35 trusts (95% interval −0.66 to 0.12): as the interval holds 0, whether the "
        "two go together can't be told."
    )


@pytest.mark.parametrize(("sign", "way"), [(1, "below"), (-1, "above")])
def test_a_latent_correlation_that_shows_something(sign, way):
    assert latent(
        estimate=0.5 * sign, lower=min(0.2 * sign, 0.8 * sign), upper=max(0.2 * sign, 0.8 * sign)
    ).endswith(
        f": trusts that did more of what targets ask for tended to have reoffending further {way} "
        f"prediction, which doesn't show that the one brought about the other."
    )


def test_a_latent_correlation_without_interval_or_refused():
    assert latent(estimate=0.5, lower=NAN).endswith(" in 2011-12 is 0.50 over 35 trusts.")
    assert latent(reason="the outcome is too noisy: its reliability is 0.31 and 0.40 is needed") == (
        "Behind the noise of counting, the correlation of process attainment and outcome in 2011-12 "
        "can't be told, because the outcome is too noisy: its reliability is 0.31 and 0.40 is needed."
    )


def test_how_much_is_more_than_chance():
    process, outcome = (
        {"method": "process-reliability", "estimate": 0.951},
        {"method": "outcome-reliability", "estimate": 0.0},
    )
    untold = {"method": "outcome-reliability", "reason": "every trust has the same figure"}

    assert said("reliability", process, outcome) == (
        "How much of what sets 35 trusts apart in 2011-12 is more than chance: 95% in process "
        "attainment and 0% in outcome."
    )
    assert said("reliability", untold) == (
        "How much of what sets trusts apart in 2011-12 is more than chance can't be told, because "
        "every trust has the same figure."
    )
    assert said("reliability", process, untold) == (
        "How much of what sets 35 trusts apart in 2011-12 is more than chance: 95% in process "
        "attainment; in outcome that can't be told, because every trust has the same figure."
    )


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"estimate": 7 / 35}, "7 of 35 trusts (20%) did 99% or more of their cases as asked in 2011-12."),
        (
            {"estimate": 8 / 35},
            (
                "8 of 35 trusts (23%) did 99% or more of their cases as asked in 2011-12; with more than "
                "a fifth there, process attainment no longer sets trusts apart."
            ),
        ),
        ({"estimate": 0.0}, "None of 35 trusts (0%) did 99% or more of their cases as asked in 2011-12."),
        (
            {"n": 4, "reason": "a figure is not given"},
            (
                "How many trusts did 99% or more of their cases as asked in 2011-12 can't be told, "
                "because a figure is not given."
            ),
        ),
    ],
)
def test_the_ceiling(changes, text):
    assert said("ceiling", {"method": "ceiling"} | changes) == text


def test_timeliness_and_reoffending_over_quarters():
    row = {"subject": "timeliness-and-reoffending", "framework": "", **THREE_YEARS}
    reason = (
        "10 quarters with both figures are needed and there are 3, in a record of 12 quarters "
        "of timeliness and 8 of reoffending"
    )

    assert said("timeliness-and-reoffending", row | {"n": 3, "reason": reason}) == (
        f"Whether court reports of the National Probation Service on time and offenders who didn't "
        f"reoffend go together from April 2010 to March 2013 can't be told, because {reason}."
    )
    assert said("timeliness-and-reoffending", row | {"n": 12, "estimate": 0.8, "p": 0.01}).endswith(
        " is 0.80 over 12 quarters (p = 0.010), significantly different from 0 (95%): of offenders "
        "of quarters with more reports on time fewer tended to reoffend, which doesn't show that the "
        "one brought about the other."
    )


def test_accommodation_and_workload_by_area():
    row = {"subject": "accommodation-and-workload", "framework": "", "n": 42}

    assert said(
        "accommodation-and-workload", row | {"estimate": 0.05, "lower": -0.26, "upper": 0.35, "p": 0.74}
    ) == (
        "The rank correlation of accommodation attainment and workload in 2011-12 is 0.05 over 42 "
        "areas (95% interval −0.26 to 0.35, p = 0.74), not significantly different from 0."
    )
    assert said("accommodation-and-workload", row | {"estimate": -0.5, "p": 0.001}).endswith(
        ": areas with more offenders to a manager tended to attain less of their targets, which "
        "doesn't show that the one brought about the other."
    )
