"""Opening a council, its teams, its people and the posts they take up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Agency, Authority, Conflict, Person, Post, Team
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step
from goldenthread.web.wording import day as in_words


@step
def open_authority(
    *, name: str, short_name: str, username: str, person_name: str, password: str | None, post: dict[str, Any],
    now: datetime, on: date, demonstration: bool = False,
) -> Person:  # fmt: skip
    """A council, and its first person, who holds a post of the Quality Assurance Unit and lets the others in."""
    if Authority.objects.filter(name=name).exists():
        raise Refused(f"There is already a council called “{name}”.")
    _refuse_taken(username)
    authority = Authority.objects.create(name=name, short_name=short_name, demonstration=demonstration)
    agency = Agency.objects.create(authority=authority, name=name)
    team = Team.objects.create(authority=authority, agency=agency, name="Quality Assurance Unit", opened_on=on)
    person = _person(authority, username=username, name=person_name, password=password)
    Post.objects.create(authority=authority, person=person, team=team, started_on=on, **post)
    record(by=person, verb="opened", thing=authority, at=now, now={"name": name})
    return person


@step
def add_person(
    *,
    by: Person,
    name: str,
    username: str,
    password: str | None,
    now: datetime,
    email: str = "",
    staff_number: str = "",
) -> Person:
    """Let somebody into this council. Without a password she is on record, but cannot sign in until she has one."""
    _allowed(by)
    _refuse_taken(username)
    person = _person(
        by.authority, username=username, name=name, password=password, email=email, staff_number=staff_number
    )
    record(by=by, verb="added", thing=person, at=now, now={"name": name, "username": username})
    return person


@step
def change_address(*, by: Person, person: Person, email: str, now: datetime) -> Person:
    """Where somebody's messages go from now on. What is stuck is tried again from the unit's list of messages."""
    _allowed(by)
    person.email = email
    person.save(update_fields=["email"])
    record(by=by, verb="changed the address of", thing=person, at=now)
    return person


def _person(authority: Authority, *, password: str | None, **facts: str) -> Person:
    person = Person(authority=authority, **facts)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    return person


def _refuse_taken(username: str) -> None:
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(f"The username “{username}” is taken; choose another.")


@step
def give_password(*, by: Person, person: Person, password: str, now: datetime) -> Person:
    """A new password for somebody who has none or has forgotten it. Wherever she was signed in, she no longer is."""
    _allowed(by)
    person.set_password(password)
    person.save(update_fields=["password"])
    record(by=by, verb="gave a password to", thing=person, at=now)
    return person


@step
def give_post(
    *, by: Person, person: Person, team: Team | None, post: dict[str, Any], started_on: date, now: datetime
) -> Post:
    """Put somebody in a post from a day. `post` is the framework's: its kind, title and what it oversees."""
    _allowed(by)
    if post["oversees"] in {"team", "service"} and team is None:
        raise Refused(f"A {post['title']} manages a {post['oversees']}: choose which.")
    if team and (started_on < team.opened_on or (team.closed_on and started_on > team.closed_on)):
        raise Refused(f"{team.name} is not open on {in_words(started_on, 'plain')}.")
    if Post.objects.filter(Post.on(started_on), person=person, kind=post["kind"], team=team).exists():
        raise Refused(f"{person.name} already holds this post then.")
    given = Post.objects.create(authority_id=by.authority_id, person=person, team=team, started_on=started_on, **post)
    told = {"post": given.kind, "team": team.name if team else "", "from": started_on.isoformat()}
    record(by=by, verb="put in post", thing=person, at=now, now=told)
    return given


@step
def end_post(*, by: Person, post: Post, ended_on: date, now: datetime) -> Post:
    """End a post with a day, the last on which it is held. The council keeps somebody who runs the audits."""
    _allowed(by)
    if post.ended_on:
        raise Refused(f"This post ended on {in_words(post.ended_on, 'plain')} already.")
    if ended_on < post.started_on:
        raise Refused(f"The post began on {in_words(post.started_on, 'plain')}, so it cannot end before.")
    if post.quality_assurance and not _others_run_it(post):
        raise Refused("Nobody else holds a post of the Quality Assurance Unit. Put somebody else in one first.")
    post.ended_on = ended_on
    post.save(update_fields=["ended_on"])
    record(
        by=by, verb="ended the post of", thing=post.person, at=now, now={"post": post.kind, "to": ended_on.isoformat()}
    )
    return post


