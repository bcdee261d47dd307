"""Proposals that name people, titles or services: they count if this catalogue knows the name."""

from collections.abc import Iterable
from datetime import date

from api.catalogue.names.service_spellings import service_words
from api.domain.folding import fold
from api.language.intent import Intent, Part, Value
from api.language.refining.addition import Addition
from api.language.refining.refinement import Proposal
from api.language.vocabulary.names import Names

_MOST_SEEDS = 5
_MAKERS = ("director", "creator")
_ROLES = ("cast", "director", "creator", "writer", "composer", "producer")


def service(intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
    # Of those that the viewer named, known here or not, none is traded for another.
    if any(mention.field == "service" for mention in intent.mentions):
        return None
    found: dict[str, str] = {}
    for name in proposal.names:
        service = names.services.of_words(service_words(name))
        if service is not None:
            found |= dict.fromkeys(names.services.called(service.name), service.name)
    if not found:
        return None
    return Addition("service", {"services": intent.services | found.keys()}, tuple(found.items()))


def person(intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
    people, rows = _people(proposal, names)
    named = {person for part in (*intent.parts, *intent.excluded_parts) for person in part.people}
    if not people or people & named:
        return None
    roles: tuple[str, ...] = ()
    if proposal.role in _ROLES:
        roles = _MAKERS if proposal.role in _MAKERS else (proposal.role,)
    played = roles if roles and names.people.have_role(rows, roles) else ()
    part = Part(people, frozenset(played))
    return Addition("person", {"parts": (*intent.parts, part)}, _shown_people(rows, names))


def exclude_person(intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
    people, rows = _people(proposal, names)
    named = {person for part in (*intent.parts, *intent.excluded_parts) for person in part.people}
    if not people or people & named:
        return None
    changes = {"excluded_parts": (*intent.excluded_parts, Part(people))}
    shown = tuple((value, f"Not {label}") for value, label in _shown_people(rows, names))
    return Addition("exclude_person", changes, shown)


def seed(intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
    titles = _titles(proposal, names)
    known = {*intent.seeds, *intent.excluded_titles}
    room = _MOST_SEEDS - len(intent.seeds)
    new = {item: label for item, label in titles.items() if item not in known}
    shown = tuple(new.items())[: max(room, 0)]
    if not shown:
        return None
    return Addition("seed", {"seeds": (*intent.seeds, *(item for item, _ in shown))}, shown)


def exclude_title(intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
    titles = _titles(proposal, names)
    known = {*intent.seeds, *intent.excluded_titles}
    new = {item: f"Not {label}" for item, label in titles.items() if item not in known}
    if not new:
        return None
    changes = {"excluded_titles": intent.excluded_titles | new.keys()}
    return Addition("exclude_title", changes, tuple(new.items()))


def _people(proposal: Proposal, names: Names) -> tuple[frozenset[int], tuple[int, ...]]:
    """Ids and rows of everybody who bears one of the names, letter by letter."""
    rows = tuple(row for name in proposal.names for row in names.people.named(fold(name)))
    return frozenset(names.people.ids[row] for row in rows), rows


def _shown_people(rows: Iterable[int], names: Names) -> tuple[tuple[Value, str], ...]:
    people = {names.people.ids[row]: names.people.labels[row] for row in rows}
    return ((sorted(people), " or ".join(dict.fromkeys(people.values()))),)


def _titles(proposal: Proposal, names: Names) -> dict[int, str]:
    """Ids and titles of what the names stand for; `first` tells the year of one of several."""
    titles = names.titles
    found = {}
    for name in proposal.names:
        if rows := titles.named(fold(name)):
            row = titles.best(rows, year=proposal.first)
            found[titles.ids[row]] = titles.labels[row]
    return found
