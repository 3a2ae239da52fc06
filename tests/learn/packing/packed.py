"""Packs for tests: asked for and made as the worker makes them, and opened again."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from goldenthread.audit.models import Audit
from goldenthread.learn.models import Pack
from goldenthread.learn.services.packing import made_in_background, path_of
from goldenthread.learn.services.packs import ask_for_pack
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.plan.services.years import open_year
from tests import make
from tests.learn import published

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
CANARY = "canarywords"
WORDS = f"{CANARY}: Ffion Carrow said of C001 that GRACE Ellingham, or Kwame, or carrow, may write to ann@family.org."


def told() -> Audit:
    """A file of Ffion's, C001, audited with words that name people and cases, returned, reported; in an open year."""
    here = make.council()
    open_year(
        by=here.maya, framework=here.framework, starts_on=FIRST, ends_on=LAST, kinds={"case_file": 120}, now=make.NOW
    )
    held = make.drawn_session(1, cases=[make.Line("C001")])
    Session.objects.filter(pk=held.pk).update(focus="Ffion's plans", venue="The Carrow room")
    held.refresh_from_db()
    audit = make.answered_audit(make.audit(held), answers={"plan_rationale": WORDS, "overall_rationale": WORDS})
    make.finding(audit, WORDS, action=WORDS)
    make.auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)
    audit.refresh_from_db()
    make.signed_return(make.returned_audit(audit))
    published.edition(held, summary=WORDS)
    return audit


def asked(by: Person | None = None, **how: Any) -> Pack:
    """The year's pack, unless it is said otherwise."""
    days = {} if how.get("scope") == "audit" else {"starts_on": FIRST, "ends_on": LAST}
    return ask_for_pack(by=by or make.council().maya, now=make.NOW, **({"scope": "year"} | days | how))


def made(by: Person | None = None, **how: Any) -> Pack:
    """The same, made."""
    pack = asked(by, **how)
    made_in_background(pack.pk, lambda: make.NOW, make.DAY)
    pack.refresh_from_db()
    assert pack.state == "ready", pack.fault
    return pack


def files(pack: Pack) -> dict[str, bytes]:
    """What is in it, by name; the PDFs as the words on their pages."""
    with ZipFile(path_of(pack)) as archive:
        return {name: _read(name, archive.read(name)) for name in archive.namelist()}


def _read(name: str, content: bytes) -> bytes:
    if not name.endswith(".pdf"):
        return content
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()


def unzipped(pack: Pack, to: Path) -> Path:
    with ZipFile(path_of(pack)) as archive:
        archive.extractall(to)
    return to
