"""Words as plain enums: in the database, in content files, in charts that know no Django."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word as it is stored, with a label as readers see it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(word.value, word.label) for word in cls]

    @classmethod
    def values(cls) -> list[str]:
        return [word.value for word in cls]
