from typing import Any

from django.core.management.base import BaseCommand, CommandError

from performance.frameworks.figure_checks import Known, check_table
from performance.frameworks.reader import Definitions, read_definitions
from performance.published.rows import DATA, read_published
from trusts.content import ContentError
from trusts.tables import read_organisations, read_successions


class Command(BaseCommand):
    help = "Check every content file against its schema and the others, without a database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organisations = read_organisations()
            read_successions(organisations)
            definitions = read_definitions()
            slugs = frozenset(located.row.slug for located in organisations)
            tables = check_published(known(slugs, definitions))
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{len(slugs)} organisations, {len(definitions.measures)} measures, "
            f"{len(definitions.frameworks)} frameworks and {tables} published tables are sound."
        )


def known(organisations: frozenset[str], definitions: Definitions) -> Known:
    return Known(
        organisations=organisations,
        units={code: measure.unit for code, measure in definitions.measures.items()},
        framework_measures=frozenset(
            (framework.slug, entry.measure)
            for framework in definitions.frameworks.values()
            for domain in framework.domains
            for entry in domain.measures
        ),
    )


def check_published(known: Known) -> int:
    paths = sorted(DATA.glob("*.csv"))
    problems = [problem for path in paths for problem in check_table(read_published(path), known)]
    if problems:
        raise ContentError(problems)
    return len(paths)
