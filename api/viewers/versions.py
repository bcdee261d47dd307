"""The versions that an answer to a viewer depends on."""

from dataclasses import dataclass, replace

from api.access.households import LIMITED, Household, limits_of
from api.domain.limits import NO_LIMITS, Limits
from api.platform.database import Database
from api.platform.questions import Asking, Question

# One row by primary and unique keys, and the end of another: what an answer depends on. Asked on
# every request, so that a write of any process counts at once.
_COLUMNS = (
    "s.catalogue_version",
    "p.id",
    "p.version",
    "p.consent_llm",
    "e.id",
    "e.model",
    "c.id",
    "(SELECT strategy FROM promotions ORDER BY id DESC LIMIT 1)",
    f"EXISTS (SELECT FROM profiles WHERE user_id = %(user_id)s AND {LIMITED})",
    "p.viewer_kind",
    "p.max_age",
    "p.unrated",
    "p.country",
)
_VERSIONS = f"""
SELECT {", ".join(_COLUMNS)}
FROM service_state s
LEFT JOIN profiles p ON p.user_id = %(user_id)s AND p.profile IS NOT DISTINCT FROM %(profile)s
LEFT JOIN embedding_spaces e ON e.active
LEFT JOIN collaborative_models c ON c.active
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that an answer depends on; equal versions and requests give equal answers."""

    catalogue_version: int
    profile_id: int | None
    profile_version: int
    shares_taste: bool  # consent `llm`
    space_id: int | None
    space_model: str | None  # the text encoder whose vectors the space holds
    model_id: int | None
    champion: str | None = None  # the strategy that was promoted last
    household_has_limits: bool = False  # whether any profile of the user has some
    limits: Limits = NO_LIMITS
    taste_limits: Limits | None = None  # of the viewer alone, where `limits` are of all who watch

    def among(self, together: Limits) -> "Versions":
        """The same for a list within the limits of all, which may be stricter than the viewer's."""
        return replace(self, limits=together, taste_limits=self.limits)

    @property
    def household(self) -> Household:
        """The user's household, seen from this profile."""
        return Household(self.household_has_limits, self.profile_id is not None, self.limits)


def read_versions(database: Database, user_id: str, profile: str | None) -> Versions:
    """The current versions behind a viewer, known or not."""
    return database.answered(reading_versions(user_id, profile))


def reading_versions(user_id: str, profile: str | None) -> Asking[Versions]:
    """The same, as it is asked."""
    parameters = {"user_id": user_id, "profile": profile}
    row = yield Question(_VERSIONS, parameters, columns=len(_COLUMNS))
    if row is None:
        raise RuntimeError("service_state has no row; the first migration writes it")
    return Versions(
        catalogue_version=row[0],
        profile_id=row[1],
        profile_version=row[2] or 0,
        shares_taste=bool(row[3]),
        space_id=row[4],
        space_model=row[5],
        model_id=row[6],
        champion=row[7],
        household_has_limits=row[8],
        limits=NO_LIMITS if row[1] is None else limits_of(*row[9:]),
    )
