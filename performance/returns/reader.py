"""From the bytes of a file to a return that is found sound, or every problem in it."""

import hashlib
from dataclasses import dataclass

from performance.frameworks.names import Names
from performance.models import Framework
from performance.periods import Period
from performance.returns.checks import KnownToReturns, Row, check_return
from performance.returns.rows import ReturnRow, financial_year_of
from trusts.content import ContentError, Problem, rows_and_problems
from trusts.models import Organisation, OrganisationKind


@dataclass(frozen=True)
class ReturnNames:
    """What the names in returns stand for, and what the rules ask of it: read once for any
    number of files."""

    names: Names
    known: KnownToReturns

    @classmethod
    def from_database(cls) -> "ReturnNames":
        names = Names.from_database()
        kinds = {slug: organisation.kind for slug, organisation in names.organisations.items()}
        return cls(
            names,
            KnownToReturns(
                **vars(names.known),
                trusts=frozenset(slug for slug, kind in kinds.items() if kind == OrganisationKind.TRUST),
                years={slug: Period(found.starts, found.ends) for slug, found in names.frameworks.items()},
            ),
        )


@dataclass(frozen=True)
class ReturnFile:
    """A sound return as it was sent, and what the names in its rows stand for."""

    content: bytes
    rows: list[ReturnRow]
    names: Names

    @property
    def sha256(self) -> str:
        return sha256_of(self.content)

    @property
    def organisation(self) -> Organisation:
        return self.names.organisations[self.rows[0].organisation]

    @property
    def framework(self) -> Framework:
        return self.names.frameworks[self.rows[0].framework]

    @property
    def period(self) -> Period:
        return financial_year_of(self.rows[0].period_end)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_return(file: str, content: bytes, names: ReturnNames) -> ReturnFile:
    """A return from the bytes of a CSV file in UTF-8, with or without a byte-order mark.

    Raises ContentError with all problems: of cells that can't be read, and of the rules.
    """
    rows, problems = rows_and_problems(file, content, ReturnRow)
    problems += _rules_broken(file, rows, names) if rows or not problems else []
    if problems:
        raise ContentError(sorted(problems, key=lambda problem: problem.row))
    return ReturnFile(content, [place.row for place in rows], names.names)


def _rules_broken(file: str, rows: list[Row], names: ReturnNames) -> list[Problem]:
    if not rows:
        return [Problem(file, 2, "whole file", "a header alone", "at least one row")]
    return check_return(rows, names.known)
