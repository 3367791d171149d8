"""A numbered set of results. Once published its rows are never changed."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from performance.models.constraints import at_and_by_together
from performance.models.published_table import PublishedTable
from performance.models.series import Series
from performance.models.trust_return import TrustReturn


class ReleaseState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def published(self) -> "ReleaseQuerySet":
        return self.filter(state=ReleaseState.PUBLISHED)

    def due(self, now: datetime.datetime) -> "ReleaseQuerySet":
        """Drafts whose hour has come."""
        return self.filter(state=ReleaseState.DRAFT, goes_public__lte=now)


def _person(step: str, *, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=null,
        blank=null,
        related_name=f"releases_{step}",
    )


class Release(models.Model):
    """`digest` is the SHA-256 of the results, `inputs_digest` of what they were worked out
    from. `framework_mixes` holds what each framework rewarded by the definitions of that day.
    `goes_public` is when a scheduled draft will be published. A release that corrects another
    says why, and in `changes` what differs, a sentence and then a line for each difference."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=12, choices=ReleaseState, default=ReleaseState.DRAFT)
    figures_as_at = models.DateField()
    inputs_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    code_version = models.CharField(max_length=64)
    framework_mixes = models.JSONField(default=list)
    notes = models.TextField(blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    correction_reason = models.TextField(blank=True)
    changes = models.JSONField(default=list, blank=True)
    published_tables = models.ManyToManyField(PublishedTable, related_name="releases", blank=True)
    trust_returns = models.ManyToManyField(TrustReturn, related_name="releases", blank=True)
    built_at = models.DateTimeField()
    built_by = _person("built", null=False)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = _person("scheduled")
    goes_public = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = _person("published")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _person("withdrawn")
    withdrawal_reason = models.TextField(blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["series", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="release_number_once_per_series"),
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="release_state_is_known"),
            at_and_by_together("release", "built"),
            at_and_by_together("release", "scheduled"),
            at_and_by_together("release", "published"),
            at_and_by_together("release", "withdrawn"),
            models.CheckConstraint(
                condition=Q(state=ReleaseState.DRAFT, published_at__isnull=True)
                | (~Q(state=ReleaseState.DRAFT) & Q(published_at__isnull=False)),
                name="release_is_published_or_a_draft",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ReleaseState.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")
                )
                | (~Q(state=ReleaseState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="release_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("built_by")),
                name="release_publisher_is_not_the_builder",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_by__isnull=True) | ~Q(scheduled_by=F("built_by")),
                name="release_scheduler_is_not_the_builder",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_at__isnull=True, goes_public__isnull=True)
                | Q(scheduled_at__isnull=False, goes_public__isnull=False),
                name="release_scheduled_says_for_when",
            ),
            models.CheckConstraint(
                condition=(Q(corrects__isnull=True) & Q(correction_reason=""))
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="release_that_corrects_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, release {self.number}"
