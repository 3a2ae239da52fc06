"""Whatever anybody tries, in whatever order, under one framework: the steps of an audit as rules of a state machine.

A step is taken by somebody who may or may not be allowed to. Refused, it has to leave every row as it was; done, every
invariant (see invariants.py) has to hold after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from django.apps import apps
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import open_return_or_none
from goldenthread.act.services import challenge_task, drop_task, extend_task, keep_task, returning, signing
from goldenthread.act.services.tasks import complete_task, reopen_task
from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit, Moderation
from goldenthread.audit.queries import OpenAudit, open_audit_or_none, written_in
from goldenthread.audit.queries.agreeing import agreement_or_none
from goldenthread.audit.queries.challenge import open_challenge_or_none
from goldenthread.audit.queries.moderation import (
    Given,
    asked_of_moderator,
    moderators_grades,
    open_moderation_or_none,
    standing_grades,
)
from goldenthread.audit.queries.moderators import candidates_for
from goldenthread.audit.queries.parts import OpenPart, open_part_or_none
from goldenthread.audit.services.agreeing import Agreed, agree
from goldenthread.audit.services.answers import Change
from goldenthread.audit.services.challenge import challenge_grade, decide_challenge
from goldenthread.audit.services.findings import Said
from goldenthread.audit.services.moderation import agree_grades, allot_moderator, submit_grades
from goldenthread.audit.services.parts import submit_part
from goldenthread.method.access import Is
from goldenthread.method.parts import AUDITORS
from goldenthread.method.refusal import Refused
from goldenthread.method.template import applicable_sections
from goldenthread.people.models import Person
from goldenthread.people.services import declare_conflict
from goldenthread.plan.models import Session
from goldenthread.plan.services.sessions import arrange_session
from goldenthread.select.models import Draw
from goldenthread.select.queries.frames import draw_frame, proposed_quotas
from goldenthread.select.services.draws import Chosen, abandon, cast, freeze, replace
from goldenthread.select.services.seeding import cast_shares, commit_share, reveal_share
from tests.any_order.councils import LISTED, NOW, Small
from tests.any_order.invariants import INVARIANTS, Kept

which = st.integers(0, 10_000)
DICE = "31625 44213 56612 34561"
WITNESSES = ["Designated nurse", "Police DI"]
CHANGING = ("plan", "select", "audit", "act", "people")


def rows() -> str:
    """A digest of every row of every stage: what a refused step has to leave as it was."""
    digest = hashlib.sha256()
    models = [model for label in CHANGING for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')
            digest.update(repr(cursor.fetchall()).encode())
    return digest.hexdigest()


class Story(RuleBasedStateMachine):
    """One council, one session after another; `small` is set by the test."""

    small: ClassVar[Small]
    taken: ClassVar[dict[str, int]]
    refused: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.days = 0
        self.kept = Kept(self.small.framework)
        self.sessions: list[Session] = []

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    # --- how a step is tried ------------------------------------------------------------------------------

    @property
    def now(self) -> Any:
        return NOW + timedelta(days=self.days)

    def attempt(self, name: str, act: Callable[[], Any]) -> Any:
        """The step, or None where it was refused and nothing was changed."""
        before, sentences = rows(), ()
        done = None
        try:
            with transaction.atomic():
                done = act()
        except Refused as refusal:
            sentences = refusal.sentences
        if sentences:
            assert all(sentence.strip().endswith((".", "?")) for sentence in sentences), sentences
            assert rows() == before, f"{name} was refused and changed something"
            self.refused[name] = self.refused.get(name, 0) + 1
            return None
        self.taken[name] = self.taken.get(name, 0) + 1
        self.hold()
        return done

    def somebody(self, number: int) -> Person:
        return self.small.people[number % len(self.small.people)]

    def audits(self, *states: str) -> list[Audit]:
        return list(Audit.objects.filter(authority=self.small.version.authority, state__in=states).order_by("pk"))

    def an_audit(self, number: int, *states: str) -> Audit | None:
        found = self.audits(*(states or ("allotted", "in progress", "submitted", "withdrawn")))
        return found[number % len(found)] if found else None

    def one_of_its(self, audit: Audit, number: int) -> Person:
        """More often one of its auditors than anybody, so that stories get somewhere."""
        auditors = list(audit.parts.get(kind="auditor").people.order_by("pk"))
        return auditors[number % len(auditors)] if number % 5 and auditors else self.somebody(number)

    # --- plan and select --------------------------------------------------------------------------------------

    @initialize(seats=st.sets(which, min_size=3, max_size=6))
    def begins(self, seats: set[int]) -> None:
        self._session(seats)
        self._draw(3)
        self.share_out(0)

    def _session(self, seats: set[int]) -> None:
        auditors = self.small.auditors
        seated = {auditors[number % len(auditors)] for number in seats}
        held_on = LISTED + timedelta(days=10 + 7 * len(self.sessions))
        self.sessions.append(
            arrange_session(
                by=self.small.unit,
                group=self.small.group,
                held_on=held_on,
                venue="",
                focus="",
                seats={each: each.posts_held[0].kind for each in seated},
                now=self.now,
            )  # fmt: skip
        )

    def _draw(self, files: int) -> None:
        session = self.sessions[-1]
        frame = draw_frame(self.small.cases, session, self.small.framework)
        dice = "dice" in self.small.framework.draw.seed_sources
        frozen = freeze(
            by=self.small.unit, case_list=self.small.cases, session=session, framework=self.small.version,
            cases=frame.cases, exclusions=frame.exclusions, quotas=proposed_quotas(frame.sizes, files), now=self.now,
            chosen=Chosen(seed_kind="dice" if dice else "shares"),
        )  # fmt: skip
        if dice:
            cast(by=self.small.unit, draw=frozen, rolls=DICE, witnesses=WITNESSES, now=self.now)
        else:
            self._cast_shares(frozen)

    def _cast_shares(self, draw: Draw) -> None:
        numbers = {person: f"{31_415_926_535_897_932 + person.pk + draw.pk}" for person in self.small.people[1:4]}
        for person, number in numbers.items():
            commit_share(by=person, draw=draw, number=number, now=self.now)
        for person, number in numbers.items():
            reveal_share(by=person, draw=draw, number=number, now=self.now)
        cast_shares(by=self.small.unit, draw=draw, now=self.now)

    @precondition(lambda self: len(self.sessions) < 2)
    @rule(seats=st.sets(which, min_size=2, max_size=4), files=st.integers(1, 4))
    def another_session(self, seats: set[int], files: int) -> None:
        self._session(seats)
        self._draw(files)

    @rule(number=which, who=which)
    def draw_again(self, number: int, who: int) -> None:
        draw = Draw.objects.get(session=self.sessions[number % len(self.sessions)])
        self.attempt(
            "draw again",
            lambda: cast(by=self.somebody(who), draw=draw, rolls=DICE[::-1], witnesses=WITNESSES, now=self.now),
        )

    @rule(number=which, who=which)
    def abandon_draw(self, number: int, who: int) -> None:
        draw = Draw.objects.get(session=self.sessions[number % len(self.sessions)])
        self.attempt("abandon", lambda: abandon(by=self.somebody(who), draw=draw, because="Not liked", now=self.now))

    @rule(number=which, because=st.sampled_from(["", "The file is with the court."]))
    def replace_case(self, number: int, because: str) -> None:
        cases = list(Draw.objects.get(session=self.sessions[number % len(self.sessions)]).cases.order_by("pk"))
        case = cases[number % len(cases)]
        self.attempt("replace", lambda: replace(by=self.small.unit, case=case, because=because, now=self.now))

    # --- audit --------------------------------------------------------------------------------------------------

    @rule(number=which)
    def share_out(self, number: int) -> None:
        session = self.sessions[number % len(self.sessions)]
        self.attempt("share out", lambda: auditing.share_out(by=self.small.unit, session=session, now=self.now))

    @rule(number=which, people=st.lists(which, min_size=0, max_size=2))
    def allot(self, number: int, people: list[int]) -> None:
        cases = list(Draw.objects.get(session=self.sessions[number % len(self.sessions)]).cases.order_by("pk"))
        case = cases[number % len(cases)]
        auditors = list(dict.fromkeys(self.somebody(each) for each in people))
        self.attempt("allot", lambda: auditing.allot(by=self.small.unit, case=case, auditors=auditors, now=self.now))

    @rule(number=which, who=which, whole=st.integers(0, 3))
    def answer(self, number: int, who: int, whole: int) -> None:
        audit = self.an_audit(number)
        if audit is None:
            return
        by = self.one_of_its(audit, who)
        opened = open_audit_or_none(by, audit.code)
        if opened is not None:
            grade = self.small.framework.grades[who % len(self.small.framework.grades)].key
            changes = self._answers(opened, grade)
            some = changes if whole else changes[: 1 + who % 4]
            self.attempt(
                "answer", lambda: auditing.save_answers(by=by, opened=opened, changes=some, now=self.now) and True
            )

    def _answers(self, opened: OpenAudit, grade: str) -> list[Change]:
        held = written_in(opened.part).answers
        plain = {"graded": grade, "yes_no": "yes", "scaling": "5", "date": "2026-09-01", "narrative": "Seen."}
        values = {name: plain.get(each.kind, "") for name, each in opened.template.questions.items()}
        asked = applicable_sections(opened.template, opened.audit.facts, values)
        return [
            Change(each.name, values[each.name], held[each.name].version if each.name in held else 0)
            for section in asked
            for each in section.questions
            if values[each.name]
        ]

    @rule(number=which, who=which)
    def note(self, number: int, who: int) -> None:
        audit = self.an_audit(number)
        if audit is None:
            return
        by = self.one_of_its(audit, who)
        opened = open_audit_or_none(by, audit.code)
        if opened is not None:
            said = self._said(opened)
            self.attempt("note", lambda: auditing.note_finding(by=by, opened=opened, said=said, now=self.now))

    def _said(self, opened: OpenAudit) -> Said:
        section, theme = opened.template.sections[0].name, self.small.framework.themes[0].key
        return Said(section, "improve", "practice", theme, "Not yet done.", "Write the plan.", "practitioner")

    @rule(number=which, who=which)
    def submit(self, number: int, who: int) -> None:
        audit = self.an_audit(number)
        if audit is None:
            return
        by = self.one_of_its(audit, who)
        opened = open_audit_or_none(by, audit.code)
        if opened is not None:
            self.attempt("submit", lambda: auditing.submit(by=by, opened=opened, now=self.now))

    @rule(number=which, who=which)
    def audit_whole(self, number: int, who: int) -> None:
        """As it is meant to be: her own view first, each auditor's part from end to end, then what they agree on."""
        audit = self.an_audit(number, "allotted", "in progress")
        if audit is None:
            return
        self._practitioners_view(audit)
        grades = [grade.key for grade in self.small.framework.grades]
        auditors = audit.parts.filter(kind__in=AUDITORS, frozen=False).order_by("pk")
        for place, part in enumerate(auditors):
            by = part.people.order_by("pk").first()
            opened = open_audit_or_none(by, audit.code) if by else None
            if opened is None:
                return
            changes = self._answers(opened, grades[(who + place) % len(grades)])
            self.attempt("answer", partial(auditing.save_answers, by=by, opened=opened, changes=changes, now=self.now))
            self.attempt(
                "note", partial(auditing.note_finding, by=by, opened=opened, said=self._said(opened), now=self.now)
            )
            self.attempt("submit", partial(auditing.submit, by=by, opened=opened, now=self.now))
        self._agree(audit, who)

    def _practitioners_view(self, audit: Audit) -> None:
        opened = open_part_or_none(audit.worker, audit.code, "practitioner") if audit.worker else None
        if opened is not None and opened.may_write:
            changes = self._part_answers(opened)
            self.attempt(
                "own view", partial(submit_part, by=audit.worker, opened=opened, now=self.now, changes=changes)
            )

    def _part_answers(self, opened: OpenPart) -> list[Change]:
        plain = {"yes_no": "yes", "scaling": "5", "date": "2026-09-01", "narrative": "We did what we could."}
        held = written_in(opened.part).answers
        return [
            Change(
                each.name,
                plain.get(each.kind) or each.choices[0].name,
                held[each.name].version if each.name in held else 0,
            )
            for each in opened.template.questions.values()
            if each.kind in plain or each.choices
        ]

    def _agree(self, audit: Audit, who: int) -> None:
        part = audit.parts.filter(kind="auditor").first()
        by = part.people.order_by("pk").first() if part else None
        agreement = agreement_or_none(by, audit.code) if by else None
        if agreement is not None:
            because = "" if who % 4 == 0 else "We read it once more together."
            agreed = [Agreed(each.section, each.grade or each.choices[0].name, because) for each in agreement.to_agree]
            self.attempt("agree", partial(agree, by=by, agreement=agreement, agreed=agreed, now=self.now))

    @rule(number=which, who=which)
    def family(self, number: int, who: int) -> None:
        audit = self.an_audit(number)
        if audit is None:
            return
        by = self.one_of_its(audit, who)
        opened = open_part_or_none(by, audit.code, "family")
        if opened is not None:
            changes = self._part_answers(opened)
            self.attempt("family", partial(submit_part, by=by, opened=opened, now=self.now, changes=changes))

    @rule(who=which, number=which, sort=st.sampled_from(["relative", "other"]))
    def declare_conflict(self, who: int, number: int, sort: str) -> None:
        audit, person = self.an_audit(number), self.somebody(who)
        if audit is not None and number % 3 == 0:
            by = person if who % 2 else self.small.unit
            self.attempt(
                "declare", partial(declare_conflict, by=by, person=person, sort=sort, ref=audit.ref, now=self.now)
            )

    # --- moderation -------------------------------------------------------------------------------------------

    def a_moderation(self, number: int, *states: str) -> Moderation | None:
        found = list(Moderation.objects.filter(authority=self.small.version.authority, state__in=states).order_by("pk"))
        return found[number % len(found)] if found else None

    @rule(number=which, who=which)
    def allot_moderator(self, number: int, who: int) -> None:
        moderation = self.a_moderation(number, "waiting", "grading")
        found = open_moderation_or_none(self.small.unit, moderation.code) if moderation else None
        if found is None:
            return
        able = list(candidates_for(found, self.now.date()).people.values()) if found.stage else []
        moderator = able[who % len(able)] if able and who % 4 else self.somebody(who)
        self.attempt(
            "allot moderator",
            partial(allot_moderator, by=self.small.unit, found=found, moderator=moderator, now=self.now),
        )

    @rule(number=which, who=which, lean=st.integers(-1, 2))
    def grade_blind(self, number: int, who: int, lean: int) -> None:
        moderation = self.a_moderation(number, "grading", "to agree", "agreed")
        if moderation is None or moderation.part is None:
            return
        hers = moderation.part.people.order_by("pk").first()
        by = hers if hers and who % 4 else self.somebody(who)
        found = open_moderation_or_none(by, moderation.code)
        if found is None:
            return
        scale = [grade.key for grade in self.small.framework.grades]
        standing = standing_grades(found.audit)
        changes = []
        for each in asked_of_moderator(found):
            place = scale.index(standing[each.section].grade) + (lean if not each.section else 0)
            for name, value, seen in (
                (each.grade_question, scale[min(max(place, 0), len(scale) - 1)], each.grade),
                (each.because_question, "As I read it.", each.because),
            ):
                changes.append(Change(name, value, seen.version if seen else 0))
        self.attempt("grade blind", partial(submit_grades, by=by, found=found, changes=changes, now=self.now))

    @rule(number=which, who=which, because=st.sampled_from(["", "The plan is thinner than it looks."]))
    def agree_grades(self, number: int, who: int, because: str) -> None:
        moderation = self.a_moderation(number, "to agree", "grading", "agreed")
        by = self.small.unit if who % 3 else self.somebody(who)
        found = open_moderation_or_none(by, moderation.code) if moderation else None
        if found is not None:
            second = moderators_grades(found) or standing_grades(found.audit)
            agreed = {section: Given(given.grade, because) for section, given in second.items()}
            self.attempt("agree grades", partial(agree_grades, by=by, found=found, agreed=agreed, now=self.now))

    @rule(number=which, lean=st.integers(-1, 2))
    def moderate(self, number: int, lean: int) -> None:
        """As it is meant to be: allotted to somebody who may, graded blind, agreed with the reason."""
        moderation = self.a_moderation(number, "waiting")
        if moderation is None:
            return
        at = list(Moderation.objects.filter(state__in=["waiting", "grading"]).order_by("pk")).index(moderation)
        self.allot_moderator(at, 1)
        graded = Moderation.objects.filter(state__in=["grading", "to agree", "agreed"]).order_by("pk")
        if moderation in graded:
            self.grade_blind(list(graded).index(moderation), 1, lean)
        to_agree = Moderation.objects.filter(state__in=["to agree", "grading", "agreed"]).order_by("pk")
        if moderation in to_agree:
            self.agree_grades(list(to_agree).index(moderation), 1, "The plan is thinner than it looks.")

    @rule(number=which)
    def dispute(self, number: int) -> None:
        """By whoever of the audited team may, within its days or too late."""
        audit = self.an_audit(number, "submitted")
        if audit is not None:
            self._dispute(audit)

    def _dispute(self, audit: Audit) -> None:
        moderation = Moderation.objects.filter(audit=audit, state="agreed").order_by("pk").last()
        for by in self.small.people if moderation else ():
            found = open_challenge_or_none(by, moderation.code)
            if found is not None and Is.CHALLENGER in found.standings:
                act = partial(challenge_grade, by=by, found=found, because="The visits were made.", now=self.now)
                self.attempt("challenge", act)
                break

    @rule(number=which, who=which, decides=st.booleans())
    def challenge(self, number: int, who: int, decides: bool) -> None:
        moderation = self.a_moderation(number, "challenged") if decides else self.a_moderation(number, "agreed")
        by = self.somebody(who)
        found = open_challenge_or_none(by, moderation.code) if moderation else None
        if found is None:
            return
        if decides:
            scale = [grade.key for grade in self.small.framework.grades]
            decided = {"": Given(scale[who % len(scale)], "On what the team showed.")}
            self.attempt(
                "decide", partial(decide_challenge, by=by, found=found, decided=decided, because="Heard.", now=self.now)
            )
        else:
            self.attempt(
                "challenge", partial(challenge_grade, by=by, found=found, because="The visits were made.", now=self.now)
            )

    @rule(number=which, who=which, because=st.sampled_from(["", "Drawn twice."]))
    def withdraw(self, number: int, who: int, because: str) -> None:
        audit = self.an_audit(number)
        if audit is not None and who % 3 == 0:
            by = self.small.unit if who % 2 else self.somebody(who)
            self.attempt("withdraw", lambda: auditing.withdraw(by=by, audit=audit, because=because, now=self.now))

    # --- act ------------------------------------------------------------------------------------------------------

    @rule(number=which, who=which)
    def return_to_team(self, number: int, who: int) -> None:
        audit = self.an_audit(number)
        if audit is not None:
            by = self.somebody(who) if who % 4 == 0 else self.small.unit
            self.attempt(
                "return",
                lambda: returning.return_to_team(by=by, audit=audit, now=self.now, today=self.now.date()),
            )

    def a_return(self, number: int) -> Return | None:
        found = list(Return.objects.filter(authority=self.small.version.authority).order_by("pk"))
        return found[number % len(found)] if found else None

    @rule(number=which, who=which, evidence=st.sampled_from(["", "In the case notes of 9 October."]))
    def complete(self, number: int, who: int, evidence: str) -> None:
        returned = self.a_return(number)
        task = returned.tasks.order_by("pk").first() if returned else None
        if returned and task:
            by = task.owner if who % 4 else self.somebody(who)
            opened = open_return_or_none(by, returned.code)
            if opened is not None:
                self.attempt(
                    "complete",
                    lambda: complete_task(
                        by=by, opened=opened, task=task, evidence=evidence, record="Case note.", now=self.now
                    ),
                )

    @rule(number=which, who=which)
    def reopen(self, number: int, who: int) -> None:
        returned = self.a_return(number)
        task = returned.tasks.order_by("pk").first() if returned else None
        if returned and task:
            by = self.somebody(who)
            opened = open_return_or_none(by, returned.code)
            if opened is not None:
                self.attempt(
                    "reopen", lambda: reopen_task(by=by, opened=opened, task=task, because="Not there.", now=self.now)
                )

    @rule(number=which, who=which, because=st.sampled_from(["", "The school keeps it."]))
    def challenge_task(self, number: int, who: int, because: str) -> None:
        self._with_a_task(
            "challenge", number, who,
            lambda by, opened, task: challenge_task(by=by, opened=opened, task=task, because=because, now=self.now),
            owner=who % 4 > 0,
        )  # fmt: skip

    @rule(number=which, who=which, keep=st.booleans())
    def decide_task(self, number: int, who: int, keep: bool) -> None:
        step = keep_task if keep else drop_task
        self._with_a_task(
            "decide", number, who,
            lambda by, opened, task: step(by=by, opened=opened, task=task, because="So it is.", now=self.now),
        )  # fmt: skip

    @rule(number=which, who=which, days=st.integers(0, 20))
    def give_more_time(self, number: int, who: int, days: int) -> None:
        self._with_a_task(
            "extend", number, who,
            lambda by, opened, task: extend_task(
                by=by, opened=opened, task=task, until=task.due_on + timedelta(days=days), because="Shut till then.",
                asked=True, now=self.now, today=self.now.date(),
            ),
        )  # fmt: skip

    def _with_a_task(
        self, name: str, number: int, who: int, step: Callable[[Person, Any, Task], object], *, owner: bool = False
    ) -> None:
        """Somebody tries a step with the first task of a return: its owner, one of its managers, or anybody."""
        returned = self.a_return(number)
        task = returned.tasks.order_by("pk").first() if returned else None
        if returned is None or task is None:
            return
        managing = [each for each in self.small.people if {returned.team_id, returned.service_id} & _managed(each)]
        by = task.owner if owner else managing[who % len(managing)] if who % 3 and managing else self.somebody(who)
        opened = open_return_or_none(by, returned.code)
        if opened is not None:
            self.attempt(name, lambda: step(by, opened, task))

    @rule(number=which, who=which)
    def sign_off(self, number: int, who: int) -> None:
        returned = self.a_return(number)
        if returned is None:
            return
        managing = [each for each in self.small.people if {returned.team_id, returned.service_id} & _managed(each)]
        by = managing[who % len(managing)] if who % 4 and managing else self.somebody(who)
        opened = open_return_or_none(by, returned.code)
        if opened is not None:
            shown = signing.digest_of(opened.tasks) if who % 5 else "what stood there yesterday"
            confirmed = self.now if who % 7 else None
            self.attempt(
                "sign off",
                lambda: signing.sign_off(
                    by=by, opened=opened, shown=shown, note="", authenticated=confirmed, now=self.now
                ),
            )

    @rule(number=which, who=which, back=st.booleans())
    def close(self, number: int, who: int, back: bool) -> None:
        returned = self.a_return(number)
        if returned is None:
            return
        by = self.small.unit if who % 4 else self.somebody(who)
        opened = open_return_or_none(by, returned.code)
        if opened is not None and back:
            self.attempt(
                "send back", lambda: signing.send_back(by=by, opened=opened, because="Look again.", now=self.now)
            )
        elif opened is not None:
            self.attempt("accept", lambda: signing.accept_return(by=by, opened=opened, now=self.now))

    @rule(number=which)
    def put_right(self, number: int) -> None:
        """As it is meant to be: returned, each task done by its owner, signed by who manages the team, accepted."""
        audit = self.an_audit(number, "submitted")
        if audit is None:
            return
        today = self.now.date()
        self.attempt(
            "return", lambda: returning.return_to_team(by=self.small.unit, audit=audit, now=self.now, today=today)
        )
        returned = Return.objects.get(audit=audit)
        if number % 2:
            self._dispute(audit)
        for task in returned.tasks.filter(state="to do").order_by("pk"):
            opened = open_return_or_none(task.owner, returned.code)
            if opened is not None:
                self.attempt(
                    "complete",
                    lambda task=task, opened=opened: complete_task(
                        by=task.owner, opened=opened, task=task, evidence="Done.", record="In the notes.", now=self.now
                    ),
                )
        for by in (each for each in self.small.people if {returned.team_id, returned.service_id} & _managed(each)):
            opened = open_return_or_none(by, returned.code)
            if opened is not None:
                shown = signing.digest_of(opened.tasks)
                self.attempt(
                    "sign off",
                    lambda by=by, opened=opened, shown=shown: signing.sign_off(
                        by=by, opened=opened, shown=shown, note="", authenticated=self.now, now=self.now
                    ),
                )
        self.close(list(Return.objects.order_by("pk")).index(returned), 1, False)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.days += days

    # --- what holds whatever was done ---------------------------------------------------------------------------

    def hold(self) -> None:
        """Asked after each step that changed something; a refused one left every row as it was."""
        for holds in INVARIANTS:
            holds(self.kept, self.small)


def _managed(person: Person) -> frozenset[int]:
    return person.teams_managed | person.services_managed
