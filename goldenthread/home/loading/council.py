"""The invented council's teams, people and posts as rows, its framework, template and groups adopted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.framework.services import adopt_framework, adopt_shipped_templates, adopt_template
from goldenthread.framework.template_files import SHIPPED, rows_in
from goldenthread.home.demonstration import council as invented
from goldenthread.home.demonstration.teams import DIRECTORATE
from goldenthread.method.framework import Framework, parse_framework
from goldenthread.method.template import template_source
from goldenthread.people.models import Agency, Authority, Person, Post, PostHeld, Team, held
from goldenthread.plan.models import Group
from goldenthread.plan.services.groups import form_groups
from goldenthread.trail.services import record, step

FRAMEWORKS = SHIPPED.parent
OPENED = timedelta(days=3650)  # the teams have been there for ten years


@dataclass(frozen=True)
class Loaded:
    """The council as rows, by the names it was invented under."""

    authority: Authority
    teams: dict[str, Team]
    people: dict[str, Person]
    posts: tuple[Post, ...]
    framework: FrameworkVersion
    template: TemplateVersion
    groups: dict[str, Group]
    unit: Person

    def on(self, staff_id: str, day: date) -> Person:
        """This person with the posts she held that day, so that what she did then is done in the right capacity."""
        person = self.people[staff_id]
        person.__dict__["posts_held"] = self.posts_on(person, day)
        return person

    def posts_on(self, person: Person, day: date) -> tuple[PostHeld, ...]:
        return tuple(held(post) for post in self.posts_of.get(person.pk, ()) if _held_on(post, day))

    def managers_on(self, team_id: int | None, day: date) -> list[str]:
        """The staff numbers of those who managed this team, or this service, that day."""
        managing = (post for post in self.posts if post.oversees and post.team_id == team_id is not None)
        return [post.person.staff_number for post in managing if _held_on(post, day)]

    @cached_property
    def posts_of(self) -> dict[int, list[Post]]:
        found: dict[int, list[Post]] = defaultdict(list)
        for post in self.posts:
            found[post.person_id].append(post)
        return found


def _held_on(post: Post, day: date) -> bool:
    return post.started_on <= day and (post.ended_on is None or day <= post.ended_on)


def framework_text(key: str = "knowsley_2009") -> str:
    return (FRAMEWORKS / f"{key}.toml").read_text(encoding="utf-8")


@step
def load_council(council: invented.Council, *, now: datetime) -> Loaded:
    """Every team, person and post; nobody has a password, since in a demonstration one is chosen from the cast."""
    text = framework_text()
    framework = parse_framework(text)
    authority = Authority.objects.create(name=council.name, short_name=council.name, demonstration=True)
    teams = _teams(council, authority)
    people = _people(council, authority)
    posts = _posts(council, framework, teams, people)
    unit = people[council.cast[0].staff_id]
    record(by=unit, verb="opened", thing=authority, at=now, now={"name": authority.name})
    began = now - timedelta(days=800)
    version = adopt_framework(by=unit, text=text, from_day=framework.in_force_from, now=began)
    template = adopt_template(by=unit, source=template_source(*rows_in(Path(SHIPPED) / "case_file")), now=began)
    adopt_shipped_templates(by=unit, now=began)
    groups = form_groups(by=unit, framework=framework, now=began)
    return Loaded(authority, teams, people, posts, version, template, {group.key: group for group in groups}, unit)


def _teams(council: invented.Council, authority: Authority) -> dict[str, Team]:
    """The directorate is the council's own head: services stand under none, as in any other council."""
    agency = Agency.objects.create(authority=authority, name=council.name)
    teams: dict[str, Team] = {}
    for team in council.teams:
        parent = teams.get(team.parent) if team.parent and team.parent != DIRECTORATE else None
        teams[team.name] = Team.objects.create(
            authority=authority, agency=agency, name=team.name, parent=parent, opened_on=council.today - OPENED
        )
    return teams


def _people(council: invented.Council, authority: Authority) -> dict[str, Person]:
    about = {member.staff_id: member.description for member in council.cast}
    rows = [
        Person(
            authority=authority, username=person.username, name=person.name, staff_number=person.staff_id,
            email=f"{person.username}@ambermere.example", about=about.get(person.staff_id, ""), password="!",  # noqa: S106
        )
        for person in council.people
    ]  # fmt: skip
    return {person.staff_number: person for person in Person.objects.bulk_create(rows)}


def _posts(
    council: invented.Council, framework: Framework, teams: dict[str, Team], people: dict[str, Person]
) -> tuple[Post, ...]:
    rows = []
    for post in council.posts:
        kind = framework.post(post.kind)
        rows.append(
            Post(
                authority_id=people[post.person].authority_id,
                person=people[post.person],
                kind=post.kind,
                title=post.title,
                team=teams[post.team],
                oversees=kind.oversees,
                share=post.share,
                quality_assurance=kind.quality_assurance,
                started_on=post.started_on,
                ended_on=post.ended_on,
            )  # fmt: skip
        )
    return tuple(Post.objects.bulk_create(rows))
