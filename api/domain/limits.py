"""What a profile may be shown; which titles that leaves is api/catalogue/limits's to say."""

from dataclasses import dataclass
from typing import Literal

ProfileKind = Literal["adult", "child"]
Unrated = Literal["hide", "show"]

OLDEST_LIMIT = 21  # years; no board asks for more
CHILD_MAX_AGE = 12  # of a child's profile for which nobody says another
DEFAULT_UNRATED: dict[ProfileKind, Unrated] = {"adult": "show", "child": "hide"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one profile, as its keeper set them; the default limits nothing."""

    max_age: int | None = None  # of certificates, in years
    hides_unrated: bool = False
    country: str | None = None  # whose board counts beside the well-kept scales; ISO 3166-1
    is_child: bool = False  # what is made for children comes first

    @property
    def hide_titles(self) -> bool:
        """Whether any title could be above them."""
        return self.max_age is not None or self.hides_unrated


NO_LIMITS = Limits()
