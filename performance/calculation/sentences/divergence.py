"""Where one organisation's process and outcome part: the plain fact, and how likely it is once
chance is allowed for."""

from performance.calculation.divergence import MARGIN
from performance.calculation.sentences.figures import because, cases, percentage
from performance.calculation.sentences.rows import Divergence, told
from performance.statistics.divergence.quadrants import LEAST_TO_NAME, QUARTERS
from performance.vocabulary import Quadrant
from performance.wording import written_counts, written_number, written_probability

_NEEDED = written_probability(LEAST_TO_NAME)
_FACTS = {
    Quadrant.MET_BETTER: ("met", "no more"),
    Quadrant.MET_WORSE: ("met", "more"),
    Quadrant.MISSED_BETTER: ("missed", "no more"),
    Quadrant.MISSED_WORSE: ("missed", "more"),
}
LEVELS = {
    Quadrant.MET_BETTER: f"meeting {{}} with reoffending no more than {MARGIN:g} points above prediction",
    Quadrant.MET_WORSE: f"meeting {{}} with reoffending more than {MARGIN:g} points above prediction",
    Quadrant.MISSED_BETTER: f"missing {{}} with reoffending no more than {MARGIN:g} points above prediction",
    Quadrant.MISSED_WORSE: f"missing {{}} with reoffending more than {MARGIN:g} points above prediction",
}


def divergence_text(row: Divergence, name: str) -> str:
    return " ".join(part for part in (_fact(row, name), _chances(row, name)) if part)


def _fact(row: Divergence, name: str) -> str:
    if not row.has_fact:
        return ""
    target, outcome = _FACTS[Quadrant(row.fact)]
    return (
        f"As counted, {name} {target} its targets taken together in {row.period}{_attained(row)} and had "
        f"{outcome} reoffending than predicted{_reoffended(row)}."
    )


def _attained(row: Divergence) -> str:
    if not told(row.counted, row.required) or not row.required > 0:
        return ""
    share = percentage(100 * row.counted / row.required, 1)
    done = f"{written_number(row.counted)} {'case' if row.counted == 1 else 'cases'} done as asked"
    return f" ({done}, {share} of the {cases(row.required, row.counted)} asked for)"


def _reoffended(row: Divergence) -> str:
    if not told(row.reoffended, row.cohort, row.expected):
        return ""
    counts = written_counts(row.reoffended, row.cohort)
    return f" ({counts}, against {cases(row.expected, row.reoffended)} predicted)"


def _chances(row: Divergence, name: str) -> str:
    if not row.is_compared:
        allowing = ", chance allowed for," if row.has_fact else ""
        return (
            f"Whether {name} hit its targets and missed the outcome in {row.period}{allowing} can't be told, "
            f"because {because(row.reason)}."
        )
    chance = written_probability(row.probability)
    if row.quadrant == Quadrant.NOT_DETERMINED:
        return (
            f"Chance allowed for, which quarter {name} belongs in for {row.period} can't be told: the "
            f"likeliest{_likeliest(row)} is {chance} likely, and {_NEEDED} is needed."
        )
    level = LEVELS[Quadrant(row.quadrant)].format("its targets")
    return f"Chance allowed for, {name} is {chance} likely to have been {level} in {row.period}."


def _likeliest(row: Divergence) -> str:
    if not told(row.meets, row.worse):
        return ""
    met, worse = row.meets, row.worse
    products = (met * (1 - worse), met * worse, (1 - met) * (1 - worse), (1 - met) * worse)
    return f", {LEVELS[QUARTERS[products.index(max(products))]].format('its targets')},"
