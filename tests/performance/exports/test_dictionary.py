"""Every column of every file is explained, and everything that is explained is a column."""

import pytest

from performance import vocabulary
from performance.exports.dictionary import TYPES, dictionary, fields_of
from performance.help.methods import BY_SLUG
from tests.factories import make_measure


@pytest.mark.parametrize("field", dictionary().values(), ids=lambda field: field.name)
def test_a_column_is_explained_in_full(field):
    assert field.title and field.title[0].isupper() or field.name in ("p", "n")
    assert field.description.endswith((".", "none is real."))
    assert field.type in TYPES
    assert field.method in ("", *BY_SLUG)


def test_a_column_of_a_few_words_says_what_each_means():
    status = dictionary()["status"]

    assert dict(status.words) == {word.value: word.label for word in vocabulary.Status}
    assert "suppressed: Suppressed; not-applicable: Not applicable." in status.in_full


def test_a_heading_has_the_unit():
    assert dictionary()["attainment"].heading == "Attainment (per cent)"
    assert dictionary()["organisation"].heading == "Organisation"


def test_a_column_may_be_called_by_the_code_of_a_measure(db):
    measure = make_measure(code="breach-10-days", short_title="Breach in time", unit="days")
    (field,) = fields_of(["breach-10-days"], {"breach-10-days": measure})

    assert (field.title, field.type, field.unit) == ("Breach in time", "number", "days")


def test_a_column_that_is_not_explained_is_refused():
    with pytest.raises(KeyError):
        fields_of(["secret"], {})
