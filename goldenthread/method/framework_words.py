"""A framework as a page that a quality assurance manager reads: what was decided, and what its numbers imply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from goldenthread.method.following_words import followed_up
from goldenthread.method.framework import PRACTITIONER, Allotting, Framework, Independence, Quota
from goldenthread.method.selecting import way_in_words

WEEKS_IN_A_YEAR = 52
TIMES_A_YEAR = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
EVERY = {
    "session": "after every session",
    "month": "every month",
    "quarter": "every quarter",
    "half_year": "every six months",
    "year": "every year",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WIDTH = 100
AGAIN = {"may": "may audit it again", "must": "must audit it again", "must_not": "may not audit it again"}
PAIRS = {
    "none": "one person",
    "together": "two people, who write together",
    "apart": "two people apart, who then agree",
}
MIXED = ", of different seniority"


@dataclass(frozen=True, slots=True)
class Implied:
    """What a framework's numbers imply, whatever it says they do. Files are files a year.

    `sessions_a_year`: of one group, 52 weeks over the rhythm. `capacity`: every core seat of every session filled.
    `people_a_group`: people needed so that nobody sits more often than the target's sum allows. `owed`: monthly and
    other quotas, if one person held each post.
    """

    target: int
    files_by_the_targets_sum: int
    seats: int
    people_by_the_targets_sum: int
    sessions_a_year: float
    capacity: int
    people_a_group: int
    owed: int


def implied(framework: Framework) -> Implied:
    """The sums behind the last section of the page.

    The framework of 2009 gives 8 people × 5 files × 4 quarters = 160 where it says 120, and 52 / 6 = 8.67 sessions.
    """
    target, rhythm = framework.target, framework.rhythm
    sessions = WEEKS_IN_A_YEAR / rhythm.every_weeks
    sittings = sessions * framework.core_seats
    return Implied(
        target=target.files_per_year,
        files_by_the_targets_sum=target.implied_files,
        seats=framework.core_seats,
        people_by_the_targets_sum=target.people,
        sessions_a_year=round(sessions, 2),
        capacity=int(len(framework.groups) * sittings * rhythm.days * target.files_a_day),
        people_a_group=-int(-sittings // target.sessions_a_year),
        owed=sum(quota.records * TIMES_A_YEAR[quota.every] for quota in framework.quotas),
    )


Sections = tuple[tuple[str, tuple[str, ...]], ...]


def framework_sections(framework: Framework) -> Sections:
    """The framework in plain words: each part of it with its sentences."""
    return (
        ("People", tuple(_people(framework))),
        ("Groups and sessions", tuple(_sessions(framework))),
        ("Which files", tuple(_files(framework))),
        ("What an audit says", tuple(_audit(framework))),
        ("Graded again", tuple(_moderated(framework))),
        ("What follows", tuple(_follows(framework))),
        ("What is learnt", tuple(_learnt(framework))),
        ("What the numbers imply", implications(framework)),
    )


def framework_words(framework: Framework) -> str:
    """The same as text, about a page of 100 columns."""
    heading = f"{framework.title}, version {framework.version} ({framework.key})"
    since, year = framework.in_force_from, MONTHS[framework.year_starts_month - 1]
    opening = f"In force from {since.day} {MONTHS[since.month - 1]} {since.year}. Its year begins in {year}."
    sections = (_section(title, said) for title, said in framework_sections(framework))
    return "\n".join([heading, "=" * len(heading), opening, *sections, ""])


def implications(framework: Framework) -> tuple[str, ...]:
    """What the framework's own numbers come to, a sentence each; where they disagree, the sentence says so."""
    sums, target, weeks = implied(framework), framework.target, framework.rhythm.every_weeks
    groups = len(framework.groups)
    return (
        f"{target.people} people × {target.files_a_day} files × {target.sessions_a_year} sessions each are "
        f"{sums.files_by_the_targets_sum} files a year; the target is {sums.target}"
        f"{_apart(sums.files_by_the_targets_sum, sums.target)}.",
        f"The core list has {sums.seats} seats; the target's sum counts {sums.people_by_the_targets_sum} people"
        f"{_apart(sums.seats, sums.people_by_the_targets_sum)}.",
        f"A session every {weeks} weeks is {sums.sessions_a_year:g} a year for each group (52 / {weeks})"
        f"{'' if 13 % weeks == 0 else ', so quarters differ in how many sessions they hold'}.",
        f"{groups} groups × {sums.sessions_a_year:g} sessions × {sums.seats} seats × {target.files_a_day} files could "
        f"reach {sums.capacity:,} files a year if every seat were filled.",
        f"For nobody to sit more than {target.sessions_a_year} times a year, each group needs {sums.people_a_group} "
        f"people to fill its {sums.seats} seats.",
        f"With one person in each post the quotas come to {sums.owed} files a year; each further holder adds her own.",
    )


