"""The first administrator: a council opened whole, or not at all."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.people.models import Authority, Person
from goldenthread.plan.models import Group

pytestmark = pytest.mark.django_db

PASSWORD = "lantern-otter-quarry"


def open_council(monkeypatch: pytest.MonkeyPatch, *more: str, password: str = PASSWORD) -> None:
    monkeypatch.setenv("GOLDENTHREAD_PASSWORD", password)
    call_command(
        "first_administrator", "--council", "Farwick Council", "--username", "una.stone", "--name", "Una Stone", *more
    )


def test_she_can_sign_in_and_runs_the_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    open_council(monkeypatch)

    signed = Client().post("/sign-in/", {"login": "una.stone", "password": PASSWORD})

    assert (signed.status_code, signed.headers["Location"]) == (302, "/")
    assert Person.objects.get().is_quality_assurance


def test_the_council_has_its_framework_template_and_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    open_council(monkeypatch)

    assert (FrameworkVersion.objects.count(), TemplateVersion.objects.count(), Group.objects.count()) == (1, 1, 3)


def test_bare_adopts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    open_council(monkeypatch, "--bare")

    assert (FrameworkVersion.objects.count(), TemplateVersion.objects.count(), Group.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "Password: This password is too short. It must contain at least 12 characters.\n"),
        ("una.stone.una", "Password: The password is too similar to the username.\n"),
    ],
)
def test_a_poor_password_is_refused_and_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], password: str, said: str
) -> None:
    with pytest.raises(SystemExit) as left:
        open_council(monkeypatch, password=password)

    assert (left.value.code, capsys.readouterr().err, Authority.objects.count()) == (1, said, 0)


def test_a_council_is_opened_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    open_council(monkeypatch, "--bare")

    with pytest.raises(SystemExit):
        open_council(monkeypatch, "--bare")

    assert capsys.readouterr().err == "There is already a council called “Farwick Council”.\n"


def test_what_is_not_given_where_nobody_can_be_asked_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)

    with pytest.raises(SystemExit):
        call_command("first_administrator", "--council", "Farwick Council")

    assert capsys.readouterr().err == "Username of the administrator: nothing was given.\n"
