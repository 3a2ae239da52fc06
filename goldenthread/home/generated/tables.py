"""The tables of the database, stage by stage, from the models."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.db import models

from goldenthread.home.generated.markdown import code, first_paragraph, page, table

Table = type[models.Model]


def document() -> str:
    return page("Tables", *(block for stage in apps.get_app_configs() if ours(stage) for block in blocks(stage)))


def ours(stage: AppConfig) -> bool:
    return stage.name.startswith("goldenthread.") and any(stage.get_models())


def blocks(stage: AppConfig) -> list[str]:
    return [f"## {stage.label}", *(block for model in stage.get_models() for block in described(model))]


def described(model: Table) -> list[str]:
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    rows = [[code(field.name), kind(field), "may be absent" if field.null else "", rule(field)] for field in fields]
    rules = "\n".join(f"- {words}" for words in constraints(model))
    blocks = [f"### {model.__name__}", first_paragraph(model), table(["field", "kind", "", ""], rows), rules]
    return [block for block in blocks if block]


def kind(field: models.Field) -> str:
    return field.get_internal_type()


def rule(field: models.Field) -> str:
    if field.related_model:
        return f"→ {field.related_model._meta.label}" + (", one each" if field.unique else "")
    choices = [str(value) for value, _ in field.flatchoices]
    return ", ".join([*(["unique"] if field.unique else []), *map(code, filter(None, choices))])


def constraints(model: Table) -> list[str]:
    return [f"{code(constraint.name)}: {meaning(constraint)}" for constraint in model._meta.constraints]


def meaning(constraint: models.BaseConstraint) -> str:
    if isinstance(constraint, models.UniqueConstraint):
        among = f" where {code(words(constraint.condition))}" if constraint.condition else ""
        return f"one for each {', '.join(map(code, constraint.fields))}{among}"
    return f"always {code(words(constraint.condition))}" if isinstance(constraint, models.CheckConstraint) else ""


def words(condition: object) -> str:
    """A condition as one reads it: `state = submitted and submitted_at is not absent`."""
    if not isinstance(condition, models.Q):
        return leaf(*condition) if isinstance(condition, tuple) else str(condition)
    parts = [f"({words(part)})" if isinstance(part, models.Q) else words(part) for part in condition.children]
    joined = f" {condition.connector.lower()} ".join(parts)
    return f"not ({joined})" if condition.negated else joined


def leaf(name: str, value: object) -> str:
    field, _, lookup = name.partition("__")
    if lookup == "isnull":
        return f"{field} is absent" if value else f"{field} is there"
    shown = getattr(value, "name", None) or repr(value)  # another field, or a value
    return f"{field} {COMPARISONS.get(lookup, lookup)} {shown}"


COMPARISONS = {"": "=", "exact": "=", "gte": ">=", "lte": "<=", "gt": ">", "lt": "<"}
