"""Who belongs to a group for a time: its core members, its linked directors, its co-opted partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from goldenthread.method.framework import Framework, Seat
from goldenthread.method.places import taken, words_of
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.services import add_person
from goldenthread.plan.models import Group, Membership
from goldenthread.plan.queries.groups import seats_asked
from goldenthread.plan.queries.memberships import overlapping, partner_or_none
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step
from goldenthread.web.wording import day, plural


class ChairTaken(Refused):
    """Somebody else chairs the group on one of those days."""


@step
def add_core_member(
    *, by: Person, group: Group, framework: Framework, person: Person, post: str, chairs: bool, from_on: date,
    to_on: date | None, now: datetime,
) -> Membership:  # fmt: skip
    """Somebody who sits at every session of the group, in this post."""
    refuse_unless_planning(by)
    beside = group.memberships.filter(overlapping(from_on, to_on), standing="core")
    _refuse_without_seat(group, framework, post, [*beside.values_list("post", flat=True)])
    return _add(by, group, person, standing="core", post=post, chairs=chairs, from_on=from_on, to_on=to_on, now=now)


@step
def link_director(
    *, by: Person, group: Group, framework: Framework, person: Person, post: str, from_on: date, to_on: date | None,
    now: datetime,
) -> Membership:  # fmt: skip
    """A director who links into the group; each joins as many groups as the framework says."""
    refuse_unless_planning(by)
    links = Membership.objects.filter(
        overlapping(from_on, to_on), standing="director", person=person, group__meets=True
    )
    joined = sorted(links.exclude(group=group).values_list("group__name", flat=True))
    if len(joined) >= framework.joining.groups:
        raise Refused(
            f"{person.name} is linked to {' and '.join(joined)} already, and the framework has each director join "
            f"{plural(framework.joining.groups, 'group')}. End that link first."
        )
    return _add(by, group, person, standing="director", post=post, from_on=from_on, to_on=to_on, now=now)


@step
def co_opt_partner(
    *, by: Person, group: Group, agency: str, name: str, email: str, from_on: date, to_on: date | None, now: datetime
) -> Membership:
    """Somebody of another agency joins the group. She is on record without a password, so she never sees a file."""
    refuse_unless_planning(by)
    person = partner_or_none(by.authority_id, email)
    if person and not Membership.objects.filter(person=person, standing="partner").exists():
        raise Refused(f"{email} belongs to {person.name}, who works for the council. Give the partner's own address.")
    person = person or add_person(by=by, name=name, username=email, password=None, email=email, now=now)
    return _add(by, group, person, standing="partner", agency=agency, from_on=from_on, to_on=to_on, now=now)


@step
def change_membership(
    *, by: Person, membership: Membership, framework: Framework, chairs: bool, from_on: date, to_on: date | None,
    now: datetime,
) -> Membership:  # fmt: skip
    """Other days, or the chair given or taken. Seats already given stay: the rota shows what no longer fits."""
    refuse_unless_planning(by)
    group, was = membership.group, _facts(membership)
    others = group.memberships.exclude(pk=membership.pk)
    if membership.standing == "core":
        beside = others.filter(overlapping(from_on, to_on), standing="core")
        _refuse_without_seat(group, framework, membership.post, [*beside.values_list("post", flat=True)])
    membership.chairs, membership.from_on, membership.to_on = chairs, from_on, to_on
    _refuse_unless_it_fits(membership)
    membership.save(update_fields=["chairs", "from_on", "to_on"])
    record(by=by, verb="changed", thing=membership, at=now, was=was, now=_facts(membership))
    return membership


def _add(by: Person, group: Group, person: Person, *, now: datetime, **facts: object) -> Membership:
    membership = Membership(
        authority_id=by.authority_id, group=group, person=person, given_at=now, given_by=by, **facts
    )
    _refuse_unless_it_fits(membership)
    membership.save()
    record(by=by, verb="added", thing=membership, at=now, now=_facts(membership))
    return membership


def _refuse_unless_it_fits(membership: Membership) -> None:
    """It ends after it begins; she is in the group once at a time; the group has one chair at a time."""
    first, last = membership.from_on, membership.to_on
    if last and last < first:
        raise Refused(f"It begins on {day(first, 'plain')}, so it cannot end before that day.")
    others = membership.group.memberships.exclude(pk=membership.pk).filter(overlapping(first, last))
    others = others.select_related("person")
    if other := others.filter(person=membership.person_id).first():
        raise Refused(f"{membership.person.name} belongs to {membership.group.name} then already, {_days(other)}.")
    if membership.chairs and (chair := others.filter(chairs=True).first()):
        raise ChairTaken(f"{chair.person.name} chairs {membership.group.name} then. Take the chair from them first.")


def _refuse_without_seat(group: Group, framework: Framework, post: str, beside: Sequence[str]) -> None:
    """Every core member has a seat at every session, so there are never more of a post than it has seats."""
    seats = seats_asked(group, framework)
    seated = [seat is not None for seat in taken([*beside, post], seats)]
    if all(seated):
        return
    words = words_of(framework, Seat((post,), 1))
    own = sum(seat.number for seat in seats if post in seat.posts)
    if not own:
        raise Refused(
            f"{group.name} has no seat for the post of {words}. Add one to its seats first, or choose another person."
        )
    raise Refused(
        f"{group.name} has {plural(own, 'seat')} for the post of {words}, and as many core members then. "
        "Add a seat, end a membership, or choose another person."
    )


def _days(membership: Membership) -> str:
    last = f" to {day(membership.to_on, 'plain')}" if membership.to_on else ""
    return f"from {day(membership.from_on, 'plain')}{last}"


def _facts(membership: Membership) -> dict[str, object]:
    return {
        "group": membership.group.name,
        "person": membership.person.name,
        "as": membership.standing,
        "post": membership.post or membership.agency,
        "chairs": membership.chairs,
        "from": membership.from_on.isoformat(),
        "to": membership.to_on.isoformat() if membership.to_on else None,
    }
