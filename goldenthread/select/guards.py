"""What the database holds for this stage: what was frozen, drawn or loaded stays as it was."""

from goldenthread.trail.guards import Guard

STANDS = "What was drawn, or abandoned, stands for ever."
FROZEN = ("case_list_id", "draw_id", "frame", "frame_sha256", "quotas", "exclusions")
LOADED = "(SELECT state FROM select_caselist WHERE id = OLD.case_list_id) = 'loaded'"

LOADED_LINES = Guard(
    "select_caseline_loaded",
    "select_caseline",
    ("UPDATE", "DELETE"),
    "The lines of a loaded case list are never changed.",
    LOADED,
)

GUARDS = (
    Guard("select_draw_stands", "select_draw", ("UPDATE",), STANDS, "OLD.state <> 'frozen'"),
    Guard("select_draw_kept", "select_draw", ("DELETE",), "A draw is abandoned, never deleted."),
    Guard(
        "select_draw_frozen",
        "select_draw",
        ("UPDATE",),
        "What was frozen before a draw is never changed.",
        " OR ".join(f"OLD.{column} <> NEW.{column}" for column in FROZEN),
    ),
    LOADED_LINES,
)

CHOSEN = ("kind", "way", "rule", "because", "seed_kind")
CHOSEN_OTHERWISE = " OR ".join(
    (
        *(f"OLD.{column} <> NEW.{column}" for column in CHOSEN),
        "COALESCE(OLD.beacon_round, 0) <> COALESCE(NEW.beacon_round, 0)",
    )
)

WAYS = (
    Guard(
        "select_draw_way_frozen",
        "select_draw",
        ("UPDATE",),
        "What was frozen before a draw is never changed.",
        CHOSEN_OTHERWISE,
    ),
)

SHARES = (
    Guard("select_seedshare_kept", "select_seedshare", ("DELETE", "TRUNCATE"), "A share of a seed is never deleted."),
    Guard(
        "select_seedshare_as_committed",
        "select_seedshare",
        ("UPDATE",),
        "A number committed to, or revealed, is never changed.",
        "OLD.sha256 <> NEW.sha256 OR OLD.draw_id <> NEW.draw_id OR OLD.person_id <> NEW.person_id "
        "OR OLD.revealed_at IS NOT NULL",
    ),
)
