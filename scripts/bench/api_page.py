"""Measures a page of the API in a process and a database of its own, and prints what it found as JSON.

python -m scripts.bench.api_page ROWS DIRECTORY [DATABASE_URL]
"""

import json
import sys
from pathlib import Path
from statistics import median
from typing import Any

from scripts.bench.export_file import release_of
from scripts.bench.own_process import seconds, set_up

MOST_OF_A_PAGE, TURNS = 1_000, 15


def main(rows: int, directory: Path, database: str) -> None:
    set_up(directory, database)
    print(json.dumps(_measured(rows)))


def _measured(rows: int) -> dict[str, float]:
    """Seconds of the last page, as a program has it, of the same query written as JSON, and of an answer that
    nothing has changed: medians of turns, one after the other."""
    from django.test import Client
    from django.urls import reverse

    release = _published(release_of(rows))
    client = Client(headers={"Accept-Encoding": "identity"}, SERVER_NAME="localhost")
    path = reverse("api-indicators", args=[release.series.slug, "1"])
    limit = min(rows // 2, MOST_OF_A_PAGE)
    address = f"{path}?limit={limit}"
    last = _last_page(client, address)
    known = {"If-None-Match": client.get(last)["ETag"]}
    steps = {
        "page": lambda: client.get(last),
        "query": lambda: _query(release, limit),
        "unchanged": lambda: client.get(last, headers=known),
    }
    found: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(TURNS):
        for name, step in steps.items():
            found[name].append(seconds(step))
    return {"rows": rows, **{name: median(taken) for name, taken in found.items()}}


def _last_page(client: Any, address: str) -> str:
    """The address of the page that is furthest on, which should cost no more than the first."""
    following = client.get(address).json()["next"]
    while following:
        address = following
        following = client.get(address).json()["next"]
    return address


def _query(release: Any, rows: int) -> bytes:
    """The last rows, as whoever knows the keys would ask for them."""
    import orjson

    from performance.releases.whole_tables import INDICATORS

    columns = list(INDICATORS.columns)
    results = release.indicator_results.order_by("pk")
    first = results.reverse().values_list("pk", flat=True)[rows - 1]
    some = INDICATORS.values(results.filter(pk__gte=first))[:rows]
    return orjson.dumps([dict(zip(columns, row, strict=True)) for row in some])


def _published(release: Any) -> Any:
    from django.utils import timezone

    from trusts.models import Person, Role

    release.state, release.published_at = "published", timezone.now()
    release.published_by = Person.objects.create(username="publishes", role=Role.NOMS_PUBLISHER)
    release.save()
    return release


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
