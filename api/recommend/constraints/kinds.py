"""Every kind of constraint there is; a new one is one line here.

What a client can set as a parameter is a base of FilterParameters; what is made of words, stated
preferences, business rules or the calendar stands in _MADE_FROM.
"""

from collections.abc import Callable, Iterable
from datetime import date

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.language.intent import Intent
from api.recommend.constraints.age import AgeParameters, OldestAge, YoungestAge
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.companies import Companies, CompanyParameters, ExcludedCompanies
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.countries import Countries, ExcludedCountries
from api.recommend.constraints.excluded_content import ExcludedContent
from api.recommend.constraints.excluded_titles import ExcludedTitleParameters, ExcludedTitles
from api.recommend.constraints.franchises import Characters, ExcludedFranchises, Franchises
from api.recommend.constraints.genres import (
    ExcludedGenres,
    ExcludedKinds,
    GenreParameters,
    Genres,
    RuleGenres,
)
from api.recommend.constraints.household import HouseholdParameters
from api.recommend.constraints.keywords import Keywords
from api.recommend.constraints.languages import ExcludedLanguages, LanguageParameters, Languages
from api.recommend.constraints.library import LibraryParameters, Owned
from api.recommend.constraints.media_type import MediaTypes
from api.recommend.constraints.mild_enough import MildEnough
from api.recommend.constraints.moods import ExcludedMoods, Moods
from api.recommend.constraints.offers import Offers
from api.recommend.constraints.people import People, PeopleParameters
from api.recommend.constraints.released import Released, ToCome
from api.recommend.constraints.renown import RenownBounds
from api.recommend.constraints.runtime import LongestRuntime, RuntimeParameters, ShortestRuntime
from api.recommend.constraints.topics import OnTopic
from api.recommend.constraints.votes import FewestVotes
from api.recommend.constraints.watchlist import Watchlisted, WatchlistParameters
from api.recommend.constraints.years import (
    ExcludedYears,
    FirstYear,
    LastYear,
    YearParameters,
    Years,
)
from api.recommend.request import RecommendRequest
from api.viewers.preferences.preference import Preference
from config.business_rules import Filters

# How each is made from what is asked; a preview tells broken ones in this order.
_MADE_FROM: tuple[Callable[[Asked], Iterable[Constraint]], ...] = (
    MediaTypes.made_from,
    Genres.made_from,
    RuleGenres.made_from,
    ExcludedGenres.made_from,
    ExcludedKinds.made_from,
    Moods.made_from,
    ExcludedMoods.made_from,
    RenownBounds.made_from,
    Keywords.made_from,
    OnTopic.made_from,
    Years.made_from,
    ExcludedYears.made_from,
    FirstYear.made_from,
    LastYear.made_from,
    Released.made_from,
    ToCome.made_from,
    ShortestRuntime.made_from,
    LongestRuntime.made_from,
    YoungestAge.made_from,
    MildEnough.made_from,
    OldestAge.made_from,
    FewestVotes.made_from,
    Languages.made_from,
    ExcludedLanguages.made_from,
    Countries.made_from,
    ExcludedCountries.made_from,
    Offers.made_from,
    People.made_from,
    Companies.made_from,
    ExcludedCompanies.made_from,
    Franchises.made_from,
    ExcludedFranchises.made_from,
    Characters.made_from,
    ExcludedContent.made_from,
    ExcludedTitles.made_from,
    Watchlisted.made_from,
    Owned.made_from,
)


class FilterParameters(
    GenreParameters,
    YearParameters,
    RuntimeParameters,
    LanguageParameters,
    AgeParameters,
    PeopleParameters,
    CompanyParameters,
    ExcludedTitleParameters,
    WatchlistParameters,
    LibraryParameters,
    HouseholdParameters,
):
    """Filters as parameters of any list."""


def limits_of(preferences: tuple[Preference, ...], facts: CatalogueFacts) -> Constraints:
    """What holds for a viewer whatever they ask for: what they never want."""
    nobody = RecommendRequest(user_id="")
    asked = Asked(nobody, Intent(""), preferences, Filters(), facts, today=date.max)
    made = constraints_from(asked)
    return Constraints(tuple(one for one in made if one.asked_by == "preferences"))


def constraints_from(asked: Asked) -> Constraints:
    """All that is asked for, nothing of it relaxed."""
    made = (one for made_from in _MADE_FROM for one in made_from(asked))
    return Constraints((*asked.request.filters, *made))
