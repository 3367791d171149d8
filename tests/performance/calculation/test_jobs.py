import datetime

import pytest
from django.utils import timezone

from performance.calculation.build import STEPS
from performance.calculation.indicators import indicators
from performance.calculation.jobs import run_build, sweep
from performance.calculation.requests import BUILDERS, cancel_job, request_build
from performance.calculation.tasks import run_build_task
from performance.models import Event, Job, Observation, Release
from tests import factories
from trusts.models import Role
from trusts.permission import NotAllowed


@pytest.fixture
def job(public_record, analyst) -> Job:
    return request_build(public_record, analyst)


@pytest.fixture
def broken(public_record) -> None:
    """Two tables that hold the same figure, which no check let in: the build can't go on."""
    figure = Observation.objects.filter(measure__unit="rate").first()
    factories.make_observation(
        published_table=factories.make_published_table(series=public_record),
        measure=figure.measure,
        organisation=figure.organisation,
        period_start=figure.period_start,
        period_end=figure.period_end,
    )


def test_a_request_leaves_a_job_and_sends_it_when_the_transaction_is_done(
    public_record, analyst, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as sent:
        job = request_build(public_record, analyst)

    assert len(sent) == 1
    assert (job.state, job.requested_by, job.steps_done, job.steps_total) == (
        "queued",
        analyst,
        0,
        len(STEPS),
    )
    assert not job.is_finished


def test_a_job_that_is_done_says_what_it_built(job):
    run_build(job.pk)

    job.refresh_from_db()
    release = Release.objects.get()
    assert (job.state, job.release, job.steps_done) == ("succeeded", release, len(STEPS))
    assert job.outcome == f"Release 1 is built, digest {release.digest}."
    assert job.step == STEPS[-1]
    assert job.requested_at <= job.started <= job.heartbeat <= job.finished
    assert job.is_finished


def test_the_task_is_a_shell_round_the_plain_function(job):
    run_build_task(job.pk)

    job.refresh_from_db()
    assert job.state == "succeeded"


def test_a_job_taken_twice_runs_once(job):
    run_build(job.pk)
    before = Job.objects.values().get()

    run_build(job.pk)

    assert Job.objects.values().get() == before
    assert Event.objects.count() == 1


@pytest.mark.parametrize("state", ["running", "cancelled"])
def test_a_job_that_is_taken_or_cancelled_is_left_alone(job, state, analyst):
    if state == "cancelled":
        cancel_job(job=job, by=analyst)
    Job.objects.filter(pk=job.pk).update(state=state)

    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.started) == (state, None)
    assert not Release.objects.exists()


def test_a_job_that_is_not_there_is_no_fault(db):
    run_build(1_000_000)


def test_two_requests_for_the_same_figures_give_one_release(public_record, analyst, publisher):
    jobs = [request_build(public_record, person) for person in (analyst, publisher)]
    for job in jobs:
        run_build(job.pk)
        job.refresh_from_db()

    assert jobs[0].release == jobs[1].release == Release.objects.get()
    assert jobs[1].outcome.startswith("Nothing has changed: release 1 already holds these results")


def test_a_job_without_figures_fails_and_says_why(db, analyst):
    job = request_build(factories.make_series(title="Nothing yet"), analyst)

    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.release) == ("failed", None)
    assert job.outcome == "The series 'Nothing yet' has no figures yet, so there is nothing to release."


def test_a_fault_leaves_a_failed_job_that_says_so_and_no_release(job, broken, caplog):
    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.step, job.release) == ("failed", STEPS[0], None)
    assert job.outcome == (
        f"The build stopped at '{STEPS[0]}' because of a fault in the program. Nothing was released. "
        f"The worker's log says more under job {job.pk}."
    )
    assert job.finished >= job.started
    assert not Release.objects.exists()
    assert f"job {job.pk} failed" in caplog.text


def test_a_fault_while_storing_leaves_nothing_behind(job, caplog, monkeypatch):
    monkeypatch.setattr("performance.calculation.build._rows", lambda *_: 1 / 0)

    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.step, job.steps_done) == ("failed", STEPS[2], 2)
    assert not Release.objects.exists()
    assert not Event.objects.exists()


