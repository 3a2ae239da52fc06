"""Which themes a finding's words speak of, learnt from the council's own earlier findings: suggested, never chosen.

Each earlier finding is its words, weighed by how few findings have them (tf-idf: Salton and Buckley 1988,
"Term-weighting approaches in automatic text retrieval"); each theme is the mean of its findings (a centroid, as in
Rocchio's classifier). A new text is suggested the themes that its words point to most nearly, by the cosine between the
two. Why is said in words that stand in the new text itself, so that nothing of an earlier finding is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # its 13 MB are loaded with the first suggestion
    from scipy.sparse import csr_matrix

MOST = 3  # suggestions for one text
LEAST_EXAMPLES = 5  # earlier findings a theme needs before it is suggested
LEAST_LIKENESS = 0.15  # cosine, from 0 (no word in common) to 1
BESIDE_THE_BEST = 0.5  # of the likeness of the first: what is further off is not suggested beside it
NAME_COUNTS = 3  # the theme's own name counts as so many findings that say nothing else
WORDS_SAID = 3  # in the reason

WORD = re.compile(r"[^\W\d_]{3,}")
SAY_NOTHING = (
    "about after again all also and any are been before being but can could did does done each either every for from "
    "had has have having her here hers him his how into its last more most much must nor not now off once one only "
    "other our out over own said same she should since some such than that the their them then there these they this "
    "those through too two under until very was were what when where which while who whom why will with would you "
    "your child children file record"
)
STOP = frozenset(SAY_NOTHING.split())
ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
LEAST_STEM = 4


@dataclass(frozen=True, slots=True)
class Suggested:
    """A theme for a text: how near it is (0 to 1), how many earlier findings of it have the same words (none: its name
    has them), and which words."""

    theme: str
    likeness: float
    like: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt. `centroids`: a row a theme, a column a word, each row of length 1; `counts`: in how many of a
    theme's findings a word stands; `examples`: how many findings each theme had."""

    themes: tuple[str, ...]
    examples: tuple[int, ...]
    vocabulary: dict[str, int]
    rarity: NDArray[np.float64]
    centroids: NDArray[np.float64]
    counts: NDArray[np.int64]


def stem(word: str) -> str:
    """A word without its commonest endings: a rough measure, the same for every text.

    >>> [stem(word) for word in ("chronologies", "visited", "visits", "gaps", "was")]
    ['chronology', 'visit', 'visit', 'gap', 'was']
    """
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= (3 if ending == "s" else LEAST_STEM):
            return word[: len(word) - len(ending)] + instead
    return word


def words_of(text: str) -> dict[str, str]:
    """The words that count in a text, by their stem: as they are first written there.

    >>> words_of("The chronology has gaps; the gap is not explained.")
    {'chronology': 'chronology', 'gap': 'gaps', 'explain': 'explained'}
    """
    found: dict[str, str] = {}
    for word in WORD.findall(text.lower()):
        if word not in STOP:
            found.setdefault(stem(word), word)
    return found


def learn(examples: Iterable[tuple[str, str]], names: Mapping[str, str]) -> Model:
    """A model of (text, theme) pairs. `names`: each theme's own words; one without, or with too few findings, is left
    out, however like it may be."""
    pairs = [(tuple(words_of(text)), theme) for text, theme in examples]
    enough = Counter(theme for _, theme in pairs)
    themes = tuple(sorted(theme for theme in names if enough[theme] >= LEAST_EXAMPLES))
    place = {theme: at for at, theme in enumerate(themes)}
    texts = [(words, place[theme]) for words, theme in pairs if theme in place]
    named = [(tuple(words_of(names[theme])), place[theme]) for theme in themes]
    vocabulary: dict[str, int] = {}
    for words, _ in (*texts, *named):
        for word in words:
            vocabulary.setdefault(word, len(vocabulary))
    found, called = _matrix(texts, vocabulary), _matrix(named, vocabulary)
    of = _marked([at for _, at in texts], range(len(texts)), (len(themes), len(texts)))
    rarity = np.log((1 + len(texts)) / (1 + np.asarray(found.sum(axis=0)).ravel())) + 1
    centroids = of @ _of_length_one(found, rarity) + NAME_COUNTS * _of_length_one(called, rarity)
    return Model(
        themes=themes,
        examples=tuple(enough[theme] for theme in themes),
        vocabulary=vocabulary,
        rarity=rarity,
        centroids=_of_length_one(centroids.tocsr(), np.ones(len(vocabulary))).toarray(),
        counts=(of @ found).toarray().astype(np.int64),
    )


def _matrix(texts: Sequence[tuple[tuple[str, ...], int]], vocabulary: Mapping[str, int]) -> csr_matrix:
    """A row a text, a column a word: 1 where the text has the word."""
    rows = [row for row, (words, _) in enumerate(texts) for _ in words]
    columns = [vocabulary[word] for words, _ in texts for word in words]
    return _marked(rows, columns, (len(texts), len(vocabulary)))


def _marked(rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> csr_matrix:
    """A 1 at each of these places."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - see above

    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _of_length_one(rows: csr_matrix, weights: NDArray[np.float64]) -> csr_matrix:
    """The rows with their words weighed, each brought to length 1."""
    weighed = rows.multiply(weights).tocsr()
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return weighed.multiply(1 / lengths[:, None]).tocsr()


def suggest(model: Model, text: str) -> tuple[Suggested, ...]:
    """At most three themes, the nearest first; none where nothing is near enough to say."""
    words = words_of(text)
    known = [(model.vocabulary[word], written) for word, written in words.items() if word in model.vocabulary]
    if not known or not model.themes:
        return ()
    columns = np.array([column for column, _ in known])
    weights = model.rarity[columns]
    # A word that no earlier finding has counts in the length too, as the rarest: a text mostly unknown is like nothing.
    unknown = (len(words) - len(known)) * (np.log(1 + sum(model.examples)) + 1) ** 2
    parts = model.centroids[:, columns] * (weights / np.sqrt((weights**2).sum() + unknown))
    likeness = parts.sum(axis=1)
    nearest = np.argsort(-likeness, kind="stable")[:MOST]
    floor = max(LEAST_LIKENESS, BESIDE_THE_BEST * float(likeness[nearest[0]]))
    written = [each for _, each in known]
    return tuple(
        _suggested(model, at, float(likeness[at]), parts[at], columns, written)
        for at in nearest
        if likeness[at] >= floor
    )


def _suggested(
    model: Model, at: int, likeness: float, parts: NDArray[np.float64], columns: NDArray[np.int64],
    written: Sequence[str],
) -> Suggested:  # fmt: skip
    """The reason: the words that tell most, and how many earlier findings of the theme have the first of them."""
    telling = [place for place in np.argsort(-parts, kind="stable") if parts[place] > 0]
    said = tuple(written[place] for place in telling[:WORDS_SAID])
    return Suggested(model.themes[at], likeness, int(model.counts[at, columns[telling[0]]]), said)
