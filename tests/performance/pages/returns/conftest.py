from pathlib import Path
from typing import Any

import pytest

from performance.models import Series
from tests import factories
from tests.performance.returns.sent import make_what_is_known


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    """Where files that were sent are kept."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def series(db: None) -> Series:
    """The series to which returns are sent, without any, and all that returns may name."""
    make_what_is_known()
    return factories.make_series(
        slug="monthly", title="Monthly returns", standing="management-information", takes_returns=True
    )
