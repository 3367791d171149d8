import datetime

import pytest

from performance.calculation.build import STEPS
from performance.calculation.jobs import run_build
from performance.calculation.requests import request_build
from performance.calculation.tasks import run_build_task
from performance.models import Event, Job, Observation, Release
from tests import factories


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
def test_a_job_that_is_taken_or_cancelled_is_left_alone(job, state):
    finished = {"finished": job.requested_at, "outcome": "Cancelled."} if state == "cancelled" else {}
    Job.objects.filter(pk=job.pk).update(state=state, **finished)

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