def _apart(one: int, other: int) -> str:
    return "" if one == other else f", {abs(one - other)} {'fewer' if other < one else 'more'}"


def _people(framework: Framework) -> Iterable[str]:
    yield f"May audit: {_listed(post.plural for post in framework.posts if post.audits)}."
    yield f"Hold cases: {_listed(post.plural for post in framework.posts if post.holds_cases)}."
    yield f"Run it all: {_listed(post.plural for post in framework.posts if post.quality_assurance)}."
    for quota in framework.quotas:
        yield f"Each {framework.post(quota.post).label} audits {_files_owed(quota)} {EVERY[quota.every]}."
    yield from _chasing(framework)
    rule = framework.recommendation_30
    yield (
        f"{_listed(framework.post(post).plural for post in rule.posts)} each inspect a random selection of "
        f"{_listed(kind.replace('_', ' ') + 's' for kind in rule.inspects)} {EVERY[rule.every]}."
    )


def _chasing(framework: Framework) -> Iterable[str]:
    owing = framework.owing
    if not framework.quotas:
        return
    counts = "Every audit counts" if owing.counts == "every" else "Only single records count, not a session's audits,"
    yield f"{counts} towards what its auditor owes."
    if owing.excused_by:
        yield f"Extensions and exemptions are granted by: {_listed(framework.post(p).label for p in owing.excused_by)}."
    said = [
        f"{owing.remind_before_days} working days before the end" if owing.remind_before_days else "",
        f"every {owing.remind_after_days} after it" if owing.remind_after_days else "",
    ]
    if any(said):
        yield f"Reminded: {_listed(part for part in said if part)}, until it is done."
    if owing.escalate_after_days:
        yield f"The holder's manager is told {owing.escalate_after_days} working days after the end."


def _files_owed(quota: Quota) -> str:
    return "1 file" if quota.records == 1 else f"{quota.records} files"


def _sessions(framework: Framework) -> Iterable[str]:
    days = "a full day" if framework.rhythm.days == 1 else f"{framework.rhythm.days} full days"
    yield f"Each group meets for {days} every {framework.rhythm.every_weeks} weeks."
    for group in framework.groups:
        teams = f", in teams named {_listed(group.teams, 'or')}" if group.teams else ""
        yield f"{group.label}: {_listed(framework.status(key).plural for key in group.statuses)}{teams}."
    for status in framework.statuses:
        if not any(status.key in group.statuses for group in framework.groups):
            yield f"No group takes {status.plural}."
    seats = (
        f"{_listed((framework.post(post).label for post in seat.posts), 'or')} × {seat.number}"
        for seat in framework.seats
    )
    yield f"Seats: {_listed(seats)}: {framework.core_seats} in all."
    if framework.meeting.quorum:
        yield f"A session needs {framework.meeting.quorum} people at least."
    if framework.meeting.chaired_by:
        yield f"Chaired by: {_listed((framework.post(p).label for p in framework.meeting.chaired_by), 'or')}."
    joining = framework.joining
    if joining.posts:
        groups = "one group" if joining.groups == 1 else f"{joining.groups} groups"
        yield f"{_listed(framework.post(post).plural for post in joining.posts)} each join {groups}."
    if joining.partners:
        yield f"Partners who may be invited: {_listed(joining.partners)}."


def _files(framework: Framework) -> Iterable[str]:
    draw, tie = framework.draw, framework.independence
    yield f"Kinds of audit: {_listed(kind.label.lower() for kind in framework.kinds)}."
    yield from _covered(framework)
    yield f"A child counts once, under the first of: {', '.join(status.label for status in framework.statuses)}."
    yield from _ways(framework)
    if draw.exclude_audited_within_months:
        yield f"A file audited in the last {draw.exclude_audited_within_months} months is not drawn again."
    yield from _independence(tie)
    yield from _allotting(framework.allotting)
    for linked in framework.linked_files:
        yield f"{linked.label}: looked at with the file of every {framework.status(linked.status).label.lower()}."


