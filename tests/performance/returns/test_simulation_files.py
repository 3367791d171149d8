"""Simulated returns as files: they read back as they were made, and pass every check of a return."""

import hashlib
import re
import time
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from performance.frameworks.loader import load_frameworks
from performance.returns.known import ReturnNames
from performance.returns.loader import simulated_series
from performance.returns.reader import Beside, read_return
from performance.returns.simulation import OtherFilesError, Simulation, simulate, write
from performance.returns.simulation.layout import COLUMNS
from tests.performance.commands import refused, said
from trusts.content import table_files
from trusts.loader import load_organisations


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(1)


def digests(directory: Path) -> dict[str, str]:
    files = (path for path in directory.rglob("*") if path.is_file())
    return {str(p.relative_to(directory)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_there_is_a_file_for_each_trust_and_framework_year(simulation, tmp_path):
    written = write(simulation, tmp_path)

    names = {path.name for path in written}
    assert len(written) == 105
    assert {"london_ptrs-2010-11.csv", "wales_ptrs-2011-12.csv", "kent_ptrs-2012-13.csv"} <= names
    assert {path.name for path in tmp_path.iterdir()} == names | {"README.txt", "truth"}
    assert {path.name for path in table_files(tmp_path)} == names


def test_the_files_read_back_as_they_were_made(simulation, tmp_path):
    texts = ["organisation", "framework", "measure", "status", "note"]
    read = [
        pd.read_csv(path, dtype=dict.fromkeys(texts, str), parse_dates=["period_start", "period_end"])
        for path in write(simulation, tmp_path)
    ]
    together = pd.concat(read, ignore_index=True).fillna({"note": ""})

    assert_frame_equal(together, simulation.returns, check_dtype=False)


def test_the_header_is_that_of_a_return_and_counts_are_whole(simulation, tmp_path):
    path = write(simulation, tmp_path)[0]

    header, first, *_ = path.read_text(encoding="utf-8").split("\n")
    assert header == ",".join(COLUMNS)
    assert re.fullmatch(
        r"avon-and-somerset,ptrs-2010-11,accommodation-at-termination,2010-04-01,2010-04-30,reported,"
        r"\d+,\d+,,,\d+,The target is assumed\.",
        first,
    )


@pytest.mark.parametrize("effect", [True, False])
def test_the_same_seed_gives_the_same_bytes(effect, tmp_path):
    for name in ("first", "second"):
        write(simulate(7, effect=effect), tmp_path / name)

    assert digests(tmp_path / "first") == digests(tmp_path / "second")


def test_another_simulation_writes_over_the_first_and_leaves_nothing_of_it(simulation, tmp_path):
    write(simulation, tmp_path / "used")
    write(simulate(2), tmp_path / "used")
    write(simulate(2), tmp_path / "new")

    assert digests(tmp_path / "used") == digests(tmp_path / "new")


def test_every_file_passes_the_checks_of_a_return(simulation, tmp_path, db):
    load_organisations()
    load_frameworks()
    names, beside = ReturnNames.from_database(), Beside(simulated_series())

    read = [read_return(path, path.name, names, beside) for path in write(simulation, tmp_path)]

    assert [finding for each in read for finding in each.found if finding.is_error] == []
    assert sum(len(each.figures.frame) for each in read) == len(simulation.returns)


def test_few_figures_of_the_simulation_ask_for_a_reason(simulation, tmp_path, db):
    """What nearly every figure asks for, nobody reads."""
    load_organisations()
    load_frameworks()
    names, beside = ReturnNames.from_database(), Beside(simulated_series())

    read = [read_return(path, path.name, names, beside) for path in write(simulation, tmp_path)]

    warnings = sum(len(each.found) for each in read)
    assert 0 < warnings < len(simulation.returns) / 20


def test_the_truth_lies_beside_the_returns_and_says_what_was_planted(simulation, tmp_path):
    write(simulation, tmp_path)

    read = pd.read_csv(tmp_path / "truth" / "truth.csv", keep_default_na=False)
    assert_frame_equal(read, simulation.truth, check_dtype=False)


@pytest.mark.parametrize(
    ("effect", "words"),
    [(True, "goes with their process, as planted"), (False, "the effect is switched off")],
)
def test_the_readme_says_what_these_files_are(effect, words, tmp_path):
    write(simulate(4, effect=effect), tmp_path)

    text = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert text.startswith("SIMULATED. No trust sent these returns and no figure in them is real")
    assert "with seed 4" in text and words in text and "Targets are assumed" in text


def test_writing_takes_less_than_three_seconds(simulation, tmp_path):
    begin = time.perf_counter()
    write(simulation, tmp_path)
    assert time.perf_counter() - begin < 3


@pytest.mark.parametrize("other", ["notes.txt", "truth/notes.txt", "mars_ptrs-2010-11.csv"])
def test_a_folder_with_other_files_is_left_as_it_is(simulation, tmp_path, other):
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text("mine")

    with pytest.raises(OtherFilesError, match=f"holds {other}, which isn't from a simulation"):
        write(simulation, tmp_path)
    assert set(digests(tmp_path)) == {other}


def test_the_command_says_what_it_wrote(tmp_path):
    directory = tmp_path / "out"

    said_of_it = said("simulate_returns", "--seed", "1", "--directory", str(directory))

    assert said_of_it == (
        f"Wrote 105 simulated returns with 15,610 figures to {directory} (seed 1), and what was planted "
        f"in them to {directory / 'truth' / 'truth.csv'}.\n"
    )
    assert (directory / "london_ptrs-2012-13.csv").is_file()


def test_the_command_writes_below_var_unless_told_otherwise(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path

    assert f"to {tmp_path / 'simulated'} (seed 3, without the effect)" in said(
        "simulate_returns", "--seed", "3", "--without-effect"
    )
    assert "switched off" in (tmp_path / "simulated" / "README.txt").read_text(encoding="utf-8")


def test_the_command_refuses_a_folder_with_other_files(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    assert refused("simulate_returns", "--seed", "1", "--directory", str(tmp_path)) == (
        f"Nothing was written. {tmp_path} holds notes.txt, which isn't from a simulation. Name an empty "
        "folder, or one of an earlier simulation."
    )


def test_the_command_refuses_a_file_for_a_folder(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    assert refused("simulate_returns", "--seed", "1", "--directory", str(tmp_path / "notes.txt")) == (
        f"Nothing was written. {tmp_path / 'notes.txt'} is a file. Name a folder."
    )


def test_the_command_says_why_it_could_not_write(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    below = tmp_path / "notes.txt" / "below"

    assert refused("simulate_returns", "--seed", "1", "--directory", str(below)) == (
        f"The returns couldn't be written to {below}: Not a directory."
    )


@pytest.mark.parametrize("seed", ["-1", "one", "1.5", ""])
def test_the_command_refuses_what_is_no_seed(seed):
    assert f"'{seed}' is no seed; write a whole number, 0 or more" in refused(
        "simulate_returns", f"--seed={seed}"
    )
