"""What the database knows of the names in returns, read once for any number of files."""

import datetime
from dataclasses import dataclass

from performance.frameworks.names import Names
from performance.periods import Period
from performance.returns.checks import KnownToReturns
from performance.returns.names import KnownNames
from trusts.models import Organisation, OrganisationKind

# Of these the bulletins give a predicted rate beside the actual one.
PREDICTED = frozenset({"local-adult-reoffending"})


@dataclass(frozen=True)
class ReturnNames:
    """names: what a name in a file stands for in the database; written: how people write it."""

    names: Names
    written: KnownNames

    @classmethod
    def from_database(cls) -> "ReturnNames":
        names = Names.from_database()
        return cls(names, KnownNames.from_names(names))

    def known(self, today: datetime.date, own: Organisation | None) -> KnownToReturns:
        """What the checks ask: today is the day by which periods must have ended, own the only
        trust whose figures the sender may send, None for any."""
        organisations, measures = self.names.organisations, self.names.measures
        trusts = {slug: o for slug, o in organisations.items() if o.kind == OrganisationKind.TRUST}
        return KnownToReturns(
            **vars(self.names.known),
            trusts=frozenset(trusts),
            years={slug: Period(found.starts, found.ends) for slug, found in self.names.frameworks.items()},
            today=today,
            stood={slug: (trust.opened, trust.closed) for slug, trust in trusts.items()},
            predicted=PREDICTED,
            own=own.slug if own else None,
            kinds={code: measure.kind for code, measure in measures.items()},
            decimals={code: measure.decimals for code, measure in measures.items()},
            titles={code: measure.short_title for code, measure in measures.items()},
            names={slug: organisation.name for slug, organisation in organisations.items()},
        )
