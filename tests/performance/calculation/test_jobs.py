import datetime

import pytest
from django.utils import timezone

from performance.calculation import jobs
from performance.calculation.build import COMPARE, READ, STORE, work_out
from performance.calculation.jobs import run_build, run_part
from performance.calculation.parts import work_out_year
from performance.calculation.requests import cancel_job, request_build
from performance.calculation.tasks import run_build_task
from performance.jobs.sweeping import sweep
from performance.models import CalculatedPart, Event, Job, Measure, Observation, Release, Series
from tests import factories
from tests.performance.building import build_release
from trusts.permission import NotAllowed

# Figures of as many financial years, from 2007-08 on. Steps: read, each year, compare, store.
YEARS = 4
STEPS = YEARS + 3


@pytest.fixture
def series(db) -> Series:
    """One figure in each of some years."""
    table = factories.make_published_table()
    for year in range(2007, 2007 + YEARS):
        start, end = datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31)
        factories.make_observation(published_table=table, period_start=start, period_end=end)
    return table.series


@pytest.fixture
def job(series, analyst) -> Job:
    return request_build(series, analyst)


@pytest.fixture
def broken(series) -> None:
    """Two tables that hold the same figure, which no check let in: the build can't go on."""
    figure = Observation.objects.earliest("period_start")
    factories.make_observation(
        published_table=factories.make_published_table(series=series),
        measure=figure.measure,
        organisation=figure.organisation,
        period_start=figure.period_start,
        period_end=figure.period_end,
    )


def test_a_request_leaves_a_job_and_sends_it_when_the_transaction_is_done(
    series, analyst, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as sent:
        job = request_build(series, analyst)

    assert len(sent) == 1
    assert (job.state, job.requested_by, job.steps_done) == ("queued", analyst, 0)
    assert not job.is_finished


def test_a_job_that_is_done_says_what_it_built(job):
    run_build(job.pk)

    job.refresh_from_db()
    release = Release.objects.get()
    assert (job.state, job.release, job.steps_done) == ("succeeded", release, STEPS)
    assert job.outcome == f"Release 1 is built, digest {release.digest}."
    assert job.step == STORE
    assert job.requested_at <= job.started <= job.heartbeat <= job.finished
    assert job.is_finished


def test_each_step_is_said_as_it_begins(job, monkeypatch):
    steps = []
    said = jobs.begin

    def listening(job, step, steps_done):
        steps.append((step, steps_done))
        said(job, step, steps_done)

    monkeypatch.setattr(jobs, "begin", listening)
    run_build(job.pk)

    job.refresh_from_db()
    assert [done for _, done in steps] == list(range(STEPS))
    assert (steps[0][0], steps[1][0]) == (READ, work_out("2007-08"))
    assert [step for step, _ in steps[-3:]] == [work_out("2010-11"), COMPARE, STORE]
    assert (job.steps_done, job.steps_total) == (STEPS, STEPS)


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


def test_two_requests_for_the_same_figures_give_one_release(series, analyst, publisher):
    jobs = [request_build(series, person) for person in (analyst, publisher)]
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
    assert job.outcome == (
        "The series 'Nothing yet' has no figures yet, so there is nothing to release: no table of it is "
        "loaded and no return accepted."
    )


def test_a_fault_leaves_a_failed_job_that_says_so_and_no_release(job, broken, caplog):
    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.step, job.release) == ("failed", work_out("2007-08"), None)
    assert job.outcome == (
        "The build stopped at 'Work out 2007-08' because of a fault in the program. Nothing was released. "
        f"The worker's log says more under job {job.pk}."
    )
    assert job.finished >= job.started
    assert not Release.objects.exists()
    assert f"job {job.pk} failed" in caplog.text


def test_a_fault_while_storing_leaves_nothing_behind(job, caplog, monkeypatch):
    monkeypatch.setattr("performance.calculation.build.Event.objects.create", lambda **_: 1 / 0)

    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.step, job.steps_done) == ("failed", STORE, STEPS - 1)
    assert not Release.objects.exists()
    assert not Event.objects.exists()


def test_after_a_fault_is_mended_a_new_request_succeeds(job, broken, series, analyst, caplog):
    run_build(job.pk)
    Observation.objects.order_by("-pk").first().delete()

    again = request_build(series, analyst)
    run_build(again.pk)

    again.refresh_from_db()
    assert again.state == "succeeded"
    assert again.finished - again.started < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("role", ["trust-officer", "chief-executive", "administrator"])
def test_only_analysts_and_publishers_have_releases_built_or_cancelled(series, job, role):
    trust = factories.make_organisation() if role in ("trust-officer", "chief-executive") else None
    person = factories.make_person(role=role, organisation=trust)

    for action in (lambda: request_build(series, person), lambda: cancel_job(job=job, by=person)):
        with pytest.raises(
            NotAllowed, match="Only a NOMS analyst or a NOMS publisher may have a release built"
        ):
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
        return work_out_year(*arguments)

    monkeypatch.setattr(jobs, "work_out_year", once(cancelled_meanwhile, then=work_out_year))
    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.release) == ("cancelled", None)
    assert job.outcome == "publisher cancelled it at 'Work out 2008-09'."
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
        state="running", started=now, heartbeat=now, attempt=attempt, step=COMPARE, steps_done=0
    )


