"""All that a browser needs to weigh the measures of a rating anew: plain data, no database.

The sums are those of `performance.statistics.ratings.kinds`; static/js/reweight.js does the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from performance.calculation.reweighting import SHARES
from performance.models import Framework, FrameworkMeasure, RatingMeasureResult, Release
from performance.periods import Period
from performance.releases.reweightings import ReweightedTrust, Reweighting
from performance.vocabulary import Kind, Weighting

Scheme = dict[str, Any]
# A trust's own scores, by slug and code of measure.
Scores = Mapping[tuple[str, str], float | None]


def reweighting_scheme(release: Release, framework: Framework, found: Reweighting) -> Scheme | None:
    """kinds: those that are scored, each with its share (0 to 1) as it was; measures: their domain and
    kind, as places in these lists, and their part of the whole; bands: words, lowest first; edges: the
    scores from which each band but the lowest begins; presets: shares by weighting; trusts: their
    measures' scores (null where missing) and the place of their band.

    framework: of `definitions.framework_in_full`. None where it has since dropped a measure that was
    scored, so that what it was can't be told. One query.
    """
    scores = _scores(release, framework, found.year)
    codes = {code for _, code in scores}
    entries = [one for domain in framework.domains.all() for one in domain.framework_measures.all()]
    scored = [entry for entry in entries if entry.measure.code in codes]
    if not scored or len(scored) < len(codes):
        return None
    weights = _weights(scored)
    kinds = [kind for kind in Kind if any(entry.measure.kind == kind for entry in scored)]
    domains = list(dict.fromkeys(entry.domain_id for entry in scored))
    shares = [_share(kind, scored, weights) for kind in kinds]
    numbers = sorted(found.bands)
    return {
        "kinds": [
            {"slug": str(kind), "title": kind.label, "share": share}
            for kind, share in zip(kinds, shares, strict=True)
        ],
        "measures": [
            {
                "domain": domains.index(entry.domain_id),
                "kind": kinds.index(Kind(entry.measure.kind)),
                "weight": weight,
            }
            for entry, weight in zip(scored, weights, strict=True)
        ],
        "bands": [found.bands[number] for number in numbers],
        "edges": list(framework.rating["scoring"]["band_edges"]),
        "presets": _presets(kinds, shares),
        "trusts": [_trust(trust, scored, scores, numbers) for trust in found.trusts],
    }


def _scores(release: Release, framework: Framework, year: Period) -> Scores:
    results = RatingMeasureResult.objects.filter(
        release=release, framework=framework, period_start=year.start, period_end=year.end
    )
    rows = results.values_list("organisation__slug", "measure__code", "score")
    return {(slug, code): score for slug, code, score in rows}


def _weights(scored: Sequence[FrameworkMeasure]) -> list[float]:
    """Each measure's part of the whole: its domain's, shared among those of the domain that are scored."""
    within: dict[int, float] = {}
    domains: dict[int, float] = {}
    for entry in scored:
        within[entry.domain_id] = within.get(entry.domain_id, 0.0) + entry.weight
        domains[entry.domain_id] = entry.domain.weight
    whole = sum(domains.values())
    return [entry.weight / within[entry.domain_id] * domains[entry.domain_id] / whole for entry in scored]


def _share(kind: Kind, scored: Sequence[FrameworkMeasure], weights: Sequence[float]) -> float:
    own = (w for entry, w in zip(scored, weights, strict=True) if entry.measure.kind == kind)
    return sum(own)


def _presets(kinds: Sequence[Kind], shares: list[float]) -> dict[str, list[float]]:
    """Those under which something counts."""
    others = {str(name): [float(SHARES.loc[name, kind]) for kind in kinds] for name in SHARES.index}
    return {str(Weighting.AS_IT_WAS): shares} | {name: some for name, some in others.items() if any(some)}


def _trust(
    trust: ReweightedTrust, scored: Sequence[FrameworkMeasure], scores: Scores, numbers: list[int]
) -> dict[str, Any]:
    rating = trust.rating
    return {
        "name": rating.organisation_name,
        "band": numbers.index(rating.band) if rating.band is not None else None,
        "is_unsure": rating.could_be_another,
        "scores": [scores.get((rating.organisation, entry.measure.code)) for entry in scored],
    }
