"""What comes in from the settings' pages: files of rules and of questions, people, posts and teams."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator

from goldenthread.framework.template_files import workbook_rows
from goldenthread.method.framework import parse_framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import read_template, template_source
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


class TemplateForm(Form):
    """An audit template as an XLSForm workbook."""

    file = forms.FileField(
        label="Template file", help_text="An .xlsx workbook with the sheets survey, choices and settings (XLSForm)."
    )

    def clean_file(self) -> dict[str, Any]:
        file: UploadedFile = self.cleaned_data["file"]
        name = file.name or "template"
        try:
            rows = workbook_rows(name, file.read())
            read_template(*rows, name=name)
        except Refused as refusal:
            raise ValidationError(list(refusal.sentences)) from None
        return template_source(*rows)


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
