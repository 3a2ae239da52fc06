"""Somebody who has no mouse: every step is a key, and every place the focus rests must be seen to have it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

# What is wrong with where the focus is, or "". Its marks are compared with and without the focus: its own, its label's,
# those of what stands in it, and what the style sheet draws before and after each. It is hidden when no point of it can
# be reached.
FAULT = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "";
  const label = focused.labels?.[0];
  const parts = [focused, label, ...focused.children].filter(Boolean);
  const drawn = parts.flatMap(each => [[each], [each, "::before"], [each, "::after"]]);
  const marks = () => JSON.stringify(drawn.map(([each, part]) => {
    const style = getComputedStyle(each, part);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
            style.borderTopWidth];
  }));
  const seen = marks();
  focused.blur();
  const unseen = marks();
  focused.focus({ preventScroll: true });
  if (seen === unseen) return "cannot be seen to have the focus";
  const reached = [focused, label].filter(Boolean).some(each => {
    return [...each.getClientRects()].some(box => [0.1, 0.5, 0.9].some(x => [0.1, 0.5, 0.9].some(y => {
      const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
      return top && (each.contains(top) || top.contains(each) && top.tagName !== "BODY" || label?.contains(top));
    })));
  });
  return reached ? "" : "is hidden behind something while it has the focus";
}"""


class Keyboard:
    """One person's keys on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab(self, key: str = "Tab") -> None:
        """One step on, to a place that shows it has the focus."""
        self.press(key)
        fault = self.page.evaluate(FAULT)
        assert not fault, f"{self.page.url}: {self.focus()} {fault}"

    def tab_to(self, target: Locator, *, key: str = "Tab", most: int = 90) -> None:
        for _ in range(most):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.tab(key)
        raise AssertionError(f"{self.page.url}: {target} is not reached in {most} steps; the focus is {self.focus()}.")

    def back_to(self, target: Locator) -> None:
        self.tab_to(target, key="Shift+Tab")

    def use(self, target: Locator) -> None:
        """Tab to a link or a button and press Enter; the page it leads to is there afterwards."""
        self.tab_to(target)
        with self.page.expect_navigation():
            self.press("Enter")

    def choose(self, first: Locator, place: int, *, key: str = "ArrowDown") -> None:
        """Of a group of radios, the one at this place (from 0), from the first one on."""
        self.tab_to(first)
        self.press("Space")
        self.press(key, place)

    def on(self) -> dict[str, str]:
        """What has the focus."""
        return self.page.evaluate("""() => {
          const { tagName, type, name, value } = document.activeElement;
          return { tag: tagName, type: type ?? "", name: name ?? "", value: value ?? "" };
        }""")

    def focus(self) -> str:
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 160)"))
