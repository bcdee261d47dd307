"""Reads a request in words, without any model: the same text always means the same.

Recognisers run from the surest to the vaguest, and each takes the words it understood: names of
titles and people, services, running times, ages, years, counts, then the closed vocabulary. What
"not" refers to is decided when everything is known. Time grows with the number of words.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from api.domain.entities import EntityAtTmdb, UnknownName
from api.domain.intent import Intent
from api.intent.compose import compose
from api.intent.counts import find_count
from api.intent.maturity import find_maturity
from api.intent.names import Names
from api.intent.negation import apply_negations
from api.intent.people import find_people
from api.intent.plot_text import release_plot_text
from api.intent.reading import Reading
from api.intent.relations import find_relations
from api.intent.runtimes import find_runtimes
from api.intent.services import find_services
from api.intent.terms import find_terms
from api.intent.titles import find_titles
from api.intent.tokens import split
from api.intent.unknown_names import find_unknown_names
from api.intent.years import find_years

_RECOGNISERS = (
    find_titles,
    find_people,
    find_unknown_names,
    find_services,
    find_runtimes,
    find_maturity,
    find_years,
    find_count,
    find_terms,
    apply_negations,
    find_relations,
    release_plot_text,
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
    reading = Reading(split(text), names, today, links)
    for recognise in _RECOGNISERS:
        recognise(reading)
    return compose(reading)
