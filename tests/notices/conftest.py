"""Mail goes to a server of the test's own, with little patience."""

from __future__ import annotations

from typing import Any

import pytest

from tests.notices.post import listening_for


@pytest.fixture
def outgoing(settings: Any) -> int:
    """The port that mail goes to; whether anybody listens there is for the test to say."""
    return listening_for(settings)
