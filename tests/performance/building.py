"""A release built as a worker builds it, without a broker between."""

from performance.calculation.jobs import run_build
from performance.calculation.requests import request_build
from performance.models import Job, JobState, Release, Series
from trusts.models import Person


def run_job(series: Series, by: Person) -> Job:
    """A requested build, done."""
    job = request_build(series, by)
    run_build(job.pk)
    job.refresh_from_db()
    return job


def build_release(series: Series, by: Person) -> Release:
    """The release that a build comes to."""
    job = run_job(series, by)
    assert job.state == JobState.SUCCEEDED, job.outcome
    assert job.release is not None
    return job.release
