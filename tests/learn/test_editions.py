"""Drafting, writing and publishing: nothing lost, nothing changed afterwards, nothing read by those it is not for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from goldenthread.learn.models import Edition
from goldenthread.learn.queries import editions as reading
from goldenthread.learn.queries.editions import editions_visible_to, page_of_editions, sessions_to_report
from goldenthread.learn.readers import CIRCULATION, UNIT
from goldenthread.learn.rendering.model import from_json
from goldenthread.learn.reports import session as session_report
from goldenthread.learn.services import (
    draft_edition,
    prepared,
    publish_edition,
    save_words,
)
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.trail.queries import events_of
from tests import make

pytestmark = pytest.mark.django_db


def audited() -> Session:
    return make.submitted_audit().session


def begun(session: Session, by: Person) -> Edition:
    return draft_edition(by=by, report="session", subject=session_report.of(session), now=make.NOW)


def drafted(session: Session | None = None) -> Edition:
    return begun(session or audited(), make.council().maya)


def wrote(edition: Edition, by: Person, seen: int, **words: str) -> Edition:
    return save_words(by=by, edition=edition, words=words, seen_version=seen, now=make.NOW)


def published(edition: Edition, *, circulated: bool = False, later: timedelta = timedelta()) -> Edition:
    by, readers = make.council().maya, CIRCULATION if circulated else UNIT
    shown = prepared(by=by, edition=edition, readers=readers, today=make.DAY).digest
    return publish_edition(by=by, edition=edition, readers=readers, shown=shown, now=make.NOW + later, today=make.DAY)


# --- the draft and its words -------------------------------------------------------------------------------


def test_a_session_has_one_draft_whoever_begins_it() -> None:
    session = audited()

    assert drafted(session) == begun(session, make.council().idris)


def test_words_are_kept_by_part_and_other_parts_stay() -> None:
    maya = make.council().maya
    edition = wrote(drafted(), maya, 1, summary="Warm work.", grades="As before.")

    assert wrote(edition, maya, 2, grades="Better.").words == {"summary": "Warm work.", "grades": "Better."}


def test_saving_the_same_words_again_changes_nothing() -> None:
    maya = make.council().maya
    edition = wrote(drafted(), maya, 1, summary="Warm work.")

    assert wrote(edition, maya, 1, summary="Warm work.").version == 2


def test_words_over_a_version_not_seen_are_refused_naming_who_saved_and_nothing_is_lost() -> None:
    here, edition = make.council(), drafted()
    wrote(edition, here.idris, 1, summary="His words.")

    with pytest.raises(Refused, match="^Idris Penhallow saved this report after you opened it"):
        wrote(edition, here.maya, 1, summary="Hers.")

    edition.refresh_from_db()
    assert edition.words == {"summary": "His words."}


def test_words_that_are_too_many_are_refused_with_their_number() -> None:
    with pytest.raises(Refused, match="^Summary: 10,001 characters are too many. Give at most 10,000.$"):
        wrote(drafted(), make.council().maya, 1, summary="x" * 10_001)


@pytest.mark.parametrize("who", ["grace", "rafiq", "helena"])
def test_only_the_unit_writes_reports(who: str) -> None:
    session = audited()

    with pytest.raises(Refused, match="^Reports are written by the Quality Assurance Unit.$"):
        begun(session, getattr(make.council(), who))


# --- publishing --------------------------------------------------------------------------------------------


def test_what_is_published_is_the_report_as_it_was_shown_with_its_digest() -> None:
    edition = wrote(drafted(), make.council().maya, 1, summary="Warm work.")
    made = prepared(by=make.council().maya, edition=edition, readers=UNIT, today=make.DAY)
    shown = made.report

    kept = published(edition)

    assert from_json(kept.content or {}) == shown
    assert (shown.edition, shown.published_on, kept.sha256) == ("Edition 1", make.DAY, made.digest)


def test_a_published_edition_cannot_be_changed_in_the_database_either() -> None:
    edition = published(drafted())

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(words={"summary": "Rewritten."})


def test_a_published_edition_takes_no_more_words() -> None:
    with pytest.raises(Refused, match="^This edition has been published"):
        wrote(published(drafted()), make.council().maya, 1, summary="Late.")


def test_the_next_edition_has_the_next_number_and_begins_with_the_last_ones_words() -> None:
    session = audited()
    published(wrote(drafted(session), make.council().maya, 1, summary="Warm work."))

    again = drafted(session)

    assert (again.number, again.words, again.state) == (2, {"summary": "Warm work."}, "draft")


def test_figures_that_moved_since_they_were_shown_are_not_published() -> None:
    audits = make.audits(make.drawn_session(2))
    make.submitted_audit(audits[0])
    edition, maya = drafted(audits[0].session), make.council().maya
    shown = prepared(by=maya, edition=edition, readers=UNIT, today=make.DAY)
    make.submitted_audit(audits[1])

    with pytest.raises(Refused, match="^The report has changed since it was shown to you"):
        publish_edition(
            by=maya, edition=edition, readers=UNIT, shown=shown.digest, now=make.NOW, today=make.DAY
        )  # fmt: skip


def test_a_report_without_a_submitted_audit_is_refused_in_a_sentence() -> None:
    edition = drafted(make.answered_audit().session)

    with pytest.raises(
        Refused, match="^No audit of this session has been submitted yet, so there is nothing to report"
    ):
        published(edition)


def test_a_session_of_few_files_is_not_circulated() -> None:
    with pytest.raises(Refused, match="^Only 1 file of this session is audited. An edition for circulation needs 6"):
        published(drafted(), circulated=True)


def test_a_circulated_edition_keeps_its_tables_and_is_not_followed_by_one_with_other_numbers() -> None:
    session = make.drawn_session(7)
    *most, last = make.audits(session)
    for audit in most:
        make.submitted_audit(audit)
    first = published(drafted(session), circulated=True)
    again = published(drafted(session), circulated=True)
    make.submitted_audit(last)

    with pytest.raises(Refused, match="^This session’s report was circulated with other numbers."):
        published(drafted(session), circulated=True)

    assert first.released == again.released != []
    assert published(drafted(session)).number == 3


def test_each_step_is_in_the_trail() -> None:
    edition = published(wrote(drafted(), make.council().maya, 1, summary="Warm work."))

    assert [event.verb for event in events_of(edition)] == ["began", "wrote", "published"]


# --- who reads what ----------------------------------------------------------------------------------------


def test_the_unit_reads_every_edition_and_managers_those_that_are_circulated() -> None:
    session = make.drawn_session(6)
    for audit in make.audits(session):
        make.submitted_audit(audit)
    inside, circulated = published(drafted(session)), published(drafted(session), circulated=True)
    here = make.council()

    reads = {name: set(editions_visible_to(getattr(here, name))) for name in ("maya", "helena", "nadia", "rafiq")}
    assert reads == {
        "maya": {inside, circulated}, "helena": {circulated}, "nadia": {circulated}, "rafiq": {circulated},
    }  # fmt: skip
    assert set(editions_visible_to(here.grace)) == set(editions_visible_to(here.ffion)) == set()


def test_editions_come_as_they_were_published_whichever_was_begun_first(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [make.DAY - timedelta(days=ago) for ago in range(3)]
    held = [make.drawn_session(1, of=make.session(held_on=day)) for day in days]
    first, second, third = (drafted(make.submitted_audit(make.audits(each)[0]).session) for each in held)
    hour = timedelta(hours=1)
    published(second), published(third, later=hour), published(first, later=hour)
    monkeypatch.setattr(reading, "PAGE", 1)

    pages = [page_of_editions(make.council().maya)]
    while pages[-1].older is not None:
        pages.append(page_of_editions(make.council().maya, below=pages[-1].older))

    assert [page.editions for page in pages] == [(third,), (first,), (second,)]
    assert [page.count for page in pages] == [3, 3, 3]


def test_a_session_waits_for_its_report_until_somebody_begins_it() -> None:
    session, maya = audited(), make.council().maya
    waiting = list(sessions_to_report(maya))
    drafted(session)

    assert (waiting, list(sessions_to_report(maya))) == ([session], [])


def test_a_session_without_a_submitted_audit_does_not_wait() -> None:
    make.answered_audit()

    assert list(sessions_to_report(make.council().maya)) == []
