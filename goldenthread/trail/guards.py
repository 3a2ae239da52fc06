"""Rules the database itself holds, on SQLite and PostgreSQL alike: rows that may never change, or no longer.

A guard is a trigger. It is put up by a migration; whoever owns the database can take it down, which is why the trail
is chained as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import migrations


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse `acts` on `table` while `condition` holds; the condition speaks of the row as OLD (NEW for INSERT).

    TRUNCATE is an act of PostgreSQL alone, and of a whole table: no condition goes with it.
    """

    name: str
    table: str
    acts: tuple[str, ...]
    sentence: str
    condition: str = ""

    def up(self, vendor: str) -> list[str]:
        return [
            sql for act in self.acts for sql in (self._postgresql(act) if vendor == "postgresql" else self._sqlite(act))
        ]

    def down(self, vendor: str) -> list[str]:
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {self._trigger(act)}{on}" for act in self.acts]

    def _trigger(self, act: str) -> str:
        return f"{self.name}_{act.lower()}"

    def _sqlite(self, act: str) -> list[str]:
        if act == "TRUNCATE":
            return []
        when = (
            f" WHEN {self.condition.replace('OLD.', 'NEW.') if act == 'INSERT' else self.condition}"
            if self.condition
            else ""
        )
        return [
            f"CREATE TRIGGER {self._trigger(act)} BEFORE {act} ON {self.table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
        ]

    def _postgresql(self, act: str) -> list[str]:
        condition = self.condition.replace("OLD.", "NEW.") if act == "INSERT" else self.condition
        test = f"IF {condition} THEN" if condition else "IF TRUE THEN"
        allowed = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(act, "NEW")
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        return [
            f"CREATE OR REPLACE FUNCTION {self._trigger(act)}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {test} RAISE EXCEPTION '{self.sentence}'; END IF; RETURN {allowed}; END $$",
            f"CREATE TRIGGER {self._trigger(act)} BEFORE {act} ON {self.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {self._trigger(act)}()",
        ]


def never_changed(table: str, sentence: str) -> Guard:
    """Rows are added to this table, and that is all."""
    return Guard(f"{table}_never_changed", table, ("UPDATE", "DELETE", "TRUNCATE"), sentence)


def put_up(guard: Guard) -> migrations.RunPython:
    """The migration's operation for a guard."""
    return migrations.RunPython(_doing(guard.up), _doing(guard.down))


def taken_down(guard: Guard) -> migrations.RunPython:
    """The operation before a table is made anew that the guard asks of; it is put up again after."""
    return migrations.RunPython(_doing(guard.down), _doing(guard.up))


def _doing(act: Callable[[str], list[str]]) -> Callable[[Any, Any], None]:
    def on(apps: Any, editor: Any) -> None:
        for sql in act(editor.connection.vendor):
            editor.execute(sql)

    return on


GUARDS = (never_changed("trail_event", "The trail is never changed."),)
