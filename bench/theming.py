"""A theme suggested for one finding, learnt from 3,000 of a council's, against the least that could be done.

The floor finds the text's words with the same pattern, weighs every theme by them in one product of numpy, and takes
the nearest. Ours leaves out words that say nothing too, takes endings off, and says why. Learning is held against
finding and counting the words of the same 3,000 texts.
"""

from __future__ import annotations

import random
from collections import Counter

from bench.measurement import Measurement, in_turns

NAME = "A theme suggested for a finding"
FINDINGS, THEMES, LENGTH, VOCABULARY = 3_000, 21, 24, 4_000


def run() -> list[Measurement]:
    import numpy as np

    from goldenthread.method.theming import WORD, learn, suggest

    chance = random.Random(20091101)  # noqa: S311 - made-up findings, the same at every run
    syllables = [f"{a}{b}" for a in "bdfglmnprstv" for b in ("a", "e", "i", "o", "u", "oa", "ei")]
    words = ["".join(chance.choices(syllables, k=3)) for _ in range(VOCABULARY)]
    names = {f"theme{number}": " ".join(chance.sample(words, 2)) for number in range(THEMES)}
    own = {theme: chance.sample(words, 60) for theme in names}

    def text(theme: str) -> str:
        return " ".join(chance.choices(own[theme], k=8) + chance.choices(words, k=LENGTH - 8))

    examples = [(text(theme), theme) for theme in names for _ in range(FINDINGS // THEMES)]
    asked = [(text(theme), theme) for theme in names]
    model = learn(examples, names)
    right = sum(theme in [each.theme for each in suggest(model, said)] for said, theme in asked)
    if right < THEMES * 2 / 3:
        raise RuntimeError(f"Only {right} of {THEMES} findings were suggested their own theme.")

    def bare() -> None:
        for said, _ in asked:
            columns = [model.vocabulary[word] for word in WORD.findall(said.lower()) if word in model.vocabulary]
            np.argmax(model.centroids[:, columns] @ model.rarity[columns])

    def counted() -> None:
        for said, theme in examples:
            Counter((theme, word) for word in WORD.findall(said.lower()))

    ours, floor = in_turns(lambda: [suggest(model, said) for said, _ in asked], bare, repeats=40)
    learning, counting = in_turns(lambda: learn(examples, names), counted, repeats=10)
    return [
        Measurement("A theme suggested, against one product of numpy", ours / THEMES, floor / THEMES, 4),
        Measurement(f"Learnt from {FINDINGS:,} findings, against counting their words", learning, counting, 6),
    ]
