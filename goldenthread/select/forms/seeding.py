"""Where a seed comes from, if not from dice: a number given and then revealed, a beacon's signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import beacon
from goldenthread.method.seed_sources.shares import FEWEST_DIGITS, read_commitment, secret_number
from goldenthread.web.forms import Form

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class CommitForm(Form):
    """A number that nobody else knows; or its digest, worked out elsewhere, so that it is never typed in before."""

    number = forms.CharField(
        label="Your secret number", required=False, max_length=200, widget=forms.TextInput(attrs=DIGITS),
        help_text=(
            f"At least {FEWEST_DIGITS} digits that nobody can guess. Write it down: you type it again to reveal it. "
            "Only its fingerprint is kept until then."
        ),
    )  # fmt: skip
    digest = forms.CharField(
        label="Or its fingerprint", required=False, max_length=100,
        help_text="The SHA-256 of the draw’s id, a vertical bar and your digits, if you worked it out on your own.",
    )  # fmt: skip

    def clean_number(self) -> str:
        return _read(secret_number, self.cleaned_data["number"], "Your secret number")

    def clean_digest(self) -> str:
        return _read(read_commitment, self.cleaned_data["digest"], "Or its fingerprint")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned["number"]) == bool(cleaned["digest"]):
            self.add_error("number", "Give a number, or a fingerprint that you worked out yourself: one of the two.")
        return cleaned


class RevealForm(Form):
    """The number that she gave before, once more."""

    number = forms.CharField(
        label="Your number", max_length=200, widget=forms.TextInput(attrs=DIGITS),
        help_text="The digits you gave before. Spaces do not matter.",
    )  # fmt: skip

    def clean_number(self) -> str:
        return _read(secret_number, self.cleaned_data["number"], "Your number")


class BeaconForm(Form):
    """The signature of the round that was named."""

    signature = forms.CharField(
        label="Signature of the round", max_length=200, help_text="96 digits and letters, as the beacon publishes them."
    )

    def clean_signature(self) -> str:
        return _read(beacon.read_signature, self.cleaned_data["signature"], "Signature of the round")


class CastForm(Form):
    """Nothing to give: everybody has revealed her number."""


def _read(how: Any, typed: str, label: str) -> str:
    if not typed.strip():
        return ""
    try:
        return str(how(typed))
    except Refused as refusal:
        raise ValidationError([f"{label}: {sentence}" for sentence in refusal.sentences]) from None
