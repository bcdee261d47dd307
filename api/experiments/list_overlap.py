"""How alike two rankings are that need not hold the same titles."""

from collections.abc import Sequence

# A viewer looks at the next place with this probability: the first ten have 86 % of the weight.
_PERSISTENCE = 0.9


def overlap_at(first: Sequence[int], second: Sequence[int], depth: int) -> float:
    """Share of the first `depth` places that both hold; 1 for two empty lists.

    Where both lists are shorter, of as many places as the longer one has.
    """
    size = min(depth, max(len(first), len(second)))
    if size == 0:
        return 1.0
    return len(set(first[:size]) & set(second[:size])) / size


def rank_biased_overlap(
    first: Sequence[int], second: Sequence[int], *, persistence: float = _PERSISTENCE
) -> float:
    """Extrapolated rank-biased overlap, from 0 for disjoint lists to 1 for equal ones.

    Webber, Moffat & Zobel 2010, equation 32, at the depth of the shorter list: agreement at its end
    is taken to go on. Equation 30, for lists of unequal length, is not needed: lists are cut alike.
    """
    depth = min(len(first), len(second))
    if depth == 0:
        return 1.0 if len(first) == len(second) else 0.0
    seen_first: set[int] = set()
    seen_second: set[int] = set()
    common, total = 0, 0.0
    for place in range(depth):
        left, right = first[place], second[place]
        seen_first.add(left)
        seen_second.add(right)
        # A title counts where the later of its two places is.
        common += left in seen_second
        common += right in seen_first and left != right
        total += common / (place + 1) * persistence ** (place + 1)
    return common / depth * persistence**depth + (1 - persistence) / persistence * total
