"""Who has sent what, by trust and by measure."""

import datetime

import pytest

from performance.models import Framework, Measure, Observation, Series, TrustReturn
from performance.pages.returns.matrix_rows import MARKS, Count, MeasureLine, all_measures
from performance.returns.expected import months_of
from tests import factories
from tests.performance.pages.reading import Element, rows_of
from tests.performance.pages.returns.sections import headings_of, items_of
from tests.performance.pages.returns.sending import main_of, page_of, visitor
from tests.performance.returns.sent import (
    GOOD,
    MAY,
    accepted,
    chief_executive,
    drafted,
    officer,
    put_in_framework,
    someone,
    submitted,
    trust,
)
from trusts.models import Role

KENT = GOOD | {"organisation": "kent"}


@pytest.fixture
def june(series) -> Series:
    """In which it is 20 June 2010: April was due on 15 May, and May on 15 June."""
    for slug in ("ptrs", "ippf"):
        Framework.objects.filter(slug=slug).update(short_title=slug.upper())
    Framework.objects.filter(slug="ippf").update(
        starts=datetime.date(2009, 4, 1), ends=datetime.date(2010, 3, 31)
    )
    return on(series, "2010-06-20")


def on(series: Series, day: str) -> Series:
    Series.objects.filter(pk=series.pk).update(standing="simulated", day=day)
    series.refresh_from_db()
    return series


def matrix(query: str = "") -> Element:
    return main_of(visitor(someone(Role.NOMS_ANALYST)).get(f"/returns/matrix/{query}"))


def trusts_of(html: Element) -> list[dict[str, str]]:
    return texts(html.all("table")[0])


def measures_of(html: Element) -> dict[str, list[str]]:
    """The cells of each row by the title of its measure; what spans the months is one cell."""
    rows = html.all("table")[1].one("tbody").all("tr")
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in rows}


def texts(table: Element) -> list[dict[str, str]]:
    return [{head: cell.text for head, cell in row.items()} for row in rows_of(table)]


def title_of(code: str) -> str:
    return Measure.objects.get(code=code).title


def foot_of(table: Element) -> list[str]:
    return [cell.text for cell in table.one("tfoot").all("th", "td")]


def test_it_begins_with_who_is_late_in_numbers(june):
    submitted(june, GOOD)
    accepted(june, GOOD | MAY)

    html = matrix()

    assert headings_of(html)[0] == "Who has sent what"
    assert html.one("p", **{"class": "govuk-body-l govuk-!-margin-bottom-3"}).text == (
        "1 of 2 trusts has sent May 2010."
    )
    assert items_of(html) == ["1 is late: Kent.", "In all, 2 returns of 1 trust are late."]
    assert "It is 20 June 2010 in this simulated series." in html.text


def test_drafts_and_what_was_sent_back_are_not_late_but_not_sent_either(june):
    drafted(june, GOOD | MAY)
    back = submitted(june, KENT | MAY)
    TrustReturn.objects.filter(pk=back.pk).update(
        state="returned",
        returned_by=someone(Role.NOMS_ANALYST),
        returned_at="2010-06-18T09:00Z",
        return_reason="A slip.",
    )

    html = matrix()

    assert "0 of 2 trusts have sent May 2010." in html.text
    assert items_of(html) == [
        "1 was sent back: Kent.",
        "1 is a draft: London.",
        "In all, 2 returns of 2 trusts are late.",
    ]


def test_before_the_due_date_nobody_is_late(june):
    on(june, "2010-05-10")

    html = matrix()

    assert items_of(html) == ["2 more have until 15 May 2010.", "No month is late."]


def test_each_trust_has_a_row_with_a_word_for_each_month_the_newest_first(june):
    april, may = accepted(june, GOOD), drafted(june, GOOD | MAY)

    html = matrix()

    assert trusts_of(html) == [
        {"Trust": "Kent", "May 2010": "Late", "Apr 2010": "Late", "Sent": "0 of 2", "Late": "2"},
        {"Trust": "London", "May 2010": "Draft", "Apr 2010": "Done", "Sent": "1 of 2", "Late": "0"},
    ]
    london = rows_of(html.all("table")[0])[1]
    assert (london["May 2010"].link, london["Apr 2010"].link) == (
        f"/returns/{may.pk}/",
        f"/returns/{april.pk}/",
    )
    assert foot_of(html.all("table")[0]) == ["Sent", "0 of 2", "1 of 2", "1 of 4", "2"]


def test_every_way_in_which_a_month_can_stand_has_a_word_and_a_shape_of_its_own(june):
    html = matrix()

    legend = html.one("dl", **{"class": "app-legend"})
    marks = [mark for mark in legend.all("span") if "app-mark" in mark.classes]
    words = [mark.text for mark in marks]
    shapes = [mark.attributes["class"] for mark in marks]
    assert words == [word for word, _ in MARKS.values()]
    assert len(set(words)) == len(set(shapes)) == 7
    assert legend.all("dd")[0].text == "nothing has come, and the due date is over"


