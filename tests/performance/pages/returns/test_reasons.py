"""Reasons for warnings: one for all of a kind, or for each."""

import pytest
from django.utils import timezone

from performance.models import Event, Finding
from tests import factories
from tests.performance.pages.account_pages import errors
from tests.performance.pages.returns.sending import (
    draft_with,
    main_of,
    odd,
    page_of,
    refused_with,
    visitor,
    wrong,
)
from tests.performance.returns.sent import chief_executive, officer, someone, submit
from trusts.models import Role

REASON = "The court closed for a week."


@pytest.fixture
def draft(series):
    """With two warnings of one kind and one of another."""
    return draft_with(
        series,
        odd(2, "numerator", "It has doubled."),
        odd(2, "denominator", "It has doubled too."),
        odd(2, "value", "It is the same as last month.", code="same-as-last"),
    )


def give(client, draft, **said):
    return client.post(f"/returns/uploads/{draft.upload_id}/reasons/", said)


def of_a_kind(draft, code: str = "jump") -> dict[str, str]:
    return {"trust_return": str(draft.pk), "code": code, "reason": REASON}


def reasons(draft) -> dict[str, str]:
    return dict(draft.findings.values_list("sentence", "acceptance_reason"))


def test_one_reason_covers_all_open_warnings_of_a_kind(draft):
    person = draft.upload.uploaded_by
    client = visitor(person)

    response = give(client, draft, **of_a_kind(draft))

    assert response["Location"] == f"/returns/uploads/{draft.upload_id}/"
    assert reasons(draft) == {
        "It has doubled.": REASON,
        "It has doubled too.": REASON,
        "It is the same as last month.": "",
    }
    assert set(draft.findings.exclude(accepted_by=None).values_list("accepted_by", flat=True)) == {person.pk}
    assert Event.objects.get(verb="gave a reason").detail["warnings"] == 2
    assert "Your reason is kept. It covers 2 warnings." in page_of(client.get(response["Location"])).text


def test_a_reason_for_one_leaves_the_others_open(draft):
    finding = draft.findings.get(sentence="It has doubled too.")

    give(visitor(draft.upload.uploaded_by), draft, finding=str(finding.pk), reason=REASON)

    assert reasons(draft) == {
        "It has doubled.": "",
        "It has doubled too.": REASON,
        "It is the same as last month.": "",
    }


