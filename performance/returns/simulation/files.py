"""Return files: one for each trust and framework year, and the truth in a folder of its own."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from performance.returns.simulation.layout import COLUMNS, NUMBERS, PERIOD
from performance.returns.simulation.simulate import Simulation

README = "README.txt"
TRUTH = Path("truth") / "truth.csv"


class OtherFilesError(Exception):
    """The folder holds something that no simulation wrote."""


def write(simulation: Simulation, directory: Path) -> list[Path]:
    """Writes a file for each return, as london_ptrs-2010-11.csv, in the folder, README.txt beside
    them, and truth/truth.csv below. Returns the paths of the returns.

    Files of an earlier simulation are written over. Raises OtherFilesError, before anything is
    written, where the folder holds others, and OSError where it can't be written in.
    """
    texts = {f"{trust}_{year}.csv": text for (trust, year), text in _texts(simulation.returns)}
    _check_no_others(directory, {*texts, README, TRUTH.parts[0], str(TRUTH)})
    (directory / TRUTH).parent.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        _write(directory / name, text)
    _write(directory / README, _readme(simulation))
    _write(directory / TRUTH, simulation.truth.to_csv(index=False, lineterminator="\n"))
    return [directory / name for name in texts]


def _check_no_others(directory: Path, ours: set[str]) -> None:
    if directory.exists() and not directory.is_dir():
        raise OtherFilesError(f"{directory} is a file. Name a folder.")
    # Only where ours would stand: a wrong folder may have the whole disk below it.
    inside = [*directory.glob("*"), *(directory / TRUTH).parent.glob("*")]
    others = {str(path.relative_to(directory)) for path in inside} - ours
    if others:
        raise OtherFilesError(
            f"{directory} holds {min(others)}, which isn't from a simulation. Name an empty folder, "
            "or one of an earlier simulation."
        )


def _texts(returns: pd.DataFrame) -> Iterable[tuple[tuple[str, str], str]]:
    written = returns.assign(
        **{column: returns[column].dt.strftime("%Y-%m-%d") for column in PERIOD},
        **{column: _as_written(returns[column]) for column in NUMBERS},
    )[list(COLUMNS)]
    for (trust, framework), rows in written.groupby(["organisation", "framework"], sort=True):
        yield (str(trust), str(framework)), rows.to_csv(index=False, lineterminator="\n")


def _as_written(numbers: pd.Series) -> list[str]:
    """Whole numbers without a point, others as short as reads back the same, none as an empty cell."""
    return [
        "" if np.isnan(number) else str(int(number)) if number.is_integer() else repr(number)
        for number in numbers.tolist()
    ]


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _readme(simulation: Simulation) -> str:
    outcome = (
        "Which trusts do worse than predicted goes with their process, as planted."
        if simulation.effect
        else "Outcomes have nothing to do with process: the effect is switched off."
    )
    return (
        "SIMULATED. No trust sent these returns and no figure in them is real: they are made by "
        f"chance, with seed {simulation.seed}, for the series whose standing is simulated.\n"
        f"{outcome} Targets are assumed, as the public record has none.\n"
        f"What was planted is in {TRUTH.as_posix()}, which is not a return. docs/simulation.md tells more.\n"
    )