def test_a_job_whose_worker_fell_silent_is_given_to_another(job):
    lost(job)
    sent = []

    assert sweep(later(minutes=2), sent.append) == 0
    assert sweep(later(minutes=4), sent.append) == 1
    assert sent == [job]

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
    assert job.outcome.startswith(f"3 workers were lost over it, the last at '{COMPARE}'.")


def test_a_silent_job_that_was_to_be_cancelled_is(job, publisher):
    lost(job)
    cancel_job(job=job, by=publisher)

    sweep(later(minutes=4), lambda _: pytest.fail("sent"))

    job.refresh_from_db()
    assert job.outcome == f"publisher cancelled it at '{COMPARE}'."


def test_a_job_that_nobody_took_is_sent_again_once_in_a_while(job):
    sent = []

    assert sweep(later(minutes=9), sent.append) == 0
    assert sweep(later(minutes=11), sent.append) == 1
    assert sweep(later(minutes=12), sent.append) == 0
    assert sent == [job]


def test_a_worker_that_was_thought_dead_changes_nothing_when_it_wakes(job, monkeypatch, caplog):
    def asleep(*arguments):
        sweep(later(minutes=4), lambda lost: run_build(lost.pk))
        return work_out_year(*arguments)

    monkeypatch.setattr(jobs, "work_out_year", once(asleep, then=work_out_year))
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


@pytest.fixture
def sent(monkeypatch) -> list[tuple[int, int, str]]:
    """Parts that were given to other workers, where even so little is worth sending."""
    monkeypatch.setattr(jobs, "WORTH_SENDING", YEARS)
    return []


def test_parts_are_sent_to_other_workers_where_there_is_enough_to_do(job, sent):
    run_build(job.pk, send=lambda *part: sent.append(part))

    job.refresh_from_db()
    assert len(sent) == YEARS
    assert {part[:2] for part in sent} == {(job.pk, 1)}
    assert (job.state, job.step, job.steps_done) == ("running", f"Work out {YEARS} years", 1)
    assert not Release.objects.exists()


def test_whoever_works_the_last_part_out_goes_on_to_the_release(job, sent, series, publisher):
    run_build(job.pk, send=lambda *part: sent.append(part))
    for place, part in enumerate(reversed(sent), start=1):
        run_part(*part)
        job.refresh_from_db()
        if place < YEARS:
            assert (job.state, job.steps_done) == ("running", place + 1)

    assert (job.state, job.steps_done) == ("succeeded", STEPS)
    CalculatedPart.objects.all().delete()
    assert build_release(series, publisher) == job.release


def test_little_to_do_is_done_by_one_worker(job):
    run_build(job.pk, send=lambda *_: pytest.fail("sent"))

    job.refresh_from_db()
    assert job.state == "succeeded"


def test_a_part_that_comes_twice_changes_nothing(job, sent):
    run_build(job.pk, send=lambda *part: sent.append(part))
    for part in sent:
        run_part(*part)
        run_part(*part)

    assert Release.objects.count() == 1
    assert CalculatedPart.objects.count() == YEARS


def test_a_part_of_an_earlier_attempt_changes_nothing(job, sent):
    run_build(job.pk, send=lambda *part: sent.append(part))
    lost(job, attempt=2)

    run_part(*sent[0])

    assert not CalculatedPart.objects.exists()


def test_a_job_that_is_cancelled_works_no_other_part_out(job, sent, publisher):
    run_build(job.pk, send=lambda *part: sent.append(part))
    run_part(*sent[0])
    cancel_job(job=job, by=publisher)
    run_part(*sent[1])
    run_part(*sent[2])

    job.refresh_from_db()
    assert (job.state, job.outcome) == ("cancelled", f"publisher cancelled it at 'Work out {YEARS} years'.")
    assert CalculatedPart.objects.count() == 1


def test_what_was_worked_out_before_a_worker_was_lost_is_not_worked_out_again(job, sent, monkeypatch):
    run_build(job.pk, send=lambda *part: sent.append(part))
    for part in sent[:3]:
        run_part(*part)
    sweep(later(minutes=4), lambda _: None)
    worked_out = []

    def counted(*arguments):
        worked_out.append(arguments)
        return work_out_year(*arguments)

    monkeypatch.setattr(jobs, "work_out_year", counted)
    run_build(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempt, len(worked_out)) == ("succeeded", 2, YEARS - 3)


def test_definitions_that_change_meanwhile_end_the_build_in_words(job, sent):
    run_build(job.pk, send=lambda *part: sent.append(part))
    Measure.objects.update(polarity="lower")

    run_part(*sent[0])

    job.refresh_from_db()
    assert (job.state, job.release) == ("failed", None)
    assert job.outcome == (
        "The definitions changed while it was being built. Nothing was released. Build it again."
    )


def test_a_fault_in_one_part_fails_the_job_and_stops_the_others(job, sent, monkeypatch, caplog):
    run_build(job.pk, send=lambda *part: sent.append(part))
    monkeypatch.setattr(jobs, "work_out_year", lambda *_: 1 / 0)
    run_part(*sent[0])
    monkeypatch.undo()
    run_part(*sent[1])

    job.refresh_from_db()
    assert job.state == "failed"
    assert f"The build stopped at 'Work out {YEARS} years'" in job.outcome
    assert not CalculatedPart.objects.exists()
