"""A small council under any framework: its posts, teams and cases made from the rules and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.services import adopt_framework, adopt_template
from goldenthread.framework.template_files import SHIPPED, rows_in
from goldenthread.method.framework import Framework, Post, parse_framework
from goldenthread.method.template import template_source
from goldenthread.people.models import Agency, Authority, Person, Team
from goldenthread.people.models import Post as PostHeld
from goldenthread.people.services import open_authority
from goldenthread.plan.models import Group
from goldenthread.plan.services.groups import form_groups
from goldenthread.select.models import CaseLine, CaseList

BEGAN = date(2020, 1, 1)
LISTED = date(2026, 9, 30)
NOW = datetime(2026, 10, 6, 14, 0, tzinfo=UTC)
SERVICES = {"North": ("North 1", "North 2"), "South": ("South 1", "South 2")}
CASES = 60


@dataclass(frozen=True)
class Small:
    """The council, and what a story needs of it."""

    version: FrameworkVersion
    unit: Person
    people: tuple[Person, ...]
    group: Group
    cases: CaseList

    @property
    def framework(self) -> Framework:
        return self.version.parsed

    @property
    def auditors(self) -> tuple[Person, ...]:
        posts = {post.key for post in self.framework.posts if post.audits}
        return tuple(person for person in self.people if person.posts_held[0].kind in posts)


def council_under(key: str) -> Small:
    """The council of the framework in `frameworks/<key>.toml`."""
    text = (SHIPPED.parent / f"{key}.toml").read_text(encoding="utf-8")
    unit, version = _opened(key, text)
    for template in sorted(path.name for path in SHIPPED.iterdir() if path.is_dir()):
        adopt_template(by=unit, source=template_source(*rows_in(SHIPPED / template)), now=NOW)
    groups = form_groups(by=unit, framework=version.parsed, now=NOW)
    people = (unit, *_people(unit.authority, version.parsed))
    group = max(groups, key=lambda group: (len(group.statuses), group.key))
    return Small(version, unit, people, group, _case_list(unit, version.parsed, group))


def _opened(key: str, text: str) -> tuple[Person, FrameworkVersion]:
    # Who opens a council does not know its rules yet; the post she takes up is the first of theirs that runs it all.
    rule = next(post for post in parse_framework(text).posts if post.quality_assurance)
    unit = open_authority(
        name=f"Council under {key}", short_name=key, username=f"{key}.unit", person_name="Unit Lead", password=None,
        post={"kind": rule.key, "title": rule.label, "quality_assurance": True}, now=NOW, on=BEGAN,
    )  # fmt: skip
    return unit, adopt_framework(by=unit, text=text, from_day=BEGAN, now=NOW)


def _people(authority: Authority, framework: Framework) -> list[Person]:
    """Two of each post that holds cases in every team, one above each team, service and the whole, two beside them."""
    teams = {service: [_team(authority, name) for name in names] for service, names in SERVICES.items()}
    services = {service: _team(authority, service) for service in SERVICES}
    for service, made in teams.items():
        for team in made:
            team.parent = services[service]
            team.save()
    every = [team for made in teams.values() for team in made]
    beside = _team(authority, "Beside", services["South"])
    people = []
    for post in framework.posts:
        if post.holds_cases:
            people += [_in_post(authority, post, team) for team in every for _ in range(2)]
        elif post.oversees == "team":
            people += [_in_post(authority, post, team) for team in every]
        elif post.oversees == "service":
            people += [_in_post(authority, post, team) for team in services.values()]
        else:
            people += [_in_post(authority, post, beside) for _ in range(2)]
    return people


def _team(authority: Authority, name: str, parent: Team | None = None) -> Team:
    agency = Agency.objects.get(authority=authority)
    return Team.objects.create(authority=authority, agency=agency, name=name, parent=parent, opened_on=BEGAN)


def _in_post(authority: Authority, post: Post, team: Team) -> Person:
    number = Person.objects.filter(authority=authority).count()
    name = f"{post.label} {number}"
    person = Person.objects.create(authority=authority, username=f"{authority.short_name}.{number}", name=name)
    PostHeld.objects.create(
        authority=authority, person=person, kind=post.key, title=post.label, team=team, started_on=BEGAN,
        oversees=post.oversees, quality_assurance=post.quality_assurance,
    )  # fmt: skip
    return person


def _case_list(unit: Person, framework: Framework, group: Group) -> CaseList:
    """Cases of the group's theme in every team, held by turns by whoever holds cases there."""
    holding = {post.key for post in framework.posts if post.holds_cases}
    posts = PostHeld.objects.filter(authority=unit.authority, kind__in=holding).select_related("person", "team")
    holders = list(posts.order_by("pk"))
    statuses = group.statuses or [status.key for status in framework.statuses]
    made = CaseList.objects.create(
        authority=unit.authority, source="extract", as_at=LISTED, state="loaded", uploaded_at=NOW, uploaded_by=unit,
        loaded_at=NOW, loaded_by=unit,
    )  # fmt: skip
    CaseLine.objects.bulk_create(
        CaseLine(
            authority=unit.authority, case_list=made, ref=f"C{number:03}", status=statuses[number % len(statuses)],
            team=held.team, team_name=held.team.name if held.team else "", worker=held.person,
            worker_name=held.person.name, age_band="5 to 9", opened_on=date(2026, 3, 2), locality=f"Ward {number % 3}",
        )
        for number in range(1, CASES + 1)
        for held in [holders[number * 5 % len(holders)]]
    )  # fmt: skip
    return made