SEED_WORDS = {
    "dice": "dice read out before two witnesses",
    "shares": "numbers that three or more people commit to before any is revealed",
    "beacon": "a round of a public beacon named before it is out",
}


def _ways(framework: Framework) -> Iterable[str]:
    draw, grades = framework.draw, {grade.key: grade.label for grade in framework.grades}
    for rule in framework.selecting:
        focus = f", for a focus of the kind {rule.focus}" if rule.focus else ""
        yield f"{framework.kind(rule.kind).plural}{focus}: {way_in_words(rule, grades)}."
    strata = _listed(draw.stratify_by)
    yield f"Files are drawn at random within each {strata}, {draw.files_per_auditor} for each auditor."
    yield f"The seed of a draw comes from {_listed((SEED_WORDS[key] for key in draw.seed_sources), 'or')}."


def _independence(tie: Independence) -> Iterable[str]:
    forbidden = {
        "holds the case": tie.own_case,
        f"held the case in the last {tie.held_within_months} months": tie.held_within_months > 0,
        "is the child’s own reviewing officer or chair": tie.own_reviewing_officer,
        "manages that team": tie.manages,
        "is in the team that holds it": tie.own_team,
        "manages its worker or is managed by them": tie.line,
        "is a relative or has declared a conflict of interest": tie.declared,
        "works for the agency whose file it is": tie.own_agency,
    }
    ties = [words for words, holds in forbidden.items() if holds]
    yield f"Nobody audits a file who {_listed(ties, 'or')}." if ties else "Anybody may audit any file."
    yield f"Whoever audited a file last time {AGAIN[tie.audited_last_time]}; at a re-audit, {AGAIN[tie.at_reaudit]}."


def _allotting(rule: Allotting) -> Iterable[str]:
    yield f"Each file is audited by {PAIRS[rule.pairs]}{MIXED if rule.mixed_seniority else ''}."
    if rule.mixed_files:
        yield "Each auditor’s files are of as many statuses as can be."


def _covered(framework: Framework) -> Iterable[str]:
    rule = framework.coverage
    for number, of in ((rule.each_team, "team"), (rule.each_status, "status"), (rule.each_locality, "locality")):
        if number:
            yield f"In a year, at least {number} of each {of}."
    if workers := rule.workers_of_each_team:
        yield f"In a year, files of at least {workers} {'worker' if workers == 1 else 'workers'} of each team."


def _audit(framework: Framework) -> Iterable[str]:
    yield f"Grades, best first: {', '.join(grade.label for grade in framework.grades)}."
    yield f"Outcomes: {', '.join(outcome.label for outcome in framework.outcomes)}."
    yield f"On every case: {framework.early_help.label}. {framework.early_help.prompt}"
    yield f"Also asked: {'; '.join(point.label for point in framework.regional_points)}."
    for kind, template in framework.templates.items():
        yield f"Template for a {kind.replace('_', ' ')}: {template}."
    yield from _parts(framework)


def _parts(framework: Framework) -> Iterable[str]:
    """What is asked for beside the auditors' own part, by when, and whether the audit waits for it."""
    for part in framework.parts:
        days = "1 working day" if part.days == 1 else f"{part.days} working days"
        since = "of the return" if part.kind == "reply" else "of the file being allotted"
        waits = "; the audit is not submitted before it is given" if part.required and part.kind != "reply" else ""
        yield f"{part.label}: asked for within {days} {since}{waits}."


def _moderated(framework: Framework) -> Iterable[str]:
    """Which audits are graded again, by whom and by when; the grade of the audit itself; how a grade is disputed."""
    for stage in framework.moderation:
        grades = _listed(framework.grade(key).label for key in stage.grades)
        firsts = f"the first {stage.first_of_auditor} of each auditor" if stage.first_of_auditor else ""
        wanted = [
            "every audit" if stage.every else "",
            f"every {grades}" if grades and not stage.every else "",
            firsts if not stage.every else "",
            f"{stage.random_percent} % of the rest at random" if stage.random_percent and not stage.every else "",
        ]
        how = "without seeing the auditor's grades" if stage.blind else "with the auditor's grades in sight"
        days = "1 working day" if stage.days == 1 else f"{stage.days} working days"
        yield (
            f"{stage.label}: {_listed(part for part in wanted if part) or 'no audit'}, graded again {how} by "
            f"{_listed((framework.post(post).plural for post in stage.by), 'or')}, within {days}."
        )
    if framework.audit_grades:
        yield f"The audit itself is graded: {', '.join(grade.label for grade in framework.audit_grades)}."
    yield from _challenged(framework)
    if framework.moderation:
        yield f"Nothing is said of one person's agreement on fewer than {framework.comparing.person_minimum} audits."