def test_after_a_fault_is_mended_a_new_request_succeeds(job, broken, public_record, analyst, caplog):
    run_build(job.pk)
    Observation.objects.order_by("-pk").first().delete()

    again = request_build(public_record, analyst)
    run_build(again.pk)

    again.refresh_from_db()
    assert again.state == "succeeded"
    assert again.finished - again.started < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("role", [role for role in Role if role not in BUILDERS])
def test_only_analysts_and_publishers_have_releases_built_or_cancelled(public_record, job, role):
    trust = factories.make_organisation() if role in ("trust-officer", "chief-executive") else None
    person = factories.make_person(role=role, organisation=trust)

    for action in (lambda: request_build(public_record, person), lambda: cancel_job(job=job, by=person)):
        with pytest.raises(NotAllowed, match="Only NOMS analysts and publishers have releases built."):
            action()
    assert Job.objects.get().state == "queued"


def test_a_job_that_waits_is_cancelled_at_once(job, publisher):
    cancel_job(job=job, by=publisher)

    run_build(job.pk)
    job.refresh_from_db()
    assert (job.state, job.outcome) == ("cancelled", "publisher cancelled it before it began.")
    assert (job.cancelled_by, job.started) == (publisher, None)
    assert Event.objects.get().verb == "cancelled"


def test_a_job_that_runs_is_cancelled_at_its_next_step(job, publisher, monkeypatch):
    def cancelled_meanwhile(*arguments):
        cancel_job(job=job, by=publisher)
        return indicators(*arguments)

    monkeypatch.setattr("performance.calculation.build.indicators", cancelled_meanwhile)
    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.release) == ("cancelled", None)
    assert job.outcome == "publisher cancelled it at 'Store the results'."
    assert not Release.objects.exists()


def test_a_job_that_is_over_is_not_cancelled(job, publisher):
    run_build(job.pk)

    with pytest.raises(NotAllowed, match=r"Job \d+ is over: Release 1 is built"):
        cancel_job(job=job, by=publisher)


def later(**length: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(**length)


def lost(job: Job, attempt: int = 1) -> None:
    """As a worker leaves a job that is killed at its second step."""
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        state="running", started=now, heartbeat=now, attempt=attempt, step=STEPS[1], steps_done=1
    )


def test_a_job_whose_worker_fell_silent_is_given_to_another(job):
    lost(job)
    sent = []

    assert sweep(later(minutes=2), sent.append) == 0
    assert sweep(later(minutes=4), sent.append) == 1
    assert sent == [job.pk]

    run_build(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("succeeded", 2)
    assert job.release == Release.objects.get()


def test_a_job_over_which_three_workers_were_lost_fails_with_its_reason(job):
    lost(job, attempt=3)
    sent = []

    sweep(later(minutes=4), sent.append)

    job.refresh_from_db()
    assert sent == []
    assert job.state == "failed"
    assert job.outcome.startswith(f"3 workers were lost over it, the last at '{STEPS[1]}'.")


def test_a_silent_job_that_was_to_be_cancelled_is(job, publisher):
    lost(job)
    cancel_job(job=job, by=publisher)

    sweep(later(minutes=4), lambda _: pytest.fail("sent"))

    job.refresh_from_db()
    assert job.outcome == f"publisher cancelled it at '{STEPS[1]}'."


def test_a_job_that_nobody_took_is_sent_again_once_in_a_while(job):
    sent = []

    assert sweep(later(minutes=9), sent.append) == 0
    assert sweep(later(minutes=11), sent.append) == 1
    assert sweep(later(minutes=12), sent.append) == 0
    assert sent == [job.pk]


def test_a_worker_that_was_thought_dead_changes_nothing_when_it_wakes(job, monkeypatch, caplog):
    def asleep(*arguments):
        sweep(later(minutes=4), run_build)
        return indicators(*arguments)

    monkeypatch.setattr("performance.calculation.build.indicators", once(asleep, then=indicators))
    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempt) == ("succeeded", 2)
    assert job.outcome.startswith("Release 1 is built")
    assert Release.objects.count() == 1
    assert f"job {job.pk} was taken over by another worker" in caplog.text


def once(first, then):
    """A function that does the one thing at its first call, and the other from then on."""
    functions = iter([first])
    return lambda *arguments: next(functions, then)(*arguments)
