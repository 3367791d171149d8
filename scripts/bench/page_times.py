"""Measures how long the server takes over pages of a published release, in a process and a database of
its own, and prints what it found as JSON.

python -m scripts.bench.page_times OBSERVATIONS DIRECTORY [DATABASE_URL]
"""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from scripts.bench.own_process import seconds, set_up

RUNS = 30


def main(observations: int, directory: Path, database: str) -> None:
    set_up(directory, database)
    print(json.dumps(_measured(observations)))


def _measured(observations: int) -> dict[str, Any]:
    """For each page the seconds that it takes when it is first asked for, and, as medians in turns,
    when it was asked for before and those of a bare template page of its size; and its size and the
    queries that it takes at first."""
    from django.core.management import call_command
    from django.test import Client

    from scripts.bench.published import publish_simulated

    publish_simulated(observations)
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip")
    return {"observations": observations, "pages": {page: _of_page(client, page) for page in pages()}}


def pages() -> list[str]:
    """One of each kind, at its largest."""
    names = "", "trusts/", "trusts/london/", "divergence/", "measures/", "measures/oasys-15-days/"
    more = "frameworks/", "frameworks/ptrs-2012-13/", "compare/", "map/", "movement/", "releases/"
    help_pages = ["/methods/", "/methods/funnel/", "/glossary/", "/about/", "/series/"]
    return [f"/series/simulated/{name}" for name in (*names, *more)] + help_pages


def _of_page(client: Any, page: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        first = seconds(lambda: client.get(page))
    asked = len(queries)
    response = client.get(page)
    if response.status_code != 200:
        sys.exit(f"{page} was answered {response.status_code}")
    bare = _bare(gzip.decompress(response.content).decode())
    turns = [(seconds(lambda: client.get(page)), bare()) for _ in range(RUNS)]
    return {
        "first": first,
        "queries": asked,
        "bytes": len(response.content),
        "warm": median(own for own, _ in turns),
        "bare": median(other for _, other in turns),
        "times": median(own / other for own, other in turns),
    }


def _bare(text: str) -> Callable[[], float]:
    """Takes the time of a page that is a template with that text and one value, past the same middleware."""
    from django.template import engines
    from django.test import Client, override_settings

    from scripts.bench import bare_page

    bare_page.TEMPLATE = engines["django"].from_string("{{ title }}" + text)
    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip")

    def timed() -> float:
        with override_settings(ROOT_URLCONF="scripts.bench.bare_page"):
            return seconds(lambda: client.get("/"))

    return timed


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
