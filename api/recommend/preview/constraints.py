"""The constraints that a title breaks, told as reasons.

Which ones it breaks is what the masks say that the pipeline filters with; here is only what the
title has instead, and who asks for it: the request, what the viewer never wants, the operator's
business rules, or the calendar.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from api.domain.genres import GENRES, genres_of
from api.language.intent import Part
from api.recommend.constraints.constraints import Constraints, Lookups
from api.recommend.constraints.hydrator import wished_constraints, with_rules
from api.recommend.constraints.stated import under
from api.recommend.preview.placement import Why
from api.recommend.query import Query

By = Literal["request", "preferences", "rules", "calendar"]
_NAMES: dict[By, str] = {
    "request": "the request",
    "preferences": "the viewer's preferences",
    "rules": "the business rules",
    "calendar": "the calendar",
}
_ORDER: tuple[By, ...] = tuple(_NAMES)


@dataclass(frozen=True, slots=True)
class BrokenConstraints:
    """Tells of one title; `record` is api/catalogue/items/item_records.py's, with the offers of the
    request's country."""

    query: Query
    row: int
    record: Mapping[str, Any]
    services: Mapping[str, str]  # short name to plain name, of those that are asked for

    def told(self, codes: Sequence[str]) -> list[Why]:
        """One reason per code and origin: first the request's, last the calendar's."""
        found = [(code, by) for code in codes for by in self._origins(code)]
        found.sort(key=lambda pair: _ORDER.index(pair[1]))
        reasons = []
        for code, by in found:
            detail, evidence = self._tell(code, by)
            reasons.append(Why(code, detail, {"by": by, **evidence}))
        return reasons

    def _origins(self, code: str) -> list[By]:
        # What is shared between them is never relaxed, so the request as it was made will do.
        found: list[By] = [
            by
            for by in _ORDER
            if self._breaks(
                self._asked(by), self.query.lookups if by == "request" else Lookups(), code
            )
        ]
        return found or ["request"]

    def _asked(self, by: By) -> Constraints:
        """What this one asks for, nothing of it relaxed."""
        query = self.query
        match by:
            case "request":
                return wished_constraints(query.request, query.intent)[0]
            case "preferences":
                return under(Constraints(), query.viewer.preferences)
            case "rules":
                return with_rules(Constraints(), query.rules, query.facts)
            case "calendar":
                return Constraints(released_by=query.constraints.released_by)

    def _breaks(self, constraints: Constraints, lookups: Lookups, code: str) -> bool:
        rows = np.array([self.row], dtype=np.int32)
        broken = constraints.violations(self.query.facts, rows, lookups).get(code)
        return broken is not None and bool(broken[0])

    def _tell(self, code: str, by: By) -> tuple[str, dict[str, Any]]:
        match code:
            case "genre" | "rule_genre" | "excluded_genre":
                return self._genre(code, by)
            case "year" | "excluded_year" | "too_old" | "too_new":
                return self._year(code, by)
            case "not_released":
                day = str(self.query.facts.released[self.row])
                return f"Comes out on {day}.", {"release_date": day}
            case "too_short" | "too_long":
                return self._runtime(code)
            case "for_younger" | "for_older":
                return self._age(code, by)
            case "language" | "excluded_language" | "country" | "excluded_country":
                return self._origin(code, by)
            case "media_type":
                kind = "a show" if self.query.facts.is_show[self.row] else "a film"
                return f"It is {kind}, which {_NAMES[by]} {_verb(by, 'leave')} out.", {
                    "is": kind[2:]
                }
            case "few_votes":
                needed = self.query.constraints.vote_count_min
                votes = int(self.query.facts.vote_count[self.row])
                evidence = {"votes": votes, "needed": needed}
                return _by_the_rules(f"minimum votes {needed} (has {votes})"), evidence
            case "not_offered":
                return self._not_offered()
            case "without_person":
                return self._without_person()
            case "excluded_content":
                return self._excluded_content()
            case "excluded_id":
                return self._excluded_id(by)
        return f"Left out by a filter: {code}.", {}

    def _genre(self, code: str, by: By) -> tuple[str, dict[str, Any]]:
        constraints = self.query.constraints
        own = set(genres_of(int(self.query.facts.genres[self.row])))
        evidence: dict[str, Any] = {"genres": _genre_names(own)}
        if code == "excluded_genre":
            names = _genre_names(self._asked(by).excluded_genres & own)
            return f"Excluded by {_NAMES[by]}: {_listed(names, 'and')}.", {
                **evidence,
                "excluded": names,
            }
        if code == "rule_genre":
            names = _genre_names(constraints.rule_genres)
            evidence["wanted"] = names
            return _by_the_rules(f"only {_listed(names, 'or')}"), evidence
        missing = [_genre_names(wanted) for wanted in constraints.genres if not wanted & own]
        told = _listed([_listed(names, "or") for names in missing], "and")
        return f"Not {told}, as the request asks for.", {**evidence, "wanted": missing}

    def _year(self, code: str, by: By) -> tuple[str, dict[str, Any]]:
        constraints, year = self.query.constraints, int(self.query.facts.year[self.row])
        of = f"Of {year}" if year else "Of a year that is not known"
        evidence: dict[str, Any] = {"year": year or None}
        if code == "too_old":
            told = f"no title before {constraints.year_min} ({of.lower()})"
            return _by_the_rules(told), evidence | {"first": constraints.year_min}
        if code == "too_new":
            told = f"no title after {constraints.year_max} ({of.lower()})"
            return _by_the_rules(told), evidence | {"last": constraints.year_max}
        spans = constraints.years if code == "year" else self._asked(by).excluded_years
        told = _listed(
            [str(first) if first == last else f"{first} to {last}" for first, last in spans], "or"
        )
        verb = "asks for" if code == "year" else _verb(by, "exclude")
        evidence["years"] = [list(span) for span in spans]
        return f"{of}; {_NAMES[by]} {verb} {told}{self._widened('year', code)}.", evidence

    def _runtime(self, code: str) -> tuple[str, dict[str, Any]]:
        constraints, minutes = self.query.constraints, int(self.query.facts.runtime[self.row])
        runs = f"Runs {minutes} minutes" if minutes else "Its runtime is not known"
        evidence: dict[str, Any] = {"minutes": minutes or None}
        if code == "too_long":
            told, evidence["allowed"] = f"allows {constraints.runtime_max}", constraints.runtime_max
        else:
            needed = constraints.runtime_min
            told, evidence["needed"] = f"asks for {needed} at least", needed
        return f"{runs}; the request {told}{self._widened('runtime', code)}.", evidence

    def _widened(self, name: str, code: str) -> str:
        is_widened = name in self.query.relaxed and not code.startswith("excluded")
        return ", widened as it is to fill the page" if is_widened else ""

    def _age(self, code: str, by: By) -> tuple[str, dict[str, Any]]:
        constraints, age = self.query.constraints, int(self.query.facts.age[self.row])
        rated = f"Rated {age} here" if age >= 0 else "Not rated here"
        evidence: dict[str, Any] = {
            "age": age if age >= 0 else None,
            "certificate": self.record["maturity_rating"],
        }
        if code == "for_older":
            oldest = evidence["allowed"] = self._asked(by).age_max
            return f"{rated}; {_NAMES[by]} {_verb(by, 'cap')} at {oldest}.", evidence
        evidence["needed"] = constraints.age_min
        return f"{rated}; the request asks for {constraints.age_min} at least.", evidence

    def _origin(self, code: str, by: By) -> tuple[str, dict[str, Any]]:
        constraints = self._asked(by)
        wanted: Mapping[str, Iterable[str]] = {
            "language": constraints.languages,
            "excluded_language": constraints.excluded_languages,
            "country": constraints.countries,
            "excluded_country": constraints.excluded_countries,
        }
        codes = sorted(wanted[code])
        is_excluded = code.startswith("excluded")
        verb = _verb(by, "exclude") if is_excluded else "asks for"
        asked = {"excluded" if is_excluded else "wanted": codes}
        if code.endswith("language"):
            language = self.record["original_language"]
            told = f"In {language}" if language else "In a language that is not known"
            evidence: dict[str, Any] = {"language": language}
        else:
            countries = self.record["countries"]
            told = f"From {_listed(countries, 'and')}" if countries else "From no known country"
            evidence = {"countries": countries}
        return f"{told}; {_NAMES[by]} {verb} {_listed(codes, 'or')}.", evidence | asked

    def _not_offered(self) -> tuple[str, dict[str, Any]]:
        constraints = self.query.constraints
        services = [self.services.get(name, name) for name in sorted(constraints.services)]
        kinds = sorted(constraints.offer_types)
        how = f" ({_listed(kinds, 'or')})" if kinds else ""
        where = (
            f"on {_listed(list(dict.fromkeys(services)), 'or')}" if services else "to be watched"
        )
        offers = [
            {"service": offer["service"], "offer_type": offer["offer_type"]}
            for offer in self.record["offers"]
        ]
        evidence = {
            "services": sorted(constraints.services),
            "country": constraints.country,
            "offers": offers,
        }
        return f"Not {where} in {constraints.country}{how}.", evidence

    def _without_person(self) -> tuple[str, dict[str, Any]]:
        query = self.query
        held = [bool(np.isin(query.facts.ids[self.row], titles)) for titles in query.lookups.parts]
        parts = query.constraints.parts
        missing = [part for part, is_held in zip(parts, held, strict=True) if not is_held]
        names = [_listed(self._labels(part), "or") for part in missing]
        joint = "or" if query.constraints.any_part else "and"
        told = _listed(names, joint)
        return f"Without {told}, as the request asks for.", {"people": names}

    def _labels(self, part: Part) -> list[str]:
        """The names that the words of the request gave these people."""
        found = [
            chip.label
            for chip in self.query.interpreted
            if chip.field == "person"
            and isinstance(chip.value, list)
            and part.people.issuperset(chip.value)
        ]
        return found or ["the person"]

    def _excluded_content(self) -> tuple[str, dict[str, Any]]:
        constraints = self.query.constraints
        people = [
            credit["name"]
            for part in constraints.excluded_parts
            for credit in self.record["credits"]
            if credit["id"] in part.people and (not part.roles or credit["role"] in part.roles)
        ]
        keywords = [
            keyword
            for keyword in self.record["keywords"]
            if keyword in constraints.excluded_keywords
        ]
        names = list(dict.fromkeys([*people, *keywords]))
        return f"Excluded by the request: {_listed(names, 'and')}.", {"excluded": names}

    def _excluded_id(self, by: By) -> tuple[str, dict[str, Any]]:
        if by == "rules":
            return _by_the_rules("this very title"), {}
        intent = self.query.intent
        item_id = int(self.query.facts.ids[self.row])
        if intent is not None and item_id in intent.seeds:
            return "The request is for titles like it, and not for itself.", {"seed": True}
        return "Excluded by the request: this very title.", {"seed": False}


def _verb(by: By, verb: str) -> str:
    return f"{verb}s" if by == "request" else verb


def _by_the_rules(what: str) -> str:
    return f"Excluded by the business rules: {what}."


def _genre_names(genre_ids: Iterable[int]) -> list[str]:
    return sorted(GENRES[genre_id] for genre_id in genre_ids)


def _listed(names: Sequence[str], joint: str) -> str:
    """ "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
