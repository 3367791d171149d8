"""One version of a return, as those see it who may."""

import datetime

import pytest
from django.utils import timezone

from performance.models import Framework, Measure, Observation, TrustReturn
from performance.pages.returns.figures import MOST_SHOWN, in_words
from performance.returns.actions import give_reason, send_back_return
from tests import factories
from tests.performance.pages.reading import Element, rows_of
from tests.performance.pages.returns.sections import headings_of, links_of, section
from tests.performance.pages.returns.sending import draft_with, main_of, odd, page_of, visitor
from tests.performance.returns.sent import (
    APRIL,
    GOOD,
    MAY,
    accepted,
    approved,
    chief_executive,
    content_of,
    drafted,
    officer,
    someone,
    submitted,
    trust,
    uploaded,
)
from trusts.models import Person, Role

ORDERS = APRIL | {"organisation": "london", "framework": "ptrs", "measure": "orders-completed"}
NAME = "London, PTRS 2010-11: April 2010, version 1"


@pytest.fixture(autouse=True)
def names(series) -> None:
    Framework.objects.filter(slug="ptrs").update(short_title="PTRS 2010-11")
    for code, title in (("reports-on-time", "Reports on time"), ("orders-completed", "Orders completed")):
        Measure.objects.filter(code=code).update(title=title)


def seen(version: TrustReturn, by: Person) -> Element:
    return main_of(visitor(by).get(f"/returns/{version.pk}/"))


def state_of(html: Element) -> tuple[str, str]:
    """The tag, and the sentence beside it."""
    (line,) = [one for one in html.all("p") if one.all("strong") and "govuk-body-l" in one.classes]
    tag = line.one("strong").text
    return tag, line.text.removeprefix(tag).strip()


def forms_of(html: Element) -> list[str]:
    return [form.attributes["action"] for form in html.all("form")]


def texts(table: Element) -> list[dict[str, str]]:
    return [{head: cell.text for head, cell in row.items()} for row in rows_of(table)]


def in_state(state: str) -> TrustReturn:
    """A return of London that others have brought into a state."""
    values = {"state": state, "return_reason": "A slip." if state == "returned" else ""}
    if state != "draft":
        values |= {f"{state}_at": timezone.now(), f"{state}_by": factories.make_person()}
    return factories.make_trust_return(
        organisation=trust(), framework=Framework.objects.get(slug="ptrs"), **values
    )


@pytest.mark.parametrize(
    ("state", "tag", "sentence"),
    [
        ("draft", "Draft", "Next: an information officer of London submits it to the chief executive."),
        ("submitted", "Submitted", "Next: the chief executive of London approves it."),
        ("approved", "Approved", "Next: a NOMS analyst accepts it or sends it back."),
        ("returned", "Sent back", "Next: an information officer of London sends another version."),
        ("accepted", "Accepted", "It counts until a later version is accepted."),
    ],
)
def test_it_begins_with_how_it_stands_and_who_acts_next(series, state, tag, sentence):
    html = seen(in_state(state), officer())

    assert headings_of(html, "h1") == ["London, PTRS 2010-11: 2010-11, version 1"]
    assert state_of(html) == (tag, sentence)


def test_an_officer_submits_a_draft(series):
    version = drafted(series, GOOD)

    html = seen(version, officer())

    assert forms_of(section(html, "What you can do now")) == [f"/returns/{version.pk}/submit/"]
    assert "Submit to the chief executive" in section(html, "What you can do now").text


def test_an_officer_is_told_of_warnings_that_need_a_reason_and_gives_it_here(series):
    version = draft_with(series, odd(2), odd(2))
    by = version.upload.uploaded_by

    html = seen(version, by)

    todo = section(html, "What you can do now")
    assert todo.text == "2 warnings have no reasons yet: give one for each first. Give reasons"
    assert links_of(todo) == {"Give reasons": f"#{html.one(id='warnings').attributes['id']}"}
    assert set(forms_of(html)) == {f"/returns/uploads/{version.upload.pk}/reasons/"}


