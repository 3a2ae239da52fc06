"""Small numbers in what leaves the Quality Assurance Unit: hidden, and then attacked, before anything is published.

`protected_table` hides within one table; `protect` also within sight of everything published before; `attack` is the
reader who knows all of it; `safe_to_publish` says in sentences what stands in the way.
"""

from goldenthread.method.disclosure.attacker import Breach, attack
from goldenthread.method.disclosure.near import near
from goldenthread.method.disclosure.publishing import protect, safe_to_publish
from goldenthread.method.disclosure.released import Released
from goldenthread.method.disclosure.suppression import (
    ALL_ALIKE,
    HIDES_ANOTHER,
    SMALL,
    TOTAL,
    Protected,
    bounds,
    protected_table,
)

__all__ = [
    "ALL_ALIKE",
    "HIDES_ANOTHER",
    "SMALL",
    "TOTAL",
    "Breach",
    "Protected",
    "Released",
    "attack",
    "bounds",
    "near",
    "protect",
    "protected_table",
    "safe_to_publish",
]
