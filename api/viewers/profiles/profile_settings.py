"""What is set for a profile, how a change is completed, and which changes a keeper alone may make.

The keeper is whoever holds a credential of scope client or admin, or sits at the machine: never the
user whom the limits bind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.domain.limits import CHILD_MAX_AGE, DEFAULT_UNRATED, ProfileKind, Unrated
from api.platform.errors import NotAuthorised

_KEEPERS_OWN = ("kind", "max_age", "unrated")


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What is set for one profile; the defaults are a profile's of which nobody said anything."""

    name: str | None = None
    kind: ProfileKind = "adult"
    max_age: int | None = None
    unrated: Unrated = "show"
    country: str | None = None
    services: tuple[str, ...] = ()  # short names
    languages: tuple[str, ...] = ()  # ISO 639-1

    @property
    def has_limits(self) -> bool:
        """Whether any title could be above them."""
        return self.max_age is not None or self.unrated == "hide"

    @property
    def is_limited(self) -> bool:
        """The same, or a child's: what is made for children comes first in it."""
        return self.kind == "child" or self.has_limits

    def changed(self, changes: Mapping[str, Any], *, default_country: str) -> "ProfileSettings":
        """The settings after a change, which names what it changes.

        A child's profile gets limits that nobody stated, and limits count some country's board.
        """
        after = replace(self, **changes)
        if after.kind == "child" and self.kind != "child":
            youngest = CHILD_MAX_AGE if self.max_age is None else self.max_age
            limits = {"max_age": youngest, "unrated": DEFAULT_UNRATED["child"]}
            after = replace(after, **{**limits, **changes})
        if after.has_limits and after.country is None:
            after = replace(after, country=default_country)
        return after


def refuse_to_user(
    household: Mapping[str | None, ProfileSettings], profile: str | None, after: ProfileSettings
) -> None:
    """Raises NotAuthorised for a change that only a keeper may make."""
    before = household.get(profile)
    if before is None:
        refuse_change_of_household(household)
        before = ProfileSettings()
    for name in _KEEPERS_OWN:
        if getattr(after, name) != getattr(before, name):
            raise _needs_keeper(f"{name} of a profile")
    # Another country's board may be milder.
    if before.has_limits and after.country != before.country:
        raise _needs_keeper("the country of a profile with limits")


def refuse_change_of_household(household: Mapping[str | None, ProfileSettings]) -> None:
    """Raises NotAuthorised to a user one of whose profiles has limits: who makes a profile makes
    one without, and who deletes the limited one makes an unknown profile out of it."""
    if any(settings.is_limited for settings in household.values()):
        raise _needs_keeper("which profiles a household with limits has")


def _needs_keeper(what: str) -> NotAuthorised:
    return NotAuthorised(f"Changing {what} needs a credential of scope client or admin.")
