"""The guides for analysts and for programs do what they say: their Python and curl are run as they stand."""

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

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
SITE = "http://127.0.0.1:8000"


def blocks(language: str, guide: str = "data.md") -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / guide).read_text(), re.DOTALL)


def test_each_task_is_there_in_each_language():
    assert [len(blocks(language)) for language in ("python", "r", "sh")] == [3, 3, 3]


@pytest.mark.parametrize(
    ("guide", "task", "result", "told"),
    [
        ("data.md", 0, "round(share, 1)", "77.8"),
        ("data.md", 1, "len(parted) > 0", "True"),
        ("data.md", 2, "len(months) >= 10", "True"),
        ("api.md", 0, "len(figures), met > 0", "56 True"),
        ("api.md", 1, "len(ratings)", "105"),
    ],
)
def test_the_python_of_a_task_runs_and_finds_something(site, tmp_path, guide, task, result, told):
    code = f"{blocks('python', guide)[task].replace(SITE, site)}\nprint({result})"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == told


def test_the_curl_of_every_task_brings_a_whole_file(site, tmp_path):
    assert shutil.which("curl")
    for command in blocks("sh"):
        subprocess.run(["sh", "-euc", command.replace(SITE, site)], cwd=tmp_path, env=os.environ, check=True)

    assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbforganisation,")
    assert openpyxl.load_workbook(tmp_path / "trusts.xlsx")["Table"].max_row == 5 + 35
    with zipfile.ZipFile(tmp_path / "release.zip") as archive:
        assert "datapackage.json" in archive.namelist()


def test_the_curl_of_the_api_brings_a_table_and_is_told_that_nothing_has_changed(site, tmp_path):
    for command in blocks("sh", "api.md"):
        subprocess.run(["sh", "-euc", command.replace(SITE, site)], cwd=tmp_path, env=os.environ, check=True)

    assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbforganisation,")