def test_the_reasons_for_warnings_stand_with_who_gave_them(series):
    version = draft_with(series, odd(2, sentence="The number has doubled."))
    by = version.upload.uploaded_by
    give_reason(findings=list(version.findings.all()), reason="A second court opened.", by=by)

    said = section(seen(version, chief_executive()), "Warnings, and why the figures are right").text

    assert "The number has doubled." in said
    assert f"“A second court opened.” {by}" in said


def test_the_chief_executive_approves_what_was_submitted(series):
    version = submitted(series, GOOD)

    assert forms_of(seen(version, chief_executive())) == [f"/returns/{version.pk}/approve/"]


def test_who_submitted_it_reads_why_they_cannot_approve_it(series):
    version = submitted(series, GOOD)
    promoted = version.submitted_by
    promoted.role = Role.CHIEF_EXECUTIVE
    promoted.save()

    html = seen(version, promoted)

    assert section(html, "What you can do now").text == (
        "You submitted this return, so another person must approve it."
    )
    assert forms_of(html) == []


@pytest.mark.parametrize(
    ("stage", "steps"), [(submitted, ["send-back"]), (approved, ["accept", "send-back"])]
)
def test_noms_accepts_or_sends_back(series, stage, steps):
    version = stage(series, GOOD)

    html = seen(version, someone(Role.NOMS_ANALYST))

    assert forms_of(html) == [f"/returns/{version.pk}/{step}/" for step in steps]
    assert html.one("label", **{"for": "id_reason"}).text == "What the trust has to change"
    assert [form.all("input", name="csrfmiddlewaretoken") != [] for form in html.all("form")] == [True] * len(
        steps
    )


@pytest.mark.parametrize("role", [Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE])
def test_nobody_is_offered_a_step_that_others_take(series, role):
    stage = submitted if role == Role.TRUST_OFFICER else drafted

    assert forms_of(seen(stage(series, GOOD), someone(role, "london"))) == []


def test_an_officer_reads_why_it_was_sent_back_and_sends_another_version(series):
    version = submitted(series, GOOD)
    analyst = someone(Role.NOMS_ANALYST)
    send_back_return(trust_return=version, by=analyst, reason="The <total> is\nbelow its parts.")

    html = seen(version, officer())

    (inset,) = [one for one in html.all("div") if "govuk-inset-text" in one.classes]
    assert inset.text.startswith(f"{analyst} of NOMS, ")
    assert inset.text.endswith("The <total> is below its parts.")
    assert links_of(section(html, "What you can do now")) == {
        "Send another version": "/returns/send/?framework=ptrs&month=2010-04"
    }
    assert "What you can do now" not in headings_of(seen(version, chief_executive()))


def test_what_happened_is_told_in_order_with_who_and_when(series):
    version = accepted(series, GOOD)
    TrustReturn.objects.filter(pk=version.pk).update(approved_at="2010-05-14T08:30Z")
    version.refresh_from_db()

    html = seen(version, officer())

    happened = section(html, "What happened")
    upload = version.upload
    steps = {
        "Uploaded": upload.uploaded_by,
        "Submitted": version.submitted_by,
        "Approved": version.approved_by,
        "Accepted": version.accepted_by,
    }
    told = [one.text for one in happened.all("div") if "moj-timeline__header" in one.classes]
    assert set(told) == {f"{step} by {who}" for step, who in steps.items()}
    # In British summer time.
    assert told[0].startswith("Approved") and happened.all("time")[0].text == "14 May 2010, 9:30"
    assert links_of(happened) == {
        "return.csv": f"/returns/uploads/{upload.pk}/",
        "as it was sent": f"/returns/uploads/{upload.pk}/file",
    }
    assert f"SHA-256 {upload.sha256}" in happened.text
    assert (
        f"{upload.size}\N{NO-BREAK SPACE}bytes".split() == happened.text.split("return.csv, ")[1].split()[:2]
    )


