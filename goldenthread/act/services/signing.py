"""Signing off the completed section, and what the Quality Assurance Unit does when it comes back."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta

from goldenthread.act.models import Return, SignOff, Task
from goldenthread.act.queries import OpenReturn, as_signed, managers_on, signed_content, whose_signature
from goldenthread.method.access import Is
from goldenthread.method.lifecycles import RETURN, TASK, ReturnFacts, TaskFacts
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON

FRESH = timedelta(minutes=5)  # how long having confirmed who she is holds good for a signature
MEANING = "The tasks of this audit are completed, and I have seen that they are."


def digest_of(tasks: tuple[Task, ...]) -> str:
    """SHA-256 of exactly what stands on the page when it is shown for signing."""
    return hashlib.sha256(json.dumps(signed_content(tasks), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def reasons_not_to_sign(by: Person, opened: OpenReturn, today: date) -> tuple[str, ...]:
    """The sentences shown where the button would be; none when it may be pressed, or when signing is not hers."""
    row = RETURN.step("sign off", opened.returned.state)
    if row is None or not row.by & opened.standings:
        return ()
    facts = _facts(by, opened, opened.tasks, digest_of(opened.tasks), today, confirmed=True)
    return tuple(reason for need in row.needs if (reason := need(facts)))


@step
def sign_off(
    *, by: Person, opened: OpenReturn, shown: str, note: str, authenticated: datetime | None, now: datetime
) -> SignOff:
    """Sign the "tasks completed" section, exactly as it was shown. Never one's own work.

    `authenticated`: when she confirmed, for this signature, that it is she (`people.confirming`).
    """
    returned = Return.objects.select_for_update().get(pk=opened.returned.pk)
    tasks = tuple(as_signed(returned.tasks.all()))
    confirmed = authenticated is not None and now - FRESH <= authenticated <= now
    facts = _facts(by, opened, tasks, shown, now.astimezone(LONDON).date(), confirmed=confirmed)
    row = RETURN.take("sign off", returned.state, opened.standings, facts)
    signed = SignOff.objects.create(
        authority_id=returned.authority_id, returned=returned, signed_at=now, signed_by=by,
        authenticated=authenticated, capacity=capacity_for(by, returned), meaning=MEANING, note=note.strip(),
        content=signed_content(tasks), sha256=digest_of(tasks),
    )  # fmt: skip
    done = [task for task in tasks if task.state != "dropped"]
    for task in done:
        task.state = TASK.take("sign off", task.state, opened.standings, TaskFacts()).after
    Task.objects.bulk_update(done, ["state"])
    returned.state = row.after
    returned.save(update_fields=["state"])
    record(by=by, verb="signed off", thing=returned, at=now, now={"sha256": signed.sha256}, capacity=signed.capacity)
    return signed


def _facts(
    by: Person, opened: OpenReturn, tasks: tuple[Task, ...], shown: str, today: date, *, confirmed: bool
) -> ReturnFacts:
    """A director signs only where no manager of the team or its service can, so for her it is asked who could."""
    manages = bool(opened.standings & {Is.TEAM_MANAGER, Is.SERVICE_MANAGER})
    nearer = None if manages else whose_signature(opened, managers_on(opened.returned.authority_id, today))
    return ReturnFacts(
        nearer=nearer.name if nearer else "",
        confirmed=confirmed,
        to_do=sum(1 for task in tasks if task.state == "to do"),
        challenged=sum(1 for task in tasks if task.state == "challenged"),
        own_work=any(by.pk in {task.owner_id, task.done_by_id} for task in tasks if task.state != "dropped"),
        shown=shown,
        current=digest_of(tasks),
    )


def capacity_for(by: Person, returned: Return) -> str:
    """The post she signs from: the one that manages this team or this service."""
    managing = [
        post.words
        for post in by.posts_held
        if post.oversees and post.team_id in {returned.team_id, returned.service_id}
    ]
    return managing[0] if managing else by.capacity


@step
def accept_return(*, by: Person, opened: OpenReturn, now: datetime) -> Return:
    """The signed section is back with the Quality Assurance Unit, and that ends it."""
    returned = Return.objects.select_for_update().get(pk=opened.returned.pk)
    row = RETURN.take("accept", returned.state, opened.standings, ReturnFacts())
    returned.state, returned.accepted_at, returned.accepted_by = row.after, now, by
    returned.save(update_fields=["state", "accepted_at", "accepted_by"])
    record(by=by, verb="accepted", thing=returned, at=now)
    return returned


@step
def send_back(*, by: Person, opened: OpenReturn, because: str, now: datetime) -> Return:
    """Give a signed section back to the team, with the reason; its tasks can be asked for again."""
    returned = Return.objects.select_for_update().get(pk=opened.returned.pk)
    row = RETURN.take("send back", returned.state, opened.standings, ReturnFacts(reason=because))
    returned.state = row.after
    returned.save(update_fields=["state"])
    returned.tasks.filter(state="signed off").update(state="done")
    record(by=by, verb="sent back", thing=returned, at=now, because=because)
    return returned
