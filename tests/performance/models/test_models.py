"""What holds of every model."""

import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from performance.models import AppendOnlyError, Event, Release
from tests import factories
from tests.factories import maker_of, snake_case

MODELS = [model for app in ("trusts", "performance") for model in apps.get_app_config(app).get_models()]
STEPS = [
    (model, field.name.removesuffix("_at"))
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.name.endswith("_at") and isinstance(field, models.DateTimeField)
]

each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def test_there_are_models_and_steps_to_look_at():
    assert len(MODELS) >= 19
    assert len(STEPS) >= 9


@pytest.mark.parametrize(("model", "step"), STEPS, ids=lambda part: getattr(part, "__name__", part))
def test_a_step_has_a_time_and_a_person_and_a_constraint_for_both(model, step):
    person = model._meta.get_field(f"{step}_by")

    assert person.related_model is apps.get_model("trusts", "Person")
    assert f"{snake_case(model.__name__)}_{step}_at_and_by_together" in {
        c.name for c in model._meta.constraints
    }


@each_model
def test_every_person_of_a_step_has_a_time(model):
    for field in model._meta.concrete_fields:
        if field.name.endswith("_by"):
            assert (model, field.name.removesuffix("_by")) in STEPS


@each_model
def test_every_model_has_a_file_of_its_own(model):
    file = Path(inspect.getfile(model))

    assert file.parent.name == "models"
    assert file.stem == snake_case(model.__name__)


@each_model
def test_every_model_has_a_factory_that_makes_a_valid_one(db, model):
    made = maker_of(model)()

    assert type(made) is model
    made.refresh_from_db()
    made.validate_constraints()


@each_model
def test_every_model_says_what_it_is(db, model):
    assert str(maker_of(model)()).strip()


@each_model
def test_every_constraint_is_named_after_its_model(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(f"{snake_case(model.__name__)}_")


@each_model
def test_every_word_that_is_chosen_from_a_list_is_checked_by_the_database(model):
    checked = str(model._meta.constraints)
    chosen = [field.name for field in model._meta.concrete_fields if field.choices]

    assert [name for name in chosen if f"'{name}__in'" not in checked] == []


def test_an_event_is_never_changed_or_removed(db):
    event = factories.make_event()
    event.verb = "withdrew"

    for change in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        Event.objects.update(verb="withdrew")
    with pytest.raises(AppendOnlyError), transaction.atomic():
        Event.objects.bulk_update([event], ["verb"])
    event.refresh_from_db()
    assert event.verb == "built"


def test_a_person_who_did_something_cannot_be_removed(db):
    event = factories.make_event(actor=factories.make_person())

    with pytest.raises(ProtectedError):
        event.actor.delete()


def test_a_figure_of_a_release_cannot_be_removed(db):
    result = factories.make_indicator_result()

    with pytest.raises(ProtectedError):
        result.observation.delete()


def test_what_is_published_is_neither_draft_nor_withdrawn(db):
    factories.make_release()
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_by": factories.make_person()}
    factories.make_release(
        state="withdrawn", withdrawal_reason="Wrong.", **withdrawn, **published_by_another()
    )
    release = factories.make_release(state="published", **published_by_another())

    assert list(Release.objects.published()) == [release]


def published_by_another() -> dict:
    now = timezone.now()
    return {"published_at": now, "published_by": factories.make_person()}
