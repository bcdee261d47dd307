"""Every kind of constraint there is; a new one is one line here."""

from collections.abc import Callable, Iterable

from api.recommend.constraints.age import OldestAge, YoungestAge
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.countries import Countries, ExcludedCountries
from api.recommend.constraints.excluded_content import ExcludedContent
from api.recommend.constraints.excluded_titles import ExcludedTitles
from api.recommend.constraints.genres import ExcludedGenres, Genres, RuleGenres
from api.recommend.constraints.languages import ExcludedLanguages, Languages
from api.recommend.constraints.media_type import MediaTypes
from api.recommend.constraints.offers import Offers
from api.recommend.constraints.people import People
from api.recommend.constraints.released import Released
from api.recommend.constraints.runtime import LongestRuntime, ShortestRuntime
from api.recommend.constraints.votes import FewestVotes
from api.recommend.constraints.years import ExcludedYears, FirstYear, LastYear, Years

# How each is made from what is asked; a preview tells broken ones in this order.
_MADE_FROM: tuple[Callable[[Asked], Iterable[Constraint]], ...] = (
    MediaTypes.made_from,
    Genres.made_from,
    RuleGenres.made_from,
    ExcludedGenres.made_from,
    Years.made_from,
    ExcludedYears.made_from,
    FirstYear.made_from,
    LastYear.made_from,
    Released.made_from,
    ShortestRuntime.made_from,
    LongestRuntime.made_from,
    YoungestAge.made_from,
    OldestAge.made_from,
    FewestVotes.made_from,
    Languages.made_from,
    ExcludedLanguages.made_from,
    Countries.made_from,
    ExcludedCountries.made_from,
    Offers.made_from,
    People.made_from,
    ExcludedContent.made_from,
    ExcludedTitles.made_from,
)


def constraints_from(asked: Asked) -> Constraints:
    """All that is asked for, nothing of it relaxed."""
    return Constraints(tuple(one for made_from in _MADE_FROM for one in made_from(asked)))