def test_the_page_has_a_form_for_each_kind_and_for_each_of_several(draft):
    page = main_of(visitor(draft.upload.uploaded_by).get(f"/returns/uploads/{draft.upload_id}/"))

    forms = page.all("form", method="post")
    named = [
        {one.attributes["name"]: one.attributes.get("value", "") for one in form.all("input", type="hidden")}
        for form in forms
    ]
    asked = [(one["code"], bool(one["finding"])) for one in named]
    assert asked == [("jump", False), ("", True), ("", True), ("same-as-last", False)]
    labels = [form.one("label").text for form in forms]
    assert labels[:3] == [
        "Why are these figures right?",
        "Why is row 2, numerator, right?",
        "Why is row 2, denominator, right?",
    ]
    ids = [one.attributes["id"] for one in page.all() if one.attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_what_the_forms_hold_is_what_the_page_takes(draft):
    client = visitor(draft.upload.uploaded_by)
    page = main_of(client.get(f"/returns/uploads/{draft.upload_id}/"))
    form = page.all("form", method="post")[0]
    said = {
        one.attributes["name"]: one.attributes.get("value", "")
        for one in form.all("input", type="hidden")
        if one.attributes["name"] != "csrfmiddlewaretoken"
    }

    client.post(form.attributes["action"], said | {"reason": REASON})

    assert draft.findings.exclude(accepted_at=None).count() == 2


def test_a_reason_that_was_given_is_shown_with_who_and_when(draft):
    client = visitor(draft.upload.uploaded_by)
    give(client, draft, **of_a_kind(draft))

    page = main_of(client.get(f"/returns/uploads/{draft.upload_id}/"))

    (given,) = [one for one in page.all("div") if "govuk-inset-text" in one.classes]
    at = timezone.localtime(draft.findings.filter(code="jump").first().accepted_at)
    assert given.text.startswith(f"“{REASON}” {draft.upload.uploaded_by}, {at:%-d %B %Y}, ")
    assert "about these 2 warnings: Row 2, numerator: It has doubled." in given.text


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_empty_reason_is_refused_at_its_own_field(draft, reason):
    response = give(
        visitor(draft.upload.uploaded_by), draft, **of_a_kind(draft, "same-as-last") | {"reason": reason}
    )

    assert errors(response) == ["Write why the figures are right as they are."]
    (summary,) = [one for one in main_of(response).all("div") if "govuk-error-summary" in one.classes]
    assert summary.one("a").attributes["href"] == f"#{draft.pk}-same-as-last-reason"
    assert not draft.findings.exclude(accepted_at=None).exists()


def test_an_empty_reason_for_one_opens_the_forms_for_each(draft):
    finding = draft.findings.get(sentence="It has doubled too.")

    response = give(visitor(draft.upload.uploaded_by), draft, finding=str(finding.pk), reason="")

    (opened,) = main_of(response).all("details", open="")
    assert opened.one("textarea", id=f"{finding.pk}-reason")


def test_a_reason_may_lead_on_to_the_page_of_the_return(draft):
    response = give(visitor(draft.upload.uploaded_by), draft, **of_a_kind(draft), then="return")

    assert response["Location"] == f"/returns/{draft.pk}/"


def test_a_chief_executive_reads_the_warnings_and_gives_no_reason(draft):
    client = visitor(chief_executive())

    page = main_of(client.get(f"/returns/uploads/{draft.upload_id}/"))
    response = give(client, draft, **of_a_kind(draft))

    assert "It has doubled." in page.text
    assert not page.all("form", method="post")
    assert response.status_code == 403
    assert "Only a trust information officer or" in main_of(response).text
    assert not draft.findings.exclude(accepted_at=None).exists()


def test_another_trust_finds_no_such_file(draft):
    response = give(visitor(officer("kent")), draft, **of_a_kind(draft))

    assert response.status_code == 404
    assert not draft.findings.exclude(accepted_at=None).exists()


def test_a_reason_that_was_given_stays(draft):
    client = visitor(draft.upload.uploaded_by)
    give(client, draft, **of_a_kind(draft))

    response = give(client, draft, **of_a_kind(draft) | {"reason": "Another."})

    assert reasons(draft)["It has doubled."] == REASON
    page = page_of(client.get(response["Location"]))
    assert "A reason was given for this before. It stays as it is." in page.text


def test_there_are_no_reasons_after_a_return_was_submitted(draft):
    submit(draft)
    draft.findings.update(accepted_at=None, accepted_by=None, acceptance_reason="")

    response = give(visitor(draft.upload.uploaded_by), draft, **of_a_kind(draft))

    assert response.status_code == 403
    assert "Reasons are given before a return is submitted" in main_of(response).text


@pytest.mark.parametrize("said", [{"code": "jump"}, {"trust_return": "1", "code": "jump"}, {}])
def test_warnings_of_no_return_take_none(series, said):
    upload = refused_with(series, b"a,b\n1,2\n", wrong(2), odd(2))

    response = visitor(upload.uploaded_by).post(
        f"/returns/uploads/{upload.pk}/reasons/", said | {"reason": REASON}
    )

    assert response.status_code == 404
    assert not Finding.objects.exclude(accepted_at=None).exists()


def test_a_warning_of_another_file_is_not_meant(series, draft):
    other = draft_with(series, odd(2), by=officer("kent"))
    finding = other.findings.get()

    response = give(visitor(draft.upload.uploaded_by), draft, finding=str(finding.pk), reason=REASON)

    assert response.status_code == 404
    finding.refresh_from_db()
    assert finding.accepted_at is None


def test_a_reason_is_given_by_sending_a_form(draft):
    assert (
        visitor(draft.upload.uploaded_by).get(f"/returns/uploads/{draft.upload_id}/reasons/").status_code
        == 405
    )


def test_reasons_are_still_read_after_a_return_was_submitted(draft):
    submit(draft)

    page = main_of(visitor(chief_executive()).get(f"/returns/uploads/{draft.upload_id}/"))

    assert page.text.count(f"“{REASON}”") == 2
    assert not page.all("form", method="post")


def test_a_later_version_leaves_the_earlier_one_without_forms(series, draft):
    factories.make_trust_return(
        series=series,
        organisation=draft.organisation,
        framework=draft.framework,
        period_start=draft.period_start,
        period_end=draft.period_end,
        version=2,
        supersedes=draft,
    )

    page = main_of(visitor(draft.upload.uploaded_by).get(f"/returns/uploads/{draft.upload_id}/"))

    assert "A later version has come since." in page.text
    assert not page.all("form", method="post")


def test_people_of_noms_may_give_reasons_for_any_trust(draft):
    give(visitor(someone(Role.NOMS_ANALYST)), draft, **of_a_kind(draft))

    assert draft.findings.exclude(accepted_at=None).count() == 2
