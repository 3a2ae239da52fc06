"""What is owed, in sentences: numbers and days only, so that they can go into an e-mail."""

from __future__ import annotations

from datetime import date

from goldenthread.method.owed import Account
from goldenthread.method.periods import Period
from goldenthread.web.wording import day, listed, plural


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


def now_words(line: Account, today: date) -> str:
    """How this month's line stands, for its holder: "You owe 2 of 4 by Friday 31 July."."""
    period = period_words(line.due.period, today)
    if not line.owed:
        return f"You owe no records for {period} ({line.due.why})."
    if not line.asked:
        return f"You owe no records for {period}: you were excused from them."
    if not line.to_do:
        return f"You have submitted all you owe for {period}: {plural(line.asked, 'record')}."
    number, days = len(line.to_do), list(dict.fromkeys(line.to_do))
    owed = plural(number, "record") if number == line.asked else f"{number} of {line.asked}"
    if len(days) > 1:
        each_day = [f"{line.to_do.count(each)} by {due_day(each, today)}" for each in days]
        return f"You owe {owed}: {listed(each_day)}."
    if days[0] < today:
        return f"You owe {owed}; {due_words(number, days[0], today)}."
    return f"You owe {owed} by {due_day(days[0], today)}."


def reminding(line: Account, due_on: date, today: date, who: str = "You owe") -> str:
    """What reminds a holder, or tells her manager, of the records of a month due on one day and not submitted."""
    number = line.to_do.count(due_on)
    of = f"{share_words(number, line.asked)} of {period_words(line.due.period, today)}"
    return f"{who} {of}; {due_words(number, due_on, today)}."


def reminding_of_earlier(number: int, oldest: date, who: str = "You owe") -> str:
    """What reminds her, or tells her manager, of those of all months before."""
    since = f"it was due on {day(oldest)}" if number == 1 else f"the oldest was due on {day(oldest)}"
    return f"{who} {plural(number, 'record')} of earlier months; {since}."


def standing_words(line: Account, today: date) -> tuple[str, str]:
    """How a line stands in a word or two, and the colour of its tag."""
    if not line.asked:
        return ("Excused", "grey") if line.exempt else ("Nothing owed", "grey")
    if overdue := line.overdue(today):
        return f"{overdue} overdue", "red"
    if line.to_do:
        return f"{len(line.to_do)} to do", "blue"
    return ("Done, late", "yellow") if line.late else ("Done", "green")
