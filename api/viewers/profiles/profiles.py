"""The profiles of a user: reading, setting, removing."""

from collections.abc import Mapping
from typing import Any

from api.catalogue.offers.provider_names import short_names
from api.domain.languages import LANGUAGES
from api.platform.database import Database
from api.platform.errors import InvalidInput, UnknownProfile
from api.platform.retried import retried
from api.viewers.events import ProfileKey
from api.viewers.profiles import statements as storage
from api.viewers.profiles.profile_settings import (
    ProfileSettings,
    refuse_change_of_household,
    refuse_to_user,
)


class Profiles:
    """The use cases of /users/{user_id}/profiles."""

    def __init__(self, database: Database, *, default_country: str) -> None:
        self._database = database
        self._default_country = default_country

    def of(self, user_id: str) -> dict[str | None, ProfileSettings]:
        """What is set for each profile of the user, the unnamed one first."""
        with self._database.autocommit() as cursor:
            return storage.read(cursor, user_id)

    def change(
        self, viewer: ProfileKey, changes: Mapping[str, Any], *, by_keeper: bool
    ) -> ProfileSettings:
        """Changes what is named, of a profile that is made where there is none.

        Raises NotAuthorised for what only a keeper may change, InvalidInput for a service or
        language that is unknown. It holds from the very next request on.
        """
        known = self._known(changes)

        def write() -> ProfileSettings:
            with self._database.transaction() as cursor:
                household = storage.hold(cursor, viewer.user_id)
                before = household.get(viewer.profile, ProfileSettings())
                after = before.changed(known, default_country=self._default_country)
                if not by_keeper:
                    refuse_to_user(household, viewer.profile, after)
                storage.write(cursor, viewer, after)
            return after

        return retried(write)

    def remove(self, viewer: ProfileKey, *, by_keeper: bool) -> None:
        """Removes every trace of a profile; raises NotFound, NotAuthorised as `change` does."""

        def write() -> None:
            with self._database.transaction() as cursor:
                household = storage.hold(cursor, viewer.user_id)
                if viewer.profile not in household:
                    raise UnknownProfile(viewer.profile)
                if not by_keeper:
                    refuse_change_of_household(household)
                storage.remove(cursor, viewer)

        retried(write)

    def _known(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        known = dict(changes)
        if "services" in known:
            known["services"] = short_names(self._database, list(known["services"]))
        if "languages" in known:
            languages = dict.fromkeys(map(str.lower, known["languages"]))
            unknown = next((one for one in languages if one not in LANGUAGES), None)
            if unknown is not None:
                raise InvalidInput(f"{unknown!r} is no code of ISO 639-1", field="languages")
            known["languages"] = tuple(languages)
        return known
