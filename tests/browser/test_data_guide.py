"""The guide for analysts does what it says: its Python and its curl are run as they stand."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.browser

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "data.md"
SITE = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)


def test_each_task_is_there_in_each_language():
    assert [len(blocks(language)) for language in ("python", "r", "sh")] == [3, 3, 3]


@pytest.mark.parametrize(
    ("task", "result"), [(0, "round(share, 1)"), (1, "len(parted) > 0"), (2, "len(months) >= 10")]
)
def test_the_python_of_a_task_runs_and_finds_something(site, tmp_path, task, result):
    code = f"{blocks('python')[task].replace(SITE, site)}\nprint({result})"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ("77.8", "True")


def test_the_curl_of_every_task_brings_a_whole_file(site, tmp_path):
    assert shutil.which("curl")
    for command in blocks("sh"):
        subprocess.run(["sh", "-euc", command.replace(SITE, site)], cwd=tmp_path, env=os.environ, check=True)

    assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbforganisation,")
    assert openpyxl.load_workbook(tmp_path / "trusts.xlsx")["Table"].max_row == 5 + 35
    with zipfile.ZipFile(tmp_path / "release.zip") as archive:
        assert "datapackage.json" in archive.namelist()
