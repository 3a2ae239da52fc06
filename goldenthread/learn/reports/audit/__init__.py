"""One audit complete: how its file was chosen, what was said, what followed, who saw it.

The seed: "a major source of evidence for investigations, enquiries and inspection". It is made for one reader at a
time from what she may see, with names inside the service; for readers outside it without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from goldenthread.audit.models import Audit
from goldenthread.audit.queries.audits import audits_visible_to
from goldenthread.learn.queries.whole_audit import whole_audit
from goldenthread.learn.queries.whole_audit_facts import WholeAudit
from goldenthread.learn.readers import UNIT
from goldenthread.learn.rendering.model import Block, Figure, Figures, Report, Section, Text, Words
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.learn.reports.audit.following import again_blocks, concern_blocks, task_blocks, task_words
from goldenthread.learn.reports.audit.said import finding_blocks, grade_blocks, moderation_blocks, part_sections
from goldenthread.learn.reports.audit.selection import file_blocks, selection_blocks
from goldenthread.learn.reports.audit.trail import trail_blocks
from goldenthread.learn.subjects import Subject
from goldenthread.people.models import Authority, Person
from goldenthread.web.wording import plural

KEY, TITLE, CADENCE = "audit", "One audit complete", "whenever it is asked for"
AUDIENCE = "Whoever may read the audit; without names, investigations and inspectors"

PARTS = {
    "summary": "Summary",
    "selection": "How the file was chosen",
    "findings": "What was found",
    "grades": "Grades",
    "tasks": "Tasks and sign-off",
    "trail": "What happened, and who saw it",
}


def subjects(authority: Authority, today: date) -> list[Subject]:
    """None is offered: an audit's document is asked for on the audit's own page."""
    return []


def subject(authority: Authority, key: str) -> Subject | None:
    code = key.removeprefix("audit:")
    found = Audit.objects.filter(authority=authority.pk, code=code).select_related("session__group").first()
    return _subject(found, authority) if found else None


def _subject(audit: Audit, authority: Authority) -> Subject:
    """By its session and code: what stands in a list is never a child's reference."""
    title = f"Audit {audit.code}, {audit.session.group.name}, {day(audit.session.held_on)}"
    return Subject(f"audit:{audit.code}", title, authority, session=audit.session, audit=audit)


def may(person: Person, subject: Subject) -> bool:
    """The directors, as the unit does. Whoever else reads an audit sees her own view of it, on its own page."""
    if not person.is_director:
        return False
    return subject.audit is not None and audits_visible_to(person).filter(pk=subject.audit.pk).exists()


def readers(subject: Subject) -> tuple[str, ...]:
    """An edition of it stays in the unit: who else may read the audit opens the document from there."""
    return (UNIT,)


def figures(subject: Subject, today: date, *, circulated: bool = False) -> WholeAudit:
    """As the unit sees it; `circulated`: with roles for names and the audit's own code for the reference."""
    assert subject.audit is not None
    alias = without_reference(subject.audit.code) if circulated else None
    return whole_audit(subject.audit, today, alias=alias)


def without_reference(code: str) -> Callable[[str], str]:
    """What stands for the file's reference in one document by itself: the audit's code, which tells nobody the case.

    A pack in which one case comes several times gives pseudonyms of its own (method/pseudonyms.py).
    """
    return lambda reference: f"File of audit {code}"


def compose(figures: WholeAudit, words: Mapping[str, str]) -> Report:
    """The document, with a person's own words (by part, see `PARTS`) where there are any."""
    blocks = {
        "selection": (*file_blocks(figures), *selection_blocks(figures)),
        "findings": tuple(finding_blocks(figures)),
        "grades": (*grade_blocks(figures), *moderation_blocks(figures)),
        "tasks": (*task_blocks(figures), *again_blocks(figures), *concern_blocks(figures)),
        "trail": tuple(trail_blocks(figures)),
    }
    sections = [Section(PARTS[key], (*found, *_own(figures, words.get(key, "")))) for key, found in blocks.items()]
    answers = list(part_sections(figures))
    return Report(
        title=TITLE,
        subtitle=f"{figures.group}, {day(figures.held_on)}",
        council=figures.council,
        period=f"Audited by {day(figures.submitted_at.date())}; as it stands on {day(figures.as_of)}",
        edition="",
        published_on=None,
        published_by="",
        audience="Without names; read the words once more before it leaves" if figures.replaced else "The service",
        summary=(*_summary(figures), *_own(figures, words.get("summary", ""))),
        sections=(sections[0], *answers, *sections[1:]),
        about=tuple(_about(figures)),
    )


def _own(figures: WholeAudit, text: str) -> tuple[Block, ...]:
    return (Words(f"the {figures.framework.word('quality_assurance')}", text),) if text.strip() else ()


def _summary(figures: WholeAudit) -> Iterator[Block]:
    good = sum(len([one for one in part.findings if one.sort == "good practice"]) for part in figures.parts)
    improve = sum(len(part.findings) for part in figures.parts) - good
    yield Figures(
        (
            Figure(f"{good}", "findings of good practice"),
            Figure(f"{improve}", "findings for improvement"),
            Figure(f"{len(figures.tasks)}", "tasks set"),
        )
    )
    chance = "drawn at random" if figures.selected.sought else "chosen for a reason, not at random"
    yield Text(
        (
            f"Overall grade: {figures.grade}." if figures.grade else "No overall grade was given.",
            f"This file was {chance} and audited in the session of {day(figures.held_on)}.",
            f"{plural(len(figures.parts), 'part')} of the audit {'was' if len(figures.parts) == 1 else 'were'} given.",
            task_words(figures),
        )
    )


def _about(figures: WholeAudit) -> Iterator[Block]:
    yield Text(
        (
            f"Audit {figures.code}, under {figures.framework.title}, version {figures.framework.version}, with "
            f"{figures.template}.",
            "Grades and findings stand as they were given; what was changed since is beside them, with who and why.",
        )
    )
    if figures.left_out:
        yield Text(figures.left_out)
    if figures.replaced:
        yield Text(
            (
                "Names that this service keeps have given way to roles, and the file's reference to another name.",
                "What people wrote may still tell who a child or a worker is: read it before it leaves the council.",
            )
        )
    else:
        yield Text(("It names people and holds a child's reference. Keep it inside the service.",))
