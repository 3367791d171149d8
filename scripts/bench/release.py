"""Measures one release in a process and a database of its own, and prints what it found as JSON.

python -m scripts.bench.release OBSERVATIONS DIRECTORY [DATABASE_URL]
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.db.models import F

from scripts.bench.own_process import megabytes, seconds, set_up


def main(observations: int, directory: Path, database: str) -> None:
    set_up(directory, database)
    print(json.dumps(_measured(observations)))


def _measured(observations: int) -> dict[str, Any]:
    """Seconds to read the observations (the better of two, so that neither finds a cold disk), to build a
    release of them, and to build again after one trust's new version; and the most memory, in MB."""
    from performance.calculation.inputs import current_inputs
    from performance.models import Release
    from performance.returns.simulation.scaled import scaled
    from scripts.bench.filling import filled_series

    frame = scaled(observations)
    series = filled_series(frame)
    del frame
    read = min(seconds(lambda: current_inputs(series.pk)) for _ in range(2))
    before = megabytes()
    build = seconds(lambda: _build(series.pk))
    peak = megabytes()
    _send_a_new_version(series.pk)
    again = seconds(lambda: _build(series.pk))
    results = Release.objects.earliest("number").indicator_results.count()
    return {
        "observations": observations,
        "results": results,
        "read": read,
        "build": build,
        "again": again,
        "megabytes": peak,
        "megabytes_before": before,
    }


def _send_a_new_version(series: int) -> None:
    """As far as a build can see: one trust's latest figures differ from before."""
    from performance.models import Observation

    figure = Observation.objects.filter(trust_return__series=series, numerator__gt=0).latest("pk")
    Observation.objects.filter(pk=figure.pk).update(numerator=F("numerator") - 1)


def _build(series: int) -> None:
    from performance.calculation.jobs import run_build
    from performance.calculation.requests import request_build
    from performance.models import JobState, Series
    from trusts.models import Person, Role

    person, _ = Person.objects.get_or_create(username="bench", defaults={"role": Role.NOMS_ANALYST})
    job = request_build(Series.objects.get(pk=series), person)
    run_build(job.pk)
    job.refresh_from_db()
    if job.state != JobState.SUCCEEDED:
        sys.exit(job.outcome)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
