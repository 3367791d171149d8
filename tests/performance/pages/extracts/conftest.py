from tests.performance.extracts.conftest import kept, series

__all__ = ["kept", "series"]
