"""Putting a pack together: its chapters, its first page, the manifest and how to check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from goldenthread.learn.models import Pack
from goldenthread.learn.packing import html
from goldenthread.learn.packing.archive import Archive
from goldenthread.learn.packing.chapters import CHAPTERS
from goldenthread.learn.packing.chapters.drawn import draws_of
from goldenthread.learn.packing.chapters.reported import editions_of
from goldenthread.learn.packing.hand import Hand, Part, hand
from goldenthread.learn.packing.scope import scope_of, title_of
from goldenthread.web.wording import plural, when

VERIFY = Path(__file__).with_name("verify.py")
OTHERS = 12  # things of a pack beside its audits, draws and editions, for its progress

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: what was left out, what was masked, how many files are in the zip."""

    left_out: tuple[str, ...]
    masked: dict[str, int]
    files: int


def make(pack: Pack, place: Path, *, now: datetime, today: date, progress: Progress) -> Made:
    """Write the pack to `place`: whole, or not at all. `progress` is told what is done, of how much, as it goes."""
    scope = scope_of(pack)
    done = [0]
    total = [OTHERS]

    def tick() -> None:
        done[0] += 1
        progress(done[0], max(total[0], done[0]))

    with Archive(place) as archive:
        with_it = hand(scope, archive, tick)
        total[0] += scope.audits.count() + draws_of(with_it).count() + editions_of(with_it).count()
        progress(0, total[0])
        parts = [part for chapter in CHAPTERS if (part := chapter(with_it, today))]
        masked = dict(sorted(with_it.masker.hits.items()))
        _front(with_it, parts, sum(masked.values()), now)
        archive.add("verify.py", VERIFY.read_bytes())
        archive.add("README.txt", _readme(pack))
        archive.finish({"pack": pack.code, "made": now.isoformat(timespec="seconds"), "pseudonyms": not pack.named})
        files = archive.files + 1
    return Made(scope.left_out, masked, files)


def _front(with_it: Hand, parts: Sequence[Part], masked: int, now: datetime) -> None:
    with with_it.archive.entry("index.html") as file:
        file.text(html.page("Evidence pack", _index(with_it, parts, masked, now)))


def _index(with_it: Hand, parts: Sequence[Part], masked: int, now: datetime) -> Iterator[str]:
    pack = with_it.scope.pack
    yield html.facts((
        ("Council", pack.authority.name),
        ("What it is of", title_of(pack)),
        ("Made", f"{when(now)}, for {with_it.who(pack.asked_by_id)}"),
        ("Pack", pack.code),
        ("Names and references", _names(with_it)),
    ))  # fmt: skip
    yield html.heading("What is in it")
    yield "<ul>\n"
    for part in parts:
        yield f"<li>{html.link(part.href, part.title)}. {html.escape(part.said)}</li>\n"
    yield "</ul>\n"
    yield html.heading("What is left out")
    yield '<div class="left">' + (
        html.bullets(with_it.scope.left_out) if with_it.scope.left_out else html.paragraph("Nothing was left out.")
    ) + "</div>\n"  # fmt: skip
    if not with_it.named:
        yield html.heading("Read this before it leaves the council")
        yield html.paragraph(
            f"In what people wrote, {plural(masked, 'name or reference', 'names and references')} "
            f"{'is' if masked == 1 else 'are'} masked (▇), or replaced by a pseudonym.",
            "The product knows the names of the council’s staff and the references of its cases. It does not know the "
            "names of children and families, so a person has to read the words once more.",
            "Teams keep their names: a team is not a person. It is still personal data, and to be kept as such.",
        )
    yield html.heading("How to check it")
    yield html.paragraph(
        "manifest.json lists every file with its size and its SHA-256. Unzip the pack, then, where there is Python:"
    )
    yield "<p><code>python verify.py</code></p>\n"


def _names(with_it: Hand) -> str:
    if with_it.named:
        return f"As they are, for this reason: {with_it.scope.pack.because}"
    return "Pseudonyms for cases, which are this pack’s own; roles for people."


def _readme(pack: Pack) -> str:
    return (
        f"Evidence pack {pack.code}\n{'=' * 26}\n\n"
        "Unzip it, then open index.html in any browser. It needs no network and runs no script.\n\n"
        "To check that it is whole and unchanged, where there is Python, in this folder:\n"
        "  python verify.py\n\n"
        "It holds personal data. Keep it as the council keeps children's records, and delete it when it has served.\n"
    )
