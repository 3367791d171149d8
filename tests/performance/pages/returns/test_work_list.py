"""What each has to do about returns, by role."""

import pytest

from performance.models import Framework, Series, TrustReturn
from performance.returns.actions import send_back_return
from tests.performance.pages.reading import Element, rows_of
from tests.performance.pages.returns.sections import headings_of, items_of, links_of, section
from tests.performance.pages.returns.sending import draft_with, main_of, odd, page_of, visitor
from tests.performance.returns.sent import (
    GOOD,
    MAY,
    accepted,
    approved,
    chief_executive,
    drafted,
    officer,
    someone,
    submitted,
)
from trusts.models import Person, Role

KENT = GOOD | {"organisation": "kent"}


@pytest.fixture
def june(series) -> Series:
    """In which it is 20 June 2010: April was due on 15 May, and May on 15 June. One framework is
    under way, another to come."""
    Framework.objects.filter(slug="ippf").delete()
    for slug, name in (("ptrs", "PTRS 2010-11"), ("ptrs-2011-13", "PTRS 2011-13")):
        Framework.objects.filter(slug=slug).update(short_title=name)
    return on(series, "2010-06-20")


def on(series: Series, day: str) -> Series:
    Series.objects.filter(pk=series.pk).update(standing="simulated", day=day)
    series.refresh_from_db()
    return series


def work(person: Person) -> Element:
    return main_of(visitor(person).get("/returns/"))


def sent_back(series: Series, *rows: dict[str, str]) -> TrustReturn:
    version = submitted(series, *rows)
    by = someone(Role.NOMS_ANALYST)
    return send_back_return(trust_return=version, by=by, reason="The total is below its parts.")


def test_an_officer_sees_the_months_for_which_nothing_has_come_the_longest_overdue_first(june):
    html = work(officer())

    assert headings_of(html, "h1") == ["Returns of London"]
    assert section(html, "To do now").text.startswith("You have 2 late months.")
    late = section(html, "Late (2)")
    assert items_of(late) == [
        "Send April 2010, PTRS 2010-11 due 15 May 2010, 36 days late",
        "Send May 2010, PTRS 2010-11 due 15 June 2010, 5 days late",
    ]
    assert links_of(late) == {
        "Send April 2010, PTRS 2010-11": "/returns/send/?framework=ptrs&month=2010-04",
        "Send May 2010, PTRS 2010-11": "/returns/send/?framework=ptrs&month=2010-05",
        "Enter a month by hand, PTRS 2010-11": "/returns/enter/?framework=ptrs",
        "Template for a month, PTRS 2010-11": "/returns/templates/?framework=ptrs",
    }


def test_until_its_day_is_over_a_month_is_due_and_where_there_is_one_every_way_leads_to_it(june):
    on(june, "2010-06-10")

    due = section(work(officer()), "Due (1)")

    assert items_of(due) == ["Send May 2010, PTRS 2010-11 due 15 June 2010"]
    assert links_of(due) == {
        "Send May 2010, PTRS 2010-11": "/returns/send/?framework=ptrs&month=2010-05",
        "Enter May 2010 by hand, PTRS 2010-11": "/returns/enter/?framework=ptrs&month=2010-05",
        "Template for May 2010, PTRS 2010-11": "/returns/templates/ptrs/2010-05.xlsx",
    }


def test_three_years_of_late_months_are_a_link_each_by_framework(june):
    on(june, "2013-05-08")

    late = section(work(officer()), "Late (36)")

    assert headings_of(late) == ["PTRS 2010-11", "PTRS 2011-13"]
    assert len(items_of(late)) == 36
    assert items_of(late)[0].endswith("due 15 May 2010, 1,089 days late")
    assert len(links_of(late)) == 36 + 4


def test_what_was_sent_back_comes_first_with_its_reason_and_is_sent_again(june):
    version = sent_back(june, GOOD)

    html = work(officer())

    assert headings_of(html, "h3")[:2] == ["Sent back by NOMS (1)", "Late (1)"]
    back = section(html, "Sent back by NOMS")
    assert f"{version.returned_by} of NOMS on" in back.text
    assert "“The total is below its parts.”" in back.text
    assert links_of(back) == {
        "PTRS 2010-11: April 2010, version 1": f"/returns/{version.pk}/",
        "Send it again: PTRS 2010-11: April 2010, version 1": "/returns/send/?framework=ptrs&month=2010-04",
    }


