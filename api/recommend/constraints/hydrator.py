"""Gathers the constraints of a request and relaxes them when they cannot fill a page.

The mask of titles that keep them tells every source what is allowed, and the ANN router how many
rows match.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Mask
from api.language.intent import Intent, IntentField, Interpreted
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.kinds import constraints_from
from api.recommend.constraints.one_of_each import one_of_each
from api.recommend.constraints.relaxation import relax
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query

# Constraints and the catalogue's version -> the same with the ids of titles that only the database
# knows.
LookUp = Callable[[Constraints, int], Constraints]

_NO_WORDS = Intent("")
_UNMARKED = "Nothing in this catalogue is marked as one, so only the word is searched for."
_UNTOLD = "Titles of which the catalogue does not say it come last."
_OVERRULED = "The request's own parameter says otherwise and counts."


class ConstraintsAndRules(QueryHydrator):
    """Sets `constraints`, `preferred`, `allowed`, `relaxed`, `exact_matches` and `interpreted`."""

    name = "constraints"

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up

    def hydrate(self, query: Query) -> Query:
        facts, rules = query.facts, query.rules.filters
        asked, overruled = without_contradictions(constraints_of(query))
        looked_up = self._look_up(asked, query.versions.catalogue_version)
        asked, preferred = divided(looked_up, query.intent or _NO_WORDS)
        unseen = np.ones(len(facts), dtype=np.bool_)
        unseen[facts.known_rows(query.viewer.excluded_ids)] = False
        if query.shown is not None:
            unseen &= query.shown
        if query.shown_to_age is not None:
            unseen &= query.shown_to_age
        if query.made_for_children is not None:
            unseen &= query.made_for_children >= 0
        whole = asked.allowed(facts) & unseen

        def kept_by(constraints: Constraints) -> Mask:
            return whole if constraints is asked else constraints.allowed(facts) & unseen

        relaxed = relax(
            asked,
            lambda looser: int(np.count_nonzero(kept_by(looser))),
            enough=query.page_size,
            keep=("genres",) if rules.require_intent_genres else (),
        )
        intent = query.intent or _NO_WORDS
        allowed = kept_by(relaxed.constraints)
        unsupported = dict.fromkeys(overruled, _OVERRULED)
        if "keyword" in relaxed.fields and not _marks_any(asked, facts):
            unsupported["keyword"] = _UNMARKED
        constraints, allowed = one_of_each(relaxed.constraints, facts, allowed)
        return replace(
            query,
            constraints=constraints,
            preferred=preferred,
            allowed=allowed,
            relaxed=relaxed.names,
            exact_matches=whole if relaxed.names else None,
            interpreted=_once(
                (
                    *_with_untold(
                        intent.interpreted(relaxed.fields, unsupported),
                        constraints,
                        facts,
                        allowed,
                    ),
                    *relaxed.constraints.interpreted,
                )
            ),
        )


def _marks_any(asked: Constraints, facts: CatalogueFacts) -> bool:
    """Whether any film or show that may be meant has the keyword that is asked for."""
    marked = asked.map(lambda one: one if one.intent_field in ("keyword", "media_type") else None)
    return bool(marked.allowed(facts).any())


def _with_untold(
    chips: Sequence[Interpreted],
    constraints: Constraints,
    facts: CatalogueFacts,
    allowed: Mask,
) -> list[Interpreted]:
    """Those of refusals say so where some of the titles may break them for all that is known."""
    fields = {
        one.intent_field
        for one in constraints
        if one.asked_by == "words"
        and (is_unsure := one.unsure(facts, slice(None))) is not None
        and ((is_unsure > 0) & allowed).any()
    }
    return [
        replace(one, note=f"{one.note} {_UNTOLD}" if one.note else _UNTOLD)
        if one.field in fields and one.status in ("enforced", "preferred")
        else one
        for one in chips
    ]


def _once(chips: Sequence[Interpreted]) -> tuple[Interpreted, ...]:
    """Each part once: words may say the same thing several times."""
    return tuple(chip for place, chip in enumerate(chips) if chip not in chips[:place])


def without_contradictions(
    constraints: Constraints,
) -> tuple[Constraints, frozenset[IntentField]]:
    """The constraints without those of the words that contradict a parameter, and their fields."""
    parameters = [one for one in constraints if one.asked_by == "parameter"]
    overruled = [
        one
        for one in constraints
        if one.asked_by == "words" and any(one.contradicts(other) for other in parameters)
    ]
    kept = tuple(one for one in constraints if one not in overruled)
    fields = frozenset(one.intent_field for one in overruled if one.intent_field is not None)
    return replace(constraints, each=kept), fields


def divided(constraints: Constraints, intent: Intent) -> tuple[Constraints, Constraints]:
    """What filters, and what of the words is too unsure for that."""

    def is_preferred(one: Constraint) -> bool:
        return one.asked_by == "words" and one.intent_field in intent.preferred

    return (
        constraints.map(lambda one: None if is_preferred(one) else one),
        constraints.map(lambda one: one if is_preferred(one) else None),
    )


def constraints_of(query: Query) -> Constraints:
    """All that is asked for, as it is asked for."""
    return constraints_from(asked_of(query))


def asked_of(query: Query) -> Asked:
    """What constraints are made from."""
    limits = query.versions.limits
    return Asked(
        request=query.request,
        intent=query.intent or _NO_WORDS,
        preferences=query.viewer.preferences,
        rules=query.rules.filters,
        facts=query.facts,
        today=query.now.date(),
        is_limited=limits.hide_titles or limits.is_child,
    )
