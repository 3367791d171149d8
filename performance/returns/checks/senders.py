"""Whose figures these are: a trust's, the sender's own, of a time when it stood."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import PERIOD, Booleans, places_in, where_text, where_whole
from performance.frameworks.figure_checks.faults import Faults, faults
from performance.periods import written_date
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.known import KnownToReturns
from performance.returns.checks.sentences import period_of
from performance.returns.checks.standing import days_of_standing


def framework_is_known(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    frameworks = known.frameworks
    is_told = where_text(frame, "framework", bool) | where_whole(frame)
    is_wrong = where_text(frame, "framework", lambda slug: slug not in frameworks)
    yield faults(is_wrong & is_told, "framework", "the slug of a framework")


def organisation_is_a_trust(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    others = known.organisations - known.trusts
    is_other = where_text(frame, "organisation", lambda slug: slug in others)
    yield faults(is_other, "organisation", "a probation trust, as only trusts send returns")


def organisation_is_the_senders_own(sent: Sent) -> Iterator[Places]:
    frame, known = sent.frame, sent.known
    if known.own is None:
        return
    others = known.organisations - {known.own}
    positions = np.flatnonzero(where_text(frame, "organisation", lambda slug: slug in others))
    own = known.name_of(known.own)

    def sentence(number: int) -> str:
        name = known.name_of(str(frame["organisation"].iat[positions[number]]))
        return f"This row is of {name}; you may send figures of {own} only."

    yield Places(positions, "organisation", sentence)


def trust_stood_in_the_period(sent: Sent) -> Iterator[Places]:
    """For some of it: a trust that opened in the middle of a month has figures for that month."""
    slugs = sorted(sent.known.stood)
    place = places_in(slugs, sent.frame["organisation"])
    opened, closed = (days[place] for days in days_of_standing(slugs, sent.known))
    start, end = (sent.frame[column].to_numpy("datetime64[D]") for column in PERIOD)
    is_before, is_after = end < opened, start > closed
    is_period = start <= end
    yield _not_standing(sent, is_before & is_period, "period_end", opened, "opened on {}, after {}")
    yield _not_standing(sent, is_after & is_period, "period_start", closed, "closed on {}, before {}")


def _not_standing(sent: Sent, is_wrong: Booleans, column: str, days: np.ndarray, said: str) -> Places:
    """days: on which the trust of each row opened or closed; said: of that day, and the period."""
    positions = np.flatnonzero(is_wrong)

    def sentence(number: int) -> str:
        position = int(positions[number])
        name = sent.known.name_of(str(sent.frame["organisation"].iat[position]))
        day, period = written_date(days[position].item()), period_of(sent.frame, position)
        return f"{name} {said.format(day, period)}."

    return Places(positions, column, sentence)