@pytest.mark.parametrize(
    ("found", "said", "action", "place"),
    [
        ([], "ready to be submitted", "Submit it", ""),
        ([odd(2)], "1 warning needs a reason before it can be submitted", "Give reasons", "#warnings"),
        (
            [odd(2), odd(2)],
            "2 warnings need a reason before it can be submitted",
            "Give reasons",
            "#warnings",
        ),
    ],
)
def test_a_draft_waits_for_reasons_and_then_to_be_submitted(june, found, said, action, place):
    version = draft_with(june, *found)

    drafts = section(work(version.upload.uploaded_by), "Drafts to submit (1)")

    assert said in drafts.text
    assert links_of(drafts)[f"{action}: PTRS 2010-11: April 2010, version 1"] == (
        f"/returns/{version.pk}/{place}"
    )


def test_what_waits_for_others_and_what_was_accepted_is_listed_below(june):
    on(june, "2010-07-05")
    waiting, signed = submitted(june, GOOD), approved(june, GOOD | MAY)
    done = accepted(june, GOOD | {"period_start": "2010-06-01", "period_end": "2010-06-30"})

    html = work(officer())

    assert section(html, "To do now").text == "Nothing to do: no return is late, due or sent back."
    assert list(links_of(section(html, "Waiting for your chief executive")).values()) == [
        f"/returns/{waiting.pk}/"
    ]
    assert list(links_of(section(html, "Waiting for NOMS")).values()) == [f"/returns/{signed.pk}/"]
    assert links_of(section(html, "Accepted")) == {
        "June 2010, PTRS 2010-11": f"/returns/{done.pk}/",
        "Download all figures that count now (CSV)": "/returns/figures.csv",
    }


def test_an_accepted_version_is_listed_until_a_later_one_is_accepted(june):
    first = accepted(june, GOOD)
    second = accepted(june, GOOD | {"numerator": "46"})
    sent_back(june, GOOD | {"numerator": "47"})

    done = section(work(officer()), "Accepted")

    assert list(links_of(done).values()) == [f"/returns/{second.pk}/", "/returns/figures.csv"]
    assert first.pk != second.pk
    assert items_of(done) == ["April 2010, PTRS 2010-11 (version 2)"]


def test_with_nothing_to_do_it_says_so(june):
    on(june, "2010-04-20")

    html = work(officer())

    assert section(html, "To do now").text == "Nothing to do: no return is late, due or sent back."
    assert section(html, "Accepted").text == "Nothing has been accepted yet."


def test_nobody_of_a_trust_sees_another_trusts_returns(june):
    version = submitted(june, KENT)

    for person in (officer(), chief_executive()):
        html = work(person)
        assert "Kent" not in html.text
        assert f"/returns/{version.pk}/" not in links_of(html).values()


def test_a_chief_executive_sees_first_what_waits_for_approval_and_sends_nothing(june):
    version = submitted(june, GOOD)

    html = work(chief_executive())

    assert headings_of(html, "h2")[:2] == ["Waiting for your approval", "With your information officers"]
    waiting = section(html, "Waiting for your approval")
    assert links_of(waiting) == {"PTRS 2010-11: April 2010, version 1": f"/returns/{version.pk}/"}
    assert section(html, "With your information officers").text.startswith("They have 1 late month.")
    assert items_of(section(html, "Late (1)")) == ["May 2010 due 15 June 2010, 5 days late"]
    ways_to_send = ("/returns/send/", "/returns/enter/", "/returns/templates/")
    assert not [address for address in links_of(html).values() if address.startswith(ways_to_send)]


def test_a_chief_executive_is_told_that_nothing_waits(june):
    assert section(work(chief_executive()), "Waiting for your approval").text == (
        "Nothing waits for your approval."
    )


def test_who_submitted_a_return_is_told_that_another_person_must_approve_it(june):
    version = submitted(june, GOOD)
    promoted = version.submitted_by
    promoted.role = Role.CHIEF_EXECUTIVE
    promoted.save()

    said = "You submitted it, so another person must approve it."
    assert said in section(work(promoted), "Waiting for your approval").text
    assert said not in section(work(chief_executive()), "Waiting for your approval").text


