"""The page that says how far auditors and moderators agree."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from goldenthread.audit.models import Audit
from tests import make
from tests.audit import moderating
from tests.audit.test_agreement import settled
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db

PATH = "/audit/agreement/"


def test_the_address_is_this_one() -> None:
    assert reverse("agreement") == PATH


def test_before_anything_is_moderated_it_says_what_will_stand_here() -> None:
    said = words(signed_in(make.council().maya).get(PATH))

    assert "What moderation did to grades will stand here." in said
    assert "See what waits for moderation" in said


def test_it_says_what_moderation_did_with_its_range() -> None:
    settled()

    said = words(signed_in(make.council().maya).get(PATH))
    assert "1 of 3 submitted audits moderated" in said
    assert "Of 1 moderated audit, 0 kept their grade, 1 came out lower and 0 higher." in said
    assert "With so few, anything between 0% and 79% kept is plausible." in said
    assert "1 file was graded twice, the second time by somebody who could not see the first grade." in said


def test_each_quarter_is_a_bar_whose_words_say_the_same() -> None:
    settled()

    said = words(signed_in(make.council().maya).get(PATH))
    assert "October to December 2026 0 of 1 kept, 1 lower" in said
    assert "The figures with their ranges: quarter by quarter" in said


def test_it_ranks_nobody() -> None:
    settled()

    said = words(signed_in(make.council().maya).get(PATH))
    assert "Nobody’s own grades are shown on fewer than 10 moderated audits, and people are never ranked." in said
    assert not any(each.name in said for each in (make.council().grace, make.council().sunita, moderating.moderator()))


def test_files_chosen_for_a_reason_are_looked_at_apart() -> None:
    settled()

    assert "What moderation did to grades will stand here." in words(
        signed_in(make.council().maya).get(f"{PATH}?chosen=chosen")
    )


def test_the_lines_of_its_tables_can_be_downloaded() -> None:
    settled()

    answer = signed_in(make.council().maya).get(f"{PATH}export/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    [overall] = [row for row in rows if row["Line"] == "Overall"]
    assert (overall["Audits"], overall["Same grade"], overall["Came out lower"]) == ("1", "0.0", "1")


@pytest.mark.parametrize(("name", "status"), [("maya", 200), ("helena", 200), ("grace", 403), ("rafiq", 403)])
def test_the_unit_and_the_directors_see_it(name: str, status: int) -> None:
    assert signed_in(getattr(make.council(), name)).get(PATH).status_code == status


def test_it_takes_the_same_statements_however_many_were_moderated() -> None:
    settled()
    client = signed_in(make.council().maya)
    before = statements(client, PATH)
    for each in Audit.objects.order_by("ref")[1:]:
        moderating.graded(each, "good")

    assert statements(client, PATH) == before
