"""`goldenthread assets`: the look's own files, made fit for a council and gathered for serving."""

from __future__ import annotations

import re
import shutil
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from goldenthread.method.refusal import Refused
from goldenthread.web.command import AnswerCommand

GOVUK = Path("node_modules/govuk-frontend/dist/govuk")
MOJ = Path("node_modules/@ministryofjustice/frontend/moj")
SHEETS = (GOVUK / "govuk-frontend.min.css", MOJ / "moj-frontend.min.css")
SCRIPTS = (GOVUK / "govuk-frontend.min.js", MOJ / "moj-frontend.min.js")


class Command(AnswerCommand):
    help = (
        "Copy the GOV.UK and Ministry of Justice styles and scripts, less typeface and crown; gather all static files."
    )

    def add_question(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only-copy", action="store_true", help="do not gather the static files")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        vendor = settings.BASE_DIR / "build" / "vendor"
        copied = copy_vendor(settings.BASE_DIR, vendor)
        if not options["only_copy"]:
            call_command("collectstatic", interactive=False, verbosity=0)
        return {"copied": copied, "to": str(vendor)}

    def words(self, answer: Mapping[str, Any]) -> str:
        return f"{len(answer['copied'])} files copied to {answer['to']}."


def copy_vendor(base: Path, vendor: Path) -> list[str]:
    """Write the compiled styles, scripts and icons to `vendor`; their names. Refused while npm has not fetched them."""
    missing = [str(path) for path in (*SHEETS, *SCRIPTS) if not (base / path).is_file()]
    if missing:
        raise Refused(f"{missing[0]} is not there. Run npm ci --ignore-scripts, or make run, which does so first.")
    shutil.rmtree(vendor, ignore_errors=True)
    (vendor / "images").mkdir(parents=True)
    for script in SCRIPTS:
        (vendor / script.name).write_text(without_map((base / script).read_text()))
    for sheet in SHEETS:
        css = for_a_council((base / sheet).read_text())
        (vendor / sheet.name).write_text(css)
        for image in sorted(set(re.findall(r"url\(images/([^)]+)\)", css))):
            shutil.copyfile(base / MOJ / "assets" / "images" / image, vendor / "images" / image)
    return sorted(str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file())


def for_a_council(css: str) -> str:
    """A compiled stylesheet without what is reserved to GOV.UK: its typeface and its crest.

    >>> for_a_council("@font-face{src:url(x)}a{font-family:GDS Transport,arial,sans-serif}")
    'a{font-family:Arial,Helvetica,sans-serif}'
    """
    css = re.sub(r"@font-face\s*{[^}]*}", "", without_map(css))
    css = re.sub(r"[\"']?GDS Transport[\"']?,\s*arial,\s*sans-serif", "Arial,Helvetica,sans-serif", css)
    css = re.sub(r"url\(/assets/images/govuk-crest\.svg\)", "none", css)
    return css.replace("url(/assets/images/", "url(images/")


def without_map(text: str) -> str:
    """Without the line that names a source map, which is not served and which the gathering would look for."""
    return re.sub(r"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "", text)
