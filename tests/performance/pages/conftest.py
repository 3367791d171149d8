from tests.performance.pages.account_pages import administrator, inside, later, later_links, person
from tests.performance.pages.release_one import _published_once_a_module, release_one
from tests.performance.pages.simulated import _simulated_once_a_module, simulated_one

__all__ = [
    "_published_once_a_module",
    "_simulated_once_a_module",
    "administrator",
    "inside",
    "later",
    "later_links",
    "person",
    "release_one",
    "simulated_one",
]
