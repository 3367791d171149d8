"""Cost and workload, beside the peers and beside the outcome."""

from performance.releases.peer_rows import Peers, YearFigure
from performance.releases.summary import WORKLOAD
from performance.releases.workload import workload_rows, workload_sentence
from performance.vocabulary import Kind, Polarity
from tests.performance.charts.findings import make_divergence_row
from tests.performance.charts.rows import year
from tests.performance.releases.measures import make_measure

MEMBERS = {name: name for name in ("london", "a", "b", "c")}
LEVELS = {"london": 28.8, "a": 33.1, "b": 24.2, "c": 46.3, "elsewhere": 99.0}
FIGURES = [
    YearFigure(name, name, "trust", WORKLOAD, year(2010), None, None, value, None)
    for name, value in LEVELS.items()
]
PEERS = Peers("peers-large", "trusts with large caseloads", MEMBERS, FIGURES)
WORK = make_measure(
    result={
        "measure": WORKLOAD,
        "measure_title": "Offenders for each offender manager",
        "kind": Kind.RESOURCE,
        "polarity": Polarity.NONE,
        "unit": "rate",
        "decimals": 1,
        "value": 28.8,
        "numerator": None,
        "denominator": None,
    }
)
PLACES = [
    make_divergence_row(organisation=name, outcome=n - 1.5)
    for n, name in enumerate(["a", "b", "c", "elsewhere"])
]
OWN = make_divergence_row()


def test_each_measure_stands_beside_the_middle_and_the_range_of_its_peers():
    (row,) = workload_rows([make_measure(), WORK], PEERS, [])

    assert (row.written, row.middle, row.number) == ("28.8", "31.0", 4)
    assert row.lowest_to_highest == "24.2 to 46.3"


def test_the_outcome_comes_last_beside_that_of_the_peers_alone():
    *_, outcome = workload_rows([WORK], PEERS, [*PLACES, OWN])

    assert outcome.written == "−0.80"
    assert outcome.counts == "1,641 of 17,000, 1,505 predicted"
    assert (outcome.middle, outcome.lowest_to_highest, outcome.number) == ("−0.65", "−1.50 to 0.50", 4)


def test_with_too_few_peers_there_is_no_middle():
    row, outcome = workload_rows([WORK], Peers("", "all trusts", {"london": "London"}, FIGURES), [OWN])

    assert (row.middle, row.lowest_to_highest, outcome.middle) == ("", "", "")


def test_without_cost_and_workload_there_is_nothing_to_set_beside_the_outcome():
    assert workload_rows([make_measure()], PEERS, [OWN]) == []
    assert workload_sentence([make_measure()], PEERS, OWN) == ""
    assert workload_sentence([WORK], PEERS, None) == ""


def test_the_sentence_sets_workload_beside_outcome_and_claims_no_more():
    assert workload_sentence([WORK], PEERS, OWN) == (
        "With 28.8 offenders for each offender manager (the one in the middle of trusts with large "
        "caseloads: 31.0), 0.80 points more reoffended than predicted (1,641 of 17,000). That the two stand "
        "side by side doesn’t say that one brought about the other."
    )
