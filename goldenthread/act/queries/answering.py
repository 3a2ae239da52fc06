"""Who decides what is in dispute about a task, and who may give it more time: the framework's posts, never its owner.

Where the only ones who hold such a post here are the owner herself, it falls to the service's manager, and last to the
Quality Assurance Unit, so that nothing waits for ever.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.act.models import Return, Task
from goldenthread.act.queries.answerable import Managers
from goldenthread.act.queries.tasks import with_framework
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.framework.queries import frameworks_of
from goldenthread.method.following import deciders
from goldenthread.method.framework import Framework
from goldenthread.people.models import Person, Post


def holds_one_of(person: Person, posts: Sequence[str], returned: Return) -> bool:
    """Whether she holds one of these posts where it answers for this return: for its team, service or council."""
    places = {returned.team_id, returned.service_id} - {None}
    return any(
        held.kind in posts and (held.oversees == "authority" or held.quality_assurance or held.team_id in places)
        for held in person.posts_held
    )


@dataclass(frozen=True, slots=True)
class Answering:
    """Whether this person answers for a task, and otherwise who does, by name ("" where nobody else can be named)."""

    may: bool
    instead: str = ""


def answering(
    person: Person, returned: Return, task: Task, posts: Sequence[str], framework: Framework, managers: Managers
) -> Answering:
    """Whether this person may decide for one of `posts` about a task that is not her own."""
    named = _holders(returned, posts, framework, managers, task.owner_id)
    if holds_one_of(person, posts, returned):
        return Answering(True)
    if named:
        return Answering(False, named[0].name)
    manager = managers.of_service.get(returned.service_id or 0)
    if manager and manager.pk != task.owner_id:
        return Answering(manager.pk == person.pk, "" if manager.pk == person.pk else manager.name)
    return Answering(person.is_quality_assurance, "" if person.is_quality_assurance else "the Quality Assurance Unit")


def _holders(
    returned: Return, posts: Sequence[str], framework: Framework, managers: Managers, owner: int
) -> list[Person]:
    found = []
    for key in posts:
        rule = framework.post(key)
        if rule.oversees == "team":
            holder = managers.of_team.get(returned.team_id or 0)
        elif rule.oversees == "service":
            holder = managers.of_service.get(returned.service_id or 0)
        else:
            holder = managers.in_post.get(key)
        if holder and holder.pk != owner:
            found.append(holder)
    return found


def tasks_to_decide(person: Person, today: date) -> QuerySet[Task]:
    """Challenged tasks that this person decides under the framework each was asked under, the soonest due first.

    As `answering` says it of one task; one statement more for the council's frameworks, few as they are.
    """
    wanted = Q(pk__in=())
    for version in frameworks_of(person.authority_id).select_related(None).defer("source"):
        posts = deciders(version.parsed)
        oversee = {version.parsed.post(key).oversees for key in posts}
        hers = _hers(person, posts) | _fallen_to(person, oversee, today)
        wanted |= hers & Q(returned__audit__framework=version.pk)
    waiting = Task.objects.filter(
        wanted, ~blind_to(person.pk, "returned__audit"), authority=person.authority_id, state="challenged",
        returned__state="with the team",
    ).exclude(owner=person.pk)  # fmt: skip
    return with_framework(waiting.select_related("returned__team", "owner")).order_by("due_on", "pk")


def _hers(person: Person, posts: Sequence[str]) -> Q:
    """The returns for which her posts among these answer."""
    held = [post for post in person.posts_held if post.kind in posts]
    if any(post.oversees == "authority" or post.quality_assurance for post in held):
        return Q(pk__isnull=False)
    places = [post.team_id for post in held if post.team_id]
    return Q(returned__team__in=places) | Q(returned__service__in=places)


def _fallen_to(person: Person, oversee: Set[str], today: date) -> Q:
    """What falls to her because nobody but its owner holds a post that decides here."""
    if not oversee <= {"team", "service"}:
        return Q(pk__in=())  # somebody above them all decides
    nobody = Q(pk__isnull=False)
    for kind in sorted(oversee):
        nobody &= ~_managed_by_another(kind, today)
    falls = Q(returned__service__in=person.services_managed)
    if person.is_quality_assurance:
        falls |= ~_managed_by_another("service", today)
    return nobody & falls


def _managed_by_another(kind: str, today: date) -> Q:
    """Whether the team, or the service, has a manager who is not the task's owner."""
    posts = Post.objects.filter(
        Post.on(today), oversees=kind, team=OuterRef(f"returned__{kind}"), person__is_active=True
    )
    return Q(Exists(posts.exclude(person=OuterRef("owner"))))
