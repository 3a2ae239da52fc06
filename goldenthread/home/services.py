"""What the Quality Assurance Unit does with messages that are stuck."""

from __future__ import annotations

from datetime import datetime

from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.notices import services as notices
from goldenthread.notices.models import Notice
from goldenthread.notices.queries import stuck
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step


@step
def try_again(*, by: Person, notice: Notice, now: datetime) -> Notice:
    """Send a stuck message after all, to the address that is on record for the person today."""
    _allowed(by)
    address = Person.objects.filter(pk=notice.person_id or 0).values_list("email", flat=True).first()
    notices.try_again(notice=notice, address=notice.address if address is None else address, now=now)
    record(by=by, verb="tried again", thing=notice, at=now)
    return notice


def try_all_again(*, by: Person, now: datetime) -> int:
    """The same for every stuck message that has an address by now; how many there were."""
    _allowed(by)
    tried = 0
    for notice in stuck(by.authority_id):
        try:
            try_again(by=by, notice=notice, now=now)
        except Refused:  # still no address: it stays where it is
            continue
        tried += 1
    if not tried:
        raise Refused("There is no stuck message to somebody who has an e-mail address on record.")
    return tried


@step
def leave(*, by: Person, notice: Notice, now: datetime) -> Notice:
    """Leave a message unsent, for good."""
    _allowed(by)
    if not notices.withdraw([notice.key]):
        raise Refused("This message is not waiting any more.")
    record(by=by, verb="left unsent", thing=notice, at=now)
    return notice


def _allowed(by: Person) -> None:
    if not may("see the settings", standings(by)):
        raise Refused("Only the Quality Assurance Unit sees to messages.")
