"""Measures how the page of process and outcome comes to a reader who was never here, in a process and a
database of its own, and prints what it found as JSON.

python -m scripts.bench.first_view OBSERVATIONS DIRECTORY [DATABASE_URL]

Beside it stands a bare page, a file with the same charts and nothing else, from the same server.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from scripts.bench.own_process import set_up
from scripts.run_tests import INSTALL_LOG
from tests.services.programs import find_programs

RUNS = 7
PAGE, BARE = "/series/simulated/divergence/", "/assets/bare.html"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DRAWN = "() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.dataset.drawn)"
PLOTS = "() => [...document.querySelectorAll('[data-chart] script')].map((plot) => plot.textContent)"
BARE_PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>A bare page</title>
<script defer src="/assets/build/plotly-basic.min.js"></script>
{places}
<script type="module">
for (const figure of document.querySelectorAll("[data-chart]")) {{
  const plot = JSON.parse(figure.querySelector("script").textContent);
  await Plotly.newPlot(figure.querySelector("div"), plot.data, plot.layout, {{ displayModeBar: false }});
  figure.dataset.drawn = "true";
}}
</script>
"""
PLACE = '<figure data-chart><script type="application/json">{plot}</script><div></div></figure>'


def main(observations: int, directory: Path, database: str) -> None:
    os.environ["PORT"] = "8197"
    set_up(directory, database)
    from django.core.management import call_command

    from scripts.bench.published import publish_simulated

    publish_simulated(observations)
    call_command("collectstatic", interactive=False, verbosity=0)
    bare = directory / "assets" / "bare.html"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_programs(INSTALL_LOG).chromium, args=FLAGS)
        with _server() as site:
            plots = _plots(chromium, site)
        bare.write_text(BARE_PAGE.format(places="\n".join(PLACE.format(plot=plot) for plot in plots)))
        with _server() as site:
            turns = [[_visit(chromium, site + page) for page in (PAGE, BARE)] for _ in range(RUNS)]
        chromium.close()
    print(json.dumps({"observations": observations, "charts": len(plots), **_summed_up(turns)}))


def _summed_up(turns: list[list[dict[str, float]]]) -> dict[str, float]:
    return {
        "bytes": median(own["bytes"] for own, _ in turns),
        "drawn": median(own["drawn"] for own, _ in turns),
        "bare": median(other["drawn"] for _, other in turns),
        "times": median(own["drawn"] / other["drawn"] for own, other in turns),
    }


@contextmanager
def _server() -> Iterator[str]:
    """As `serve` has it."""
    site = f"http://127.0.0.1:{os.environ['PORT']}"
    command = [sys.executable, "-m", "gunicorn", "noms_dashboard.wsgi", f"--bind={site[7:]}", "--workers=2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(site + PAGE)
            yield site
        finally:
            process.terminate()


def _wait_for(address: str, most: float = 30) -> None:
    """Asks twice for each worker, so that the page is there when it is measured."""
    end = time.monotonic() + most
    answers = 0
    while answers < 4:
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own server
                answers += 1
        except OSError:
            if time.monotonic() > end:
                sys.exit(f"{address} wasn't answered in {most:g} s.")
            time.sleep(0.1)


def _plots(browser: Browser, site: str) -> list[str]:
    page = browser.new_page()
    page.goto(site + PAGE)
    page.wait_for_function(DRAWN)
    plots: list[str] = page.evaluate(PLOTS)
    page.close()
    return plots


def _visit(browser: Browser, address: str) -> dict[str, float]:
    """Seconds until all charts are drawn and bytes over the wire, for a reader without any copy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    received: list[float] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(DRAWN)
    drawn = time.perf_counter() - begin
    page.wait_for_load_state("networkidle")
    context.close()
    return {"drawn": drawn, "bytes": sum(received)}


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
