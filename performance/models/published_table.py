"""One version of a table from the public record. Its rows are observations.

A corrected file becomes the next version; the old one and its rows stay, so that a release made
from them can still be worked out again.
"""

from django.db import models
from django.db.models import Q

from performance.models.series import Series


class PublishedTableQuerySet(models.QuerySet["PublishedTable"]):
    def current(self) -> "PublishedTableQuerySet":
        """The latest version of each table."""
        return self.filter(superseded_by__isnull=True)


class PublishedTable(models.Model):
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="published_tables")
    name = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    read_on = models.DateField(help_text="The day on which its sources were last read.")
    loaded = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = PublishedTableQuerySet.as_manager()

    class Meta:
        ordering = ["name", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "name", "version"], name="published_table_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True) | Q(version__gt=1, supersedes__isnull=False),
                name="published_table_after_the_first_supersedes_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"
