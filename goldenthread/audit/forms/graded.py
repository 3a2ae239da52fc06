"""Which cases are audited again for their last grade."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from goldenthread.audit.queries.graded import LastGraded
from goldenthread.web.forms import Form


class GradedForm(Form):
    """Nothing to choose: every one of them is taken, if they are still those that were shown."""

    def __init__(self, cases: Sequence[LastGraded], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cases = cases

    @property
    def mark(self) -> str:
        return hashlib.sha256(repr(self.cases).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        if self.data.get("shown") != self.mark:
            self.add_error(None, "The cases changed after they were shown. Look at them once more, then take them.")
        return self.cleaned_data
