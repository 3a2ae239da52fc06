"""How files are chosen: for which kind of audit and focus, by which way and why; the rule, or the cases named."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.method.expressions import Expression
from goldenthread.method.framework import Framework, Selecting
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import WAYS, another_way_faults, is_random, read_rule
from goldenthread.select.forms.draws import FREEZE, SEEDS, FreezingForm, reasons_by_ref
from goldenthread.select.models import CaseList
from goldenthread.select.services.draws import Chosen
from goldenthread.web.forms import Form
from goldenthread.web.wording import day

AS_SAID = "as_said"


class WayForm(Form):
    """For which kind of audit and focus, by which way, and where the seed comes from. Read before all else."""

    kind = forms.ChoiceField(label="Kind of audit")
    focus = forms.ChoiceField(label="Focus", required=False)
    way = forms.ChoiceField(label="How the files are chosen", required=False, widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why in another way than the framework says?", required=False, max_length=500,
        widget=forms.Textarea,
        help_text="Needed only for another way. It stays on record: name nobody in it.",
    )  # fmt: skip
    seed_kind = forms.ChoiceField(label="Where the seed comes from", required=False)

    def __init__(
        self, framework: Framework, kinds: Sequence[tuple[str, str]], focuses: Mapping[str, Any], focus: str,
        *args: Any, only: Sequence[str] = tuple(WAYS), **options: Any,
    ) -> None:  # fmt: skip
        seeds = [(key, SEEDS[key]) for key in framework.draw.seed_sources]
        as_said = framework.way_of(kinds[0][0]).way in only
        initial = {
            "kind": kinds[0][0], "focus": focus, "way": AS_SAID if as_said else "hand", "seed_kind": seeds[0][0],
        }  # fmt: skip
        super().__init__(*args, initial=initial, **options)
        self.framework, self.focuses, self.only = framework, focuses, only
        self._choose_from("kind", kinds)
        self._choose_from("focus", [("", "No focus"), *((code, each.title) for code, each in focuses.items())])
        self._choose_from("seed_kind", seeds)
        ways = [(key, label) for key, label in WAYS.items() if key in only]
        self._choose_from("way", [(AS_SAID, "As the framework says"), *ways])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.chosen_way not in self.only:
            self.add_error(
                "way", f"How the files are chosen: {WAYS[self.chosen_way].lower()} is drawn on its own page."
            )
        if self.data.get("then") == FREEZE:
            for sentence in another_way_faults(self.rule, self.chosen_way, cleaned.get("because", "")):
                self.add_error("because", sentence)
        return cleaned

    @property
    def rule(self) -> Selecting:
        """What the framework says of this kind and focus."""
        focus = self.chosen_focus
        return self.framework.way_of(self._kept("kind"), focus.kind if focus else "")

    @property
    def chosen_way(self) -> str:
        kept = self._kept("way") or AS_SAID
        return self.rule.way if kept == AS_SAID else kept

    @property
    def chosen_focus(self) -> Any:
        return self.focuses.get(self._kept("focus"))

    def chosen(self, rule: str = "") -> Chosen:
        """The way, as a service takes it. `rule` is the expression, or the event."""
        return Chosen(
            self._kept("kind"), self.chosen_focus, self.chosen_way, self._kept("because") or "", rule,
            self._kept("seed_kind"),
        )  # fmt: skip

    @property
    def mark(self) -> str:
        return repr((self._kept("kind"), self._kept("focus"), self.chosen_way))

    @property
    def random(self) -> bool:
        return is_random(self.chosen_way)

    def _choose_from(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _kept(self, name: str) -> Any:
        cleaned = getattr(self, "cleaned_data", {})
        return cleaned[name] if name in cleaned and (cleaned[name] or name != "kind") else self.initial.get(name)


class PickForm(FreezingForm):
    """From which list, and by what: nothing more for an event, an expression for a rule, the cases for a hand."""

    changed = "What would be taken changed after it was shown."
    seen = ""  # what the page shows; set by it once the cases are known

    case_list = forms.ChoiceField(label="Case list")

    def __init__(
        self, way: str, lists: Sequence[CaseList], statuses: Sequence[str], *args: Any, rule: str = "", **options: Any
    ) -> None:
        super().__init__(*args, initial={"case_list": lists[0].code, "rule": rule}, **options)
        self.lists, self.statuses = {each.code: each for each in lists}, statuses
        self.fields["case_list"].choices = [(each.code, day(each.as_at, "plain")) for each in lists]  # type: ignore[attr-defined]
        if way == "rule":
            self.ask("rule", _rule_field())
        if way == "hand":
            self.ask("named", _named_field())

    def clean_rule(self) -> str:
        text: str = self.cleaned_data["rule"]
        try:
            read_rule(text, self.statuses)
        except Refused as refusal:
            raise ValidationError(list(refusal.sentences)) from None
        return " ".join(text.split())

    def clean_named(self) -> dict[str, str]:
        return reasons_by_ref(self.cleaned_data["named"], "Cases to take")

    @property
    def chosen(self) -> CaseList:
        kept = getattr(self, "cleaned_data", {}).get("case_list") or self.initial["case_list"]
        return self.lists[kept]

    @property
    def rule(self) -> str:
        """The rule as typed, or as the framework has it where nothing was typed yet; "" where it cannot be read."""
        if self.is_bound:
            return str(getattr(self, "cleaned_data", {}).get("rule") or "")
        return str(self.initial["rule"])

    @property
    def expression(self) -> Expression:
        return read_rule(self.rule, self.statuses)

    @property
    def named(self) -> dict[str, str]:
        return getattr(self, "cleaned_data", {}).get("named") or {}

    @property
    def mark(self) -> str:
        return hashlib.sha256(self.seen.encode()).hexdigest()[:16]

    def must_be_as_shown(self) -> None:
        """Say it where what would be taken is not what was shown. Asked once the cases are known."""
        if self.freezing and not self.errors and self.data.get("shown") != self.mark:
            self.add_error(None, f"{self.changed} Look at the cases below once more, then take them.")

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


def _rule_field() -> forms.Field:
    return forms.CharField(
        label="Rule", max_length=500, widget=forms.Textarea,
        help_text=(
            "Such as ${status} = 'looked_after' and ${days_open} > 365, or selected(${tags}, 'child_protection'). "
            "It may ask for status, tags, age_band, team, locality and days_open."
        ),
    )  # fmt: skip


def _named_field() -> forms.Field:
    return forms.CharField(
        label="Cases to take", max_length=10_000, widget=forms.Textarea,
        help_text=(
            "One to a line, as “reference: reason”, such as a file that a review is about. "
            "The reason stays on record: name nobody in it."
        ),
    )  # fmt: skip
