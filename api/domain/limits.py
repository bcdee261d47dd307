"""What a profile may be shown; which titles that leaves is api/catalogue/limits's to say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

ProfileKind = Literal["adult", "child"]
Unrated = Literal["hide", "show"]

CHILD_MAX_AGE = 12  # of a child's profile for which nobody says another
DEFAULT_UNRATED: dict[ProfileKind, Unrated] = {"adult": "show", "child": "hide"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one profile, as its keeper set them; the default limits nothing."""

    max_age: int | None = None  # of certificates, in years
    hides_unrated: bool = False
    country: str | None = None  # whose board counts beside the well-kept scales; ISO 3166-1
    is_child: bool = False  # what is made for children comes first
    others: tuple["Limits", ...] = ()  # of who watches along: a title must be within each

    @property
    def youngest_age(self) -> int | None:
        """The least age that any of those who watch may see titles for; None: they have none."""
        ages = [one.max_age for one in (self, *self.others) if one.max_age is not None]
        return min(ages, default=None)

    @property
    def hide_titles(self) -> bool:
        """Whether any title could be above them."""
        own = self.max_age is not None or self.hides_unrated
        return own or any(other.hide_titles for other in self.others)


NO_LIMITS = Limits()


def strictest(limits: Sequence[Limits]) -> Limits:
    """What all of them allow together, with the first one's country; `limits` has one at least.

    Ages and boards differ, so no single limit says the same: each of them is kept.
    """
    first, *others = dict.fromkeys(limits)
    is_child = any(one.is_child for one in limits)
    return replace(first, is_child=is_child, others=tuple(others))
