"""What the database holds for this stage: a published edition is never changed."""

from goldenthread.trail.guards import Guard

GUARDS = (
    Guard(
        "learn_edition_published",
        "learn_edition",
        ("UPDATE", "DELETE"),
        "A published edition is never changed: publish another.",
        "OLD.state = 'published'",
    ),
)
