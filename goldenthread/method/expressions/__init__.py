"""The expressions an audit template may use: a small, safe part of XLSForm's, published in docs/expressions.md.

Everything else is refused with a sentence, because the programs that read XLSForm disagree on the rest
(https://xlsform.org/en/#relevant). Nothing is ever executed: an expression is read once into frozen nodes and then
asked, in time that grows with its length.

>>> condition = parse("${status} = 'looked_after' or selected(${tags}, 'uasc')")
>>> sorted(names_in(condition))
['status', 'tags']
>>> holds(condition, {"status": "child_in_need", "tags": "uasc disability"})
True
"""

from goldenthread.method.expressions.asking import holds, worked_out
from goldenthread.method.expressions.functions import FUNCTIONS, Function
from goldenthread.method.expressions.nodes import (
    ITSELF,
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Name,
    Number,
    Or,
    Text,
    names_in,
    words_asked_of,
)
from goldenthread.method.expressions.reading import DEEPEST, LONGEST, SIGNS, is_condition, parse, parse_value
from goldenthread.method.expressions.wording import in_words

__all__ = [
    "DEEPEST",
    "FUNCTIONS",
    "ITSELF",
    "LONGEST",
    "SIGNS",
    "And",
    "Arithmetic",
    "Call",
    "Compare",
    "Expression",
    "Function",
    "Name",
    "Number",
    "Or",
    "Text",
    "holds",
    "in_words",
    "is_condition",
    "names_in",
    "parse",
    "parse_value",
    "words_asked_of",
    "worked_out",
]
