"""What the database holds for this stage: a signature, and leave for more time, are never changed; a check but once."""

from goldenthread.trail.guards import Guard, never_changed

GUARDS = (never_changed("act_signoff", "A sign-off is never changed."),)

MORE = (
    never_changed("act_extension", "An extension is never changed."),
    Guard(
        "act_taskcheck_made",
        "act_taskcheck",
        ("UPDATE", "DELETE"),
        "What was found when a task was checked is never changed.",
        "OLD.outcome <> ''",
    ),
)
