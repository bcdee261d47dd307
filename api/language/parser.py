"""Reads a request in words, without any model: the same text always means the same.

Recognisers run from the surest to the vaguest, and each takes the words it understood: names of
titles and people, services, running times, ages, years, counts, then the closed vocabulary. What
"not" refers to, and how sure a part is, is decided when everything is known. Time grows with the
number of words.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from api.language.certainty import weigh_certainty
from api.language.composing.compose import compose
from api.language.entities import EntityAtTmdb, UnknownName
from api.language.intent import Intent
from api.language.maturity.maturity import find_maturity
from api.language.parts.adaptations import find_adaptations
from api.language.parts.ages_of_titles import find_ages_of_titles
from api.language.parts.companions import leave_out_companions
from api.language.parts.compared_titles import find_compared_titles
from api.language.parts.counted_parts import find_counted_parts
from api.language.parts.counts import find_count
from api.language.parts.groups import find_groups
from api.language.parts.own_lists import find_own_lists
from api.language.parts.own_places import leave_out_own_places
from api.language.parts.people import find_people
from api.language.parts.ratings import find_ratings
from api.language.parts.relations import find_relations
from api.language.parts.runtimes import find_runtimes
from api.language.parts.series_places import find_place_in_series
from api.language.parts.services import find_services
from api.language.parts.settings import find_settings
from api.language.parts.small_talk import leave_out_small_talk
from api.language.parts.terms import find_terms
from api.language.parts.titles import find_titles
from api.language.parts.topics import find_topics
from api.language.parts.unknown_names import find_unknown_names
from api.language.parts.viewers import leave_out_how_many_watch
from api.language.parts.whole_title import find_title_of_nothing_else
from api.language.parts.years import find_years
from api.language.parts.years_of_viewing import leave_out_years_of_viewing
from api.language.reading.compounds import find_media_within, with_halves_apart
from api.language.reading.plot_text import release_plot_text
from api.language.reading.reading import Reading
from api.language.reading.short_forms import with_short_forms_in_full
from api.language.reading.slips import without_slips
from api.language.refusals.dismissals import refuse_what_is_dismissed
from api.language.refusals.exceptions import drop_exceptions_to_nothing
from api.language.refusals.negation import apply_negations, refuse_what_is_joined_to_topics
from api.language.refusals.preferences import refuse_the_less_preferred
from api.language.refusals.refused_names import find_refused_names
from api.language.refusals.small_amounts import refuse_small_amounts
from api.language.refusals.spared import refuse_deaths_of_the_spared
from api.language.refusals.tolerances import leave_out_what_is_tolerated
from api.language.refusals.unfit import refuse_what_is_unfit
from api.language.vocabulary.names import Names
from api.language.vocabulary.tokens import split

_RECOGNISERS = (
    find_own_lists,
    leave_out_own_places,
    leave_out_how_many_watch,
    find_place_in_series,
    find_groups,
    find_settings,
    find_refused_names,
    find_ratings,
    find_titles,
    find_compared_titles,
    find_people,
    find_adaptations,
    find_unknown_names,
    find_services,
    find_runtimes,
    find_maturity,
    find_ages_of_titles,
    find_years,
    find_counted_parts,
    find_count,
    find_terms,
    leave_out_small_talk,
    leave_out_companions,
    refuse_what_is_unfit,
    refuse_what_is_dismissed,
    leave_out_what_is_tolerated,
    refuse_small_amounts,
    refuse_the_less_preferred,
    apply_negations,
    find_relations,
    leave_out_years_of_viewing,
    release_plot_text,
    refuse_deaths_of_the_spared,
    drop_exceptions_to_nothing,
    weigh_certainty,
    find_topics,
    refuse_what_is_joined_to_topics,
    find_media_within,
    find_title_of_nothing_else,
)


def parse(
    text: str,
    *,
    names: Names,
    today: date,
    links: Mapping[UnknownName, EntityAtTmdb] = MappingProxyType({}),
) -> Intent:
    """What a text asks for. Never raises, whatever the text is.

    `links` are answers to the `unknown_names` of an earlier reading of the same text.
    """
    words = with_short_forms_in_full(split(text), names.lexicon)
    words = without_slips(with_halves_apart(words, names), names)
    reading = Reading(words, names, today, links)
    for recognise in _RECOGNISERS:
        recognise(reading)
    return compose(reading)
