"""How many organisations are in each quarter of process and outcome, which hit the target and
miss the outcome, and how many would by chance."""

from collections import Counter
from collections.abc import Mapping, Sequence

from performance.calculation.divergence import MARGIN
from performance.calculation.sentences.divergence import LEVELS
from performance.calculation.sentences.figures import (
    Noun,
    amount,
    because,
    how_many,
    in_brackets,
    interval_of_number,
    is_significant,
    of_all,
    p_value,
    some,
    within,
)
from performance.calculation.sentences.rows import Divergence, National, told
from performance.statistics.divergence.quadrants import LEAST_TO_NAME
from performance.vocabulary import Method, Quadrant
from performance.wording import listed, listed_briefly, written_probability

_EXPECTED = {
    Quadrant.MET_WORSE: Method.EXPECTED_MET_WORSE,
    Quadrant.MET_BETTER: Method.EXPECTED_MET_BETTER,
    Quadrant.MISSED_WORSE: Method.EXPECTED_MISSED_WORSE,
    Quadrant.MISSED_BETTER: Method.EXPECTED_MISSED_BETTER,
}
_HIT_AND_MISSED = LEVELS[Quadrant.MET_WORSE].format("targets")
# What the finding is about comes first.
_SHORT = {
    Quadrant.MET_WORSE: "meeting targets with a worse outcome",
    Quadrant.MET_BETTER: "meeting targets with no worse outcome",
    Quadrant.MISSED_WORSE: "missing targets with a worse outcome",
    Quadrant.MISSED_BETTER: "missing targets with no worse outcome",
}
_WORSE = f"where worse is reoffending more than {MARGIN:g} points above prediction"


def quarters_text(rows: Sequence[Divergence], noun: Noun) -> str:
    counts = Counter(row.quadrant for row in rows)
    everyone, period = how_many(len(rows), noun), rows[0].period
    apart = counts[Quadrant.NOT_COMPARED]
    if apart == len(rows):
        nobody = f"The one {noun[0]} can't" if apart == 1 else f"None of {everyone} can"
        return f"{nobody} be compared on process and outcome for {period}."
    first, *others = (f"as {words}" for words in _SHORT.values())
    numbers = [some(counts[word]) for word in _SHORT]
    sure = f"could be named, each at least {written_probability(LEAST_TO_NAME)} likely,"
    named = [f"{numbers[0]} {sure} {first}"]
    named += [f"{number} {words}" for number, words in zip(numbers[1:], others, strict=True)]
    undetermined = some(counts[Quadrant.NOT_DETERMINED])
    not_compared = f", and {apart} can't be compared" if apart else ""
    return (
        f"Of {everyone} in {period}, chance allowed for, {listed(named)}, {_WORSE}; for {undetermined} it "
        f"can't be told which of these{not_compared}."
    )


def hit_and_miss_text(rows: Sequence[Divergence], names: Mapping[str, str], noun: Noun) -> str:
    """Who is named, surest first, and how many it was as counted."""
    period = rows[0].period
    named = [row for row in rows if row.is_compared and row.quadrant == Quadrant.MET_WORSE]
    named.sort(key=lambda row: (-row.probability, names[row.organisation]))
    whom = listed_briefly(
        [f"{names[row.organisation]} ({written_probability(row.probability)} likely)" for row in named]
    )
    if not named:
        text = (
            f"In {period} no {noun[0]} of {len(rows)} can be named as {_HIT_AND_MISSED}, which doesn't show "
            "that there is none."
        )
    elif len(named) == 1:
        text = f"In {period} the one {noun[0]} that can be named as {_HIT_AND_MISSED} is {whom}."
    else:
        text = (
            f"In {period} the {how_many(len(named), noun)} that can be named as {_HIT_AND_MISSED} are {whom}."
        )
    return f"{text}{_as_counted(rows, noun)}"


def _as_counted(rows: Sequence[Divergence], noun: Noun) -> str:
    """The plain fact, with no margin and no allowance for chance."""
    facts = [row.fact for row in rows if row.has_fact]
    number = facts.count(Quadrant.MET_WORSE)
    return (
        f" As counted, {of_all(number, len(facts), noun)} met targets taken together and had more "
        "reoffending than predicted, by however little."
    )


def against_chance_text(methods: Mapping[str, National], noun: Noun) -> str:
    row = methods[Method.AGAINST_CHANCE]
    hit_and_missed = LEVELS[Quadrant.MET_WORSE].format(row.targets)
    if not row.is_told or not told(row.by_chance):
        return (
            f"Whether more {noun[1]} than by chance are {hit_and_missed} {within(row)} can't be told, "
            f"because {because(row.reason)}."
        )
    middle = (
        f"{amount(row.lower)} to {amount(row.upper)} in 95% of shuffles" if told(row.lower, row.upper) else ""
    )
    return (
        f"Each counted by its probability, {amount(row.estimate)} of {how_many(row.n, noun)} are "
        f"{hit_and_missed} {within(row)}; if {row.process} and outcome had nothing to do with each other it "
        f"would be {amount(row.by_chance)}{in_brackets(middle, p_value(row.p))}{_beyond_chance(row.p)}."
    )


def _beyond_chance(p: float) -> str:
    if not told(p):
        return ""
    if is_significant(p):
        return ", so there are significantly more than by chance (95%)"
    return ", so there aren't significantly more than by chance"


def expected_text(methods: Mapping[str, National], noun: Noun) -> str:
    rows = {word: methods[method] for word, method in _EXPECTED.items() if method in methods}
    given = {word: row for word, row in rows.items() if row.is_told}
    first = next(iter(rows.values()))
    if not given:
        return (
            f"How many {noun[1]} to expect in each quarter {within(first)} can't be told, because "
            f"{because(first.reason)}."
        )
    each = [
        f"{amount(row.estimate)}{in_brackets(interval_of_number(row))} {_SHORT[word]}"
        for word, row in given.items()
    ]
    return (
        f"If {first.period} were run again at the same levels, of {how_many(first.n, noun)} one "
        f"would expect {listed(each)}, {_WORSE}."
    )
