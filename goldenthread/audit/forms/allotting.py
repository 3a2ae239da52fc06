"""Why a drawn case is replaced, and whether its audit goes with it."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.web.forms import Form


class ReplaceForm(Form):
    """Why a drawn file cannot be audited; where somebody has begun its audit, that it is withdrawn too."""

    because = forms.CharField(
        label="Why can this file not be audited?", max_length=500, widget=forms.Textarea,
        help_text="Such as: the file is with the court. The reason is kept with the draw: name nobody in it.",
        error_messages={"required": "Say why this file cannot be audited; the reason is kept with the draw."},
    )  # fmt: skip

    def __init__(self, begun_by: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if begun_by:
            field = forms.BooleanField(
                label="Withdraw its audit too",
                help_text=f"{begun_by} began it. Nobody can write in it afterwards; what was written stays on record.",
                error_messages={"required": f"{begun_by} began this file’s audit: tick the box, or keep the case."},
            )
            self.ask("withdraw_begun", field)
