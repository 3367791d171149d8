from tests.performance.pages.release_one import _published_once_a_module, release_one

__all__ = ["_published_once_a_module", "release_one"]
