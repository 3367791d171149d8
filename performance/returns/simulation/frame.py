"""A simulation's returns as what a calculation reads from the database, without a database."""

import numpy as np
import pandas as pd

from performance.returns.simulation.layout import NUMBERS, PERIOD
from performance.returns.simulation.record import trusts
from performance.returns.simulation.simulate import Simulation
from performance.returns.simulation.years import definitions
from performance.vocabulary import Unit
from trusts.certainty import Certainty

KEY = ("measure", "organisation", *PERIOD)
TEXTS = (
    "measure",
    "kind",
    "polarity",
    "unit",
    "organisation",
    "organisation_kind",
    "region",
    "status",
    "framework",
    "as_printed",
    "source",
    "certainty",
    "note",
)


def frame_of(simulation: Simulation) -> pd.DataFrame:
    """A row for each observation, sorted by measure, organisation and period: observation_id (from
    1), texts as categories, days as datetime64[s], numbers as floats with NaN for none, a share's
    value worked out from its counts."""
    returns = simulation.returns
    measures = definitions().measures
    frame = returns.assign(
        **{
            word: returns["measure"].map({code: str(getattr(m, word)) for code, m in measures.items()})
            for word in ("kind", "polarity", "unit")
        },
        organisation_kind="trust",
        region=returns["organisation"].map(trusts()["region"]),
        percent_of_target=np.nan,
        as_printed="",
        source="",
        certainty=str(Certainty.VERBATIM),
    ).sort_values(list(KEY), ignore_index=True)
    frame["value"] = values(frame)
    frame[list(TEXTS)] = frame[list(TEXTS)].astype("category")
    frame.insert(0, "observation_id", np.arange(1.0, len(frame) + 1))
    return frame[["observation_id", *TEXTS, *PERIOD, *NUMBERS, "percent_of_target"]]


def values(frame: pd.DataFrame) -> pd.Series:
    """A share's from its counts, any other's as it stands."""
    is_share = (frame["unit"] == Unit.SHARE) & (frame["denominator"] > 0)
    return frame["value"].where(~is_share, 100 * frame["numerator"] / frame["denominator"])
