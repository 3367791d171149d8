"""What is assumed where the public record has nothing: how many cases a measure has in a year in
England and Wales, and what its target is. Trusts' own targets lie round it, as areas' own did.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Assumed:
    """cases: national, in a year; for a count, how many there should be. target: in per cent, or
    days for sickness; None for a count, whose target is its part of the cases. spread: standard
    deviation of trusts' own targets. counted_in: the share whose numerator the count is."""

    cases: int
    target: float | None = None
    spread: float = 1.0
    counted_in: str = ""


ASSUMED = {
    # These had targets of 90%, 90% and 85% in 2005-06.
    "oasys-high-risk-5-days": Assumed(30_000, 90),
    "breach-10-days": Assumed(50_000, 90),
    "victim-contact-8-weeks": Assumed(15_000, 85),
    # 90% of reports within the national standard, in 2002-03.
    "court-reports-on-time": Assumed(210_000, 90),
    "oasys-15-days": Assumed(150_000, 90),
    # 80% in 2009-10.
    "obp-starts-meeting-criteria": Assumed(20_000, 80),
    "ethnicity-data": Assumed(150_000, 92),
    "orders-licences-completed": Assumed(150_000, 70, 2.0),
    # 30,997 from April to July 2009, and areas' own targets from 70% to 83%.
    "accommodation-at-termination": Assumed(93_000, 76, 2.5),
    # 49%, and local targets that added up to 6,837 completions, in 2010-11.
    "dtto-drr-completion-rate": Assumed(13_953, 49, 2.0),
    "dtto-drr-completions": Assumed(6_837, counted_in="dtto-drr-completion-rate"),
    # 15,595 in 2004-05.
    "obp-completions": Assumed(15_000),
    # 38,473 in 2004-05, with a target that rose after it.
    "unpaid-work-completions": Assumed(55_000),
    "employment-sustained-4-weeks": Assumed(15_000),
    # From 11.8 to 12.3 days from 2003 to 2005.
    "sickness-absence-days": Assumed(0, 11, 0.5),
}

# A month's true share lies round the trust's own by this, in points; it can't pass the most.
MONTHLY_SPREAD = 1.0
MOST = 99.5
# What a trust does with one measure lies round what it does with all, in points.
MEASURE_SPREAD = 0.5
# A point above target in timeliness goes with this part more of what is to be counted.
LIFT = 0.02

# The three-month rate predicted for all trusts together, and how far it moves from year to year
# and from quarter to quarter, as parts of itself.
PREDICTED_RATE = 0.09
YEARLY_DRIFT = 0.01
QUARTERLY_DRIFT = 0.01
# How far a trust's snapshots lie from one another, as a part of their size.
SNAPSHOT_SPREAD = 0.015

# A person is counted at up to four snapshots of a year. With this correlation between one
# snapshot's outcome and another's the variance of a year's count is 1 + 3 x 0.1 = 1.3 times that
# of as many different people.
WITHIN_PERSON = 0.1
DESIGN_EFFECT = 1 + 3 * WITHIN_PERSON

# Offenders for each offender manager, nationally, in the three years; 31.8 to 34.1 from 2004 to 2007.
LOADS = (33.0, 32.5, 32.0)
# The budgets of the second and third year as parts of the first, and how far a trust's lies from its size.
BUDGET_CHANGES = (1.0, 0.98, 0.96)
BUDGET_SPREAD = 0.03

TARGET_NOTE = "The target is assumed."
