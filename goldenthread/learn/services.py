"""Writing a session's report: the draft, the unit's words, and the edition that is published and never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Max

from goldenthread.learn.models import Edition
from goldenthread.learn.queries.editions import draft_of, last_edition_of, last_saver
from goldenthread.learn.rendering.model import Report, to_json
from goldenthread.learn.reports import session as session_report
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.trail.services import record, step

LONGEST = 10_000  # characters of a person's words beside one part


def draft_edition(*, by: Person, session: Session, now: datetime) -> Edition:
    """The draft of this session's report, begun if nobody has. A further edition begins with the last one's words."""
    _allowed(by)
    return draft_of(session) or _begin(by, session, now)


@step
def _begin(by: Person, session: Session, now: datetime) -> Edition:
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)  # two beginners: one draft
    edition = draft_of(session)
    if edition is None:
        last = last_edition_of(session)
        numbers = Edition.objects.filter(report=session_report.KEY, session=session).aggregate(last=Max("number"))
        edition = Edition.objects.create(
            authority_id=session.authority_id, report=session_report.KEY, session=session,
            number=(numbers["last"] or 0) + 1, words=last.words if last else {},
        )  # fmt: skip
    record(by=by, verb="began", thing=edition, at=now, now={"number": edition.number})
    return edition


@step
def save_words(*, by: Person, edition: Edition, words: Mapping[str, str], seen_version: int, now: datetime) -> Edition:
    """Keep the unit's words, by part of the report. Saying the same thing twice changes nothing.

    Refused, naming who, when somebody has saved other words since `seen_version` was shown: nothing is overwritten.
    """
    _allowed(by)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    _still_a_draft(edition)
    kept = {part: words[part].replace("\r\n", "\n").strip() for part in session_report.PARTS if part in words}
    for part, text in kept.items():
        if len(text) > LONGEST:
            title = session_report.PARTS[part]
            raise Refused(f"{title}: {len(text):,} characters are too many. Give at most {LONGEST:,}.")
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


def report_of(*, by: Person, edition: Edition, circulated: bool, today: date) -> Report:
    """The report exactly as publishing it today would keep it: figures read now, protection decided, words in place."""
    if edition.session is None:
        raise Refused("This edition is of no session.")
    figures = session_report.figures(edition.session, today, circulated=circulated)
    if not figures.files:
        raise Refused("No audit of this session has been submitted yet, so there is nothing to report.")
    number, least = len(figures.files), figures.framework.protection.suppress_below
    if circulated and number < least:
        said = "1 file of this session is" if number == 1 else f"{number} files of this session are"
        raise Refused(
            f"Only {said} audited. An edition for circulation needs {least}, so that none of them can be told from the "
            "others. Publish it for the unit only."
        )
    return replace(
        session_report.compose(figures, edition.words),
        edition=f"Edition {edition.number}",
        published_on=today,
        published_by=f"{by.name}, {by.capacity}",
    )


def content_of(report: Report, *, circulated: bool) -> dict[str, Any]:
    """What an edition keeps: the report as JSON, and for whom it is."""
    return to_json(report) | {"circulated": circulated}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of an edition's content as canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@step
def publish_edition(
    *, by: Person, edition: Edition, circulated: bool, shown: str, now: datetime, today: date
) -> Edition:
    """Publish the draft, exactly as it was shown (`shown` is the digest of that). It is never changed afterwards."""
    _allowed(by)
    edition = Edition.objects.select_for_update(of=("self",)).select_related("session__group").get(pk=edition.pk)
    _still_a_draft(edition)
    content = content_of(report_of(by=by, edition=edition, circulated=circulated, today=today), circulated=circulated)
    if digest_of(content) != shown:
        raise Refused(
            "The report has changed since it was shown to you: somebody saved words, or figures moved. "
            "Look at it once more, then publish."
        )
    edition.content, edition.sha256, edition.state = content, shown, "published"
    edition.published_at, edition.published_by = now, by
    edition.save(update_fields=["content", "sha256", "state", "published_at", "published_by"])
    record(
        by=by, verb="published", thing=edition, at=now,
        now={"number": edition.number, "sha256": shown, "circulated": circulated},
    )  # fmt: skip
    return edition


def note_download(*, by: Person, thing: models.Model, form: str, now: datetime) -> None:
    """Record that a document left the product: of an edition, or of a session whose report is not published yet."""
    record(by=by, verb="downloaded", thing=thing, at=now, now={"form": form})


def _allowed(by: Person) -> None:
    if not may("write reports", standings(by)):
        raise Refused("Reports are written by the Quality Assurance Unit.")


def _still_a_draft(edition: Edition) -> None:
    if edition.state != "draft":
        raise Refused("This edition has been published, so it is never changed. Write another edition.")
