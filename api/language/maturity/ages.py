"""Windows of ages on the scale of api/domain/maturity.py, and what bounds and refusals make of one.

What is refused caps below it, and an age of whoever watches is a cap whatever stands beside it. A
window with a lower end is a wish for more than children's titles; compose.py drops it where a
younger age is named as well.
"""

from dataclasses import dataclass

from api.language.vocabulary.lexicon import Bound

# From here on titles are for adults: R is 17, "18+" asks for both.
ADULT = 17
OLDEST = 18
# The oldest age that a board asks for.
OLDEST_OF_BOARDS = 21


@dataclass(frozen=True, slots=True)
class Ages:
    """The youngest and oldest age that a certificate may be for; None is open."""

    first: int | None
    last: int | None


ADULTS = Ages(ADULT, None)
NO_ADULTS = Ages(None, ADULT - 1)


def certificate_ages(age: int, bound: Bound | None, *, is_refused: bool) -> Ages:
    """What a certificate asks for. One for adults is meant as it stands: nobody asks for "R-rated"
    to be spared it."""
    if is_refused:
        return Ages(None, age) if bound is Bound.above else _below(age)
    match bound:
        case Bound.below:
            return Ages(None, max(age - 1, 0))
        case Bound.at_most:
            return Ages(None, age)
        case Bound.above:
            return Ages(age + 1, None)
        case Bound.at_least:
            return Ages(age, None)
        case _:
            return Ages(None, age) if age < ADULT else Ages(age, age)


def viewer_ages(age: int, bound: Bound | None, *, is_refused: bool) -> Ages:
    """What the age of a viewer asks for: "ages 6 and up" is for one of six, "18+" for adults."""
    is_open = bound in (Bound.above, Bound.at_least)
    if is_open and age >= ADULT:
        return NO_ADULTS if is_refused else ADULTS
    if is_refused:
        return Ages(None, age) if bound is Bound.above else Ages(None, max(age - 1, 0))
    return Ages(None, min(max(age - 1, 0) if bound is Bound.below else age, OLDEST))


def _below(age: int) -> Ages:
    """Nothing is below a certificate for everybody: who refuses it asks for older titles."""
    return Ages(None, age - 1) if age > 0 else Ages(1, None)


def ages_label(ages: Ages) -> str:
    """The ages in words for a client; one of their ends is not open."""
    match ages:
        case Ages(None, last):
            return f"For ages up to {last}"
        case Ages(first, None):
            return f"For ages from {first}"
        case Ages(first, _):
            return f"Rated for ages of {first}"
