"""Schemes and observations that the tests of ratings share, for our code and for its oracle."""

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from performance.statistics.ratings.evidence import COLUMNS
from performance.statistics.ratings.scheme import (
    Cap,
    RatedDomain,
    RatedMeasure,
    Scheme,
    SignedScore,
    StepScore,
)
from performance.vocabulary import Polarity

NAN = math.nan
BANDS = ("serious concerns", "requiring improvement", "good", "exceptional")

weights = st.integers(1, 4)
# Whole hundredths, so that a fraction can say exactly what the float means.
targets = st.integers(50, 99).map(lambda n: Fraction(n, 100))
values = st.none() | st.integers(0, 100).map(lambda n: Fraction(n, 100))
step_scores = st.tuples(
    st.just("steps"), st.just({"edges": (Fraction(9, 10), Fraction(1), Fraction(21, 20)), "lowest": 1})
)
signed_scores = st.tuples(
    st.just("signed"), st.sampled_from([{"limit": Fraction(1)}, {"limit": Fraction(3)}])
)
edges_of = {
    "steps": (Fraction(3, 2), Fraction(5, 2), Fraction(7, 2)),
    "signed": (Fraction(-1, 2), Fraction(0), Fraction(1, 2)),
}


@st.composite
def schemes(draw, scoring=step_scores | signed_scores) -> dict[str, Any]:
    """A scheme as the oracle takes it."""
    domains = {f"domain {place}": draw(weights) for place in range(draw(st.integers(1, 3)))}
    measures = []
    for domain in domains:
        for place in range(draw(st.integers(1, 3))):
            measures.append(
                {
                    "code": f"{domain}, measure {place}",
                    "domain": domain,
                    "weight": draw(weights),
                    "target": draw(targets),
                    "polarity": draw(st.sampled_from(["higher", "lower"])),
                    "scale": draw(st.none() | st.sampled_from([Fraction(1, 10), Fraction(1, 4)])),
                }
            )
    scored = draw(scoring)
    edges = edges_of[scored[0]]
    cap = {"domain": "domain 0", "below": edges[0], "band": draw(st.sampled_from(BANDS))}
    return {
        "measures": measures,
        "domains": domains,
        "scoring": scored,
        "bands": BANDS,
        "band_edges": edges,
        "caps": draw(st.sampled_from([[], [cap]])),
        "least_weight": draw(st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(1)])),
    }


@st.composite
def rated_trusts(draw, of=None, most: int = 6) -> tuple[dict[str, Any], list[dict[str, Fraction | None]]]:
    """A scheme, and the values of some trusts on its measures."""
    scheme = draw(of or schemes())
    codes = [measure["code"] for measure in scheme["measures"]]
    one = st.fixed_dictionaries({code: values for code in codes})
    return scheme, draw(st.lists(one, min_size=1, max_size=most))


def as_scheme(scheme: dict[str, Any]) -> Scheme:
    """The same scheme as our code takes it."""
    kind, rule = scheme["scoring"]
    if kind == "steps":
        scoring: StepScore | SignedScore = StepScore(tuple(map(float, rule["edges"])), rule["lowest"])
    else:
        scoring = SignedScore(float(rule["limit"]))
    measures = [
        RatedMeasure(
            measure["code"],
            measure["domain"],
            measure["weight"],
            float(measure["target"]),
            Polarity(measure["polarity"]),
            None if measure["scale"] is None else float(measure["scale"]),
        )
        for measure in scheme["measures"]
    ]
    return Scheme(
        tuple(measures),
        tuple(RatedDomain(code, weight) for code, weight in scheme["domains"].items()),
        scoring,
        scheme["bands"],
        tuple(map(float, scheme["band_edges"])),
        tuple(Cap(cap["domain"], float(cap["below"]), cap["band"]) for cap in scheme["caps"]),
        float(scheme["least_weight"]),
    )


def as_frame(trusts: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Trusts x measures of floats, NaN where missing."""
    rows = [{code: NAN if v is None else float(v) for code, v in trust.items()} for trust in trusts]
    return pd.DataFrame(rows, index=[f"trust {place}" for place in range(len(rows))])


def as_observations(frame: pd.DataFrame, error: float = 0.0) -> pd.DataFrame:
    """A frame of trusts x measures as values with one standard error, in a long frame."""
    long = frame.rename_axis(index="trust", columns="measure").stack().rename("value").reset_index()
    return long.assign(standard_error=error, counted=NAN, cases=NAN)


def observations(*rows: tuple) -> pd.DataFrame:
    """Rows of trust, measure, counted, cases and, if valued, value and standard_error."""
    return pd.DataFrame([(*row, NAN, NAN)[:6] for row in rows], columns=list(COLUMNS))


def one_measure(edges: tuple[float, ...] = (-0.05, 0, 0.05), target: float = 0.9) -> Scheme:
    """One measure, whose score is its distance from the target: by default bands begin at 85%,
    90% and 95%."""
    bands = BANDS if len(edges) == 3 else BANDS[: len(edges) + 1]
    return Scheme(
        (RatedMeasure("timely", "delivery", 1, target, scale=1.0),),
        (RatedDomain("delivery", 1),),
        SignedScore(limit=1.0),
        bands,
        edges,
    )


def two_domains(**changes: Any) -> Scheme:
    """Two measures in one domain, one in the other, scored 1 to 4 by attainment."""
    parts: dict[str, Any] = {
        "measures": (
            RatedMeasure("timely", "delivery", 3, 0.9),
            RatedMeasure("complete", "delivery", 1, 0.8),
            RatedMeasure("overdue", "protection", 2, 0.2, Polarity.LOWER),
        ),
        "domains": (RatedDomain("delivery", 3), RatedDomain("protection", 1)),
        "scoring": StepScore((0.9, 1.0, 1.1)),
        "bands": BANDS,
        "band_edges": (1.5, 2.5, 3.5),
    }
    return Scheme(**(parts | changes))
