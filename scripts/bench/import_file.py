"""Measures taking in one return file in a process and a database of its own, and prints what it found
as JSON.

python -m scripts.bench.import_file OBSERVATIONS DIRECTORY [DATABASE_URL]
"""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from scripts.bench.own_process import megabytes, seconds, set_up


def main(observations: int, directory: Path, database: str) -> None:
    set_up(directory, database)
    print(json.dumps(_measured(observations, directory)))


def _measured(observations: int, directory: Path) -> dict[str, Any]:
    """Seconds to check and keep the file, and to load the same rows, ready as they are, with the
    database's own bulk load; the most memory in MB; and how many findings and returns there were."""
    from performance.models import Finding, Observation, TrustReturn
    from performance.returns.simulation.scaled import scaled
    from scripts.bench.filling import named_series

    frame = scaled(observations)
    series = named_series(frame)
    file = directory / "return.csv"
    _written(frame).to_csv(file, index=False)
    del frame
    before = megabytes()
    took = seconds(lambda: _take_in(file, series.pk))
    peak = megabytes()
    return {
        "observations": Observation.objects.count(),
        "bytes": file.stat().st_size,
        "returns": TrustReturn.objects.count(),
        "findings": Finding.objects.count(),
        "import": took,
        "load": _raw_load(),
        "megabytes": peak,
        "megabytes_before": before,
    }


def _written(frame: pd.DataFrame) -> pd.DataFrame:
    """As a file has it: days, and whole numbers without a point."""
    from performance.returns.simulation.layout import COLUMNS

    whole = {name: frame[name].astype("Int64") for name in ("numerator", "denominator")}
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    return frame.assign(**whole, **days)[list(COLUMNS)]


def _take_in(file: Path, series: int) -> None:
    """All that the upload of a file by NOMS does, from its bytes to drafts."""
    from django.core.files.base import File

    from performance.models import Job, Series, UploadState
    from performance.returns.actions import upload_file
    from performance.returns.checking import run_check
    from performance.returns.uploads import Sent
    from trusts.models import Person, Role

    person, _ = Person.objects.get_or_create(username="bench", defaults={"role": Role.NOMS_ANALYST})
    with file.open("rb") as content:
        sent = Sent(File(content), file.name)
        upload = upload_file(sent=sent, series=Series.objects.get(pk=series), by=person)
    run_check(Job.objects.get(upload=upload).pk)
    upload.refresh_from_db()
    if upload.state != UploadState.KEPT:
        sys.exit(f"{Job.objects.get(upload=upload).outcome} {list(upload.findings.all()[:5])}")


def _raw_load() -> float:
    """Seconds to write the observations again, after they were taken out: rows that are ready, by
    COPY or executemany."""
    from django.db import transaction

    from performance.models import Observation
    from performance.returns.store import CHUNK, OBSERVATION
    from performance.writing import write_rows

    rows = list(Observation.objects.values_list(*OBSERVATION))
    Observation.objects.all().delete()

    def load() -> None:
        with transaction.atomic():
            for start in range(0, len(rows), CHUNK):
                write_rows(Observation, OBSERVATION, rows[start : start + CHUNK])

    return seconds(load)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