def test_a_version_that_another_has_followed_leads_to_the_last_and_can_no_longer_be_taken_on(series):
    first = submitted(series, GOOD)
    second = drafted(series, GOOD | {"numerator": "46"})
    third = drafted(series, GOOD | {"numerator": "47"})

    html = seen(first, chief_executive())

    (banner,) = [one for one in html.all("div") if "govuk-warning-text" in one.classes]
    assert "Version 3 has come since (draft)." in banner.text
    assert links_of(banner) == {"Read version 3": f"/returns/{third.pk}/"}
    assert state_of(html) == ("Submitted", "")
    assert section(html, "What you can do now").text == (
        "Version 2 has come since, so you can't approve this one."
    )
    assert {"Version 2 uploaded", "Version 3 uploaded"} < set(links_of(section(html, "What happened")))
    assert links_of(section(html, "What happened"))["Version 2 uploaded"] == f"/returns/{second.pk}/"


def test_every_page_says_which_version_counts(series):
    first = accepted(series, GOOD)
    second = submitted(series, GOOD | {"numerator": "46"})
    person = officer()

    assert state_of(seen(second, person))[1].endswith("Version 1 counts now.")
    assert state_of(seen(first, person))[1] == "It counts until a later version is accepted."

    second.state, second.accepted_by, second.accepted_at = "accepted", person, timezone.now()
    second.save()

    assert state_of(seen(first, person))[1] == "Version 2 counts now."
    assert state_of(seen(second, person))[1] == "It counts until a later version is accepted."


def test_figures_stand_with_their_counts_or_in_words_why_there_are_none(series):
    nothing = {"numerator": "", "denominator": "", "target": ""}
    version = drafted(
        series,
        GOOD | {"note": "Two courts."},
        GOOD | MAY | nothing | {"status": "missing", "note": "The system was down."},
        ORDERS | {"status": "nil", "value": "0"},
        ORDERS | MAY | {"status": "reported", "value": "1204.5"},
    )

    table = section(seen(version, officer()), "Figures (4)").one("table")

    assert texts(table) == [
        figure("Reports on time", "April 2010", "45 of 50", "90%", "92.5%", "Two courts."),
        figure("Reports on time", "May 2010", "", "Missing", "", "The system was down."),
        figure("Orders completed", "April 2010", "", "Nil return", "", ""),
        figure("Orders completed", "May 2010", "", "1,204.5", "", ""),
    ]


def figure(measure: str, period: str, counts: str, value: str, target: str, note: str) -> dict[str, str]:
    return {
        "Measure": measure,
        "Period": period,
        "Counts": counts,
        "Figure": value,
        "Target": target,
        "Note": note,
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"numerator": 45, "denominator": 50, "value": 90.0}, "90% (45 of 50)"),
        ({"numerator": 2, "denominator": 3, "value": 200 / 3}, "66.67% (2 of 3)"),
        ({"value": 90.0}, "90% (counts not given)"),
        (
            {"numerator": 9, "denominator": 50, "value": 18.0, "expected": 14.25},
            "18% (9 of 50), predicted 14.25",
        ),
        ({"status": "missing", "denominator": 50, "note": "Lost."}, "Missing (of 50). Lost."),
        ({"status": "suppressed"}, "Suppressed"),
        ({"status": "not-applicable"}, "Not applicable"),
        ({"status": "nil", "numerator": 0, "denominator": 0, "value": 0.0}, "Nil return (0 of 0)"),
        ({"unit": "count", "value": 12.0}, "12"),
        ({"unit": "pounds", "value": -1250.5}, "−£1,250.5"),
    ],
)
def test_a_figure_in_words_is_never_a_percentage_without_its_counts(given, words):
    values = {"status": "reported", "unit": "share", "measure": Measure()} | given

    assert in_words(Observation(**values)) == words


def test_what_changed_since_the_version_before_is_shown_figure_by_figure(series):
    drafted(series, GOOD, ORDERS | MAY | {"status": "reported", "value": "30"})
    second = drafted(series, GOOD | {"numerator": "46"}, GOOD | MAY)

    changed = section(seen(second, officer()), "What changed since version 1")

    assert "3 figures differ." in changed.text
    assert [list(row.values()) for row in texts(changed.one("table"))] == [
        ["Orders completed", "May 2010", "Left out", "30", "Not in it"],
        ["Reports on time", "April 2010", "Changed", "90% (45 of 50)", "92% (46 of 50)"],
        ["Reports on time", "May 2010", "Added", "Not in it", "90% (45 of 50)"],
    ]


