import time
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from noms_dashboard.management.commands.serve import port_from_environment
from noms_dashboard.preparation import NotReady, collect_static_files, migrate_database
from noms_dashboard.processes import HOST, CannotServe, Processes, check_port_is_free
from performance.calculation.build import Built, release_of_current_figures
from performance.models import ReleaseState
from performance.published.loader import public_record
from trusts.models import Person, Role

ANALYST, PUBLISHER = "demo-analyst", "demo-publisher"

WHAT_TO_OPEN = """
The site is ready. Open

  http://{host}:{port}/            what the public record says
  http://{host}:{port}/trusts/     trusts and areas
  http://{host}:{port}/measures/   what was measured
  http://{host}:{port}/frameworks/ what each framework rewards

Ctrl-C stops it."""


class Command(BaseCommand):
    help = "Load the public record, publish it as release 1, and serve it on this machine."

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
                self.load_and_publish()
                self.step("Start the site", lambda: processes.wait_for_web(port))
                self.stdout.write(WHAT_TO_OPEN.format(host=HOST, port=port))
                self.stdout.flush()
                processes.wait()
        except (CannotServe, NotReady) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\nStopped.")

    def load_and_publish(self) -> None:
        self.step("Load organisations", lambda: self.run("load_organisations"))
        self.step("Load frameworks", lambda: self.run("load_frameworks"))
        self.step("Load the published figures", lambda: self.run("load_published"))
        self.step("Prepare demo people", demo_people)
        self.step("Build a release in the background", self.build)
        self.step("Publish it", publish)

    def build(self) -> str:
        existing = release_of_current_figures(public_record())
        if existing:
            return Built(existing, is_new=False).sentence
        return self.run("build_release", by=ANALYST)

    def step(self, title: str, work: Callable[[], str | None]) -> None:
        """Name the step, do it, and say what it came to and how long it took."""
        self.stdout.write(f"{title} ... ", ending="")
        self.stdout.flush()
        begin = time.monotonic()
        said = work() or "done"
        self.stdout.write(f"{said} ({time.monotonic() - begin:.1f} s)")

    def run(self, command: str, **options: Any) -> str:
        """Run a command and return the last line it wrote."""
        output = StringIO()
        call_command(command, stdout=output, **options)
        return output.getvalue().strip().splitlines()[-1]


def demo_people() -> None:
    """One to build and one to publish, as nobody publishes a build of their own. Neither can
    log in: they have no password."""
    for username, role in ((ANALYST, Role.NOMS_ANALYST), (PUBLISHER, Role.NOMS_PUBLISHER)):
        person, is_new = Person.objects.get_or_create(username=username, defaults={"role": role})
        if is_new:
            person.set_unusable_password()
            person.save()


def publish() -> str:
    """The release of the current figures, unless that was done before."""
    release = release_of_current_figures(public_record())
    if release is None or release.state != ReleaseState.DRAFT:
        return "it is published already"
    call_command("publish_release", release.number, by=PUBLISHER, stdout=StringIO())
    return f"release {release.number}"
