"""The rules by which measures are counted from cases: their shape, and their words."""

import pytest
from pydantic import ValidationError

from performance.frameworks.case_events import CaseEvent
from performance.frameworks.case_rules import SHARES, Endings, InTime, Limit, events_of
from performance.frameworks.reader import read_definitions
from performance.frameworks.rule_words import in_short, limit_in_words, rule_in_words
from performance.vocabulary import Unit

MEASURES = {code: found for code, found in read_definitions().measures.items() if found.case_rule}
SAID = {"version": 1, "standing": "documented", "note": "As defined."}
IN_TIME = SAID | {
    "counts": "in-time",
    "starts": ["report-requested"],
    "stops": ["report-completed"],
    "limit": {"days": 15},
    "period": "stop",
    "belongs_to": "stop",
}


@pytest.mark.parametrize("code", MEASURES)
def test_a_rule_counts_what_its_measure_is(code):
    measure = MEASURES[code]

    assert isinstance(measure.case_rule, SHARES) == (measure.unit == Unit.SHARE)
    assert measure.recording


def test_every_event_is_one_that_a_rule_looks_at():
    used = {event for measure in MEASURES.values() for event in events_of(measure.case_rule)}

    # These two are of the life of any case.
    assert set(CaseEvent) - used == {CaseEvent.REOPENED, CaseEvent.TRANSFERRED}


@pytest.mark.parametrize("code", MEASURES)
def test_a_rule_is_said_in_words_and_in_short(code):
    rule = MEASURES[code].case_rule
    words = dict(rule_in_words(rule))

    assert words["Version"] == "1"
    assert words["How sure the rule is"].startswith(rule.standing.label)
    for event in events_of(rule):
        assert any(event.label in text for text in words.values()), event
    assert in_short(rule).count("`") >= 2


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"days": 15}, "15 days of the calendar; the day of the start is day 0"),
        ({"days": 1}, "1 day of the calendar; the day of the start is day 0"),
        ({"weeks": 8}, "8 weeks of the calendar; the day of the start is day 0"),
        ({"hours": 24}, "24 hours"),
        ({"until": "report-due"}, "Day that the court set for the report; of several the last"),
        (
            {"working_days": 5},
            "5 working days, without bank holidays of England and Wales; the day of the start is day 0",
        ),
    ],
)
def test_a_limit_is_said_in_words(limit, words):
    assert limit_in_words(Limit(**limit)) == words


@pytest.mark.parametrize("limit", [{}, {"days": 1, "weeks": 2}, {"days": -1}, {"hours": 0}, {"months": 1}])
def test_a_limit_is_said_in_one_way(limit):
    with pytest.raises(ValidationError):
        Limit(**limit)


@pytest.mark.parametrize(
    "changed",
    [
        {"starts": []},
        {"starts": ["tea-drunk"]},
        {"note": ""},
        {"version": 0},
        {"period": "sometime"},
        {"only": "reports"},
        {"invented": 1},
    ],
)
def test_a_rule_that_says_something_else_is_refused(changed):
    InTime.model_validate(IN_TIME)
    with pytest.raises(ValidationError):
        InTime.model_validate(IN_TIME | changed)


@pytest.mark.parametrize(
    "well",
    [{}, {"by": ["completed"], "beside": ["accommodated"]}, {"by": ["accommodated"]}],
)
def test_an_ending_is_good_by_what_it_is_or_by_what_is_beside_it(well):
    with pytest.raises(ValidationError):
        Endings.model_validate(SAID | {"counts": "endings", "ends": ["completed", "revoked"]} | well)
