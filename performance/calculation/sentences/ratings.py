"""Ratings in words: of one organisation with how sure it is, and of all by band."""

from collections import Counter
from collections.abc import Mapping, Sequence

from performance.calculation.plans import FrameworkPlan
from performance.calculation.sentences.figures import (
    Noun,
    amount,
    because,
    how_many,
    in_brackets,
    interval_of_number,
    of_all,
    opening,
    p_value,
    percentage,
    some,
    under,
    within,
)
from performance.calculation.sentences.rows import National, Rating, period_name, told
from performance.vocabulary import Method
from performance.wording import listed, written_number, written_probability

# Bands less likely than this aren't worth a word.
_LEAST_LIKELY = 0.01


def rating_text(row: Rating, name: str, plan: FrameworkPlan | None) -> str:
    when = under(plan.title if plan else "", row.period)
    if not told(row.score):
        return f"{name} has no rating {when}, because {because(row.reason)}."
    score = f"a score of {written_number(row.score, 2)}"
    if not told(row.band):
        return f"{name} has {score} and no band {when}, because {because(row.reason)}."
    bands = _names(plan)
    text = f"On its results {name} would be rated {_band(row.band, bands)} {when}, with {score}."
    return f"{text}{_chances(row, bands)}{_rests_on(row)}"


def _names(plan: FrameworkPlan | None) -> dict[int, str]:
    return dict(plan.bands) if plan else {}


def _band(number: float, bands: Mapping[int, str]) -> str:
    """Good performance (band 3), or band 3 where no word for it is known."""
    word = bands.get(int(number))
    return f"{word} (band {number:.0f})" if word else f"band {number:.0f}"


def _chances(row: Rating, bands: Mapping[int, str]) -> str:
    """How likely its level is to belong in its own band, and in others."""
    given = row.band_probabilities if isinstance(row.band_probabilities, Mapping) else {}
    chances = {int(band): float(chance) for band, chance in given.items() if chance is not None}
    chances = {band: chance for band, chance in chances.items() if told(chance)}
    own = chances.pop(int(row.band), None)
    if own is None:
        return " How likely it is to belong in that band, chance allowed for, can't be told."
    others = sorted((-chance, band) for band, chance in chances.items() if chance >= _LEAST_LIKELY)
    words = [f"{written_probability(-chance)} in {_band(band, bands)}" for chance, band in others]
    return (
        " Chance allowed for, it is "
        f"{listed([f'{written_probability(own)} likely to belong in that band', *words])}."
    )


def _rests_on(row: Rating) -> str:
    if not told(row.weight_used) or row.weight_used > 1 - 1e-9:
        return ""
    used = percentage(100 * row.weight_used, 0)
    return (
        f" The rating rests on {used} of the framework's weight, as other measures lack a figure or target."
    )


def bands_text(rows: Sequence[Rating], plan: FrameworkPlan | None, noun: Noun) -> str:
    """How many are in each band."""
    total, when = len(rows), under(plan.title if plan else "", rows[0].period)
    counts = Counter(row.band for row in rows if told(row.band))
    if not counts:
        nobody = f"The one {noun[0]} has no" if total == 1 else f"None of {how_many(total, noun)} has a"
        return f"{nobody} rating {when}, because {_reasons(rows)}."
    names = _names(plan)
    best, *lower = sorted(counts, reverse=True)
    rated = [f"{some(counts[best])} would be rated {_band(best, names)}"]
    rated += [f"{some(counts[band])} {_band(band, names)}" for band in lower]
    text = f"Of {how_many(total, noun)}, on results {when}, {listed(rated)}"
    if total > sum(counts.values()):
        none = total - sum(counts.values())
        text += f"; {some(none)} {'has' if none == 1 else 'have'} no rating, because {_reasons(rows)}"
    return f"{text}."


def _reasons(rows: Sequence[Rating]) -> str:
    """Why there is no rating: the one reason, or each with how many it holds for."""
    counts = Counter(because(row.reason) for row in rows if not told(row.band))
    if len(counts) == 1:
        return next(iter(counts))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{reason} (for {some(count)})" for reason, count in ordered)


def misbanded_text(methods: Mapping[str, National], noun: Noun) -> str:
    row = methods[Method.MISBANDED]
    if not row.is_told:
        return (
            f"How many {noun[1]} belong in another band than theirs for {row.period} can't be told, because "
            f"{because(row.reason)}."
        )
    return (
        f"Chance allowed for, {amount(row.estimate)} of {how_many(row.n, noun)} rated for {row.period}"
        f"{in_brackets(interval_of_number(row))} can be expected to belong in another band than theirs."
    )


def band_changes_text(methods: Mapping[str, National], noun: Noun) -> str:
    row = methods[Method.BAND_CHANGES]
    if not row.is_told:
        return (
            f"How many {noun[1]} changed band {_between_years(row)} can't be told, because "
            f"{because(row.reason)}."
        )
    text = f"{_changed(row, noun)} changed band {_between_years(row)}"
    if not told(row.by_chance):
        return f"{text}; chance alone moves some, so this doesn't show that so many levels changed."
    more = in_brackets(interval_of_number(row), p_value(row.p))
    return (
        f"{text}; had no level changed, chance and each year's own rules would have moved "
        f"{amount(row.by_chance)}{more}."
    )


def _changed(row: National, noun: Noun) -> str:
    return f"{opening(of_all(row.estimate, row.n, noun))} rated in both years"


def _between_years(row: National) -> str:
    """From 2010-11 to 2011-12, where the row spans two years or is of the second."""
    if row.period_end.year - row.period_start.year == 2:
        first = row.period_end.replace(year=row.period_end.year - 1)
        second = row.period_start.replace(year=row.period_start.year + 1)
        return f"from {period_name(row.period_start, first)} to {period_name(second, row.period_end)}"
    return f"{within(row)}, against the year before"
