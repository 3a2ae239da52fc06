"""Listing 50 of 10,000 audits, first page, middle and last, against a bare view of fifty in one joined statement.

Ours is the page as it is served to the manager of the Quality Assurance Unit: session, sign-in, rights, filters.
"""

from __future__ import annotations

from bench import audits
from bench.filled import fill
from bench.measurement import Measurement, in_turns
from bench.requests import signed_in

NAME = "Listing 50 of 10,000 audits, any page"
HELD, PAGE = 10_000, 50


def run() -> list[Measurement]:
    with audits.installed():
        from bench import floor
        from tests import make

        keys = [each.pk for each in fill(audits.answered(), HELD - 1, answers=False)]
        maya, bare = signed_in(make.council().maya, "/audit/"), floor.browser()

        def page(below: int | None = None) -> bytes:
            return maya.get("/audit/" if below is None else f"/audit/?below={below}")

        pages = {"first": None, "middle": keys[len(keys) // 2], "last": keys[PAGE - 1]}
        for below in pages.values():
            if page(below).count(b'<th scope="row"') != PAGE:
                raise RuntimeError(f"The page below {below} does not show {PAGE} audits.")
        subjects = [lambda below=below: page(below) for below in pages.values()]  # type: ignore[misc]
        *taken, floored = in_turns(*subjects, lambda: bare.get("/listing"), repeats=40)
    return [
        *(
            Measurement(f"Listing 50 of 10,000 audits, {which} page, against a bare joined list", ours, floored, 2.5)
            for which, ours in zip(pages, taken, strict=True)
        ),
        Measurement("Listing the last page of 10,000 audits, against the first", taken[-1], taken[0], at_most=1.2),
    ]
