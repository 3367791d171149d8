"""A published release of so many simulated observations, for pages to show."""

from performance.calculation.jobs import run_build
from performance.calculation.requests import request_build
from performance.models import Job, JobState, Release
from performance.releases.actions import publish_release
from performance.returns.simulation.scaled import scaled
from scripts.bench.filling import filled_series
from trusts.models import Person, Role


def publish_simulated(observations: int) -> Release:
    """In a new database. Raises SystemExit where the build fails."""
    series = filled_series(scaled(observations))
    builder = Person.objects.create(username="builder", email="builder@example.org", role=Role.NOMS_ANALYST)
    publisher = Person.objects.create(
        username="publisher", email="publisher@example.org", role=Role.NOMS_PUBLISHER
    )
    job = request_build(series, builder)
    run_build(job.pk)
    done = Job.objects.get(pk=job.pk)
    if done.state != JobState.SUCCEEDED:
        raise SystemExit(done.outcome)
    return publish_release(release=Release.objects.get(series=series), by=publisher)
