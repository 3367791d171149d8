"""What became of a version so far, and who acts next."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from performance.models import ReturnState, TrustReturn, Upload
from performance.models.trust_return import SAME_RETURN
from performance.models.trust_return import STEPS as STATES
from performance.pages.returns.version import Version
from trusts.models import Person

NEXT = {
    ReturnState.DRAFT: "Next: an information officer of {trust} submits it to the chief executive.",
    ReturnState.SUBMITTED: "Next: the chief executive of {trust} approves it.",
    ReturnState.APPROVED: "Next: a NOMS analyst accepts it or sends it back.",
    ReturnState.RETURNED: "Next: an information officer of {trust} sends another version.",
    ReturnState.ACCEPTED: "It counts until a later version is accepted.",
}


@dataclass(frozen=True)
class Moment:
    """A step that somebody took. file: what was uploaded; version: the other version that it began."""

    what: str
    who: Person
    when: datetime.datetime
    reason: str = ""
    file: Upload | None = None
    version: Version | None = None


@dataclass(frozen=True)
class Story:
    """versions: all of the same return, in order."""

    stored: TrustReturn
    versions: Sequence[TrustReturn]

    @property
    def latest(self) -> Version | None:
        """The version that has followed, if any has."""
        last = self.versions[-1]
        return Version(last) if last.version > self.stored.version else None

    @property
    def counts_now(self) -> Version | None:
        """The version whose figures count, where it is another."""
        accepted = [one for one in self.versions if one.state == ReturnState.ACCEPTED]
        if not accepted or accepted[-1].pk == self.stored.pk:
            return None
        return Version(accepted[-1])

    @property
    def next(self) -> str:
        """Who acts next; nothing about a version that another has followed, unless it counts."""
        state = ReturnState(self.stored.state)
        if self.latest and (state != ReturnState.ACCEPTED or self.counts_now):
            return ""
        return NEXT[state].format(trust=self.stored.organisation)

    @property
    def moments(self) -> list[Moment]:
        """Every step with this version, and the beginnings of the others, as they came."""
        return sorted([*_steps(self.stored), *self._others()], key=lambda moment: moment.when)

    def _others(self) -> list[Moment]:
        others = [one for one in self.versions if one.pk != self.stored.pk]
        return [
            Moment(
                f"Version {one.version} uploaded",
                one.upload.uploaded_by,
                one.upload.uploaded_at,
                version=Version(one),
            )
            for one in others
        ]


def story_of(stored: TrustReturn) -> Story:
    same = {name: getattr(stored, name) for name in SAME_RETURN}
    versions = TrustReturn.objects.filter(**same).select_related("upload__uploaded_by").order_by("version")
    return Story(stored, list(versions))


def _steps(stored: TrustReturn) -> list[Moment]:
    upload = stored.upload
    return [
        Moment("Uploaded", upload.uploaded_by, upload.uploaded_at, file=upload),
        *(_step(stored, state) for state in STATES if getattr(stored, f"{state}_at")),
    ]


def _step(stored: TrustReturn, state: str) -> Moment:
    reason = stored.return_reason if state == ReturnState.RETURNED else ""
    who, when = getattr(stored, f"{state}_by"), getattr(stored, f"{state}_at")
    return Moment(ReturnState(state).label, who, when, reason)
