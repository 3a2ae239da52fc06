"""What comes in from the settings' pages: files of rules and of questions, people, posts and teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator

from goldenthread.framework.models import TemplateVersion
from goldenthread.method.framework import parse_framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import compare
from goldenthread.people.models import Conflict
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form

MOST_BYTES = 512 * 1024  # a framework of sixty rules with its sentences is some 30 KB
USERNAME = RegexValidator(
    r"^[\w.@+-]+\Z",
    "Username: only letters, figures and . @ + - _ can be used, and no spaces. Choose another.",
    code="username",
)


class FrameworkForm(Form):
    """A council's rules as a TOML file, and the day from which they hold."""

    file = forms.FileField(label="Framework file", help_text="A .toml file. Every fault in it is shown with its line.")
    from_day = DayField(label="In force from")

    def clean_file(self) -> str:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(
                f"{file.name}: is larger than {MOST_BYTES // 1024} KB, more than any framework needs."
            )
        data = file.read()
        try:
            text = data.decode("utf-8-sig")
            parse_framework(text, file.name or "framework")
        except UnicodeDecodeError as fault:
            line = data[: fault.start].count(b"\n") + 1
            raise ValidationError(f"{file.name}, line {line}: is not UTF-8 text. Save it as UTF-8.") from None
        except Refused as refusal:
            raise ValidationError(list(refusal.sentences)) from None
        return text


class ComparedForm(Form):
    """Which version another is compared with."""

    other = forms.ChoiceField(label="Compare it with", required=False)

    def __init__(self, versions: Sequence[TemplateVersion], data: Any) -> None:
        super().__init__(data)
        self.fields["other"].choices = [(str(each.pk), _version_words(each)) for each in versions]  # type: ignore[attr-defined]

    def chosen(self, versions: Sequence[TemplateVersion]) -> TemplateVersion | None:
        """The version asked for; the newest of the others while nobody has chosen; None where there is no other."""
        self.is_valid()
        asked = self.cleaned_data.get("other") if self.is_bound else ""
        return next((each for each in versions if str(each.pk) == asked), versions[0] if versions else None)


def _version_words(version: TemplateVersion) -> str:
    return f"Version {version.version}, adopted {version.adopted_at:%-d %B %Y}"


class CorrespondenceForm(Form):
    """For each question of a newer version, the question of the older one that it goes on from."""

    def __init__(
        self, older: TemplateVersion, newer: TemplateVersion, decided: Mapping[str, str] | None, data: Any
    ) -> None:
        super().__init__(data)
        comparison = compare(older.parsed, newer.parsed)
        going = comparison.correspondence if decided is None else decided
        from_older = {new: old for old, new in going.items()}
        changed = {each.newer.name for each in comparison.changed if each.newer}
        self.settled: dict[str, str] = {}
        for name, question in newer.parsed.questions.items():
            if not question.answerable:
                continue
            old = from_older.get(name, "")
            if name == old and name not in changed:
                self.settled[old] = name
                continue
            alike = [each for each in older.parsed.questions.values() if each.kind == question.kind]
            choices = [("", "None: it is new"), *((each.name, f"{each.number}. {each.label}") for each in alike)]
            self.ask(
                f"new-{name}",
                forms.ChoiceField(
                    label=f"{question.number}. {question.label}", choices=choices, required=False, initial=old
                ),
            )

    @property
    def map(self) -> dict[str, str]:
        """Name in the older version → name in the newer one."""
        chosen = {old: key.removeprefix("new-") for key, old in self.cleaned_data.items() if old}
        return self.settled | chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = dict.fromkeys(self.settled, "")
        for key, old in list(cleaned.items()):
            if old in taken:
                self.add_error(
                    key, f"{self.fields[key].label} This earlier question is chosen for another question too. "
                    "Choose it once."
                )  # fmt: skip
            elif old:
                taken[old] = key
        return cleaned


