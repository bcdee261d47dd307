"""Users as households: which profiles a user has, as far as that decides who may see what."""

from dataclasses import dataclass

from api.domain.limits import NO_LIMITS, Limits
from api.platform.database import Database
from api.platform.errors import UnknownProfile

# Of a row of `profiles`: whether a keeper limits what it is shown, of whatever kind it is.
LIMITED = "(viewer_kind = 'child' OR max_age IS NOT NULL OR unrated = 'hide')"
# By uq_profiles_user_id_profile. Asked on every request that names a viewer, so that what a keeper
# sets holds in every process from the very next request on.
_HOUSEHOLD = f"""
SELECT profile IS NOT DISTINCT FROM %(profile)s::text, {LIMITED},
    viewer_kind, max_age, unrated, country
FROM profiles
WHERE user_id = %(user_id)s
    AND ({LIMITED} OR profile IS NOT DISTINCT FROM %(profile)s::text)
"""  # noqa: S608 - a constant
# Nothing for a user without any limited profile.
_UNNAMED_ADULT_ALONE = f"""
SELECT bool_and(profile IS NULL AND viewer_kind <> 'child')
FROM profiles
WHERE user_id = %s AND {LIMITED}
"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class Household:
    """A user's profiles, seen from one of them."""

    has_limits: bool  # any of its profiles: what is no profile of it would have none
    is_known: bool  # the profile that was asked about
    limits: Limits  # its own

    def limits_of(self, profile: str | None) -> Limits:
        """What the profile that was asked about may be shown.

        Raises NotFound where the household has limits and no such profile.
        """
        if self.lacks(profile):
            raise UnknownProfile(profile)
        return self.limits

    def lacks(self, profile: str | None) -> bool:
        """Whether the profile that was asked about is a mistake: the household has limits, and
        none that is called so."""
        return self.has_limits and profile is not None and not self.is_known


class Households:
    """Reads them; nothing is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: str, profile: str | None) -> Household:
        """The household of a user, known or not, seen from one profile."""
        with self._database.autocommit() as cursor:
            parameters = {"user_id": user_id, "profile": profile}
            rows = cursor.execute(_HOUSEHOLD, parameters).fetchall()
        own = next((row for row in rows if row[0]), None)
        return Household(
            has_limits=any(row[1] for row in rows),
            is_known=own is not None,
            limits=NO_LIMITS if own is None else limits_of(*own[2:]),
        )

    def limits_unnamed_adult_alone(self, user_id: str) -> bool:
        """Whether the one profile with limits is that without a name, and no child's."""
        with self._database.autocommit() as cursor:
            [(found,)] = cursor.execute(_UNNAMED_ADULT_ALONE, (user_id,)).fetchall()
        return bool(found)


def limits_of(kind: str, max_age: int | None, unrated: str, country: str | None) -> Limits:
    """The limits in the columns of a profile."""
    return Limits(
        max_age=max_age,
        hides_unrated=unrated == "hide",
        country=country,
        is_child=kind == "child",
    )
