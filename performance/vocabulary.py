"""The words of the field, each spelled in one place: in the database, in definition files, in
charts. Plain enums, as statistics and charts know no Django.
"""

from trusts.words import Word


class Kind(Word):
    """What a measure looks at. Timeliness, volume and compliance are process."""

    TIMELINESS = "timeliness", "Timeliness"
    VOLUME = "volume", "Volume"
    COMPLIANCE = "compliance", "Compliance"
    QUALITY = "quality", "Quality"
    OUTCOME = "outcome", "Outcome"
    RESOURCE = "resource", "Resource"


PROCESS_KINDS = (Kind.TIMELINESS, Kind.VOLUME, Kind.COMPLIANCE)


class Polarity(Word):
    """Which way is good."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    NONE = "none", "No judgement"


class Unit(Word):
    """What a value is counted in."""

    SHARE = "share", "per cent of cases"
    TALLY = "tally", "so many of a fixed number"
    PERCENT_OF_PROFILE = "percent-of-profile", "per cent of the planned number"
    COUNT = "count", "number"
    RATE = "rate", "rate"
    DAYS = "days", "days"
    POINTS = "points", "percentage points"
    POUNDS = "pounds", "pounds"
    FULL_TIME_EQUIVALENT = "fte", "full-time equivalent staff"
    RANK = "rank", "place in a ranking"


# In these a numerator is part of its denominator. A tally is of all there are, not a sample of
# cases: no interval belongs to it.
PARTS_OF_A_WHOLE = (Unit.SHARE, Unit.TALLY)


# In these the nation's figure is the total of all, no level to compare one with.
ADDED_UP = (Unit.COUNT, Unit.POUNDS, Unit.FULL_TIME_EQUIVALENT)


class Standing(Word):
    """Whether a definition is in the public record or was put together here."""

    DOCUMENTED = "documented", "Documented"
    RECONSTRUCTED = "reconstructed", "Reconstructed"


class RatingScheme(Word):
    """How a framework turned results into a rating."""

    SIGNED = "signed", "Signed score, zero is the minimum expected"
    BANDS = "bands", "Bands 1 to 4, 4 is best"
    NONE = "none", "No rating"


class Status(Word):
    """Four ways of having no number are four different things, and none of them is zero."""

    REPORTED = "reported", "Reported"
    NIL = "nil", "Nil return"
    MISSING = "missing", "Not published"
    SUPPRESSED = "suppressed", "Suppressed"
    NOT_APPLICABLE = "not-applicable", "Not applicable"


WITHOUT_A_NUMBER = (Status.MISSING, Status.SUPPRESSED, Status.NOT_APPLICABLE)


class TargetStatus(Word):
    MET = "met", "Met"
    MISSED = "missed", "Missed"
    NO_TARGET = "no-target", "No target known"
    CANNOT_TELL = "cannot-tell", "Cannot tell"


class Flag(Word):
    """Where a share lies against all organisations together, by the exact binomial tail."""

    LOW_998 = "low-99.8", "Lower, 99.8%"
    LOW_95 = "low-95", "Lower, 95%"
    INSIDE = "inside", "No different"
    HIGH_95 = "high-95", "Higher, 95%"
    HIGH_998 = "high-99.8", "Higher, 99.8%"
    NOT_COMPARED = "not-compared", "Not compared"


HIGH = (Flag.HIGH_95, Flag.HIGH_998)
LOW = (Flag.LOW_95, Flag.LOW_998)


class Quadrant(Word):
    """Process beside outcome: the target met or missed, reoffending below or above predicted."""

    MET_BETTER = "met-better", "Meets the target, outcome no worse than predicted"
    MET_WORSE = "met-worse", "Meets the target, outcome worse than predicted"
    MISSED_BETTER = "missed-better", "Misses the target, outcome no worse than predicted"
    MISSED_WORSE = "missed-worse", "Misses the target, outcome worse than predicted"
    NOT_DETERMINED = "not-determined", "Not determined"
    NOT_COMPARED = "not-compared", "Not compared"
