"""Sign-in sessions in the database, as Django keeps them, found by a statement that is made once.

Every request asks for one. They are server sessions, so that closing an account ends them all.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from goldenthread.web import clock
from goldenthread.web.prepared import prepared


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is found."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found: list[Session] = _sessions(key=self.session_key)
        if found and found[0].expire_date > clock.now():
            return found[0]
        self._session_key = None
        return None


@prepared
def _sessions(*, key: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
