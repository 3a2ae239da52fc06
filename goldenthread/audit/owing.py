"""What is owed, in sentences: numbers and days only, so that they can go into an e-mail."""

from __future__ import annotations

from datetime import date

from goldenthread.method.owed import Account
from goldenthread.method.periods import Period
from goldenthread.web.wording import day, plural


def due_day(on: date, today: date) -> str:
    """A day as it is spoken of: "Friday 31 July", with the year where that is another one."""
    return day(on) if on.year != today.year else f"{on:%A} {on.day} {on:%B}"


def period_words(period: Period, today: date) -> str:
    """A month as it is spoken of: "July"; longer periods, and those of another year, in full."""
    month = (period.starts_on.year, period.starts_on.month) == (period.ends_on.year, period.ends_on.month)
    return f"{period.ends_on:%B}" if month and period.ends_on.year == today.year else period.label


def share_words(number: int, asked: int) -> str:
    """ "2 of the 4 records", "all 4 records", "the 1 record"."""
    if number == asked:
        return f"all {asked} records" if asked > 1 else "the 1 record"
    return f"{number} of the {asked} records"


def due_words(number: int, due_on: date, today: date) -> str:
    """ "they are due on Friday 31 July"; once it is past, "they were"."""
    verb = {True: "it is" if number == 1 else "they are", False: "it was" if number == 1 else "they were"}
    return f"{verb[due_on >= today]} due on {due_day(due_on, today)}"


def reminding(line: Account, due_on: date, today: date) -> str:
    """What reminds a holder of the records of one month that are due on one day and not submitted."""
    return f"You owe {_owed(line, due_on, today)}"


def telling_of(name: str, line: Account, due_on: date, today: date) -> str:
    """What tells somebody's manager of the same."""
    return f"{name} owes {_owed(line, due_on, today)}"


def _owed(line: Account, due_on: date, today: date) -> str:
    number = line.to_do.count(due_on)
    of = f"{share_words(number, line.asked)} of {period_words(line.due.period, today)}"
    return f"{of}; {due_words(number, due_on, today)}."


def standing_words(line: Account, today: date) -> tuple[str, str]:
    """How a line stands in a word or two, and the colour of its tag."""
    if not line.asked:
        return ("Excused", "grey") if line.exempt else ("Nothing owed", "grey")
    if overdue := line.overdue(today):
        return f"{overdue} late", "red"
    if line.to_do:
        return f"{plural(len(line.to_do), 'record')} to do", "blue"
    return ("Done, late", "yellow") if line.late else ("Done", "green")
