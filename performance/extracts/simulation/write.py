"""Writing a simulated extract as a case system would."""

from pathlib import Path

import duckdb
import pandas as pd

FORMATS = {"parquet": "FORMAT parquet", "csv": "FORMAT csv, HEADER"}


def write(rows: pd.DataFrame, path: Path) -> Path:
    """As Parquet or CSV, by the ending of the path."""
    with duckdb.connect() as connection:
        connection.register("simulated", rows)
        columns = 'SELECT "case", trust, unit, tier, event, CAST(date AS DATE) AS date FROM simulated'
        connection.execute(f"COPY ({columns}) TO '{path}' ({FORMATS[path.suffix[1:]]})")
    return path