def test_noms_sees_what_waits_for_it_the_oldest_first(june):
    later = approved(june, KENT)
    earlier = approved(june, GOOD)
    TrustReturn.objects.filter(pk=earlier.pk).update(approved_at="2010-05-10T09:00Z")

    waiting = section(work(someone(Role.NOMS_PUBLISHER)), "Waiting for NOMS (2)")

    rows = rows_of(waiting.one("table"))
    assert [(row["Return"].text, row["Return"].link) for row in rows] == [
        ("London, PTRS 2010-11: April 2010, version 1", f"/returns/{earlier.pk}/"),
        ("Kent, PTRS 2010-11: April 2010, version 1", f"/returns/{later.pk}/"),
    ]
    assert (rows[0]["Approved"].text, rows[0]["By"].text) == ("10 May 2010", str(earlier.approved_by))


def test_noms_sees_how_many_months_of_each_trust_are_late(june):
    submitted(june, GOOD)

    late = section(work(someone(Role.NOMS_ANALYST)), "Late (3)")

    assert links_of(late) == {"Who has sent what, by month": "/returns/matrix/"}
    assert [{head: cell.text for head, cell in row.items()} for row in rows_of(late.one("table"))] == [
        {"Trust": "Kent", "PTRS 2010-11": "2", "Late in all": "2", "Longest": "36 days"},
        {"Trust": "London", "PTRS 2010-11": "1", "Late in all": "1", "Longest": "5 days"},
    ]


def test_noms_sees_how_many_are_still_at_trusts(june):
    drafted(june, GOOD)
    drafted(june, KENT)
    submitted(june, KENT | MAY)
    sent_back(june, GOOD | MAY)

    html = work(someone(Role.NOMS_ANALYST))

    assert items_of(section(html, "Still at trusts")) == [
        "2 drafts",
        "1 waiting for its chief executive",
        "1 sent back and not sent again",
    ]
    assert section(html, "Late").text.endswith(
        "No month is late: of each there is a return, or at least a draft."
    )


def test_where_nothing_was_sent_and_nothing_is_late_noms_is_told_so(june):
    on(june, "2010-04-20")

    html = work(someone(Role.NOMS_ANALYST))

    assert section(html, "Waiting for NOMS (0)").text == "Nothing waits for NOMS."
    assert section(html, "Still at trusts").text.startswith("No trust has a draft")


def test_an_administrator_is_told_who_may(june):
    response = visitor(someone(Role.ADMINISTRATOR)).get("/returns/")

    assert response.status_code == 403
    assert (
        "Only a trust information officer or a trust chief executive or a NOMS analyst or a NOMS publisher "
        "may see what trusts have sent." in main_of(response).text
    )


@pytest.mark.parametrize("role", [Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE, Role.NOMS_ANALYST])
def test_a_simulated_series_says_so_and_what_day_it_is_once(june, role):
    html = page_of(visitor(someone(role, "london" if "noms" not in role else "")).get("/returns/"))

    assert html.text.count("It is 20 June 2010 in this simulated series.") == 1
    assert "app-is-simulated" in html.one("body").classes
    assert html.one("title").source.startswith("Simulated: ")


def test_a_real_series_follows_the_calendar_and_says_nothing_of_it(series):
    html = page_of(visitor(officer()).get("/returns/"))

    assert "imulated" not in html.text
    assert section(html, "Late (48)")


def test_where_no_series_takes_returns_it_says_so(june):
    Series.objects.update(takes_returns=False)

    response = visitor(officer()).get("/returns/")

    assert response.status_code == 503
    assert headings_of(main_of(response)) == ["Returns aren’t taken at the moment"]


@pytest.mark.parametrize("role", [Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE, Role.NOMS_ANALYST])
def test_the_page_takes_few_queries_and_is_kept_by_nobody(june, django_assert_max_num_queries, role):
    for rows in (GOOD, KENT, GOOD | MAY, KENT | MAY):
        approved(june, rows)
    drafted(june, GOOD | {"numerator": "46"})
    client = visitor(someone(role, "london" if "noms" not in role else ""))
    client.get("/returns/")

    with django_assert_max_num_queries(12):
        response = client.get("/returns/")

    assert response["Cache-Control"] == "private, no-store"


def test_it_is_for_reading_by_people_who_have_signed_in(client, june):
    assert visitor(officer()).post("/returns/").status_code == 405
    assert client.get("/returns/").headers["Location"] == "/account/sign-in/?next=/returns/"
