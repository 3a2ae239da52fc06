"""The pages of the sign-in, which allauth runs and we draw."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.web.catalogue"), pytest.mark.django_db]


def test_the_sign_in_remembers_where_one_was_going() -> None:
    page = Client().get("/accounts/login/?next=/catalogue/").content.decode()

    assert '<input type="hidden" name="next" value="/catalogue/">' in page


def test_a_wrong_password_is_told_in_the_summary_and_the_name_is_kept() -> None:
    page = Client().post("/accounts/login/", {"login": "asha", "password": "wrong horse battery"}).content.decode()

    assert "There is a problem" in page
    assert 'value="asha"' in page
    assert "wrong horse battery" not in page


def test_the_sign_in_asks_browsers_to_fill_it_in_and_gives_no_placeholder() -> None:
    page = Client().get("/accounts/login/").content.decode()

    assert ('autocomplete="username"' in page, 'autocomplete="current-password"' in page) == (True, True)
    assert "placeholder" not in page
