"""Who belongs where: what a calculation needs to know of organisations. Plain frames, no database."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Places:
    """organisations: slug, name, kind, region (the slug of its NOMS region, '' for none).
    today: organisation, kind, today: each organisation that passed wholly to one of today's
    probation regions, and that region. nation: the slug of the nation."""

    organisations: pd.DataFrame
    today: pd.DataFrame
    nation: str
