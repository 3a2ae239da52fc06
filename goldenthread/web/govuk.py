"""GOV.UK's own components, as Jinja macros from the package govuk-frontend-jinja, called from pages and from Python."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup


def component(name: str, params: dict[str, Any]) -> Markup:
    """One GOV.UK component with the parameters its own documentation gives, as in `govuk("error-summary", {…})`."""
    return Markup(_macro(name)(params))  # noqa: S704 - the macro has escaped what it was given


@cache
def _macro(name: str) -> Any:
    words = name.split("-")
    template = _components().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    return getattr(template.module, "govuk" + "".join(word.capitalize() for word in words))


@cache
def _components() -> Environment:
    """An environment of their own: they ask for parameters nobody gave, which our strict pages treat as a fault."""
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
