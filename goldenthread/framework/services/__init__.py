"""Adopting frameworks and templates, and keeping the council's list of themes."""

from goldenthread.framework.services.adopting import (
    adopt_framework,
    adopt_shipped_templates,
    adopt_template,
    decide_correspondence,
    keep_focus_template,
)
from goldenthread.framework.services.themes import (
    add_theme,
    change_theme,
    forget_theme,
    move_theme,
    retire_theme,
    take_up_theme,
)

__all__ = [
    "add_theme",
    "adopt_framework",
    "adopt_shipped_templates",
    "adopt_template",
    "change_theme",
    "decide_correspondence",
    "forget_theme",
    "keep_focus_template",
    "move_theme",
    "retire_theme",
    "take_up_theme",
]
