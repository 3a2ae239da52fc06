"""Publishing an edition: the report exactly as it was shown, kept for ever; and what leaves the product on record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import models

from goldenthread.framework.queries import framework_in_force
from goldenthread.learn.models import Edition
from goldenthread.learn.queries.editions import released_before
from goldenthread.learn.readers import is_circulated
from goldenthread.learn.rendering.model import Report, to_json
from goldenthread.learn.reports import report as report_of_key
from goldenthread.learn.services.writing import allowed, seeing, still_a_draft
from goldenthread.learn.subjects import Subject
from goldenthread.method.disclosure import Released, safe_to_publish
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


def subject_of(edition: Edition) -> Subject:
    """What a kept edition is of."""
    found = report_of_key(edition.report).subject(edition.authority, edition.subject)
    if found is None:
        raise Refused("What this edition is of is no longer there.")
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition as publishing it today would keep it: the report and its digest, the tables it releases as numbers,
    and why it may not leave the unit, a sentence each, where small numbers could be worked out from it."""

    report: Report
    readers: str
    released: tuple[Released, ...]
    unsafe: tuple[str, ...]

    @property
    def content(self) -> dict[str, Any]:
        return content_of(self.report, readers=self.readers)

    @property
    def digest(self) -> str:
        return digest_of(self.content)


def prepared(*, by: Person, edition: Edition, readers: str, today: date) -> Prepared:
    """Figures read now, protection decided, words in place, and the attacker's answer where it is circulated."""
    kind, subject = report_of_key(edition.report), subject_of(edition)
    seeing(by, subject)
    if readers not in kind.readers(subject):
        raise Refused("Choose who will read this edition.")
    figures = kind.figures(subject, today, circulated=is_circulated(readers))
    if lacking := kind.lacking(figures):
        raise Refused(lacking)
    report = replace(
        kind.compose(figures, edition.words),
        edition=f"Edition {edition.number}",
        published_on=today,
        published_by=f"{by.name}, {by.capacity}",
    )
    released = tuple(kind.released(figures)) if is_circulated(readers) else ()
    return Prepared(report, readers, released, _unsafe(released, edition.authority_id, today))


def _unsafe(released: tuple[Released, ...], authority_id: int, today: date) -> tuple[str, ...]:
    """What the attacker, who knows every table published before, could work out of these."""
    if not released:
        return ()
    threshold = framework_in_force(authority_id, today).parsed.protection.suppress_below
    return safe_to_publish(released, released_before(authority_id), threshold)


def report_of(*, by: Person, edition: Edition, readers: str, today: date) -> Report:
    """The report exactly as publishing it today would keep it."""
    return prepared(by=by, edition=edition, readers=readers, today=today).report


def content_of(report: Report, *, readers: str) -> dict[str, Any]:
    """What an edition keeps: the report as JSON, and for whom it is."""
    return to_json(report) | {"readers": readers, "circulated": is_circulated(readers)}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of an edition's content as canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@step
def publish_edition(*, by: Person, edition: Edition, readers: str, shown: str, now: datetime, today: date) -> Edition:
    """Publish the draft, exactly as it was shown (`shown` is the digest of that). It is never changed afterwards."""
    allowed(by)
    locked = Edition.objects.select_for_update(of=("self",)).select_related("authority")
    edition = locked.get(pk=edition.pk)
    still_a_draft(edition)
    made = prepared(by=by, edition=edition, readers=readers, today=today)
    content = made.content
    if digest_of(content) != shown:
        raise Refused(
            "The report has changed since it was shown to you: somebody saved words, or figures moved. "
            "Look at it once more, then publish."
        )
    if made.unsafe:
        raise Refused(*made.unsafe)
    edition.content, edition.sha256, edition.state = content, shown, "published"
    edition.released = [each.as_json() for each in made.released]
    edition.published_at, edition.published_by = now, by
    edition.save(update_fields=["content", "released", "sha256", "state", "published_at", "published_by"])
    record(
        by=by, verb="published", thing=edition, at=now,
        now={"number": edition.number, "sha256": shown, "circulated": is_circulated(readers)},
    )  # fmt: skip
    return edition


def note_download(*, by: Person, thing: models.Model, form: str, now: datetime) -> None:
    """Record that a document left the product: of an edition, or of what a report not yet published is of."""
    record(by=by, verb="downloaded", thing=thing, at=now, now={"form": form})


def note_reading(*, by: Person, thing: models.Model, now: datetime) -> None:
    """Record that somebody read the whole of a thing on a page."""
    record(by=by, verb="read", thing=thing, at=now, now={"as": "the whole audit"})
