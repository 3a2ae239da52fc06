"""Forming the auditing groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Group
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step


@step
def form_groups(*, by: Person, framework: Framework, now: datetime) -> list[Group]:
    """The framework's groups, formed for this council; those already formed stay as they are."""
    refuse_unless_planning(by)
    groups, already = [], True
    for planned in framework.groups:
        group, formed = Group.objects.get_or_create(
            authority_id=by.authority_id,
            key=planned.key,
            defaults={"name": planned.label, "statuses": list(planned.statuses)},
        )
        if formed:
            already = False
            record(by=by, verb="formed", thing=group, at=now, now=_theme(group))
        groups.append(group)
    if already:
        raise Refused("The framework's groups are formed already.")
    return groups


@step
def form_group(*, by: Person, name: str, statuses: Sequence[str], now: datetime) -> Group:
    """Another group, with its theme as statuses; with none it audits files of every status."""
    refuse_unless_planning(by)
    key = slugify(name).replace("-", "_")[:60]
    if not key:
        raise Refused(f"“{name}” has no letter or figure in it: give the group a name that can be read out.")
    try:
        with transaction.atomic():
            group = Group.objects.create(authority_id=by.authority_id, key=key, name=name, statuses=list(statuses))
    except IntegrityError:
        raise Refused(f"There is already a group called “{name}”.") from None
    record(by=by, verb="formed", thing=group, at=now, now=_theme(group))
    return group


def _theme(group: Group) -> dict[str, object]:
    return {"name": group.name, "statuses": group.statuses}
