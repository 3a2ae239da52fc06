"""The main pages of a round on the narrowest screen (WCAG 2.2, 1.4.10 Reflow): nothing is scrolled sideways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page

from goldenthread.act.models import Return
from goldenthread.audit.models import Audit
from goldenthread.learn.reports.session import of
from goldenthread.learn.services import draft_edition
from goldenthread.people.models import Person
from goldenthread.plan.services.years import open_year
from tests import make
from tests.audit import inspecting
from tests.journeys import accessibility
from tests.journeys.walking import already_in

NARROWEST = {"width": 320, "height": 640}


@pytest.fixture
def returned(live_server) -> Iterator[Return]:
    """A session of two files, one returned with its task and one not begun; its report is begun."""
    with time_machine.travel(make.NOW):
        submitted, _ = make.audits(make.drawn_session(2))
        make.finding(submitted, "Seen alone each week, in words the family could follow.", sort="good")
        made = make.returned_audit(make.submitted_audit(submitted, actions=("Bring the chronology up to date.",)))
        draft_edition(by=make.council().maya, report="session", subject=of(submitted.session), now=make.NOW)
        yield made


def test_the_unit_s_pages_keep_to_the_narrowest_screen(page: Page, returned: Return) -> None:
    audit = returned.audit
    session, begun = audit.session, not_begun(returned)
    whole = [
        "your_work",
        "sessions",
        "arrange_session",
        "groups",
        "case_lists",
        "upload_case_list",
        "audits",
        "returns",
    ]
    settings = ["settings_home", "people", "teams", "frameworks", "templates"]
    addresses = [reverse(name) for name in [*whole, "reports", *settings]]
    addresses += [reverse(name, args=[session.code]) for name in ("open_session", "plan_draw", "session_audits")]
    of_report = ("write_report", "preview_report", "publish_report")
    addresses += [reverse(name, args=["session", f"session:{session.code}"]) for name in of_report]
    addresses += [reverse(name, args=[audit.code]) for name in ("read_audit", "audit_history", "print_blank")]
    addresses += [reverse("open_draw", args=[audit.case.draw.code]), reverse("replace_case", args=[audit.case.code])]
    addresses += [reverse("allot", args=[begun.case.code]), reverse("open_return", args=[returned.code])]

    assert too_wide(page, make.council().maya, addresses) == []


def test_the_year_s_pages_keep_to_the_narrowest_screen(page: Page, returned: Return) -> None:
    here = make.council()
    inspection = inspecting.inspected(inspecting.shared_out()[0])
    year = open_year(
        by=here.maya, framework=here.framework, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        kinds={"case_file": 120}, now=make.NOW,
    )  # fmt: skip
    session, group = returned.audit.session, returned.audit.session.group
    whole = ["plan_year", "open_year", "calendar", "capacity", "rota", "fill_rota", "absences", "add_absence", "away",
             "owed", "owed_by_everybody", "inspections", "plan_supervision_draw", "messages"]  # fmt: skip
    addresses = [reverse(name) for name in whole] + [f"{reverse('calendar')}?by=group"]
    of_year = ["change_year", "add_blackout", "set_focus", "lay_out_year"]
    addresses += [reverse(name, args=[year.code]) for name in of_year]
    of_group = ["open_group", "change_group", "change_seats", "add_core_member", "link_director", "co_opt_partner"]
    addresses += [reverse(name, args=[group.pk]) for name in of_group]
    addresses += [reverse(name, args=[session.code]) for name in ("open_session", "session_seats")]
    addresses += [reverse("owed_by_one", args=[here.rafiq.code]), reverse("excuse", args=[here.rafiq.code])]
    addresses += [reverse("inspection_statement", args=["2026-10-01"])]
    addresses += [reverse("open_inspections", args=["2026-10-01", inspection.person.code])]

    assert too_wide(page, here.maya, addresses) == []
    mine = [reverse("my_inspections"), reverse("record_inspection", args=[inspection.code]), reverse("owed")]
    assert too_wide(page, inspection.person, mine) == []


def test_an_auditor_s_pages_keep_to_the_narrowest_screen(page: Page, returned: Return) -> None:
    audit = not_begun(returned)
    addresses = [reverse("your_work"), reverse("open_audit", args=[audit.code])]
    addresses += [reverse("answer_section", args=[audit.code, section]) for section in ("record", "outcomes")]
    addresses += [reverse("add_finding", args=[audit.code, "record"]), reverse("submit_audit", args=[audit.code])]

    assert too_wide(page, make.auditor_of(audit), addresses) == []


def test_a_practitioner_s_pages_keep_to_the_narrowest_screen(page: Page, returned: Return) -> None:
    task = returned.tasks.get()
    addresses = [reverse("your_work"), reverse("returns"), reverse("open_return", args=[returned.code])]
    addresses += [reverse(name, args=[returned.code]) for name in ("read_returned_audit", "return_history")]
    addresses += [reverse("complete_task", args=[returned.code, task.code])]

    assert too_wide(page, task.owner, addresses) == []


def not_begun(returned: Return) -> Audit:
    """The other audit of its session."""
    return Audit.objects.exclude(pk=returned.audit_id).get(session=returned.audit.session)


def too_wide(page: Page, person: Person, addresses: list[str]) -> list[str]:
    """The addresses of those pages, as this person sees them, that are wider than the screen."""
    page.set_viewport_size(NARROWEST)
    already_in(page, person)
    wide = []
    for address in addresses:
        page.goto(address)
        accessibility.axe(page)
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            wide.append(address)
    return wide
