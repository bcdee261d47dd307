"""What a viewer never wants, as constraints."""

from collections.abc import Iterable
from dataclasses import replace

from api.domain.genres import genre_id
from api.recommend.constraints.constraints import Constraints
from api.viewers.preferences.preference import Preference, values_of, years_of


def under(constraints: Constraints, preferences: Iterable[Preference]) -> Constraints:
    """The constraints with what the viewer never wants; they only narrow."""
    never = [one for one in preferences if one.stance == "never"]
    if not never:
        return constraints
    ages = [int(value) - 1 for value in values_of(never, "maturity")]
    if constraints.age_max is not None:
        ages.append(constraints.age_max)
    genres = {found for name in values_of(never, "genre") if (found := genre_id(name)) is not None}
    return replace(
        constraints,
        media_types=constraints.media_types - frozenset(values_of(never, "media_type")),
        excluded_genres=constraints.excluded_genres | genres,
        excluded_languages=constraints.excluded_languages | set(values_of(never, "language")),
        excluded_years=(*constraints.excluded_years, *map(years_of, values_of(never, "decade"))),
        age_max=min(ages, default=None),
    )