def _challenged(framework: Framework) -> Iterable[str]:
    rule = framework.challenge
    if not rule.days:
        yield "The audited team cannot challenge a grade."
        return
    days = "1 working day" if rule.days == 1 else f"{rule.days} working days"
    yield (
        f"Within {days} of the return the team's {_listed((framework.post(p).label for p in rule.by), 'or')} may "
        f"challenge a grade; the {_listed((framework.post(p).label for p in rule.decided_by), 'or')} decides within "
        f"{rule.decided_within_days}."
    )


SCOPES = {"whole": "the whole file", "failed_sections": "the sections that were graded so, or else the whole file"}


def _follows(framework: Framework) -> Iterable[str]:
    returns, again, agencies = framework.returns, framework.reaudit, framework.multi_agency
    yield f"A completed audit returns to the {_listed(_who(framework, key) for key in returns.to)}."
    yield (
        f"The {_who(framework, returns.does)} does the tasks within {returns.days} {returns.day_kind} days; a concern "
        f"for a child's safety now, within {returns.immediate_days}."
    )
    yield (
        f"The {_who(framework, returns.signs)} signs off within {returns.signs_extra_days} more and returns it to the "
        f"{framework.body(returns.back_to).label}; the {_who(framework, returns.assures)} makes sure that it was done."
    )
    yield from followed_up(framework)
    yield from _concerned(framework)
    grades = _listed(framework.grade(key).label for key in again.grades)
    yield (
        f"Audited again within {again.within_months} months{', by someone else' if again.by_someone_else else ''}: "
        f"every {grades}, and {again.sample_percent} % of the rest at random; {SCOPES[again.scope]}."
    )
    checked = framework.assurance
    yield (
        f"Of the tasks signed off in a quarter {checked.sample_percent} % are checked in the record, drawn at random, "
        f"but at least {checked.at_least} and one of each service."
    )
    yield (
        f"With {_listed(agencies.partners)} {EVERY[agencies.every]}, in {MONTHS[agencies.month - 1]}, led by the "
        f"{framework.post(agencies.led_by).label}."
    )


def _concerned(framework: Framework) -> Iterable[str]:
    """Who is told at once where a child may be unsafe, and who is where nobody has answered in time."""
    rule = framework.concerns
    hours = "1 hour" if rule.acknowledge_hours == 1 else f"{rule.acknowledge_hours} hours"
    first = _listed(f"the {framework.post(key).label}" for key in rule.to) or "whoever runs and directs the audits"
    then = _listed(f"the {framework.post(key).label}" for key in rule.escalate_to)
    yield (
        f"An immediate concern for a child goes at once to {first}, one of whom acknowledges it within {hours}; "
        f"otherwise it goes to {then or 'whoever runs and directs the audits'}."
    )


def _who(framework: Framework, key: str) -> str:
    return framework.word("practitioner") if key == PRACTITIONER else framework.post(key).label


def _learnt(framework: Framework) -> Iterable[str]:
    for report in framework.reports:
        bodies = _listed(framework.body(key).label for key in report.audiences)
        yield f"{report.label}, {EVERY[report.every]}: {bodies}."
    briefing, protection = framework.briefing, framework.protection
    bodies = _listed(framework.body(key).label for key in briefing.audiences)
    yield f"Briefing, {EVERY[briefing.every]}: {bodies}, by {_listed(briefing.ways, 'or')}."
    outside = _listed(body.label for body in framework.bodies if body.outside) or "nothing"
    yield (
        f"In what leaves the service ({outside}), counts below {protection.suppress_below} are hidden, totals rounded "
        f"to {protection.round_to}, and no team is shown with fewer than {protection.team_minimum} files."
    )


def _listed(words: Iterable[str], joint: str = "and") -> str:
    """Words as a sentence lists them.

    >>> _listed(["a", "b", "c"]), _listed(["a", "b"], "or"), _listed([])
    ('a, b and c', 'a or b', '')
    """
    *others, last = list(words) or [""]
    return f"{', '.join(others)} {joint} {last}" if others else last


def _section(title: str, sentences: Iterable[str]) -> str:
    lines = (line for said in sentences for line in wrap(said, WIDTH, initial_indent="- ", subsequent_indent="  "))
    return "\n".join(["", title, *lines])
