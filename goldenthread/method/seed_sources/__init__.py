"""Where the seed of a draw comes from: something that nobody who could gain by the sample has in hand.

Three ways, a file each: dice read out before witnesses, numbers that three or more people commit to before any is
revealed, and a round of a public beacon named before it is out. Each gives the text of the source, which is published
with the draw and from which anybody makes the seed again.
"""

from goldenthread.method.seed_sources.dice import FEWEST_DICE, FEWEST_WITNESSES, is_operator, witnessed_dice

__all__ = ["FEWEST_DICE", "FEWEST_WITNESSES", "is_operator", "witnessed_dice"]
