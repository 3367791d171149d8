"""Which column of an extract is which, and the columns that may not be in one."""

from collections.abc import Iterable, Mapping, Sequence

from performance.extracts.reading.identifiers import named_after
from performance.returns.found import CannotRead, Found, error, warning
from performance.wording import listed

# What a column may be called besides its own name; capitals, spaces, hyphens and underscores make no
# difference.
ALSO_CALLED = {
    "case": {"caseid", "casereference", "pseudonym"},
    "trust": {"organisation", "area", "probationtrust", "trustname"},
    "unit": {
        "deliveryunit",
        "localdeliveryunit",
        "ldu",
        "office",
        "team",
        "unitname",
        "officename",
        "teamname",
    },
    "tier": set(),
    "event": {"eventtype", "eventname"},
    "date": {"eventdate", "datetime", "time", "when"},
}
# Nothing is counted by it.
OPTIONAL = {"unit"}


def places_of(header: Sequence[str], file: str) -> tuple[dict[str, int], list[Found]]:
    """The place of each field in the header, and what is odd about the rest. Raises CannotRead for a
    column that tells of a person, one that is missing, and one that is there twice."""
    meanings = [_meaning(text) for text in header]
    faults = [*_of_persons(header, meanings, file), *_twice(header, meanings, file)]
    faults += _missing(meanings, file)
    if faults:
        raise CannotRead(faults)
    return {name: place for place, name in enumerate(meanings) if name}, list(
        _unknown(header, meanings, file)
    )


def _meaning(text: str) -> str:
    plain = "".join(letter for letter in text.casefold() if letter.isalnum())
    for name, others in ALSO_CALLED.items():
        if plain == name or plain in others:
            return name
    return ""


def _of_persons(header: Sequence[str], meanings: Sequence[str], file: str) -> Iterable[Found]:
    for text, meaning in zip(header, meanings, strict=True):
        what = "" if meaning else named_after(text)
        if what:
            yield tells_of_a_person(text, what, file)


def tells_of_a_person(column: str, what: str, file: str) -> Found:
    sentence = (
        f"{file}: the column '{column}' looks like {what}. An extract has nothing in it that tells who a "
        "person is: take the column out, and write a number of your own for each case. Nothing of the "
        "file was kept."
    )
    return error("tells-of-a-person", sentence, column=column)


def _twice(header: Sequence[str], meanings: Sequence[str], file: str) -> Iterable[Found]:
    for name in ALSO_CALLED:
        columns = [text for text, meaning in zip(header, meanings, strict=True) if meaning == name]
        if len(columns) > 1:
            named = listed([f"'{column}'" for column in columns])
            yield error("column-twice", f"{file}: {named} both stand for {name}. Leave one of them.")


def _missing(meanings: Sequence[str], file: str) -> Iterable[Found]:
    for name in ALSO_CALLED:
        if name not in meanings and name not in OPTIONAL:
            sentence = (
                f"{file} has no column '{name}'. An extract has a row for each event, with the columns "
                "case, trust, unit, tier, event and date."
            )
            yield error("missing-column", sentence, column=name)


def _unknown(header: Sequence[str], meanings: Sequence[str], file: str) -> Iterable[Found]:
    for text, meaning in zip(header, meanings, strict=True):
        if not meaning:
            yield warning("unknown-column", f"{file}: the column '{text}' wasn't read.", column=text)


def wrong_types(types: Mapping[str, str], columns: Mapping[str, str], file: str) -> Iterable[Found]:
    """types: of the fields, as DuckDB has them; columns: what the file calls them."""
    for name, kind in types.items():
        expected = "days, times or texts" if name == "date" else "texts or whole numbers"
        # A list is called after what is in it.
        kind = kind.strip('"')
        if kind.endswith("]") or not kind.startswith(OF_DATES if name == "date" else OF_TEXTS):
            sentence = (
                f"{file}: the column '{columns[name]}' holds {kind.lower()}, and should hold {expected}."
            )
            yield error("wrong-type", sentence, column=columns[name])


OF_TEXTS = ("VARCHAR", "ENUM", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "U", "NULL")
OF_DATES = ("VARCHAR", "DATE", "TIMESTAMP", "NULL")
