from pathlib import Path
from typing import Any

import pytest

from performance.models import Series
from tests.performance.extracts.sending import make_what_can_be_counted


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    """Where extracts are kept, and files of figures in a folder beside them."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.EXTRACTS_DIRECTORY = tmp_path / "extracts"
    return tmp_path / "extracts"


@pytest.fixture
def series(db: None, kept: Path) -> Series:
    return make_what_can_be_counted()
