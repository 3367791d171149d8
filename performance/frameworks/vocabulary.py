"""The words in which measures and frameworks are defined.

Django's TextChoices serve the database and the definition files alike, so a kind of
measure is spelled in one place.
"""

from django.db import models


class Kind(models.TextChoices):
    """What a measure looks at. Timeliness, volume and compliance are process."""

    TIMELINESS = "timeliness", "Timeliness"
    VOLUME = "volume", "Volume"
    COMPLIANCE = "compliance", "Compliance"
    QUALITY = "quality", "Quality"
    OUTCOME = "outcome", "Outcome"
    RESOURCE = "resource", "Resource"


PROCESS_KINDS = frozenset({Kind.TIMELINESS, Kind.VOLUME, Kind.COMPLIANCE})


class Polarity(models.TextChoices):
    """Which way is good."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    NONE = "none", "No judgement"


class Unit(models.TextChoices):
    """What a value is counted in."""

    SHARE = "share", "per cent of cases"
    PERCENT_OF_PROFILE = "percent-of-profile", "per cent of the planned number"
    COUNT = "count", "number"
    RATE = "rate", "rate"
    DAYS = "days", "days"
    POINTS = "points", "percentage points"
    POUNDS = "pounds", "pounds"
    FULL_TIME_EQUIVALENT = "fte", "full-time equivalent staff"
    RANK = "rank", "place in a ranking"


class Standing(models.TextChoices):
    """Whether a definition is in the public record or was put together here."""

    DOCUMENTED = "documented", "Documented"
    RECONSTRUCTED = "reconstructed", "Reconstructed"


class RatingScheme(models.TextChoices):
    """How a framework turned results into a rating."""

    SIGNED = "signed", "Signed score, zero is the minimum expected"
    BANDS = "bands", "Bands 1 to 4, 4 is best"
    NONE = "none", "No rating"
