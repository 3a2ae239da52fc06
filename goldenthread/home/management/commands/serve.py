"""`goldenthread serve`: the database brought up to date, then the product served with a worker until it is stopped."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority
from goldenthread.web.command import AnswerCommand

THREADS = 4


class Command(AnswerCommand):
    help = "Bring the database up to date and serve Goldenthread; with --demonstration, the invented council."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("--demonstration", action="store_true", help="the invented council, with one-click sign-in")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
        parser.add_argument("--workers", type=int, default=1, help="processes that answer, of four threads each (1)")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
            raise Refused("The styles and scripts are not gathered yet. Run goldenthread assets, or make run.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if options["demonstration"]:
            _demonstration()
        return {
            "address": f"http://{_shown(options['host'])}:{options['port']}/",
            "demonstration": options["demonstration"],
            "councils": Authority.objects.count(),
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        said = [f"{settings.SERVICE_NAME} is at {answer['address']}"]
        if not answer["councils"]:
            said.append("There is no council in the database yet. Open one with: goldenthread first-administrator")
        said.append("Stop it with Ctrl+C.")
        return "\n".join(said)

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        sys.stdout.flush()
        environment = os.environ | ({"GOLDENTHREAD_DEMONSTRATION": "yes"} if options["demonstration"] else {})
        environment.setdefault("GOLDENTHREAD_ADDRESS", f"http://{_shown(options['host'])}:{options['port']}")
        server = gunicorn(f"{options['host']}:{options['port']}", options["workers"])
        command = [sys.executable, "-m", "goldenthread.home.serving", *server]  # with a worker beside it
        os.execve(sys.executable, command, environment)  # noqa: S606 - our own interpreter, our own words


def gunicorn(address: str, workers: int) -> list[str]:
    """The server's command line. No access log is kept: an address can say which audit somebody opened."""
    return [
        sys.executable, "-m", "gunicorn", "goldenthread.config.wsgi",
        "--bind", address, "--worker-class", "gthread", "--workers", str(workers), "--threads", str(THREADS),
        # typst keeps every document it has typeset in memory, so a worker is replaced after a while
        "--max-requests", "500", "--max-requests-jitter", "50",
        "--preload", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip


def _demonstration() -> None:
    """Load the invented council at the first run; never beside a real one."""
    if Authority.objects.filter(demonstration=False).exists():
        raise Refused("There is a real council in this database, so it is not served as a demonstration.")
    if not Authority.objects.exists():
        call_command("demo", "--load")


def _shown(host: str) -> str:
    return {"0.0.0.0": "localhost", "127.0.0.1": "localhost"}.get(host, host)  # noqa: S104 - shown, not bound
