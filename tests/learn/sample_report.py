"""One invented session report, whole: 40 files in three groups of one council that does not exist."""

from __future__ import annotations

from datetime import date

from goldenthread.learn.rendering.model import (
    Chart,
    Figure,
    Figures,
    Finding,
    Points,
    Protected,
    Report,
    Section,
    Series,
    Table,
    Text,
    Words,
    table_behind,
)

GRADES = (
    ("Outstanding", "#12436d", "solid"),
    ("Good", "#28a197", "upright"),
    ("Requires improvement", "#f4a460", "diagonal"),
    ("Inadequate", "#801650", "dots"),
)
BY_SECTION = {
    "The child's record and chronology": (3, 17, 16, 4),
    "Referral and checks with other agencies": (5, 22, 11, 2),
    "Assessment": (6, 21, 11, 2),
    "Plan and review": (3, 18, 15, 4),
    "The child's voice and impact": (8, 20, 10, 2),
    "Multi-agency work": (5, 23, 10, 2),
    "Management oversight and supervision": (2, 14, 18, 6),
    "Outcomes": (4, 20, 13, 3),
}
BY_STATUS = {"Child in need": (2, 10, 5, 1), "Child protection plan": (2, 6, 4, 0), "Looked after": (1, 6, 2, 1)}
BY_TEAM = {
    "Duty 1": (0, 4, 3, 1),
    "Duty 2": (1, 4, 2, 0),
    "Safeguarding East": (2, 5, 2, 1),
    "Safeguarding West": (1, 5, 2, 0),
    "Children with disabilities": (None, None, None, None),
}


def grades_chart(title: str, alt: str, corner: str, counts: dict[str, tuple[int | None, ...]]) -> Chart:
    categories = tuple(counts)
    series = tuple(
        Series(name, tuple(row[place] for row in counts.values()), colour, pattern)
        for place, (name, colour, pattern) in enumerate(GRADES)
    )
    table = table_behind(caption=title, corner=corner, categories=categories, series=series)
    return Chart("stacked_bar", title, alt, categories, series, table, absent="not shown: fewer than 5 files")


def sessions_chart() -> Chart:
    sessions = ("Nov 2025", "Jan 2026", "Feb 2026", "Apr 2026", "May 2026", "Jul 2026")
    series = (Series("Good or better", (52.0, 55.0, None, 61.0, 58.0, 67.5), "#12436d"),)
    title = "Files graded good or better, by session"
    return Chart(
        "run",
        title,
        "In July 67.5% of the files drawn at random were good or better, the highest of the six sessions.",
        sessions,
        series,
        table_behind(caption=title, corner="Session", categories=sessions, series=series, unit="%"),
        unit="%",
        references=(("Mean 58.7%", 58.7), ("Aim 75%", 75.0)),
    )


def themes_chart() -> Chart:
    themes = ("Chronology", "Supervision", "Child's voice", "Early help", "Contingency planning")
    series = (Series("Files", (19, 17, 12, 9, 6), "#12436d"),)
    title = "Files in which each theme needed work"
    return Chart(
        "bar",
        title,
        "Chronologies needed work in 19 of 40 files and supervision in 17.",
        themes,
        series,
        table_behind(caption=title, corner="Theme", categories=themes, series=series),
    )


def sample_report(**changed: object) -> Report:
    whole = {
        "title": "Session report",
        "subtitle": "Safeguarding, children looked after and duty: July 2026",
        "council": "Thornmere Council",
        "period": "1 June to 10 July 2026",
        "edition": "Edition 1",
        "published_on": date(2026, 7, 24),
        "published_by": "Quality Assurance Unit",
        "audience": "Service Director, divisional management team",
        "summary": _summary(),
        "sections": (_grades(), _practice(), _outcomes(), _tasks()),
        "about": _about(),
    }
    return Report(**{**whole, **changed})  # type: ignore[arg-type]


def _summary() -> tuple[Figures | Text | Words, ...]:
    return (
        Figures(
            (
                Figure("40 of 40", "files audited", "3 groups, 8 auditors each"),
                Figure("27 of 40", "graded good or better", "67.5%; between 52% and 80% of all open cases"),
                Figure("2", "inadequate", "Both re-audited within the month"),
                Figure("83 of 96", "tasks done in 10 working days", "5 are late"),
            )
        ),
        Text(
            (
                "Forty files were drawn at random from 2,300 open cases and every one was audited.",
                "27 were graded good or better, 11 require improvement and 2 are inadequate.",
                "The child's voice is the strongest section; management oversight is the weakest.",
            )
        ),
        Words(
            "the Quality Assurance Unit",
            "Direct work with children has moved on since May, and it shows in the plans.\n\n"
            "Supervision is recorded, but in too many files it does not say what changed for the child because of it. "
            "We propose that the next session looks at supervision notes beside the case file.",
        ),
    )


