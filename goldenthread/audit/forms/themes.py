"""What comes in from the page of the council's themes."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.framework.models import Theme
from goldenthread.framework.services.themes import ThemeSaid
from goldenthread.web.forms import Form

DOMAINS = [("", "Practice and process"), ("practice", "Practice only"), ("process", "Process only")]
SORTS = [("", "Good practice and what to improve"), ("good", "Good practice only"), ("improve", "To improve only")]


class ThemeForm(Form):
    """A theme's words, and the findings that it is for."""

    label = forms.CharField(label="What is the theme called?", max_length=120)
    domain = forms.ChoiceField(
        label="For findings of", choices=DOMAINS, required=False, widget=forms.RadioSelect, initial=""
    )
    sort = forms.ChoiceField(label="And for", choices=SORTS, required=False, widget=forms.RadioSelect, initial="")

    @staticmethod
    def initial_of(theme: Theme) -> dict[str, Any]:
        return {"label": theme.label, "domain": theme.domain, "sort": theme.sort}

    @property
    def said(self) -> ThemeSaid:
        return ThemeSaid(**{name: self.cleaned_data[name] for name in ("label", "domain", "sort")})
