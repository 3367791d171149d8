"""Loading a folder of simulated returns, each by the path that a real one takes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.base import File
from django.db import transaction

from performance.models import Series, SeriesStanding, Severity, TrustReturn
from performance.returns.actions import (
    accept_return,
    approve_return,
    give_reason,
    keep_upload,
    submit_return,
)
from performance.returns.checking import keep
from performance.returns.found import Found
from performance.returns.known import ReturnNames
from performance.returns.reader import Beside, read_return
from performance.returns.uploads import Sent, sha256_of, version_of
from trusts.content import table_files
from trusts.models import Organisation, Person, Role
from trusts.permission import NotAllowed

SIMULATED = "simulated"
SIMULATED_REASON = "The figure is simulated: it is as chance made it."


@dataclass(frozen=True)
class Loaded:
    returns: int
    figures: int
    unchanged: int


def simulated_series() -> Series:
    series, _ = Series.objects.get_or_create(
        slug=SIMULATED,
        defaults={
            "title": "Simulated trusts",
            "standing": SeriesStanding.SIMULATED,
            "description": "Figures that a computer made up, to show what the dashboard does. None of "
            "them is real: they say nothing about any trust.",
        },
    )
    return series


class BadReturn(Exception):
    """A file can't be loaded. Its text is a line for each error, with the place."""

    def __init__(self, file: str, found: Iterable[Found]):
        super().__init__("\n".join(_written(file, finding) for finding in found if finding.is_error))


def load_returns(directory: Path, series: Series) -> Loaded:
    """Upload, submit, approve and accept every return of a folder that is new or has changed.

    Each file is one transaction. One with an error raises BadReturn and nothing of it is stored;
    those before it stay, as each stands for itself. Raises NotAllowed for a series of real figures.
    """
    if series.standing != SeriesStanding.SIMULATED:
        raise NotAllowed(
            f"'{series}' isn't simulated: its returns are submitted, approved and accepted by people."
        )
    names, people, came = ReturnNames.from_database(), SimulatedPeople(), Counter[str]()
    for path in table_files(directory):
        same = version_of(sha256_of([path.read_bytes()]), series)
        if same:
            came.update(unchanged=1, figures=same.observations.count())
        else:
            came.update(figures=_load(path, series, names, people))
        came.update(returns=1)
    return Loaded(came["returns"], came["figures"], came["unchanged"])


@dataclass
class SimulatedPeople:
    """Who takes the steps with simulated returns. They are made when first asked for, and none
    can log in: they have no password."""

    made: dict[str, Person] = field(default_factory=dict)

    def officer_of(self, trust: Organisation) -> Person:
        return self._person(f"{trust.slug}-officer", Role.TRUST_OFFICER, trust)

    def chief_executive_of(self, trust: Organisation) -> Person:
        return self._person(f"{trust.slug}-chief-executive", Role.CHIEF_EXECUTIVE, trust)

    def analyst(self) -> Person:
        return self._person("analyst", Role.NOMS_ANALYST, None)

    def _person(self, name: str, role: Role, organisation: Organisation | None) -> Person:
        if name not in self.made:
            person, is_new = Person.objects.get_or_create(
                username=f"simulated-{name}", defaults={"role": role, "organisation": organisation}
            )
            if is_new:
                person.set_unusable_password()
                person.save()
            self.made[name] = person
        return self.made[name]


def _load(path: Path, series: Series, names: ReturnNames, people: SimulatedPeople) -> int:
    """How many figures there were in the file."""
    reading = read_return(path, path.name, names, Beside(series))
    if reading.figures is None or not reading.is_sound:
        raise BadReturn(path.name, reading.found)
    trust = names.names.organisations[str(reading.figures.frame["organisation"].iat[0])]
    with transaction.atomic(), path.open("rb") as file:
        sent = Sent(File(file), path.name)
        upload = keep_upload(sent=sent, series=series, by=people.officer_of(trust))
        for draft in keep(upload, reading, names):
            _accept(draft, people)
    return len(reading.figures.frame)


def _accept(draft: TrustReturn, people: SimulatedPeople) -> None:
    officer = people.officer_of(draft.organisation)
    if warnings := list(draft.findings.filter(severity=Severity.WARNING)):
        give_reason(findings=warnings, reason=SIMULATED_REASON, by=officer)
    submit_return(trust_return=draft, by=officer)
    approve_return(trust_return=draft, by=people.chief_executive_of(draft.organisation))
    accept_return(trust_return=draft, by=people.analyst())


def _written(file: str, finding: Found) -> str:
    place = f"row {finding.row}, " if finding.row else ""
    return f"{file}, {place}{finding.column or 'whole file'}: {finding.sentence}"
