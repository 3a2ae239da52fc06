"""Forming the auditing groups, and saying what seats they have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from goldenthread.method.framework import Framework, Seat
from goldenthread.method.places import taken, words_of
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Group
from goldenthread.plan.queries.groups import quorum_asked, seats_asked
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step
from goldenthread.web.wording import plural


class SeatsTooFew(Refused):
    """Fewer seats than the quorum; or, of a `post`, fewer than its core members."""

    def __init__(self, sentence: str, post: str = "") -> None:
        super().__init__(sentence)
        self.post = post


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


@step
def change_group(*, by: Person, group: Group, name: str, statuses: Sequence[str], now: datetime) -> Group:
    """Another name or theme. Files drawn already stay with the sessions they were drawn for."""
    refuse_unless_planning(by)
    if Group.objects.filter(authority=by.authority_id, name__iexact=name).exclude(pk=group.pk).exists():
        raise Refused(f"There is already a group called “{name}”.")
    was = _theme(group)
    group.name, group.statuses = name, list(statuses)
    group.save(update_fields=["name", "statuses"])
    record(by=by, verb="changed", thing=group, at=now, was=was, now=_theme(group))
    return group


@step
def change_seats(
    *, by: Person, group: Group, framework: Framework, seats: Sequence[Seat], quorum: int, now: datetime
) -> Group:
    """The group's own seats, in place of the framework's (none: the framework's again), and its quorum (0: likewise).

    Refused: a quorum of more people than there are seats, and fewer seats of a post than it has core members.
    """
    refuse_unless_planning(by)
    was = _seating(group)
    own = [] if tuple(seats) == framework.seats else seats
    group.seats = [{"posts": list(seat.posts), "number": seat.number} for seat in own]
    group.quorum = quorum
    _refuse_impossible(group, framework)
    group.save(update_fields=["seats", "quorum"])
    record(by=by, verb="changed the seats of", thing=group, at=now, was=was, now=_seating(group))
    return group


def _refuse_impossible(group: Group, framework: Framework) -> None:
    seats = seats_asked(group, framework)
    least, places = quorum_asked(group, framework), sum(seat.number for seat in seats)
    if least > places:
        raise SeatsTooFew(
            f"Quorum: {least} must sit, but there are only {plural(places, 'seat')}. Give {places} or less."
        )
    core = group.memberships.filter(standing="core", to_on__isnull=True).select_related("person")
    members = list(core.order_by("from_on", "pk"))
    for member, seat in zip(members, taken([each.post for each in members], seats), strict=True):
        if seat is None:
            post = words_of(framework, Seat((member.post,), 1))
            raise SeatsTooFew(
                f"{member.person.name} is a core member as {post}, and there would be no seat left for that post. "
                "Keep a seat for each core member, or end the membership first.",
                post=member.post,
            )


def _theme(group: Group) -> dict[str, object]:
    return {"name": group.name, "statuses": group.statuses}


def _seating(group: Group) -> dict[str, Any]:
    return {"seats": group.seats, "quorum": group.quorum}
