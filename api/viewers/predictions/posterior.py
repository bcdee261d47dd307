"""What ratings say of other titles: a Gaussian process for each viewer over the titles.

Two ratings of a viewer go together by what viewers add to all titles alike, by the factors that
were learned from everybody's ratings, and by what the titles are made of (Rasmussen & Williams
2006, ch. 2). So one formula holds for a title that thousands rated and for one that nobody did, and
it tells how much it does not know.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Of n asked titles, from m ratings."""

    expected: _Matrix  # (n) points, not bounded
    variance: _Matrix  # (n) of a rating about it, noise included
    parts: _Matrix  # (n, m): what each rating adds to what is expected
    weights: _Matrix  # (m): what each adds by a covariance of 1
    error: float  # how far expectations are usually off in this history; points


def posterior(
    *,
    above: _Matrix,
    noise: _Matrix,
    together: _Matrix,
    levels: _Matrix,
    with_asked: _Matrix,
    own: _Matrix,
    usual_noise: float,
) -> Posterior:
    """What is to be expected of titles with these `levels` (n).

    `above` (m) is each rating less its title's level, `noise` (m) the variance of each; `together`
    (m, m), `with_asked` (n, m) and `own` (n) are covariances of titles. m may be 0.
    """
    if not len(above):
        nothing = np.zeros((len(levels), 0))
        return Posterior(levels, own + usual_noise, nothing, above, usual_noise**0.5)
    # Costs each process 8 MB, which most never need.
    from scipy.linalg import cho_solve

    lower = np.asarray(np.linalg.cholesky(together + np.diag(noise)), dtype=np.float64)
    weights = cho_solve((lower, True), above)
    known = _solved(lower, with_asked.T)
    parts = with_asked * weights
    return Posterior(
        levels + parts.sum(axis=1),
        np.maximum(own - (known**2).sum(axis=0), 0) + usual_noise,
        parts,
        weights,
        _usual_error(lower, weights, usual_noise**0.5),
    )


# As many held-back ratings of the usual error count beside a viewer's own.
_PRIOR_RATINGS = 10


def _usual_error(lower: _Matrix, weights: _Matrix, usual: float) -> float:
    """The root of the mean square of what each rating differs from what the others tell.

    Leaving one out takes no run of its own: its error is its weight over the inverse's diagonal
    (Rasmussen & Williams 2006, 5.12).
    """
    inverse = _solved(lower, np.eye(len(lower)))
    errors = weights / (inverse**2).sum(axis=0)
    squares = float((errors**2).sum()) + _PRIOR_RATINGS * usual**2
    return float(np.sqrt(squares / (len(errors) + _PRIOR_RATINGS)))


def _solved(lower: _Matrix, right: _Matrix) -> _Matrix:
    from scipy.linalg import solve_triangular

    solved: _Matrix = solve_triangular(lower, right, lower=True)
    return solved
