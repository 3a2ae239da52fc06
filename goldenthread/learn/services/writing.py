"""Writing a report: the draft, and the unit's own words beside each part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from goldenthread.learn.models import Edition
from goldenthread.learn.queries.editions import blind_to_some, draft_of, last_edition_of, last_saver
from goldenthread.learn.reports import report as report_of_key
from goldenthread.learn.subjects import Subject
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority, Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON

LONGEST = 10_000  # characters of a person's words beside one part
BLIND = (
    "You are grading a file that this report rests on without having seen its grades, so the report opens to you once "
    "you have given yours."
)


def draft_edition(*, by: Person, report: str, subject: Subject, now: datetime) -> Edition:
    """The draft of this report of this, begun if nobody has. A further edition begins with the last one's words."""
    allowed(by)
    seeing(by, subject)
    draft = draft_of(report, subject)
    if draft is None:
        day = now.astimezone(LONDON).date()
        report_of_key(report).figures(subject, day, circulated=False)  # refused where there is nothing to write of
    return draft or _begin(by, report, subject, now)


@step
def _begin(by: Person, report: str, subject: Subject, now: datetime) -> Edition:
    Authority.objects.select_for_update().get(pk=subject.authority.pk)  # two beginners: one draft
    edition = draft_of(report, subject)
    if edition is None:
        last = last_edition_of(report, subject)
        same = Edition.objects.filter(authority=subject.authority.pk, report=report, subject=subject.key)
        number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        edition = Edition.objects.create(
            report=report, number=number, words=last.words if last else {}, **subject.columns
        )
    record(by=by, verb="began", thing=edition, at=now, now={"number": edition.number})
    return edition


@step
def save_words(*, by: Person, edition: Edition, words: Mapping[str, str], seen_version: int, now: datetime) -> Edition:
    """Keep the unit's words, by part of the report. Saying the same thing twice changes nothing.

    Refused, naming who, when somebody has saved other words since `seen_version` was shown: nothing is overwritten.
    """
    allowed(by)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    still_a_draft(edition)
    parts = report_of_key(edition.report).parts
    kept = {part: words[part].replace("\r\n", "\n").strip() for part in parts if part in words}
    for part, text in kept.items():
        if len(text) > LONGEST:
            raise Refused(f"{parts[part]}: {len(text):,} characters are too many. Give at most {LONGEST:,}.")
    changed = {part: text for part, text in kept.items() if text != edition.words.get(part, "")}
    if changed and edition.version != seen_version:
        raise Refused(
            f"{last_saver(edition)} saved this report after you opened it, so nothing was overwritten. "
            "Bring both texts together, then save."
        )
    if changed:
        edition.words, edition.version = edition.words | changed, edition.version + 1
        edition.save(update_fields=["words", "version"])
    record(by=by, verb="wrote", thing=edition, at=now, now={"parts": sorted(changed), "version": edition.version})
    return edition


def allowed(by: Person) -> None:
    if not may("write reports", standings(by)):
        raise Refused("Reports are written by the Quality Assurance Unit.")


def seeing(by: Person, subject: Subject) -> None:
    """Refused while she grades one of its files without having seen its grades."""
    if blind_to_some(by, subject):
        raise Refused(BLIND)


def still_a_draft(edition: Edition) -> None:
    if edition.state != "draft":
        raise Refused("This edition has been published, so it is never changed. Write another edition.")