def _others_run_it(post: Post) -> bool:
    held = Post.objects.filter(
        authority=post.authority_id, quality_assurance=True, ended_on=None, person__is_active=True
    )
    return held.exclude(pk=post.pk).exists()


@step
def deactivate(*, by: Person, person: Person, now: datetime) -> Person:
    """Close somebody's account: she is signed out at once and stays on record. Never one's own."""
    _allowed(by)
    if person.pk == by.pk:
        raise Refused("You cannot close your own account; another member of the Quality Assurance Unit can.")
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(by=by, verb="closed the account of", thing=person, at=now)
    return person


@step
def reactivate(*, by: Person, person: Person, now: datetime) -> Person:
    _allowed(by)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by=by, verb="opened the account of", thing=person, at=now)
    return person


@step
def open_team(*, by: Person, name: str, parent: Team | None, opened_on: date, now: datetime) -> Team:
    """A new team within a service, or (with no parent) a new service."""
    _allowed(by)
    if Team.objects.filter(authority=by.authority_id, name__iexact=name).exists():
        raise Refused(f"There is already a team called “{name}”.")
    agency = parent.agency if parent else Agency.objects.filter(authority=by.authority_id).order_by("pk")[0]
    team = Team.objects.create(
        authority_id=by.authority_id, agency=agency, name=name, parent=parent, opened_on=opened_on
    )
    record(by=by, verb="opened", thing=team, at=now, now={"name": name, "service": parent.name if parent else ""})
    return team


@step
def close_team(*, by: Person, team: Team, closed_on: date, now: datetime) -> Team:
    """Close a team with a day; its past stays. Whoever is in it is given another post first."""
    _allowed(by)
    if closed_on < team.opened_on:
        raise Refused(f"{team.name} opened on {in_words(team.opened_on, 'plain')}, so it cannot close before.")
    if team.teams.filter(closed_on=None).exists():
        raise Refused(f"{team.name} still has teams. Close them first.")
    still = Post.objects.filter(Post.on(closed_on), team=team, ended_on=None).select_related("person")
    if names := sorted(post.person.name for post in still):
        raise Refused(f"{team.name} still has people in it: {', '.join(names)}. End their posts first.")
    team.closed_on = closed_on
    team.save(update_fields=["closed_on"])
    record(by=by, verb="closed", thing=team, at=now, now={"closed_on": closed_on.isoformat()})
    return team


@step
def declare_conflict(
    *, by: Person, person: Person, sort: str, now: datetime, ref: str = "", worker: Person | None = None,
    team: Team | None = None,
) -> Conflict:  # fmt: skip
    """Put on record that somebody has a tie to one child's case, one worker or one team: she is not given its files.

    By herself, or by the Quality Assurance Unit for her. The trail says who declared, never with what.
    """
    _own_or_unit(by, person)
    ref = ref.strip()
    if sum(map(bool, (ref, worker, team))) != 1:
        raise Refused("Give one of these three: the case’s reference, the worker, or the team.")
    if worker == person:
        raise Refused("Nobody is given files of their own cases, so this need not be declared: choose another worker.")
    about = {"ref": ref, "worker": worker, "team": team}
    if Conflict.objects.filter(person=person, ended_at=None, **about).exists():
        raise Refused("This conflict is declared already and has not ended.")
    conflict = Conflict.objects.create(
        authority_id=person.authority_id, person=person, sort=sort, declared_at=now, declared_by=by, **about
    )
    record(by=by, verb="declared", thing=conflict, at=now, now={"person": person.pk})
    return conflict


@step
def end_conflict(*, by: Person, conflict: Conflict, now: datetime) -> Conflict:
    """Say that a declared tie is no more. It stays on record with who declared and who ended it."""
    _own_or_unit(by, conflict.person)
    conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.ended_at:
        raise Refused("This conflict has ended already.")
    conflict.ended_at, conflict.ended_by = now, by
    conflict.save(update_fields=["ended_at", "ended_by"])
    record(by=by, verb="ended", thing=conflict, at=now, now={"person": conflict.person_id})
    return conflict


def _own_or_unit(by: Person, person: Person) -> None:
    unit = may("keep conflicts of interest", standings(by)) and by.authority_id == person.authority_id
    if by.pk != person.pk and not unit:
        raise Refused("A conflict of interest is declared by whoever has it, or by the Quality Assurance Unit.")


def _allowed(by: Person) -> None:
    if not may("see the settings", standings(by)):
        raise Refused("People and teams are looked after by the Quality Assurance Unit.")