def test_it_says_where_no_figure_differs(series):
    drafted(series, GOOD)
    second = drafted(series, GOOD | {"target": "95"})

    changed = section(seen(second, officer()), "What changed since version 1")

    assert changed.text.startswith("No figure differs")


def test_the_first_version_has_nothing_to_be_compared_with(series):
    assert not [one for one in headings_of(seen(drafted(series, GOOD), officer())) if "changed" in one]


def test_of_many_figures_the_first_are_shown_and_the_file_has_them_all(series):
    version = draft_with(series)
    measure = Measure.objects.get(code="orders-completed")
    day = datetime.date(2010, 4, 1)
    Observation.objects.bulk_create(
        Observation(
            trust_return=version,
            organisation=version.organisation,
            measure=measure,
            status="missing",
            unit="count",
            certainty="verbatim",
            period_start=day,
            period_end=day + datetime.timedelta(days=number),
        )
        for number in range(MOST_SHOWN + 1)
    )

    figures = section(seen(version, version.upload.uploaded_by), "Figures (502)")

    assert len(rows_of(figures.one("table"))) == MOST_SHOWN
    assert figures.text.startswith("The first 500 are shown. The file has them all")
    assert links_of(figures) == {
        "The file has them all": f"/returns/uploads/{version.upload.pk}/file",
        "Download these figures (CSV)": f"/returns/{version.pk}/figures.csv",
    }


def test_a_file_that_noms_sent_for_a_trust_is_named_there_and_not_shown(series):
    """It may hold other trusts' figures."""
    upload = uploaded(series, content_of(GOOD), someone(Role.NOMS_ANALYST))
    version = upload.trust_returns.get()
    factories.make_finding(upload=upload, trust_return=version)

    html = seen(version, officer())

    assert "return.csv" in section(html, "What happened").text
    assert links_of(section(html, "What happened")) == {}
    assert "NOMS sent the file, so NOMS gives the reasons." in section(html, "What you can do now").text
    assert forms_of(html) == []


@pytest.mark.parametrize(
    "person",
    [lambda: officer("kent"), lambda: chief_executive("kent"), lambda: someone(Role.ADMINISTRATOR)],
    ids=["officer of another trust", "chief executive of another trust", "administrator"],
)
def test_others_are_told_no_more_than_of_what_is_not_there(series, person):
    version = drafted(series, GOOD)
    client = visitor(person())

    hidden, absent = (client.get(f"/returns/{pk}/") for pk in (version.pk, 10**30))

    assert hidden.status_code == absent.status_code == 404
    assert main_of(hidden).text == main_of(absent).text
    assert "London" not in main_of(hidden).text


def test_the_series_that_it_belongs_to_decides_whether_it_is_simulated(series):
    simulated = factories.make_series(standing="simulated")
    real, made_up = drafted(series, GOOD), drafted(simulated, GOOD)
    client = visitor(officer())

    pages = [page_of(client.get(f"/returns/{version.pk}/")) for version in (real, made_up)]

    assert ["app-is-simulated" in html.one("body").classes for html in pages] == [False, True]


@pytest.mark.parametrize("role", [Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE, Role.NOMS_ANALYST])
def test_the_page_takes_few_queries_and_is_kept_by_nobody(series, django_assert_max_num_queries, role):
    accepted(series, GOOD)
    stage = {Role.TRUST_OFFICER: drafted, Role.CHIEF_EXECUTIVE: submitted, Role.NOMS_ANALYST: approved}[role]
    version = stage(series, GOOD | {"numerator": "46"})
    factories.make_finding(upload=version.upload, trust_return=version)
    client = visitor(someone(role, "" if role == Role.NOMS_ANALYST else "london"))
    client.get("/returns/")

    with django_assert_max_num_queries(12):
        response = client.get(f"/returns/{version.pk}/")

    assert response["Cache-Control"] == "private, no-store"


def test_it_is_for_reading_by_people_who_have_signed_in(client, series):
    version = drafted(series, GOOD)

    assert visitor(officer()).post(f"/returns/{version.pk}/").status_code == 405
    assert client.get(f"/returns/{version.pk}/").headers["Location"] == (
        f"/account/sign-in/?next=/returns/{version.pk}/"
    )
