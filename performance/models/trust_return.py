"""What a trust sends for a period: one version of it, with who did each step and when."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from performance.models.constraints import at_and_by_together
from performance.models.framework import Framework
from performance.models.series import Series
from performance.models.upload import Upload
from performance.models.walls import visible_rows
from performance.periods import Period
from trusts.models import Organisation, Person


class ReturnState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Sent back"
    ACCEPTED = "accepted", "Accepted"


# With the chief executive or with NOMS, or taken by it: the trust has handed these on.
HANDED_ON = (ReturnState.SUBMITTED, ReturnState.APPROVED, ReturnState.ACCEPTED)
# What the versions of one return have in common.
SAME_RETURN = ("series", "organisation", "framework", "period_start", "period_end")
STEPS = ("submitted", "approved", "returned", "accepted")


def _person(step: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=f"returns_{step}",
    )


class TrustReturnQuerySet(models.QuerySet["TrustReturn"]):
    def current(self) -> "TrustReturnQuerySet":
        """What counts now: the last accepted version of each return."""
        same = {name: OuterRef(name) for name in SAME_RETURN}
        accepted = TrustReturn.objects.filter(state=ReturnState.ACCEPTED, **same)
        later = accepted.filter(version__gt=OuterRef("version"))
        return self.filter(~Exists(later), state=ReturnState.ACCEPTED)

    def latest_versions(self) -> "TrustReturnQuerySet":
        """The last version of each return, whatever became of it."""
        return self.filter(superseded_by__isnull=True)

    def visible_to(self, person: Person) -> "TrustReturnQuerySet":
        return visible_rows(self, person)


class TrustReturn(models.Model):
    """A version is never edited: the next version supersedes it. Who drafted it, and when, is its
    upload's to say."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="trust_returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="trust_returns")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="trust_returns")
    period_start = models.DateField()
    period_end = models.DateField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=ReturnState, default=ReturnState.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = _person("submitted")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = _person("approved")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = _person("sent_back")
    return_reason = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = _person("accepted")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="trust_returns")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = TrustReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[*SAME_RETURN, "version"],
                name="trust_return_version_once",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="trust_return_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="trust_return_state_is_known"
            ),
            *(at_and_by_together("trust_return", step) for step in STEPS),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="trust_return_approver_is_not_the_submitter",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.RETURNED, return_reason=""),
                name="trust_return_sent_back_has_a_reason",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(state=state) | Q(**{f"{state}_at__isnull": False}),
                    name=f"trust_return_{state}_says_when",
                )
                for state in STEPS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.framework.short_title}, {self.period}, version {self.version}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)
