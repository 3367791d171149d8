"""Loading a folder of simulated returns, each by the path that a real one takes."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from performance.models import Series, SeriesStanding, TrustReturn
from performance.returns.actions import accept_return, approve_return, submit_return
from performance.returns.reader import ReturnFile, ReturnNames, read_return, sha256_of
from trusts.content import table_files
from trusts.models import Organisation, Person, Role
from trusts.permission import NotAllowed

SIMULATED = "simulated"


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


def load_returns(directory: Path, series: Series) -> Loaded:
    """Submit, approve and accept every return of a folder that is new or has changed.

    Each is one transaction. One with a problem raises ContentError and nothing of it is stored;
    those before it stay, as each stands for itself. Raises NotAllowed for a series of real figures.
    """
    if series.standing != SeriesStanding.SIMULATED:
        raise NotAllowed(
            f"'{series}' isn't simulated: its returns are submitted, approved and accepted by people."
        )
    names, people, came = ReturnNames.from_database(), SimulatedPeople(), Counter[str]()
    for path in table_files(directory):
        content = path.read_bytes()
        same = TrustReturn.objects.latest_versions().filter(series=series, sha256=sha256_of(content)).first()
        if same:
            came.update(unchanged=1, figures=same.observations.count())
        else:
            file = read_return(path.name, content, names)
            _load(file, series, people)
            came.update(figures=len(file.rows))
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


def _load(file: ReturnFile, series: Series, people: SimulatedPeople) -> None:
    trust = file.organisation
    with transaction.atomic():
        sent = submit_return(file=file, series=series, by=people.officer_of(trust))
        approved = approve_return(trust_return=sent, by=people.chief_executive_of(trust))
        accept_return(trust_return=approved, by=people.analyst())
