"""The commands that fill an empty database."""

from functools import partial

from performance.frameworks.loader import load_frameworks
from performance.models import Measure
from tests.performance.commands import refused, said
from trusts.loader import load_organisations
from trusts.models import Organisation


def test_loading_says_how_much_there_is(db):
    assert said("load_organisations") == "133 organisations, 182 successions\n"
    assert said("load_frameworks") == f"{Measure.objects.count()} measures, 9 frameworks\n"
    assert said("load_published") == "644 figures from 18 tables (0 unchanged)\n"


def test_bad_organisations_are_refused_in_words(db, tmp_path, monkeypatch):
    (tmp_path / "organisations.csv").write_text("slug\n", encoding="utf-8")
    command = "trusts.management.commands.load_organisations.load_organisations"
    monkeypatch.setattr(command, partial(load_organisations, tmp_path))

    assert refused("load_organisations").startswith(
        "Nothing was loaded.\norganisations.csv, row 1, header: found no column code, name"
    )
    assert not Organisation.objects.exists()


def test_bad_frameworks_are_refused_in_words(db, tmp_path, monkeypatch):
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "staff.yaml").write_text("measures: [", encoding="utf-8")
    command = "performance.management.commands.load_frameworks.load_frameworks"
    monkeypatch.setattr(command, partial(load_frameworks, tmp_path))

    assert refused("load_frameworks").startswith("Nothing was loaded.\nstaff.yaml, row 1, whole file: ")
    assert not Measure.objects.exists()
