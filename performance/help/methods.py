"""Which methods have a page under /methods/, what each answers, and which code works it out.

The page of each is templates/methods/<slug>.html. Functions are named below `performance.`; a test
finds each of them, and every method of the statistics that the calculation uses here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class MethodPage:
    slug: str
    title: str
    question: str
    functions: tuple[str, ...]


ALL = (
    MethodPage(
        "attainment",
        "Targets met, and attainment",
        "Did a trust do what its framework asked, and how nearly?",
        ("calculation.process.process_indices", "calculation.indicators.indicators"),
    ),
    MethodPage(
        "intervals",
        "How sure a share is",
        "How far could a share lie from the one shown, had the same service met other cases?",
        ("statistics.intervals.wilson",),
    ),
    MethodPage(
        "funnel",
        "Against all together: the funnel",
        "Is an organisation further from the others than chance would put it?",
        ("statistics.funnel.exact_flags", "statistics.funnel.exact_limits"),
    ),
    MethodPage(
        "control-charts",
        "Control charts",
        "Which changes in time are more than the usual ups and downs?",
        (
            "statistics.control_charts.choice.suited_chart",
            "statistics.control_charts.xmr.xmr",
            "statistics.control_charts.proportions.p_chart",
            "statistics.control_charts.proportions.laney_p_chart",
            "statistics.control_charts.rules.signals",
            "statistics.control_charts.icons.variation",
            "statistics.control_charts.icons.assurance",
        ),
    ),
    MethodPage(
        "change",
        "Change on the year before",
        "Did a figure change by more than chance would change it?",
        ("calculation.year_on_year.year_on_year", "statistics.intervals.newcombe_difference"),
    ),
    MethodPage(
        "actual-against-predicted",
        "Actual against predicted reoffending",
        "Did more, or fewer, reoffend than was predicted for those very offenders?",
        (
            "statistics.reoffending.cohorts.cohorts",
            "statistics.reoffending.comparison.against_prediction",
            "statistics.reoffending.comparison.against_national",
            "statistics.reoffending.spread.allowing_for_spread",
        ),
    ),
    MethodPage(
        "ratings",
        "Scores, domains and bands",
        "How do many measures become one word?",
        (
            "statistics.ratings.scores.measure_scores",
            "statistics.ratings.scores.combine",
            "statistics.ratings.evidence.rate_evidence",
        ),
    ),
    MethodPage(
        "rating-certainty",
        "How sure a band is",
        "Would a trust be given the same band again, if nothing but chance had changed?",
        ("statistics.ratings.certainty.band_certainty",),
    ),
    MethodPage(
        "reweighting",
        "Other weights",
        "What would the bands be, had other kinds of measure counted for more?",
        ("statistics.ratings.kinds.reweighted",),
    ),
    MethodPage(
        "divergence",
        "Process beside outcome",
        "Do those who meet their targets have less reoffending than predicted?",
        ("calculation.divergence.divergence", "statistics.divergence.ceiling.ceiling"),
    ),
    MethodPage(
        "quarters",
        "The four quarters, and their probability",
        "Which trusts meet their targets and do worse than predicted, and how sure is that?",
        (
            "statistics.divergence.quadrants.quadrants",
            "statistics.divergence.quadrants.chance_of_meeting",
            "statistics.divergence.quadrants.chance_of_worse",
            "statistics.divergence.expected.expected_numbers",
            "statistics.divergence.chance.against_chance",
        ),
    ),
    MethodPage(
        "correlation",
        "Do process and outcome go together?",
        "Do trusts that stand high on the one stand high on the other, and could we have seen it?",
        (
            "statistics.correlation.rank.spearman",
            "statistics.correlation.power.detectable",
            "statistics.correlation.reliability.reliability",
            "statistics.correlation.weighted.precision_weighted_rank_correlation",
            "statistics.correlation.latent.latent_correlation",
        ),
    ),
    MethodPage(
        "lag",
        "A year later",
        "Does meeting targets in one year go with less reoffending in the next?",
        ("statistics.divergence.lag.lagged_association",),
    ),
    MethodPage(
        "ranks",
        "Places in a list",
        "Which places could a trust well have had?",
        (
            "statistics.ratings.ranks.rank_intervals",
            "statistics.ratings.ranks.expected_ranks",
            "statistics.ratings.levels.constant_levels",
            "statistics.ratings.volatility.volatility",
            "statistics.ratings.volatility.band_changes",
        ),
    ),
    MethodPage(
        "multiple-comparisons",
        "Many comparisons at once",
        "Of those that stand out, how many do by chance?",
        ("statistics.multiple_comparisons.benjamini_hochberg",),
    ),
    MethodPage(
        "audit-signals",
        "What audit might ask",
        "Which signs in the figures deserve a question?",
        (
            "statistics.audit_signals.heaping.heaping_above_target",
            "statistics.audit_signals.smoothness.smoothness_of_periods",
            "statistics.audit_signals.ratchet.after_high_water",
            "statistics.audit_signals.ratchet.narrowing_round_target",
            "statistics.audit_signals.denominators.cases_per_period",
        ),
    ),
    MethodPage(
        "peers",
        "Peer groups",
        "Which trusts are of like size?",
        ("calculation.peers.peers_of", "statistics.quantiles.phe_quantiles"),
    ),
    MethodPage(
        "structure",
        "Organisations then and now",
        "How can figures be followed through mergers and new maps?",
        ("calculation.sums.with_sums",),
    ),
    MethodPage(
        "simulation",
        "The simulated series",
        "Where do figures come from that are none of anybody's?",
        ("returns.simulation.simulate.simulate",),
    ),
    MethodPage(
        "framework-mix",
        "What a framework rewards",
        "How much of a framework is timeliness, volume and compliance, and how much is outcome?",
        ("calculation.framework_mix.framework_mix",),
    ),
    MethodPage(
        "compare",
        "Own comparisons",
        "How is a group of your own choosing put together?",
        ("calculation.own_groups.own_group",),
    ),
)

BY_SLUG = {method.slug: method for method in ALL}
