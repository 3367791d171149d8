"""An upload checked in the background: what its job and its record say at each point."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from performance.jobs.sweeping import sweep
from performance.models import Event, Finding, Job, Observation, TrustReturn, Upload
from performance.periods import Period, month_of
from performance.returns import checking
from performance.returns.actions import upload_file
from performance.returns.checking import STEPS, STORE, run_check
from performance.returns.reader import Reading
from performance.returns.tasks import check_upload_task
from tests import factories
from tests.performance.returns.sent import (
    COLUMNS,
    GOOD,
    MAY,
    ORDERS,
    content_of,
    officer,
    sent,
    someone,
    trust,
)
from trusts.models import Person, Role
from trusts.permission import NotAllowed

KENT = GOOD | {"organisation": "kent"}


@pytest.fixture
def by(series) -> Person:
    return officer()


def upload(series, by, *rows: dict[str, str], **said: Any) -> Upload:
    return upload_file(sent=sent(content_of(*rows), **said), series=series, by=by)


def checked(upload: Upload) -> Upload:
    run_check(upload.job.pk)
    return Upload.objects.get(pk=upload.pk)


def test_a_file_waits_for_a_worker_once_it_is_kept(series, by, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sent_to_workers:
        waiting = upload(series, by, GOOD)

    assert len(sent_to_workers) == 1
    job = waiting.job
    assert (job.kind, job.state, job.requested_by, job.series) == ("check-upload", "queued", by, series)
    assert (waiting.state, waiting.organisation, waiting.lines) == ("waiting", trust(), 0)
    assert not TrustReturn.objects.exists()


def test_a_sound_file_becomes_drafts(series, by):
    kept = checked(upload(series, by, GOOD, ORDERS))

    assert (kept.state, kept.lines) == ("kept", 2)
    assert (kept.job.state, kept.job.steps_done, kept.job.steps_total) == ("succeeded", 3, 3)
    assert kept.job.outcome == "Kept 2 figures in 1 return: no warnings."
    assert [version.state for version in kept.trust_returns.all()] == ["draft"]


def test_of_a_file_with_an_error_nothing_is_stored_but_the_attempt_and_what_was_found(series, by):
    refused = checked(upload(series, by, ORDERS, GOOD | {"numerator": "51"}))

    assert (refused.state, refused.job.state) == ("refused", "succeeded")
    assert refused.job.outcome == "Not kept: 1 error and no warnings."
    (finding,) = refused.findings.all()
    assert (finding.code, finding.severity, finding.row, finding.column) == (
        "share-above-the-whole",
        "error",
        3,
        "numerator",
    )
    assert finding.sentence == "Found '51'; expected at most the denominator, 50."
    assert finding.trust_return is None
    assert not Observation.objects.exists()
    assert not TrustReturn.objects.exists()


def test_a_file_that_is_no_return_at_all_is_refused_in_words(series, by):
    refused = checked(upload_file(sent=sent(b"%PDF-1.4 \xff", "april.csv"), series=series, by=by))

    assert refused.state == "refused"
    (finding,) = refused.findings.all()
    assert "PDF" in finding.sentence


def test_warnings_go_with_the_draft(series, by):
    small = {"numerator": "2", "denominator": "3"}

    kept = checked(upload(series, by, GOOD | small))

    (finding,) = kept.findings.all()
    assert (finding.code, finding.severity) == ("small-number", "warning")
    assert finding.trust_return == kept.trust_returns.get()


def test_each_return_in_a_file_has_its_own_warnings(series):
    small = {"numerator": "2", "denominator": "3"}
    kept = checked(upload(series, someone(Role.NOMS_ANALYST), GOOD, KENT | small))

    kent = kept.trust_returns.get(organisation=trust("kent"))
    assert [finding.trust_return for finding in kept.findings.all()] == [kent]
    assert kept.job.outcome == "Kept 2 figures in 2 returns: 1 warning."


def test_a_warning_about_the_whole_file_is_of_its_only_return(series, by):
    content = content_of(GOOD | {"colour": "blue"}, columns=(*COLUMNS, "colour"))

    kept = checked(upload_file(sent=sent(content), series=series, by=by))

    (finding,) = kept.findings.all()
    assert (finding.code, finding.row, finding.column) == ("unknown-column", 1, "colour")
    assert finding.trust_return == kept.trust_returns.get()


def test_a_warning_about_a_file_of_several_returns_is_of_none(series):
    rows = [row | {"colour": "blue"} for row in (GOOD, KENT)]
    content = content_of(*rows, columns=(*COLUMNS, "colour"))

    kept = checked(upload_file(sent=sent(content), series=series, by=someone(Role.NOMS_ANALYST)))

    assert [finding.trust_return for finding in kept.findings.all()] == [None]


def test_an_officer_sends_figures_of_the_own_trust_only(series, by):
    refused = checked(upload(series, by, GOOD, KENT))

    assert [(f.code, f.row, f.column) for f in refused.findings.all()] == [
        ("organisation-of-others", 3, "organisation")
    ]
    assert not TrustReturn.objects.exists()


def test_what_was_said_beside_the_file_fills_the_columns_that_it_lacks(series, by):
    rows = [{"measure": "reports-on-time", "numerator": "45", "denominator": "50"}]
    content = content_of(*rows, columns=("measure", "numerator", "denominator"))
    said = {"framework": "ptrs", "period": month("2010-05-31")}

    kept = checked(upload_file(sent=sent(content, **said), series=series, by=by))

    version = kept.trust_returns.get()
    assert (version.organisation, version.framework.slug) == (trust(), "ptrs")
    assert str(version.period_end) == "2010-05-31"


def test_figures_are_held_against_those_that_were_sent_before(series, by):
    checked(upload(series, by, GOOD | {"numerator": "45"}))

    kept = checked(upload(series, by, GOOD | MAY | {"numerator": "20"}))

    (finding,) = kept.findings.all()
    assert finding.code == "jump"
    assert "90% (45 of 50) in April 2010" in finding.sentence


def test_the_same_bytes_are_refused_while_they_are_being_checked_and_after(series, by):
    waiting = upload(series, by, GOOD)
    with pytest.raises(NotAllowed, match="a moment ago"):
        upload(series, by, GOOD)

    checked(waiting)

    with pytest.raises(NotAllowed, match="as version 1: nothing in it is new"):
        upload(series, by, GOOD)
    assert Upload.objects.count() == 1


def test_bytes_that_were_refused_may_be_tried_again(series, by):
    checked(upload(series, by, GOOD | {"numerator": "51"}))

    assert checked(upload(series, by, GOOD | {"numerator": "51"})).state == "refused"
    assert Upload.objects.count() == 2


def test_two_people_who_send_the_same_at_once_send_it_once(series, by):
    """The second file was let in before the first was kept."""
    first = upload(series, by, GOOD)
    second = copy_of(first, officer())

    checked(first)
    checked(second)

    second.job.refresh_from_db()
    assert (second.job.state, second.job.outcome) == (
        "failed",
        "This file was sent twice at the same moment. It was kept once, as version 1.",
    )
    assert TrustReturn.objects.count() == 1


def test_two_files_of_one_return_are_two_versions(series, by):
    first, second = upload(series, by, GOOD), upload(series, officer(), GOOD | {"numerator": "46"})

    later, earlier = checked(second), checked(first)

    assert later.trust_returns.get().version == 1
    assert earlier.trust_returns.get().version == 2


def test_a_job_says_what_it_is_doing(series, by, monkeypatch):
    waiting = upload(series, by, GOOD)
    said = []
    begin = checking.begin

    def listening(job: Job, step: str, done: int) -> None:
        begin(job, step, done)
        said.append(tuple(Job.objects.values_list("step", "steps_done", "steps_total").get(pk=job.pk)))

    monkeypatch.setattr(checking, "begin", listening)
    run_check(waiting.job.pk)

    assert said == [(step, place, 3) for place, step in enumerate(STEPS)]


def test_a_fault_of_ours_is_said_and_nothing_is_stored(series, by, monkeypatch, caplog):
    waiting = upload(series, by, GOOD)
    monkeypatch.setattr(checking, "store_findings", lambda *given: 1 / 0)

    run_check(waiting.job.pk)

    job = Job.objects.get()
    assert job.state == "failed"
    assert job.outcome == (
        f"Checking the file stopped at '{STORE}' because of a fault in the program. Nothing of it was "
        f"stored. Send it again. The worker's log says more under job {job.pk}."
    )
    assert not TrustReturn.objects.exists()
    assert Upload.objects.get().state == "waiting"
    assert "ZeroDivisionError" in caplog.text


def test_after_a_fault_the_same_file_may_be_sent_again(series, by, monkeypatch, caplog):
    with monkeypatch.context() as patched:
        patched.setattr(checking, "store_findings", lambda *given: 1 / 0)
        run_check(upload(series, by, GOOD).job.pk)

    assert checked(upload(series, by, GOOD)).state == "kept"


def test_a_job_whose_worker_was_lost_is_done_by_another(series, by):
    waiting = upload(series, by, GOOD)
    long_ago = timezone.now() - datetime.timedelta(minutes=4)
    Job.objects.update(state="running", attempt=1, started=long_ago, heartbeat=long_ago)

    assert sweep(timezone.now(), lambda job: run_check(job.pk)) == 1

    waiting.refresh_from_db()
    assert (waiting.state, Job.objects.get().attempt) == ("kept", 2)


def test_a_worker_that_was_thought_dead_stores_nothing(series, by, monkeypatch):
    waiting = upload(series, by, GOOD)
    read_upload = checking.read_upload

    def overtaken(*given: Any) -> Reading:
        reading = read_upload(*given)
        Job.objects.update(attempt=2)
        return reading

    monkeypatch.setattr(checking, "read_upload", overtaken)
    run_check(waiting.job.pk)

    assert Job.objects.get().state == "running"
    assert not TrustReturn.objects.exists()


def test_the_task_is_a_shell(series, by):
    waiting = upload(series, by, GOOD)

    check_upload_task(waiting.job.pk)

    waiting.refresh_from_db()
    assert waiting.state == "kept"


def test_the_attempt_is_an_event_however_it_ends(series, by):
    checked(upload(series, by, GOOD | {"numerator": "51"}))

    event = Event.objects.get()
    assert (event.verb, event.actor, event.subject) == ("uploaded", by, "return.csv")


def test_a_usual_return_takes_few_queries(series, by, django_assert_max_num_queries):
    rows = [GOOD | {"note": str(number), "measure": "reports-on-time"} | days(number) for number in range(12)]
    waiting = upload(series, by, *rows)

    with django_assert_max_num_queries(40):
        run_check(waiting.job.pk)

    assert Observation.objects.count() == 12
    assert not Finding.objects.filter(severity="error").exists()


def days(number: int) -> dict[str, str]:
    period = month(f"{2010 + (number + 3) // 12}-{(number + 3) % 12 + 1:02d}-28")
    return {"period_start": str(period.start), "period_end": str(period.end)}


def month(day: str) -> Period:
    return month_of(datetime.date.fromisoformat(day))


def copy_of(first: Upload, by: Person) -> Upload:
    second = factories.make_upload(
        series=first.series,
        organisation=first.organisation,
        uploaded_by=by,
        sha256=first.sha256,
        file=first.file.name,
    )
    now = timezone.now()
    factories.make_job(
        kind="check-upload",
        series=first.series,
        upload=second,
        requested_by=by,
        requested_at=now,
        heartbeat=now,
    )
    return second
