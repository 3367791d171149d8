"""A file as somebody sent it: kept whatever is wrong with it, as the record of the attempt."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from performance.models.constraints import at_and_by_together
from performance.models.framework import Framework
from performance.models.series import Series
from performance.models.walls import visible_rows
from trusts.models import Organisation, Person


class UploadState(models.TextChoices):
    WAITING = "waiting", "Being checked"
    REFUSED = "refused", "Has errors"
    KEPT = "kept", "Checked and kept"


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, person: Person) -> "UploadQuerySet":
        return visible_rows(self, person)


class Upload(models.Model):
    """`organisation` is the trust of whoever sent it, and empty for people of NOMS, who send for
    any. `framework` and the period are what was said beside the file, for files that don't say it
    themselves. `format`, `layout` and `lines` are what it was found to be."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="uploads")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="returns/%Y/%m/")
    format = models.CharField(max_length=12, blank=True)
    layout = models.CharField(max_length=24, blank=True)
    lines = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.WAITING)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="upload_by_sha256")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_is_known"),
            at_and_by_together("upload", "uploaded"),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(period_start__isnull=False, period_end__isnull=False, period_start__lte=F("period_end")),
                name="upload_period_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name
