"""What is found in many places: the first of them are named, the others counted."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from performance.returns.found import Found, error
from performance.wording import written_number

MOST_NAMED = 1_000

Place = TypeVar("Place")


class Places(Generic[Place]):
    def __init__(self) -> None:
        self.first: list[Place] = []
        self.count = 0

    def add(self, place: Place) -> None:
        self.count += 1
        if self.count <= MOST_NAMED:
            self.first.append(place)

    def add_all(self, places: Iterable[Place]) -> None:
        for place in places:
            self.add(place)

    def found(self, finding: Callable[[Place], Found]) -> list[Found]:
        """A finding for each of the first places, and one more that counts the others."""
        found = [finding(place) for place in self.first]
        more = self.count - len(found)
        if more:
            code = found[0].code
            found.append(error(code, f"{written_number(more)} more of the kind {code} aren't listed."))
        return found
