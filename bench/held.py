"""`python -m bench.held DATABASE NUMBER`: the product holding so many audits, doing one thing for each line it is told.

"open" opens the next audit of sixty questions, "save" changes an answer in the next one, "list" opens the list of
audits; each time another audit, spread over all that are held. It answers "ready", then "done" to each line.
"""

from __future__ import annotations

import random
import sys
from itertools import count

from bench import audits
from bench.filled import fill
from bench.requests import signed_in


def main(database: str, number: int) -> None:
    with audits.installed(on_postgresql=database == "postgresql"):
        from tests import make

        model = audits.answered()
        made = fill(model, number - 1, answers=True)[::2]  # the model's auditor has every second one
        auditor = signed_in(make.auditor_of(model), audits.page_of(model))
        random.Random(1).shuffle(made)
        order = (made[turn % len(made)] for turn in count())
        acts = {
            "open": lambda audit: auditor.get(audits.page_of(audit)),
            "list": lambda audit: auditor.get("/audit/"),
            "save": lambda audit: auditor.post(
                f"/audit/{audit.code}/save/", {"q-chronology": "no", "seen-chronology": 1}
            ),
        }
        for act in acts.values():
            act(next(order))
        say("ready")
        for line in sys.stdin:
            acts[line.strip()](next(order))
            say("done")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
