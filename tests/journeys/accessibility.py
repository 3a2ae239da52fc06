"""What is asked of every page and every state of it: no axe violation, and no error-summary link that leads nowhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def axe(page: Page) -> None:
    """Fail with one line per violation of WCAG 2.2 A and AA that axe finds on the page as it is now."""
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    # Evaluated through the debugger, not put into the document: the page's content security policy stays in force.
    page.evaluate(axe_source())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", STANDARDS)
    return [
        f"{page.url}: {violation['id']} ({violation['help']}): {node['html']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def error_summary(page: Page) -> None:
    """Fail where a link of the error summary does not take the reader to a field. Axe does not notice these."""
    assert dead_error_links(page) == []


def dead_error_links(page: Page) -> list[str]:
    """The links of the page's error summary whose target is not on the page, or is nothing one can fill in."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.govuk-error-summary a')]
            .map(link => link.getAttribute('href'))
            .filter(href => {
                const target = href?.startsWith('#') ? document.getElementById(href.slice(1)) : null;
                return !target || !target.matches('input, select, textarea, button, summary, a, [tabindex]');
            })"""
    )


@cache
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")
