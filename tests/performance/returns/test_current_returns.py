"""Which versions count, and returns that contradict one another."""

from performance.models import TrustReturn
from performance.returns.actions import accept_return, approve_return, send_back_return
from performance.returns.conflicts import conflicting_returns
from tests import factories
from tests.performance.returns.sent import (
    APRIL,
    GOOD,
    MAY,
    accepted,
    approved,
    chief_executive,
    someone,
    submitted,
)
from trusts.models import Role

YEAR = {"period_start": "2010-04-01", "period_end": "2011-03-31"}


def current() -> list[TrustReturn]:
    return list(TrustReturn.objects.current().order_by("pk"))


def test_only_what_is_accepted_counts(series):
    version = submitted(series, GOOD)
    assert current() == []
    version = approve_return(trust_return=version, by=chief_executive())
    assert current() == []
    version = accept_return(trust_return=version, by=someone(Role.NOMS_ANALYST))
    assert current() == [version]


def test_an_accepted_version_counts_until_a_later_one_is_accepted(series):
    first = accepted(series, GOOD)
    second = approved(series, GOOD, GOOD | MAY)
    assert current() == [first]

    accept_return(trust_return=second, by=someone(Role.NOMS_ANALYST))

    assert current() == [second]


def test_a_version_that_was_sent_back_leaves_the_one_before_it_in_force(series):
    first = accepted(series, GOOD)
    second = submitted(series, GOOD, GOOD | MAY)
    send_back_return(trust_return=second, by=someone(Role.NOMS_ANALYST), reason="May is thin.")
    assert current() == [first]

    third = accepted(series, GOOD | {"numerator": "44"})

    assert third.supersedes == second
    assert current() == [third]


def test_each_trust_framework_year_and_series_has_its_own(series):
    later = {"framework": "ptrs-2011-13", "period_start": "2011-04-01", "period_end": "2011-04-30"}
    after = later | {"period_start": "2012-04-01", "period_end": "2012-04-30"}
    rows = [GOOD, {"organisation": "kent"}, {"framework": "ippf"}, later, after]

    versions = [accepted(series, GOOD | changes) for changes in rows]
    versions.append(accepted(factories.make_series(), GOOD))

    assert current() == versions


def test_the_latest_version_is_the_last_whatever_became_of_it(series):
    accepted(series, GOOD)
    second = submitted(series, GOOD, GOOD | MAY)

    assert list(TrustReturn.objects.latest_versions()) == [second]


def test_the_same_figure_in_two_returns_is_a_conflict(series):
    accepted(series, GOOD | APRIL, GOOD | MAY)
    accepted(series, GOOD | {"framework": "ippf"} | APRIL)

    assert conflicting_returns(series) == [
        "London: the returns for ippf (2010-11, version 1) and for ptrs (2010-11, version 1) both hold "
        "the figure reports-on-time in April 2010."
    ]


def test_several_figures_are_one_sentence_for_each_two_returns(series):
    trusts = ({"organisation": "kent"}, {"organisation": "london"})
    for trust in trusts:
        for framework in ("ptrs", "ippf"):
            rows = GOOD | trust | {"framework": framework}
            accepted(series, rows | MAY, rows | APRIL, rows | YEAR)

    kent, london = conflicting_returns(series)

    assert kent == london.replace("London", "Kent")
    assert london.endswith("both hold 3 figures, such as reports-on-time in April 2010.")


def test_the_order_in_which_returns_came_changes_nothing(series):
    other = factories.make_series()
    for frameworks, where in ((("ptrs", "ippf"), series), (("ippf", "ptrs"), other)):
        for framework in frameworks:
            accepted(where, GOOD | {"framework": framework})

    assert conflicting_returns(series) == conflicting_returns(other) != []


def test_other_measures_and_other_periods_do_not_conflict(series):
    accepted(series, GOOD | APRIL)
    accepted(series, GOOD | {"framework": "ippf"} | MAY, GOOD | {"framework": "ippf"} | YEAR)
    accepted(series, GOOD | {"organisation": "kent"})

    assert conflicting_returns(series) == []


def test_what_does_not_count_does_not_conflict(series):
    accepted(series, GOOD)
    approved(series, GOOD | {"framework": "ippf"})
    accepted(factories.make_series(), GOOD | {"framework": "ippf"})
    accepted(series, GOOD, GOOD | MAY)

    assert conflicting_returns(series) == []
