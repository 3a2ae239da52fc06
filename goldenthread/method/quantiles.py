"""Quantiles of the distributions that intervals rest on, from SciPy.

SciPy is loaded with the first interval that is worked out: a worker that only serves forms need not hold its 18 MB.
"""

from __future__ import annotations


def of_student_t(probability: float, degrees: float) -> float:
    """Below which Student's t with so many degrees of freedom falls with this probability.

    >>> round(of_student_t(0.975, 10), 4)
    2.2281
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - see above

    return float(stdtrit(degrees, probability))


def of_beta(probability: float, a: float, b: float) -> float:
    """Below which a beta with these parameters falls with this probability.

    >>> round(of_beta(0.5, 2, 2), 4)
    0.5
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - see above

    return float(betaincinv(a, b, probability))
