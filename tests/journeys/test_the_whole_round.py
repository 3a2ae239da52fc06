"""One whole audit round in the browser, from a council's own Annex A to a published report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from goldenthread.home.demonstration.council import Council, invent_council
from goldenthread.home.demonstration.workbook import write_annex_a
from goldenthread.home.loading.council import load_council
from goldenthread.trail.queries import breaks
from tests.journeys.keyboard import Keyboard
from tests.journeys.round import auditing, following, learning, selecting
from tests.journeys.walking import arrived, come_in, go_out

TODAY, MORNING = date(2026, 10, 6), datetime(2026, 10, 6, 8, 0, tzinfo=UTC)


@pytest.fixture
def council(live_server, settings) -> Council:
    """A council that has its people and its rules, and has not audited anything yet; anybody may be its cast."""
    settings.DEMONSTRATION = True
    with time_machine.travel(MORNING):
        invented = invent_council(today=TODAY, scale=0.1)
        load_council(invented, now=MORNING)
        yield invented


@pytest.fixture
def workbook(council: Council, tmp_path: Path) -> Path:
    return write_annex_a(council, tmp_path / "annex-a.xlsx", as_at=TODAY - timedelta(days=1)).path


def test_a_council_goes_round_once(page: Page, council: Council, workbook: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"A letter.")

    page.goto("/sign-in/")
    arrived(page, "Who would you like to be?")
    come_in(page, "Maya Holt")
    first_steps(page)
    selecting.load_the_case_list(page, workbook, letter)
    selecting.arrange_a_session(page)
    selecting.draw_the_files(page, tmp_path)
    auditing.share_out(page)
    auditing.see_who_may_not(page)
    ref = auditing.allot_to(page, "Grace Adewole")
    go_out(page)

    grace = Keyboard(page)
    auditing.come_in_by_keyboard(grace, "Grace Adewole")
    auditing.audit_by_keyboard(grace, ref)
    auditing.submit_the_others()
    go_out(page)

    come_in(page, "Maya Holt")
    following.return_the_audits(page)
    go_out(page)

    come_in(page, "Rafiq Alderton")
    following.try_to_sign_off(page, ref)
    go_out(page)

    practitioner = following.practitioner_of(ref)
    come_in(page, practitioner)
    following.do_the_task(page, ref)
    go_out(page)

    come_in(page, "Rafiq Alderton")
    following.sign_off(page, ref, "Rafiq Alderton")
    go_out(page)

    come_in(page, "Maya Holt")
    following.accept(page, ref)
    learning.write_the_report(page)
    learning.publish(page)
    learning.open_it_again(page, council.name, tmp_path)
    following.read_the_history(page, ref, practitioner)

    assert breaks() == []


def first_steps(page: Page) -> None:
    steps = page.get_by_role("listitem").filter(has=page.get_by_text("To do", exact=True))
    expect(steps).to_contain_text(["Load a case list", "Arrange the first session", "Draw its files"])
