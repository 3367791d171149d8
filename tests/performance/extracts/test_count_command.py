"""The commands that count an extract and that simulate one."""

import csv
from pathlib import Path

import pytest

from performance.models import CaseExtract, Observation, TrustReturn
from tests.performance.commands import refused, said
from tests.performance.extracts.sending import answer_of, content_of, figures_of, simulated
from tests.performance.returns.sent import officer, someone
from trusts.models import Role

ASKED = ("--framework", "ptrs-2010-11", "--period", "2010-09..2010-10", "--taken", "2011-01-31")


@pytest.fixture
def asked(series) -> list[str]:
    return [*ASKED, "--series", series.slug, "--by", officer().username]


@pytest.fixture
def events(tmp_path: Path) -> Path:
    file = tmp_path / "events.csv"
    file.write_bytes(content_of(simulated(odd=2)))
    return file


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text().splitlines()))


def test_it_makes_a_draft_and_says_what_was_odd(asked, events):
    told = said("count_extract", str(events), *asked)

    draft = TrustReturn.objects.get()
    assert figures_of(draft.observations) == answer_of(simulated(odd=2))
    assert told.startswith(f"{simulated(odd=2).rows['case'].nunique() - 1:,} cases with ")
    assert "2 rows have no case, and are left out." in told
    assert f"1 draft of returns. /returns/uploads/{draft.upload_id}/ has more." in told


def test_a_folder_is_every_file_in_it(asked, tmp_path):
    planted = simulated()
    lines = content_of(planted).decode().splitlines()
    for number in range(3):
        file = tmp_path / "months" / str(number) / "part.csv"
        file.parent.mkdir(parents=True)
        file.write_text("\n".join([lines[0], *lines[1 + number :: 3]]))

    said("count_extract", str(tmp_path / "months"), *asked)

    assert figures_of(Observation.objects) == answer_of(planted)


def test_figures_can_be_had_without_keeping_any(asked, events, tmp_path):
    told = said("count_extract", str(events), *asked, "--figures", str(tmp_path / "figures.csv"))

    assert "figures are in" in told
    rows = rows_of(tmp_path / "figures.csv")
    found = {(row["measure"], row["period_start"]): row["numerator"] for row in rows}
    counts = answer_of(simulated(odd=2))
    for (measure, month), (numerator, _) in counts.items():
        if "employment" not in measure:
            assert found[measure, str(month)] == str(numerator)
    assert not TrustReturn.objects.exists()


def test_in_the_background_it_waits_for_workers(series, events):
    by = someone(Role.NOMS_ANALYST)
    told = said(
        "count_extract", str(events), *ASKED, "--series", series.slug, "--by", by.username, "--in-background"
    )

    extract = CaseExtract.objects.get()
    assert told == f"Job {extract.job.pk} counts them. /returns/extracts/{extract.pk}/ tells how.\n"
    assert extract.job.plan == {"files": [[str(events.resolve()), "events.csv"]]}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"--period": "2010-10..2010-09"}, "ends before it begins"),
        ({"--period": "soon"}, "'soon' is no period"),
        ({"--framework": "nothing"}, "There is no framework 'nothing'. There are: ptrs-2010-11."),
        ({"--taken": "2010-10-31"}, "the period wasn’t over"),
        ({"--by": "nobody"}, "There is no person with the username 'nobody'."),
    ],
)
def test_what_it_is_asked_for_must_be_there(asked, events, changed, reason):
    words = dict(zip(asked[::2], asked[1::2], strict=True)) | changed

    assert reason in refused("count_extract", str(events), *(word for pair in words.items() for word in pair))


def test_a_file_that_isnt_there_and_a_folder_without_files_are_told(asked, tmp_path):
    assert "There is no file or folder" in refused("count_extract", str(tmp_path / "none.csv"), *asked)
    assert "has no files that end in" in refused("count_extract", str(tmp_path), *asked)


def test_an_extract_with_names_is_refused_in_words(asked, tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("case,trust,tier,event,date,forename\n1,london,,report-requested,2010-09-01,Ann\n")

    told = refused("count_extract", str(file), *asked)
    assert told.startswith("Nothing was counted.\nnames.csv: the column 'forename' looks like the name")


def test_an_extract_of_which_nothing_can_be_counted_makes_no_draft(asked, tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("case,trust,tier,event,date\n1,london,,breach-known,2010-09-01\n")

    assert "has no event from which a measure" in refused("count_extract", str(file), *asked)


@pytest.mark.parametrize("name", ["events.csv", "events.parquet"])
def test_a_simulated_extract_stands_beside_its_answer(series, tmp_path, name):
    told = said("simulate_extract", str(tmp_path / name), "--cases", "200", "--trust", "kent")

    assert told.startswith("SIMULATED: ")
    assert (tmp_path / name).stat().st_size > 0
    rows = rows_of(tmp_path / "events-answer.csv")
    assert {row["trust"] for row in rows} == {"kent"}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("--trust", "nowhere"), "There is no trust nowhere."),
        (("--taken", "2012-01-01"), "An extract is taken after its last case began."),
    ],
)
def test_what_cant_be_simulated_is_told(series, tmp_path, more, reason):
    assert refused("simulate_extract", str(tmp_path / "events.csv"), *more) == reason


def test_a_simulated_extract_is_csv_or_parquet(series, tmp_path):
    told = refused("simulate_extract", str(tmp_path / "events.xlsx"), "--cases", "10")

    assert told == "The name of the file ends in .csv or .parquet."
