"""`goldenthread first-administrator`: a new council and its first person, who lets the others in."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.db import transaction

from goldenthread.framework.services import adopt_framework, adopt_template
from goldenthread.framework.showing import post_facts, shipped_framework, shipped_template_rows
from goldenthread.method.framework import parse_framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import template_source
from goldenthread.people.models import Person
from goldenthread.people.services import open_authority
from goldenthread.plan.services.groups import form_groups
from goldenthread.web import clock
from goldenthread.web.command import AnswerCommand

PASSWORD = "GOLDENTHREAD_PASSWORD"  # noqa: S105 - the name of the variable, not a secret


class Command(AnswerCommand):
    help = "Open a council with its first administrator, the shipped framework, template and auditing groups."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("--council", help="the council's name; asked for if not given")
        parser.add_argument("--username", help="what the administrator types to sign in; asked for if not given")
        parser.add_argument("--name", help="the administrator's name; asked for if not given")
        parser.add_argument("--bare", action="store_true", help="adopt no framework, no template, and form no groups")
        parser.epilog = f"The password is asked for twice, or taken from {PASSWORD}."

    def answer(self, **options: Any) -> Mapping[str, Any]:
        council = _given(options["council"], "Name of the council")
        username = _given(options["username"], "Username of the administrator")
        name = _given(options["name"], "Name of the administrator")
        password = _password(Person(username=username, name=name))
        with transaction.atomic():
            person = _open(council, username, name, password)
            groups = [] if options["bare"] else _adopt_what_is_shipped(person)
        return {"council": council, "username": username, "groups": groups}

    def words(self, answer: Mapping[str, Any]) -> str:
        said = [f"{answer['council']} is open. {answer['username']} can sign in and let the others in, under Settings."]
        if answer["groups"]:
            said.append(f"The framework and the case file audit are adopted; groups: {', '.join(answer['groups'])}.")
        return "\n".join(said)


def _given(value: str | None, asked: str) -> str:
    if value is None and sys.stdin.isatty():
        value = input(f"{asked}: ")
    if not value or not value.strip():
        raise Refused(f"{asked}: nothing was given.")
    return value.strip()


def _password(person: Person) -> str:
    """From the environment, or typed twice without being shown; held against the rules for passwords."""
    password = os.environ.get(PASSWORD) or _typed_twice()
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise Refused(*(f"Password: {sentence}" for sentence in fault.messages)) from None
    return password


def _typed_twice() -> str:
    if not sys.stdin.isatty():
        raise Refused(f"Password: nothing was given. Set {PASSWORD}, or run this where it can be typed.")
    password = getpass("Password (at least 12 characters): ")
    if getpass("Password again: ") != password:
        raise Refused("The two passwords differ, so nothing was opened.")
    return password


def _open(council: str, username: str, name: str, password: str) -> Person:
    framework = parse_framework(shipped_framework())
    unit = next(post.key for post in framework.posts if post.quality_assurance)
    return open_authority(
        name=council, short_name=council[:60], username=username, person_name=name, password=password,
        post=post_facts(framework, unit), now=clock.now(), on=clock.today(),
    )  # fmt: skip


def _adopt_what_is_shipped(person: Person) -> list[str]:
    """The framework from today, the case file audit and the groups; the names of the groups."""
    now = clock.now()
    framework = adopt_framework(by=person, text=shipped_framework(), from_day=clock.today(), now=now)
    adopt_template(by=person, source=template_source(*shipped_template_rows()), now=now)
    return [group.name for group in form_groups(by=person, framework=framework.parsed, now=now)]
