"""What the database holds for this stage: what was submitted stays as it was."""

from goldenthread.trail.guards import Guard, never_changed

FROZEN = "(SELECT frozen FROM audit_part WHERE id = OLD.part_id)"
MOVED_INTO_FROZEN = "(SELECT frozen FROM audit_part WHERE id = NEW.part_id)"
SENTENCE = "A submitted audit is never changed."

GUARDS = (
    Guard("audit_answer_frozen", "audit_answer", ("INSERT", "UPDATE", "DELETE"), SENTENCE, FROZEN),
    Guard("audit_finding_frozen", "audit_finding", ("INSERT", "UPDATE", "DELETE"), SENTENCE, FROZEN),
    Guard("audit_answer_moved", "audit_answer", ("UPDATE",), SENTENCE, MOVED_INTO_FROZEN),
    Guard("audit_finding_moved", "audit_finding", ("UPDATE",), SENTENCE, MOVED_INTO_FROZEN),
    Guard("audit_part_frozen", "audit_part", ("UPDATE", "DELETE"), SENTENCE, "OLD.frozen"),
    never_changed("audit_judgement", "A judgement is never changed."),
)

RESTS_ON_IT = (
    "EXISTS (SELECT 1 FROM audit_statement WHERE authority_id = OLD.authority_id "
    "AND period_starts_on = OLD.period_starts_on)"
)

SIGNED = (never_changed("audit_statement", "A signed statement is never changed."),)

SIGNED_FOR = (
    Guard(
        "audit_inspection_signed_for",
        "audit_inspection",
        ("INSERT", "UPDATE", "DELETE"),
        "What a signed statement rests on is never changed.",
        RESTS_ON_IT,
    ),
)

JUDGED = "A judgement is never changed: a later one stands in its place."
UNCHANGED = ("audit_id", "section", "stage", "grade", "rationale")

# In place of never changing a judgement's row at all: whether it still stands is all that may change, and once.
JUDGEMENTS = (
    Guard("audit_judgement_kept", "audit_judgement", ("DELETE", "TRUNCATE"), JUDGED),
    Guard(
        "audit_judgement_as_made",
        "audit_judgement",
        ("UPDATE",),
        JUDGED,
        " OR ".join((*(f"OLD.{column} <> NEW.{column}" for column in UNCHANGED), "(NEW.stands AND NOT OLD.stands)")),
    ),
)

RATINGS = (never_changed("audit_rating", "A rating is never changed."),)