def _grades() -> Section:
    head = ("Files", *(name for name, _, _ in GRADES), "Good or better")
    return Section(
        "Grades",
        (
            Table(
                "Overall grades",
                head,
                (("40", "4", "23", "11", "2", "67.5%"),),
                (0, 1, 2, 3, 4, 5),
                "Estimate for all open cases: 52% to 80% (95% interval, stratified).",
            ),
            grades_chart(
                "Grades by section of the template",
                "The child's voice was good or better in 28 of 40 files; management oversight in 16 of 40.",
                "Section",
                BY_SECTION,
            ),
            grades_chart(
                "Overall grades by status",
                "Children on a protection plan had 8 of 12 files graded good or better.",
                "Status",
                BY_STATUS,
            ),
            grades_chart(
                "Overall grades by team",
                "Safeguarding East and West had 13 of 18 files graded good or better.",
                "Team",
                BY_TEAM,
            ),
            Protected(
                "Teams with fewer than 5 files are not shown, so that no family and no practitioner can be told."
            ),
            sessions_chart(),
        ),
    )


def _practice() -> Section:
    return Section(
        "Practice and process",
        (
            Points(
                "Good practice",
                (
                    Finding("Children were seen alone and their words are in the record.", "28 files", "Child's voice"),
                    Finding(
                        "Strategy meetings held the same day with police and health.", "9 files", "Multi-agency work"
                    ),
                    Finding("Clear rationale for decisions at the point of transfer.", "", "Recording"),
                ),
            ),
            Points(
                "Practice that needs work",
                (
                    Finding(
                        "Chronologies list events but not what they meant for the child.", "19 files", "Chronology"
                    ),
                    Finding("Contingency plans say “review” rather than who will do what.", "6 files", "Planning"),
                ),
            ),
            Points(
                "Process that needs work",
                (
                    Finding(
                        "The form for background checks has no place for the agency's answer.", "11 files", "Recording"
                    ),
                ),
            ),
            themes_chart(),
        ),
    )


def _outcomes() -> Section:
    rows = (
        ("Be healthy", "31", "24", "77%"),
        ("Stay safe", "40", "29", "73%"),
        ("Enjoy and achieve", "28", "20", "71%"),
        ("Make a positive contribution", "19", "12", "63%"),
        ("Achieve economic well-being", "8", "5", "63%"),
    )
    head = ("Outcome", "Files where it applies", "Linked with evidence", "Share")
    return Section(
        "Outcomes and early help",
        (
            Table("Every Child Matters outcomes linked in the file", head, rows, (1, 2, 3)),
            Text(("Evidence of early help before the referral was found in 26 of 40 files.",)),
        ),
    )


def _tasks() -> Section:
    rows = tuple(
        (f"{place + 1}", what, owner, due, state)
        for place, (what, owner, due, state) in enumerate(
            (
                (
                    "Bring the chronology up to date and add what each event meant for the child",
                    "Duty 1",
                    "27 July 2026",
                    "Done, signed off",
                ),
                ("Hold a core group and record each agency's part", "Safeguarding East", "27 July 2026", "Done"),
                ("Write the contingency plan with the family", "Safeguarding West", "27 July 2026", "Late by 2 days"),
                ("Record management decision after the strategy meeting", "Duty 2", "31 July 2026", "Open"),
            )
            * 6
        )
    )
    return Section("Tasks", (Table("Tasks by team", ("No.", "Task", "Team", "Due", "State"), rows, (0,)),))


def _about() -> tuple[Table | Text, ...]:
    return (
        Text(("Files were drawn at random by goldenthread-draw-1 after the seed was read out before witnesses.",)),
        Table(
            "What this report rests on",
            ("What", "Which"),
            (
                ("Framework", "Thornmere file audit framework, version 3"),
                ("Case list", "Annex A of 29 May 2026, 2,300 open cases"),
                ("Draw", "DR-2026-07, seed 4 1 6 2 2 5 3 1 6 6"),
            ),
        ),
    )
