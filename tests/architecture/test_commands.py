"""Every command of ours answers wrong usage with exit 2, its usage and one sentence: never a traceback."""

from __future__ import annotations

import pytest
from django.core.management import get_commands, load_command_class

pytestmark = pytest.mark.slow

OURS = {name: str(app) for name, app in get_commands().items() if str(app).startswith("goldenthread.")}


@pytest.mark.parametrize("name", sorted(OURS))
def test_wrong_usage_is_exit_2(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = load_command_class(OURS[name], name)

    with pytest.raises(SystemExit) as exit:
        command.run_from_argv(["goldenthread", name, "--no-such-option"])

    said = capsys.readouterr().err
    assert (exit.value.code, said.startswith("usage: goldenthread"), "Traceback" in said) == (2, True, False)


@pytest.mark.parametrize("name", sorted(OURS))
def test_help_says_what_the_command_does(name: str) -> None:
    assert load_command_class(OURS[name], name).help
