"""Challenging a grade: open for some days from the return, made by the audited team, decided by somebody apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from goldenthread.audit.models import Audit, Moderation
from goldenthread.audit.queries.challenge import DECIDED, last_moderation, why_not_challenge, why_not_decide
from goldenthread.audit.queries.counting import marks_of
from goldenthread.audit.queries.moderation import UNMODERATED, Given, OpenModeration, standing_grades
from goldenthread.audit.queries.moderators import auditors_of_audit
from goldenthread.audit.services.counting import count
from goldenthread.audit.services.moderation import grades_of, judge, judged_as, label_of
from goldenthread.method.deadlines import due_date
from goldenthread.method.lifecycles import MODERATION, ModerationFacts
from goldenthread.method.moderation import differing
from goldenthread.method.refusal import Refused
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.people.queries import people_in_post
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, day


def open_challenge_window(*, by: Person, audit: Audit, now: datetime) -> Moderation | None:
    """From the return, the team may challenge for so many working days. Part of the act that returns the audit.

    The day is kept on the last stage of moderation; where there was none, on a row made to hold it, whose grades are
    the auditor's. None where the framework knows no challenge.
    """
    days = audit.framework.parsed.challenge.days
    if not days:
        return None
    until = due_date(now.astimezone(LONDON).date(), days)
    row = last_moderation(audit)
    if row is None:
        row = Moderation(
            authority_id=audit.authority_id, audit=audit, stage=UNMODERATED, reason="challenge", state="agreed",
            due_on=until, chosen_at=now, chosen_by=by,
        )  # fmt: skip
    row.challenge_due_on = until
    row.save()
    return row


@step
def challenge_grade(*, by: Person, found: OpenModeration, because: str, now: datetime) -> Moderation:
    """Say, for the audited team, which grade is wrong and why. Raises `Refused`: too late, already, not hers."""
    moderation = _locked(found)
    today = now.astimezone(LONDON).date()
    why = why_not_challenge(found, today)
    if why:
        raise Refused(why)
    row = MODERATION.take("challenge", moderation.state, found.standings, ModerationFacts(reason=because))
    moderation.state, moderation.challenge = row.after, because.strip()
    moderation.challenged_at, moderation.challenged_by = now, by
    moderation.due_on = due_date(today, found.framework.challenge.decided_within_days)
    moderation.save()
    record(by=by, verb="challenged", thing=moderation, at=now, now={"audit": found.audit.pk}, because=because)
    record(by=by, verb="challenged", thing=found.audit, at=now, now={"stage": moderation.stage}, because=because)
    _tell_deciders(found, moderation, now)
    return moderation


@step
def decide_challenge(
    *, by: Person, found: OpenModeration, decided: Mapping[str, Given], because: str, now: datetime
) -> Moderation:
    """Decide a challenge: the grades that stand from now on, and why. A section left out keeps its grade."""
    moderation = _locked(found)
    facts = ModerationFacts(not_hers=why_not_decide(by, found) or "", reason=because)
    row = MODERATION.take("decide", moderation.state, found.standings, facts)
    audit, standing = found.audit, standing_grades(found.audit)
    said = {name: Given(each.grade, each.because.strip() or because.strip()) for name, each in decided.items()}
    grades = judged_as(found, standing, said)
    before = marks_of(audit)
    judge(by=by, audit=audit, stage=DECIDED, grades=grades, now=now)
    moderation.state, moderation.decision = row.after, because.strip()
    moderation.decided_at, moderation.decided_by = now, by
    moderation.save()
    was, after = _told(standing), _told(grades)
    record(by=by, verb="decided", thing=moderation, at=now, was=was, now=after, because=because)
    record(by=by, verb="decided", thing=audit, at=now, was=was, now=after, because=because)
    count(audit, before)
    changed = [label_of(found, name) for name in differing(grades_of(standing), grades_of(grades))]
    _tell_decided(moderation, bool(changed), now)
    return moderation


def _locked(found: OpenModeration) -> Moderation:
    return Moderation.objects.select_for_update(of=("self",)).get(pk=found.moderation.pk)


def _told(given: Mapping[str, Given]) -> dict[str, str]:
    return {name or "overall": each.grade for name, each in given.items()}


def _tell_deciders(found: OpenModeration, moderation: Moderation, now: datetime) -> None:
    rule, today = found.framework.challenge, now.astimezone(LONDON).date()
    holders = {post.person.pk: post.person for post in people_in_post(moderation.authority_id, today, rule.decided_by)}
    for person in holders.values():
        if why_not_decide(person, found) is None and person.pk != moderation.challenged_by_id:
            tell(
                key=f"challenged:{moderation.code}:{person.pk}", to=person, kind="moderation",
                subject=f"A grade is challenged: to be decided by {day(moderation.due_on, 'plain')}",
                body=f"{person.name},\n\nThe managers of an audited team challenge a grade. One of those who decide is "
                f"asked to do so by {day(moderation.due_on)}.\n\n{_address(moderation)}\n",
                now=now,
            )  # fmt: skip


def _tell_decided(moderation: Moderation, changed: bool, now: datetime) -> None:
    said = "The grades were changed" if changed else "The grades stand"
    people = [*auditors_of_audit(moderation.audit_id), moderation.challenged_by]
    for person in {each.pk: each for each in people if each}.values():
        tell(
            key=f"decided:{moderation.code}:{person.pk}", to=person, kind="moderation",
            subject="A challenge of a grade is decided",
            body=f"{person.name},\n\nThe challenge of an audit’s grade is decided. {said}, and the reason stands with "
            f"them.\n\n{_address(moderation)}\n",
            now=now,
        )  # fmt: skip


def _address(moderation: Moderation) -> str:
    return link(reverse("open_challenge", args=[moderation.code]))