def test_a_trust_that_did_not_stand_then_is_not_expected_to_send(june):
    london = trust()
    london.opened = datetime.date(2010, 5, 1)
    london.save()

    html = matrix()

    (row,) = [row for row in trusts_of(html) if row["Trust"] == "London"]
    assert (row["Apr 2010"], row["Sent"]) == ("not a trust then –", "0 of 1")
    assert foot_of(html.all("table")[0]) == ["Sent", "0 of 2", "0 of 1", "0 of 3", "3"]


def test_each_measure_says_of_how_many_trusts_there_is_a_figure(june):
    submitted(june, KENT)
    submitted(june, GOOD, GOOD | MAY)

    html = matrix()

    assert measures_of(html) == {
        title_of("reports-on-time"): ["1 of 2", "2 of 2", "3 of 4"],
        title_of("orders-completed"): ["no figure for a single month has come", "none"],
    }
    assert foot_of(html.all("table")[1]) == ["All measures that come by month", "1 of 2", "2 of 2", "3 of 4"]
    short = [cell.text for cell in html.all("td") if "app-matrix__short" in cell.classes]
    assert short == ["1 of 2", "3 of 4"]


def test_sums_over_measures_leave_out_those_that_come_by_quarter_or_year():
    lines = [
        MeasureLine("On time", [Count(1, 2), Count(2, 2)]),
        MeasureLine("Completed", [Count(0, 2), Count(1, 2)]),
        MeasureLine("Reoffending", [Count(0, 2), Count(0, 2)]),
    ]

    found = all_measures(lines)

    assert list(found.counts) == [Count(1, 4), Count(3, 4)]
    assert found.in_all.written == "4 of 8"


def test_where_no_measure_has_come_there_are_no_sums(june):
    html = matrix()

    assert set(map(tuple, measures_of(html).values())) == {("no figure for a single month has come", "none")}
    assert not html.all("table")[1].all("tfoot")


def test_the_framework_is_chosen_and_begins_with_the_latest(june):
    assert [option.text for option in matrix().all("option")] == ["PTRS", "IPPF"]
    assert "selected" in matrix().all("option")[0].attributes

    html = matrix("?framework=ippf")

    assert "selected" in html.all("option")[1].attributes
    assert "0 of 2 trusts have sent March 2010." in html.text
    assert len(trusts_of(html)[0]) == 12 + 3
    assert "selected" in matrix("?framework=unheard-of").all("option")[0].attributes


def test_before_any_month_is_over_it_says_so(june):
    html = matrix_on(june, "2009-04-20")

    assert "No month is over yet for which a trust has to send a return." in html.text
    assert not html.all("table", "form")


def matrix_on(series: Series, day: str) -> Element:
    on(series, day)
    return matrix()


@pytest.mark.parametrize(
    "person",
    [lambda: officer(), lambda: chief_executive(), lambda: someone(Role.ADMINISTRATOR)],
    ids=["officer", "chief-executive", "administrator"],
)
def test_it_is_for_noms_alone(june, person):
    response = visitor(person()).get("/returns/matrix/")

    assert response.status_code == 403
    assert "a NOMS analyst or a NOMS publisher may see what" in main_of(response).text


def test_35_trusts_a_year_and_30_measures_stay_light(june, django_assert_max_num_queries):
    make_a_full_year(june)
    client = visitor(someone(Role.NOMS_PUBLISHER))
    client.get("/returns/matrix/")

    with django_assert_max_num_queries(12):
        response = client.get("/returns/matrix/")

    html = page_of(response)
    assert len(trusts_of(html)) == 35
    assert len(measures_of(html)) == 30
    assert foot_of(html.all("table")[0])[-2:] == ["420 of 420", "0"]
    assert len(response.content) < 400_000
    assert response["Cache-Control"] == "private, no-store"


def make_a_full_year(series: Series) -> None:
    """35 trusts that had sent every month of the year before with a figure for one measure of 30."""
    ippf = Framework.objects.get(slug="ippf")
    for _ in range(28):
        put_in_framework(ippf, factories.make_measure().code)
    on(series, "2010-04-20")
    trusts = [trust(), trust("kent"), *(factories.make_organisation() for _ in range(33))]
    analyst = someone(Role.NOMS_ANALYST)
    measure = ippf.domains.first().framework_measures.first().measure
    for one in trusts:
        version = factories.make_trust_return(
            series=series,
            organisation=one,
            framework=ippf,
            state="accepted",
            accepted_at="2010-04-18T09:00Z",
            accepted_by=analyst,
        )
        Observation.objects.bulk_create(
            Observation(
                trust_return=version,
                organisation=one,
                measure=measure,
                status="missing",
                unit="share",
                certainty="verbatim",
                period_start=month.start,
                period_end=month.end,
            )
            for month in months_of(ippf, series.today)
        )
