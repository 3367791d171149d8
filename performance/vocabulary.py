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


class ProcessKind(Word):
    """Which process measures are looked at: all of them together, or one kind alone."""

    ALL = "all", "Timeliness, volume and compliance"
    TIMELINESS = Kind.TIMELINESS.value, "Timeliness alone"
    VOLUME = Kind.VOLUME.value, "Volume alone"
    COMPLIANCE = Kind.COMPLIANCE.value, "Compliance alone"


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


# Counts of these aren't of what was done in a month: the caseload of a year isn't that of twelve
# months together.
COUNTED_ON_A_DAY = (Kind.RESOURCE, Kind.OUTCOME)


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


class Weighting(Word):
    """How much each kind of measure might have counted in a rating."""

    AS_IT_WAS = "as-it-was", "As it was"
    OUTCOMES_ONLY = "outcomes-only", "Outcomes only"
    TIMELINESS_ONLY = "timeliness-only", "Timeliness only"
    EQUAL = "equal", "Every kind the same"


class AuditSignal(Word):
    """A sign in the figures that is worth a question; never a finding by itself."""

    HEAPING = "heaping", "Values heap just above the target"
    SMOOTHNESS = "smoothness", "Figures vary less than chance would make them"
    HUGGING = "hugging", "Attainment keeps just above its target after its best period"
    NARROWING = "narrowing", "Trusts draw together round a target while outcomes stay as they were"
    CASES = "cases", "Fewer cases than usual are counted"


class Structure(Word):
    """Whose map a figure follows: the organisations of its own time, or those of today."""

    THEN = "then", "As organisations stood then"
    TODAY = "today", "By today's regions"


class Subject(Word):
    """What a national figure of divergence sets beside what."""

    PROCESS_AND_OUTCOME = "process-and-outcome", "Process attainment and reoffending against prediction"
    TIMELINESS_AND_REOFFENDING = "timeliness-and-reoffending", "Timeliness and reoffending over time"
    ACCOMMODATION_AND_WORKLOAD = "accommodation-and-workload", "Accommodation attainment and workload"
    BANDS = "bands", "Bands"


class Method(Word):
    """How a national figure was worked out; `performance.statistics` has each in full."""

    SPEARMAN = "spearman", "Rank correlation"
    WEIGHTED_RANK = "weighted-rank", "Rank correlation, weighted by precision"
    LATENT = "latent", "Correlation behind the noise of counting"
    PROCESS_RELIABILITY = "process-reliability", "Part of the differences in process that is real"
    OUTCOME_RELIABILITY = "outcome-reliability", "Part of the differences in outcome that is real"
    LEAST_SIGNIFICANT = "least-significant", "Least correlation that could be significant"
    DETECTABLE = "detectable", "True correlation that would be found 4 times in 5"
    CEILING = "ceiling", "Share of trusts at 99% or above"
    AGAINST_CHANCE = "against-chance", "Trusts that hit the target and miss the outcome"
    EXPECTED_MET_BETTER = "expected-met-better", "Trusts to expect: target met, outcome no worse"
    EXPECTED_MET_WORSE = "expected-met-worse", "Trusts to expect: target met, outcome worse"
    EXPECTED_MISSED_BETTER = "expected-missed-better", "Trusts to expect: target missed, outcome no worse"
    EXPECTED_MISSED_WORSE = "expected-missed-worse", "Trusts to expect: target missed, outcome worse"
    LAG = "lag", "Process, and the outcome of the year after"
    SAME_YEAR = "same-year", "Process and outcome of the same year"
    PLACEBO_LEAD = "placebo-lead", "Process, and the outcome of the year before"
    BETWEEN_TRUSTS = "between-trusts", "Means of trusts"
    MISBANDED = "misbanded", "Trusts expected to be in a band that isn't theirs"
    BAND_CHANGES = "band-changes", "Trusts whose band changed from the year before"


class ControlChart(Word):
    XMR = "xmr", "XmR chart"
    P = "p-chart", "p chart"
    LANEY = "laney-p-chart", "Laney's p' chart"
    NONE = "none", "No chart"


class Variation(Word):
    """What the last point of a series shows."""

    IMPROVEMENT = "improvement", "Special cause, improvement"
    CONCERN = "concern", "Special cause, concern"
    HIGH = "high", "Special cause, high"
    LOW = "low", "Special cause, low"
    COMMON_CAUSE = "common-cause", "Common cause"
    CANNOT_TELL = "cannot-tell", "Cannot tell"


class Assurance(Word):
    """On which side of the limits the target lies."""

    PASSES = "consistent-pass", "Consistently passes the target"
    FAILS = "consistent-fail", "Consistently fails the target"
    HITS_AND_MISSES = "hit-and-miss", "Hits and misses the target at random"
    CANNOT_TELL = "cannot-tell", "Cannot tell"
