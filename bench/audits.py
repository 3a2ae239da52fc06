"""Audits to measure: sixty questions in one section, so that one page shows the whole form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import product
from bench.requests import Browser, signed_in

QUESTIONS, SECTION = 60, "whole"
SHOWN = Path(__file__).resolve().parents[1] / "frameworks" / "templates" / "case_file"
ANSWERS = {"yes_no": "partly", "scaling": "5", "date": "1/9/2026", "graded": "good"}
WORDS = "Seen alone on each visit, and her words are in the plan: she wants to stay at her school with her friends. "


@contextmanager
def installed(*, on_postgresql: bool = False) -> Iterator[None]:
    """The product with the council of the tests, whose audit template is the shipped one's questions on one page."""
    with product.installed(on_postgresql=on_postgresql):
        from goldenthread.framework.services import adopt_template
        from tests import make

        adopt_template(by=make.council().maya, source=one_page(), now=make.NOW)
        yield


def one_page() -> dict[str, Any]:
    """Sixty questions of the shipped template in one section; as a section has one grade, the others become plain."""
    from goldenthread.framework.template_files import rows_in
    from goldenthread.method.template import template_source

    rows = rows_in(SHOWN)
    asked = [plain(row) for row in rows.survey if row["type"] not in {"begin_group", "end_group", "hidden", "note"}]
    kept = [row for row in asked if row["role"].startswith("overall")]
    kept = [row for row in asked if not row["role"].startswith("overall")][: QUESTIONS - len(kept)] + kept
    hidden = [row for row in rows.survey if row["type"] == "hidden"]
    blank = dict.fromkeys(rows.survey[0], "")
    ends = [
        blank | {"type": f"{which}_group", "name": SECTION, "label": "The whole file"} for which in ("begin", "end")
    ]
    return template_source([*hidden, ends[0], *kept, ends[1]], rows.choices, rows.settings)


def plain(row: dict[str, str]) -> dict[str, str]:
    role = row["role"] if row["role"].startswith("overall") else ""
    return row | {"relevant": "", "role": role}


def form(audit: Any, seen: int = 0) -> dict[str, Any]:
    """What her browser sends of the sixty questions: each answer, over the version she saw (0: blank)."""
    from tests import make

    asked = make.opened(audit).template.questions
    typed = {f"q-{name}": ANSWERS.get(question.kind, WORDS * 3) for name, question in asked.items()}
    return typed | {f"seen-{name}": seen for name in asked}


def answered() -> Any:
    """A whole audit in progress: every one of its sixty questions answered, nothing submitted."""
    from tests import make

    audit = make.audit()
    make.answered_audit(audit)
    return audit


def page_of(audit: Any) -> str:
    """Where its sixty questions are answered."""
    return f"/audit/{audit.code}/sections/{SECTION}/"


def auditor(audit: Any) -> Browser:
    """Its auditor, signed in, with the page open."""
    from tests import make

    return signed_in(make.auditor_of(audit), page_of(audit))
