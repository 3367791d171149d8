from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

from performance.models import Series
from tests import factories
from tests.performance.pages.release_one import _published_once_a_module, release_one
from tests.performance.pages.simulated import _simulated_once_a_module, simulated_one
from tests.performance.returns.sent import make_what_is_known

__all__ = ["_published_once_a_module", "_simulated_once_a_module", "release_one", "simulated_one"]


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    caches["throttles"].clear()


@pytest.fixture
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def series(db: None, uploads: Path) -> Series:
    """That takes returns, with none yet, and all that returns may name."""
    make_what_is_known()
    return factories.make_series(
        slug="monthly", title="Monthly returns", standing="management-information", takes_returns=True
    )
