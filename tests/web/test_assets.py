"""The look's files as npm fetches them, made fit for a council."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.web.management.commands.assets import GOVUK, MOJ, copy_vendor, for_a_council, without_map

SHEET = (
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
    "p{font-family:GDS Transport,arial,sans-serif}"
    ".crest{background-image:url(/assets/images/govuk-crest.svg)}"
    ".close{background:url(/assets/images/icon-close.svg)}\n/*# sourceMappingURL=a.css.map */"
)


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    """A stand-in for what npm fetches."""
    images = tmp_path / MOJ / "assets" / "images"
    images.mkdir(parents=True)
    (tmp_path / GOVUK).mkdir(parents=True)
    (images / "icon-close.svg").write_text("<svg/>")
    for folder, name in ((GOVUK, "govuk-frontend"), (MOJ, "moj-frontend")):
        (tmp_path / folder / f"{name}.min.css").write_text(SHEET)
        (tmp_path / folder / f"{name}.min.js").write_text("go();//# sourceMappingURL=a.js.map\n")
    return tmp_path


def test_typeface_and_crest_are_gone_and_the_rest_is_kept() -> None:
    assert for_a_council(SHEET) == (
        "p{font-family:Arial,Helvetica,sans-serif}.crest{background-image:none}.close{background:url(images/icon-close.svg)}"
    )


def test_styles_scripts_and_the_pictures_they_name_are_copied(fetched: Path) -> None:
    assert copy_vendor(fetched, fetched / "vendor") == [
        "govuk-frontend.min.css", "govuk-frontend.min.js", "images/icon-close.svg", "moj-frontend.min.css",
        "moj-frontend.min.js",
    ]  # fmt: skip


def test_what_an_earlier_copy_left_is_gone(fetched: Path) -> None:
    (fetched / "vendor").mkdir()
    (fetched / "vendor" / "old.css").write_text("")

    assert "old.css" not in copy_vendor(fetched, fetched / "vendor")


def test_a_script_loses_its_map() -> None:
    assert without_map("go();//# sourceMappingURL=a.js.map\n") == "go();"


def test_without_npm_s_files_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        copy_vendor(tmp_path, tmp_path / "vendor")

    assert refusal.value.sentences == (
        "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css is not there. "
        "Run npm ci --ignore-scripts, or make run, which does so first.",
    )
    assert not (tmp_path / "vendor").exists()
