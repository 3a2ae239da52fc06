"""What an audit's pages say of the case: the files read beside it by the framework's own names."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.audit import services
from goldenthread.audit.models import Audit
from tests import make
from tests.browsing import signed_in, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("linked", "said"),
    [
        (["fostering_file"], "Read as well Fostering file"),
        (["fostering_file", "health_file"], "Read as well Fostering file, health file"),
        ([], None),
    ],
)
def test_the_files_read_beside_it_are_called_as_the_framework_calls_them(linked: list[str], said: str | None) -> None:
    with time_machine.travel(make.NOW, tick=False):
        here, made = make.council(), make.audit()
        audit = services.allot(by=here.maya, case=made.case, auditors=[here.grace], now=make.NOW)
        Audit.objects.filter(pk=audit.pk).update(linked=linked)
        page = " ".join(words(signed_in(here.grace).get(f"/audit/{audit.code}/")).split())
    assert (said is None) == ("Read as well" not in page)
    assert said is None or f"{said} From the case list" in page
