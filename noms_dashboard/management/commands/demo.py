import datetime
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from noms_dashboard.management.commands.serve import port_from_environment
from noms_dashboard.preparation import NotReady, collect_static_files, migrate_database
from noms_dashboard.processes import HOST, CannotServe, Processes, check_port_is_free, log_file
from performance.calculation.build import Built, release_of_current_figures
from performance.extracts.simulation import Plan, simulate, write
from performance.models import ReleaseState, Series
from performance.periods import month_of
from performance.published.loader import public_record
from performance.returns.loader import SIMULATED, simulated_series
from performance.returns.simulation.held_back import held_back_file, hold_back
from trusts import demo_accounts
from trusts.demo_accounts import ANALYST, PUBLISHER

WHAT_TO_OPEN = """
The site is ready. Open

  http://{host}:{port}/            what the public record says
  http://{host}:{port}/trusts/     trusts and areas
  http://{host}:{port}/measures/   what was measured
  http://{host}:{port}/frameworks/ what each framework rewards

Ctrl-C stops it."""

# Where the record is thin, so that the whole dashboard can be seen.
WHAT_TO_OPEN_TOO = """
Simulated figures, none of them real, for all 35 trusts:

  http://{host}:{port}/series/simulated/

To send and read returns, sign in at http://{host}:{port}/account/sign-in/

  as        {accounts}
  password  {password}

The officer may send {to_send}
or have it counted from the cases in {to_count}

These accounts are for this machine alone. Emails are written to {log}.
"""
SEED = 1
# In the simulated series it is a few days before the return for its last month is due.
LAST_FILE, LAST_MONTH = f"{demo_accounts.TRUST}_ptrs-2012-13.csv", month_of(datetime.date(2013, 3, 31))
DAY = datetime.date(2013, 4, 10)
CASES = 6_000


class Command(BaseCommand):
    help = "Load and publish the public record and a simulated series, and serve both on this machine."

    def handle(self, *args: Any, **options: Any) -> None:
        port = port_from_environment()
        try:
            check_port_is_free(port)
            with Processes() as processes:
                self.step("Prepare the database", migrate_database)
                self.step("Prepare the static files", collect_static_files)
                # Both take seconds to start: they do that while the figures are loaded.
                processes.start_worker()
                processes.start_beat()
                processes.start_web(port)
                self.load_the_record()
                self.step("Start the site", lambda: processes.wait_for_web(port))
                self.say(WHAT_TO_OPEN.format(host=HOST, port=port))
                self.simulate()
                self.say(WHAT_TO_OPEN_TOO.format(host=HOST, port=port, **how_to_sign_in()))
                processes.wait()
        except (CannotServe, NotReady) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\nStopped.")

    def load_the_record(self) -> None:
        self.step("Load organisations", lambda: self.run("load_organisations"))
        self.step("Load frameworks", lambda: self.run("load_frameworks"))
        self.step("Load the published figures", lambda: self.run("load_published"))
        self.step("Prepare demo people", demo_accounts.prepare)
        self.build_and_publish(public_record())

    def simulate(self) -> None:
        """By the path of real returns: files, which are submitted, approved and accepted."""
        directory = settings.VAR_DIRECTORY / "simulated"
        self.step(
            "Simulate the returns of trusts",
            lambda: self.run("simulate_returns", seed=SEED, directory=directory),
        )
        self.step("Leave one to send", lambda: str(hold_back(directory / LAST_FILE, LAST_MONTH, to_send())))
        self.step("Leave cases to count", lambda: str(leave_cases(to_count())))
        self.step("Load them", lambda: self.run("load_returns", directory))
        self.step("Take returns", lambda: self.run("take_returns", series=SIMULATED, day=DAY))
        self.build_and_publish(simulated_series())

    def build_and_publish(self, series: Series) -> None:
        self.step(f"Build a release of '{series}' in the background", lambda: self.build(series))
        self.step("Publish it", lambda: publish(series))

    def build(self, series: Series) -> str:
        existing = release_of_current_figures(series)
        if existing:
            return Built(existing, is_new=False).sentence
        return self.run("build_release", series=series.slug, by=ANALYST)

    def step(self, title: str, work: Callable[[], str | None]) -> None:
        """Name the step, do it, and say what it came to and how long it took."""
        self.stdout.write(f"{title} ... ", ending="")
        self.stdout.flush()
        begin = time.monotonic()
        said = work() or "done"
        self.stdout.write(f"{said} ({time.monotonic() - begin:.1f} s)")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def run(self, command: str, *arguments: Any, **options: Any) -> str:
        """Run a command and return the last line it wrote."""
        output = StringIO()
        call_command(command, *arguments, stdout=output, **options)
        return output.getvalue().strip().splitlines()[-1]


def how_to_sign_in() -> dict[str, str]:
    return {
        "accounts": ", ".join(demo_accounts.ACCOUNTS),
        "password": demo_accounts.password(),
        "to_count": str(to_count()),
        "to_send": str(held_back_file(Path(LAST_FILE), LAST_MONTH, to_send())),
        "log": str(log_file("worker").parent),
    }


def to_send() -> Path:
    """Where a file is that the demo's officer may send."""
    return Path(settings.VAR_DIRECTORY / "to-send")


def to_count() -> Path:
    """Where the events are of which the demo's officer may have the last month counted."""
    return Path(settings.VAR_DIRECTORY) / "to-count" / f"{demo_accounts.TRUST}_events.csv"


def leave_cases(file: Path) -> Path:
    """Made up, and from long enough before the last month."""
    file.parent.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        cases=CASES,
        trusts=(demo_accounts.TRUST,),
        first=datetime.date(2012, 4, 1),
        last=LAST_MONTH.end,
        taken=DAY - datetime.timedelta(days=1),
        seed=SEED,
        odd=1,
    )
    return write(simulate(plan).rows, file)


def publish(series: Series) -> str:
    """The release of the current figures, unless that was done before."""
    release = release_of_current_figures(series)
    if release is None or release.state != ReleaseState.DRAFT:
        return "it is published already"
    call_command("publish_release", release.number, series=series.slug, by=PUBLISHER, stdout=StringIO())
    return f"release {release.number}"
