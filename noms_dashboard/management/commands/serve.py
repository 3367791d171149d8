import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from noms_dashboard.preparation import NotReady, collect_static_files, migrate_database
from noms_dashboard.processes import HOST, CannotServe, Processes, check_port_is_free


def port_from_environment() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT is {text!r}: set it to a number from 1 to 65535, for example 8123.")
    return int(text)


class Command(BaseCommand):
    help = "Serve the site on this machine: web and worker, stopped together by Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        port = port_from_environment()
        try:
            check_port_is_free(port)
            migrate_database()
            collect_static_files()
            with Processes() as processes:
                processes.start_worker()
                processes.start_beat()
                processes.start_web(port)
                processes.wait_for_web(port)
                self.stdout.write(f"Open http://{HOST}:{port}/  (Ctrl-C stops it)")
                self.stdout.flush()
                processes.wait()
        except (CannotServe, NotReady) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\nStopped.")
