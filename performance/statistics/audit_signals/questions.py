"""When a sign is strong enough to ask about, in one place for all of them."""

import numpy as np
import pandas as pd

from performance.statistics.columns import Booleans, Floats, in_words

# Of tests on many rows after Benjamini and Hochberg's adjustment.
ASK_AT = 0.05


def asked(question: str, p: float) -> str:
    """The question where p is small enough, else ''."""
    return question if p <= ASK_AT else ""


def asked_of_rows(question: str, adjusted_p: Floats, also: Booleans | None = None) -> pd.Categorical:
    """The question in the rows whose adjusted p is small enough, and where `also` holds; else ''."""
    holds = np.asarray(adjusted_p <= ASK_AT)
    return in_words(len(adjusted_p), (holds if also is None else holds & also, question))
