"""A performance framework: what trusts were held to in some years, and how it was scored."""

from django.db import models
from django.db.models import F, Q

from performance.vocabulary import RatingScheme


class Framework(models.Model):
    """`rating` holds the scheme's own words (bands, meaning of zero), `standing` and `sources`
    what the public record gives of the framework, part by part, as the definition file has them;
    `coverage` how much of its list of measures could be read."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    short_title = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField()
    applies_to = models.CharField(max_length=160)
    summary = models.TextField()
    rating_scheme = models.CharField(max_length=12, choices=RatingScheme.choices())
    rating = models.JSONField()
    standing = models.JSONField()
    coverage = models.TextField(blank=True)
    sources = models.JSONField()

    class Meta:
        ordering = ["starts", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="framework_starts_before_it_ends"),
            models.CheckConstraint(
                condition=Q(rating_scheme__in=RatingScheme.values()), name="framework_rating_scheme_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
