import math

import numpy as np
import pytest

from performance.statistics.ratings.scheme import Cap, RatedDomain, RatedMeasure, SignedScore, StepScore
from performance.vocabulary import Polarity
from tests.performance.statistics.ratings_examples import BANDS, two_domains


def test_weights_add_up_within_domains_and_over_all():
    """Delivery has 3 and 1 and three quarters of the whole, protection its only measure."""
    scheme = two_domains()

    np.testing.assert_allclose(scheme.weights_within, [[0.75, 0], [0.25, 0], [0, 1]])
    np.testing.assert_allclose(scheme.domain_weights, [0.75, 0.25])
    np.testing.assert_allclose(scheme.measure_weights, [9 / 16, 3 / 16, 1 / 4])


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (lambda: RatedMeasure("a", "d", 0, 0.9), "the weight of a must be above 0"),
        (lambda: RatedMeasure("a", "d", math.nan, 0.9), "the weight of a must be above 0"),
        (lambda: RatedMeasure("a", "d", math.inf, 0.9), "the weight of a must be above 0"),
        (lambda: RatedMeasure("a", "d", 1, math.nan), "a needs a target"),
        (lambda: RatedMeasure("a", "d", 1, 0.9, Polarity.NONE), "a has no good side"),
        (lambda: RatedMeasure("a", "d", 1, 0.9, scale=0), "the scale of a must be above 0"),
        (lambda: RatedMeasure("a", "d", 1, 0.9, scale=math.inf), "the scale of a must be above 0"),
        (lambda: RatedDomain("d", -1), "the weight of d must be above 0"),
        (lambda: StepScore(()), "the edges of a score must be numbers, at least one"),
        (lambda: StepScore((0.9, math.nan)), "the edges of a score must be numbers"),
        (lambda: StepScore((0.9, 0.9)), "the edges of a score must rise"),
        (lambda: SignedScore(0), "the limit of a score must be above 0"),
    ],
)
def test_a_part_that_no_scheme_can_use_is_a_mistake(part, message):
    with pytest.raises(ValueError, match=message):
        part()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"measures": (RatedMeasure("a", "delivery", 1, 1),) * 2}, "measure a is there twice"),
        ({"domains": (RatedDomain("delivery", 1),) * 2}, "domain delivery is there twice"),
        ({"bands": ("low", "low", "mid", "high")}, "band low is there twice"),
        ({"domains": (RatedDomain("delivery", 1),)}, "domain protection lacks its measures or its weight"),
        (
            {"measures": (RatedMeasure("a", "delivery", 1, 1),)},
            "domain protection lacks its measures or its weight",
        ),
        ({"measures": (), "domains": ()}, "a scheme needs domains"),
        (
            {"measures": (RatedMeasure("a", "band", 1, 1),), "domains": (RatedDomain("band", 1),)},
            "none may be called score, band, weight_used, reason",
        ),
        ({"bands": BANDS[1:]}, "one band more than edges"),
        ({"band_edges": (1.5, 3.5, 2.5)}, "the edges of bands must rise"),
        ({"caps": (Cap("custody", 1.5, "good"),)}, "a cap names custody and good, of which one isn't"),
        ({"caps": (Cap("delivery", 1.5, "fine"),)}, "a cap names delivery and fine, of which one isn't"),
        ({"caps": (Cap("delivery", math.nan, "good"),)}, "the cap of delivery needs a score"),
        ({"least_weight": 0}, "the least weight must be above 0 and at most 1"),
        ({"least_weight": 1.1}, "the least weight must be above 0 and at most 1"),
        (
            {"measures": (RatedMeasure("a", "x", 1, 0),), "domains": (RatedDomain("x", 1),)},
            "attainment of a needs a target above 0",
        ),
        (
            {
                "measures": (RatedMeasure("a", "x", 1, 0),),
                "domains": (RatedDomain("x", 1),),
                "scoring": SignedScore(1),
            },
            "a has a target of 0, so it needs a scale",
        ),
    ],
)
def test_parts_that_do_not_fit_are_a_mistake(changes, message):
    with pytest.raises(ValueError, match=message):
        two_domains(**changes)