class PeopleFilterForm(Form):
    """What the list of people is narrowed by."""

    text = forms.CharField(label="Name, username or staff number", required=False, max_length=60)
    team = forms.ChoiceField(label="Team", required=False)
    everybody = forms.BooleanField(label="Also those without a post", required=False)

    def __init__(self, teams: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["team"].choices = [("", "All teams"), *teams]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> dict[str, Any]:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        team = self.cleaned_data.get("team")
        return {
            "text": self.cleaned_data.get("text", ""),
            "team": int(team) if team else None,
            "everybody": self.cleaned_data.get("everybody", False),
        }


class PasswordField(forms.CharField):
    """A password to give to somebody else, held against the same rules as one's own."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Starting password")
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(widget=widget, max_length=200, strip=False, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            password_validation.validate_password(value)


def _address() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address (optional)", required=False,
        error_messages={"invalid": "E-mail address: give one such as dana.poole@council.example."},
    )  # fmt: skip


class PersonForm(Form):
    """Somebody new: who she is, how she signs in, and her first post."""

    name = forms.CharField(label="Name", max_length=200)
    username = forms.CharField(
        label="Username",
        max_length=100,
        validators=[USERNAME],
        help_text="What they type to sign in, such as dana.poole",
    )
    email = _address()
    staff_number = forms.CharField(
        label="Staff number (optional)",
        required=False,
        max_length=40,
        help_text="As case lists give it for who holds a case",
    )
    password = PasswordField(
        required=False, help_text="At least 12 characters. Tell it to them yourself; they can change it. "
        "Leave it empty if they do not sign in yet."
    )  # fmt: skip


class AddressForm(Form):
    email = _address()


class PasswordForm(Form):
    password = PasswordField(
        label="New password", help_text="At least 12 characters. Tell it to them yourself; they can change it."
    )


class PostForm(Form):
    """A post of the framework, in a team, from a day."""

    kind = forms.ChoiceField(label="Post")
    team = forms.ChoiceField(label="Team or service", required=False)
    started_on = DayField(label="From")
    share = forms.IntegerField(
        label="Per cent of a full week", required=False, min_value=1, max_value=100, initial=100,
        help_text="60 for three days of five. What is owed, and how often somebody sits in a session, goes by it.",
    )  # fmt: skip

    def __init__(self, posts: list[tuple[str, str]], teams: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", "Choose a post"), *posts]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "None"), *teams]  # type: ignore[attr-defined]

    def clean_share(self) -> Decimal:
        return Decimal(self.cleaned_data["share"] or 100) / 100


class EndPostForm(Form):
    ended_on = DayField(label="Last day in this post")


class TeamForm(Form):
    """A team within a service, or a service."""

    name = forms.CharField(label="Name", max_length=200, help_text="As case lists give it")
    parent = forms.ChoiceField(label="Service it belongs to", required=False)
    opened_on = DayField(label="Open from")

    def __init__(self, services: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].choices = [("", "None: it is a service itself"), *services]  # type: ignore[attr-defined]


class CloseTeamForm(Form):
    closed_on = DayField(label="Last day it is open")


class ConflictForm(Form):
    """A tie to one child's case, one worker or one team; for the unit, whose it is."""

    about = ("ref", "worker", "team")

    sort = forms.ChoiceField(
        label="Sort of tie", widget=forms.RadioSelect,
        choices=[(sort, words.capitalize()) for sort, words in Conflict.SORTS],
    )  # fmt: skip
    ref = forms.CharField(
        label="Case reference, if it is with a child or a family", required=False, max_length=60,
        help_text="As the case list gives it. Say nothing more about the child here.",
    )  # fmt: skip
    worker = forms.ChoiceField(label="Worker, if it is with whoever holds cases", required=False)
    team = forms.ChoiceField(label="Team, if it is with a whole team", required=False)

    def __init__(
        self, people: list[tuple[str, str]], teams: list[tuple[str, str]], *args: Any, whose: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.fields["worker"].choices = [("", "Nobody"), *people]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "None"), *teams]  # type: ignore[attr-defined]
        if whose:
            self.ask("person", forms.ChoiceField(label="Whose tie is it?", choices=[("", "Choose a person"), *people]))
            self.order_fields(["person", *self.fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in self.about if cleaned.get(name)]
        if len(given) != 1 and not self.errors.keys() & set(self.about):
            named = "nothing was given" if not given else "more than one was given"
            self.add_error(given[-1] if given else "ref", f"Case reference, worker or team: {named}. Give one of them.")
        return cleaned


class ConflictFilterForm(Form):
    """What the list of conflicts is narrowed by."""

    text = forms.CharField(label="Name", required=False, max_length=60)
    ended = forms.BooleanField(label="Also those that ended", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")

    @property
    def narrowed(self) -> dict[str, Any]:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        return {"text": self.cleaned_data.get("text", ""), "ended": self.cleaned_data.get("ended", False)}
