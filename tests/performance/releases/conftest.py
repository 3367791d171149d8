from tests.performance.pages.release_one import _published_once_a_module, release_one
from tests.performance.pages.simulated import _simulated_once_a_module, simulated_one

__all__ = ["_published_once_a_module", "_simulated_once_a_module", "release_one", "simulated_one"]
