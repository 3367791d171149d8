"""A sentence of a release, as pages print it: about one organisation, or about all."""

from django.db import models
from django.db.models import Q

from performance.models.release import Release
from trusts.models import Organisation


class Sentence(models.Model):
    """`topic` is its place on a page, `position` its order there. A sentence about everyone has no
    organisation."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="sentences")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="sentences"
    )
    topic = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "organisation", "topic", "period_start", "period_end"],
                condition=Q(organisation__isnull=False),
                name="sentence_of_an_organisation_once_per_release",
            ),
            models.UniqueConstraint(
                fields=["release", "topic", "period_start", "period_end"],
                condition=Q(organisation__isnull=True),
                name="sentence_of_all_once_per_release",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="sentence_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
