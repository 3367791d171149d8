"""Which versions count, and returns that contradict one another."""

from performance.models import Framework, Series, TrustReturn
from performance.returns.actions import accept_return, approve_return, send_back_return
from performance.returns.conflicts import conflicting_returns
from tests import factories
from tests.performance.returns.sent import (
    APRIL,
    GOOD,
    MAY,
    ORDERS,
    accept,
    accepted,
    approve,
    approved,
    chief_executive,
    drafted,
    refused,
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
    second = approved(series, GOOD | {"numerator": "46"})
    assert current() == [first]

    accept_return(trust_return=second, by=someone(Role.NOMS_ANALYST))

    assert current() == [second]


def test_a_version_that_was_sent_back_leaves_the_one_before_it_in_force(series):
    first = accepted(series, GOOD)
    second = submitted(series, GOOD | {"numerator": "46"})
    send_back_return(trust_return=second, by=someone(Role.NOMS_ANALYST), reason="May is thin.")
    assert current() == [first]

    third = accepted(series, GOOD | {"numerator": "44"})

    assert third.supersedes == second
    assert current() == [third]


def test_each_trust_framework_year_and_series_has_its_own(series):
    later = {"framework": "ptrs-2011-13", "period_start": "2011-04-01", "period_end": "2011-04-30"}
    after = later | {"period_start": "2012-04-01", "period_end": "2012-04-30"}
    rows = [GOOD, {"organisation": "kent"}, {"framework": "ippf"}, later, after]

    drafts = [drafted(series, GOOD | changes) for changes in rows]
    versions = [accept(draft) for draft in [*drafts, drafted(factories.make_series(), GOOD)]]

    assert current() == versions


def test_the_latest_version_is_the_last_whatever_became_of_it(series):
    accepted(series, GOOD)
    second = submitted(series, GOOD | {"numerator": "46"})

    assert list(TrustReturn.objects.latest_versions()) == [second]


def accept_all(series: Series, *files: list[dict[str, str]]) -> None:
    """Returns that were all uploaded before any was submitted, so that nobody was told of a conflict."""
    for draft in [drafted(series, *rows) for rows in files]:
        accept(draft)


def test_the_same_figure_in_two_returns_is_a_conflict(series):
    accept_all(series, [GOOD | APRIL, GOOD | MAY], [GOOD | {"framework": "ippf"} | APRIL])

    assert conflicting_returns(series) == [
        "London: the returns for ippf (April 2010, version 1) and for ptrs (April to June 2010, version 1) "
        "both hold the figure reports-on-time in April 2010."
    ]


def test_several_figures_are_one_sentence_for_each_two_returns(series):
    trusts = ({"organisation": "kent"}, {"organisation": "london"})
    rows = [GOOD | trust | {"framework": name} for trust in trusts for name in ("ptrs", "ippf")]
    accept_all(series, *([row | MAY, row | APRIL, row | YEAR] for row in rows))

    kent, london = conflicting_returns(series)

    assert kent == london.replace("London", "Kent")
    assert london.endswith("both hold 3 figures, such as reports-on-time in April 2010.")


def test_the_order_in_which_returns_came_changes_nothing(series):
    other = factories.make_series()
    for frameworks, where in ((("ptrs", "ippf"), series), (("ippf", "ptrs"), other)):
        accept_all(where, *([GOOD | {"framework": framework}] for framework in frameworks))

    assert conflicting_returns(series) == conflicting_returns(other) != []


def test_other_measures_and_other_periods_do_not_conflict(series):
    ippf = GOOD | {"framework": "ippf"}
    accept_all(series, [GOOD | APRIL], [ippf | MAY, ippf | YEAR], [GOOD | {"organisation": "kent"}])

    assert conflicting_returns(series) == []


def test_what_does_not_count_does_not_conflict(series):
    ippf = GOOD | {"framework": "ippf"}
    drafts = [drafted(series, GOOD), drafted(series, ippf)]
    accept(drafts[0])
    approve(drafts[1])
    accepted(factories.make_series(), ippf)

    assert conflicting_returns(series) == []


class TestBeforeItIsTooLate:
    """A figure that another return holds is named when it is sent again."""

    def test_it_is_named_with_the_return_that_holds_it(self, series):
        submitted(series, GOOD)

        upload = refused(series, ORDERS | {"framework": "ippf"}, GOOD | {"framework": "ippf"})

        (finding,) = upload.findings.all()
        framework = Framework.objects.get(slug="ptrs")
        assert (finding.code, finding.row, finding.column) == ("figure-in-another-return", 3, "measure")
        assert finding.sentence == (
            f"The return for {framework.short_title}, April 2010 (version 1) has this figure already. Send "
            "the next version of that one, or leave this row out."
        )

    def test_a_return_for_longer_that_repeats_a_month_is_one(self, series):
        submitted(series, GOOD)

        assert [f.row for f in refused(series, GOOD, GOOD | MAY).findings.filter(severity="error")] == [2]

    def test_the_next_version_of_the_same_return_repeats_what_it_likes(self, series):
        submitted(series, GOOD)

        assert drafted(series, GOOD, ORDERS).version == 2

    def test_drafts_and_what_was_sent_back_hold_nothing(self, series):
        drafted(series, GOOD)
        version = submitted(series, GOOD | {"numerator": "44"})
        send_back_return(trust_return=version, by=someone(Role.NOMS_ANALYST), reason="Too few.")

        assert drafted(series, GOOD | {"framework": "ippf"}).version == 1

    def test_other_trusts_and_series_hold_nothing_of_this_one(self, series):
        submitted(series, GOOD | {"organisation": "kent"})
        submitted(factories.make_series(), GOOD)

        assert drafted(series, GOOD | {"framework": "ippf"}).version == 1
