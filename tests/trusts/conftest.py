import shutil
from pathlib import Path

import pytest

from trusts.loader import load_organisations
from trusts.tables import DATA


@pytest.fixture
def organisations(db: None) -> None:
    load_organisations()


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the shipped tables, for a test to spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "tables"))
