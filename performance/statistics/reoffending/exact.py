"""The exact two-sided binomial test, for columns."""

import numpy as np
from scipy import stats

from performance.statistics.columns import Floats

# Two chances that differ by no more than rounding are the same chance.
SLACK = 1 + 1e-7


def exact_p(observed: Floats, cases: Floats, rate: Floats) -> Floats:
    """The chance of every count that is no likelier than the observed one: scipy's binomtest for
    a whole column at once, which it takes a row at a time. NaN where a figure is.

    observed of cases, whole numbers; rate: between 0 and 1.
    Source: Clopper and Pearson's likelihood ordering, as in R's binom.test.
    """
    # Turned round where it lies above its expectation, so that the near tail is always the lower one.
    is_above = observed > cases * rate
    near = np.where(is_above, cases - observed, observed)
    share = np.where(is_above, 1 - rate, rate)
    far = _first_no_likelier(near, cases, share)
    both = stats.binom.cdf(near, cases, share) + stats.binom.sf(far - 1, cases, share)
    return np.minimum(both, 1.0)


def _first_no_likelier(near: Floats, cases: Floats, share: Floats) -> Floats:
    """The smallest count from the expectation upwards that is no likelier than `near`, found by
    halving: chances only fall there. One more than the cases where there is none."""
    limit = stats.binom.pmf(near, cases, share) * SLACK
    low, high = np.ceil(cases * share), cases + 1
    while (low < high).any():
        middle = np.floor((low + high) / 2)
        is_small = stats.binom.pmf(middle, cases, share) <= limit
        high = np.where(is_small & (low < high), middle, high)
        low = np.where(is_small | (low >= high), low, middle + 1)
    return low
