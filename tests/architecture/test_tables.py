"""What import contracts cannot see: keys are strings, and a string may point anywhere. So every table is walked."""
# ruff: noqa: DJ008

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.test.utils import isolate_apps

Table = type[models.Model]

# The cycle, earliest first: a table may point at its own stage or an earlier one.
CYCLE = ["trail", "notices", "web", "people", "framework", "plan", "select", "audit", "act", "learn"]

# Tables that are no council's, and why.
NO_COUNCIL = {
    "people.Authority": "it is the council",
    "trail.Event": "keeps the authority's number: the trail outlives the rows it speaks of",
    "notices.Notice": "keeps the authority's number: it lies below the tables of people",
    "notices.Run": "a job runs once a day for every council of the installation",
    "web.Submission": "a token of a form that was sent, forgotten after a day",
}


def tables() -> list[Table]:
    return [table for table in apps.get_models() if table.__module__.startswith("goldenthread.")]


def keys(table: Table) -> list[models.Field]:
    local = [*table._meta.local_fields, *table._meta.local_many_to_many]
    return [field for field in local if isinstance(field, models.ForeignKey | models.ManyToManyField)]


# --- foreign keys run backwards along the cycle ------------------------------------------------------------


def forward_keys(table: Table) -> list[str]:
    """The keys of this table that point at a later stage."""
    here = CYCLE.index(table._meta.app_label)
    stages = {str(key): key.related_model._meta.app_label for key in keys(table)}
    return [name for name, stage in stages.items() if stage in CYCLE and CYCLE.index(stage) > here]


def names_left_abroad(table: Table) -> list[str]:
    """The keys by which an earlier stage's rows would know of this later one."""
    return [
        str(key)
        for key in keys(table)
        if key.related_model._meta.app_label != table._meta.app_label and not key.remote_field.hidden
    ]


def test_every_table_belongs_to_a_stage_of_the_cycle() -> None:
    assert sorted({table._meta.app_label for table in tables()} - set(CYCLE)) == []


def test_no_key_points_at_a_later_stage() -> None:
    assert [name for table in tables() for name in forward_keys(table)] == []


def test_no_earlier_stage_knows_the_rows_of_a_later_one() -> None:
    assert [name for table in tables() for name in names_left_abroad(table)] == []


@isolate_apps()
def test_a_key_to_a_later_stage_and_a_name_left_abroad_are_found() -> None:
    class Later(models.Model):
        class Meta:
            app_label = "audit"

    class Earlier(models.Model):
        later = models.ForeignKey(Later, models.PROTECT)
        hidden = models.ForeignKey(Later, models.PROTECT, related_name="+")

        class Meta:
            app_label = "people"

    assert forward_keys(Earlier) == ["people.Earlier.later", "people.Earlier.hidden"]
    assert names_left_abroad(Earlier) == ["people.Earlier.later"]


# --- authority is on every row that belongs to a council ---------------------------------------------------


def belongs_to_a_council(table: Table, _seen: frozenset[Table] = frozenset()) -> bool:
    """Whether each row has exactly one authority: its own, or that of the parent it cannot be without."""
    needed = [key for key in keys(table) if isinstance(key, models.ForeignKey) and not key.null]
    if any(key.name == "authority" for key in needed):
        return True
    parents = {key.related_model for key in needed if key.related_model._meta.app_label == table._meta.app_label}
    return any(belongs_to_a_council(parent, _seen | {table}) for parent in parents - _seen - {table})


def test_every_table_belongs_to_a_council_or_says_why_not() -> None:
    strangers = {table._meta.label for table in tables() if not belongs_to_a_council(table)}

    assert strangers == set(NO_COUNCIL)


@isolate_apps()
def test_a_row_that_may_have_no_council_is_found() -> None:
    class Council(models.Model):
        class Meta:
            app_label = "people"

    class Parent(models.Model):
        authority = models.ForeignKey(Council, models.PROTECT)

        class Meta:
            app_label = "audit"

    class Child(models.Model):
        parent = models.ForeignKey(Parent, models.PROTECT)

        class Meta:
            app_label = "audit"

    class Stray(models.Model):
        parent = models.ForeignKey(Parent, models.PROTECT, null=True)

        class Meta:
            app_label = "audit"

    assert [belongs_to_a_council(table) for table in (Parent, Child, Stray)] == [True, True, False]


# --- when and by whom: both or neither, held by the database -----------------------------------------------


def moments(table: Table) -> list[str]:
    """The acts whose moment this table keeps: "signed" of `signed_at`."""
    fields = table._meta.local_fields
    return [
        f.name.removesuffix("_at") for f in fields if isinstance(f, models.DateTimeField) and f.name.endswith("_at")
    ]


def loose_pairs(table: Table) -> list[str]:
    """The acts of this table that could be on record without their time, or without the person."""
    fields = {field.name: field for field in table._meta.local_fields}
    return [f"{table._meta.label}.{act}" for act in moments(table) if not is_a_pair(table, fields, act)]


def is_a_pair(table: Table, fields: Mapping[str, models.Field], act: str) -> bool:
    at, by = fields[f"{act}_at"], fields.get(f"{act}_by")
    if by is None or at.null != by.null:
        return False
    halves = [{f"{act}_at": True, f"{act}_by": False}, {f"{act}_at": False, f"{act}_by": True}]
    return not at.null or all(any(True not in possible(q, half) for q in conditions(table)) for half in halves)


def conditions(table: Table) -> Iterator[Q]:
    return (c.condition for c in table._meta.constraints if isinstance(c, models.CheckConstraint))  # type: ignore[misc]


def possible(q: Q, absent: Mapping[str, bool]) -> set[bool]:
    """The truth values this condition may have, knowing only which fields are absent."""
    answers = [possible(part, absent) if isinstance(part, Q) else leaf(part, absent) for part in q.children]
    join = any if q.connector == Q.OR else all
    values = {join(choice) for choice in itertools.product(*answers)}
    return {not value for value in values} if q.negated else values


def leaf(condition: object, absent: Mapping[str, bool]) -> set[bool]:
    name, wanted = condition if isinstance(condition, tuple) else ("", None)
    field = str(name).removesuffix("__isnull")
    return {absent[field] is wanted} if field in absent and str(name).endswith("__isnull") else {True, False}


def test_when_and_by_whom_are_on_record_together() -> None:
    assert [name for table in tables() for name in loose_pairs(table)] == []


@isolate_apps()
def test_a_loose_pair_is_found() -> None:
    class Act(models.Model):
        told_at = models.DateTimeField()
        done_at = models.DateTimeField(null=True)
        done_by = models.IntegerField(null=True)
        signed_at = models.DateTimeField(null=True)
        signed_by = models.IntegerField(null=True)
        state = models.TextField()

        class Meta:
            app_label = "act"
            constraints = [
                models.CheckConstraint(name="loose", condition=Q(done_at__isnull=True) | Q(done_by__isnull=False)),
                models.CheckConstraint(
                    name="tight",
                    condition=Q(state="signed", signed_at__isnull=False, signed_by__isnull=False)
                    | (~Q(state="signed") & Q(signed_at__isnull=True, signed_by__isnull=True)),
                ),
            ]

    assert loose_pairs(Act) == ["act.Act.told", "act.Act.done"]
