"""A JustWatch on loopback: answers our questions in the real one's shape, about invented titles.

It refuses a question whose variables do not fit, as GraphQL does.
"""

import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.doubles.loopback import Loopback, QuietHandler
from tests.doubles.tmdb import Fault

_COUNTRY = re.compile(r"(\w+): offers\(country: \$(\w+),")
_NODE = re.compile(r"(\w+): node\(id: \$(\w+)\)")


class _Refused(Exception):
    """What GraphQL answers under `errors`."""


@dataclass(frozen=True)
class Question:
    """One request as it came."""

    name: str  # "Services", "Search" or "Offers"
    variables: dict[str, Any]


class JustWatchDouble(Loopback):
    """`titles`, `offers` and `services` may be changed at any time; `questions` tells what came."""

    def __init__(self) -> None:
        super().__init__(self._handler())
        self.titles: dict[str, dict[str, Any]] = {}  # by node id
        self.offers: dict[tuple[str, str], list[dict[str, Any]]] = {}  # by node id and country
        self.services: dict[str, list[dict[str, Any]]] = {
            "US": [package("nfx", 8, "Netflix", "netflix")],
            "IL": [package("nfx", 8, "Netflix", "netflix")],
            "GB": [package("nfx", 8, "Netflix", "netflix"), package("mbi", 11, "MUBI", "mubi")],
        }
        self.spoilt: set[str] = set()  # node ids that GraphQL fails on
        self.questions: list[Question] = []
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)

    @property
    def url(self) -> str:
        return f"{super().url}/graphql"

    def add(
        self,
        node_id: str,
        title: str,
        year: int | None = 2021,
        *,
        tmdb_id: int | str | None = None,
        imdb_id: str | None = None,
        object_type: str = "MOVIE",
    ) -> None:
        self.titles[node_id] = {
            "id": node_id,
            "objectType": object_type,
            "content": {
                "title": title,
                "originalReleaseYear": year,
                "externalIds": {
                    "imdbId": imdb_id,
                    "tmdbId": None if tmdb_id is None else str(tmdb_id),
                },
            },
        }

    def offer(self, node_id: str, country: str, *offers: dict[str, Any]) -> None:
        """Replaces what can be watched in a country."""
        self.offers[node_id, country] = list(offers)

    def fail(self, name: str, *faults: Fault) -> None:
        """The next questions of that name meet these faults, in order."""
        self._faults[name].extend(faults)

    def asked(self, name: str) -> list[dict[str, Any]]:
        """The variables of every question of that name."""
        return [question.variables for question in self.questions if question.name == name]

    def answer(self, document: dict[str, Any]) -> Fault:
        query, variables = document["query"], document["variables"]
        found = re.match(r"\s*query (\w+)\(", query)
        assert found is not None, query
        self.questions.append(Question(found[1], variables))
        if self._faults[found[1]]:
            return self._faults[found[1]].popleft()
        try:
            _check_variables(query, variables)
            return _json({"data": self._data(found[1], query, variables)})
        except _Refused as error:
            return _json({"data": None, "errors": [{"message": str(error), "code": "BAD"}]})

    def _data(self, name: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        if name == "Offers":
            return {
                alias: self._node(query, variables, variables[variable])
                for alias, variable in _NODE.findall(query)
            }
        if (country := variables["country"]) not in self.services:
            raise _Refused(f"'{country}' is not served")
        if name == "Services":
            return {"packages": self.services[country]}
        return {"popularTitles": {"edges": self._found(variables)}}

    def _found(self, variables: dict[str, Any]) -> list[dict[str, Any]]:
        wanted = set(variables["filter"]["searchQuery"].casefold().split())
        found = [
            {"node": title}
            for title in self.titles.values()
            if wanted & set((title["content"]["title"] or "").casefold().split())
            and title["objectType"] in variables["filter"]["objectTypes"]
        ]
        return found[: variables["first"]]

    def _node(self, query: str, variables: dict[str, Any], node_id: str) -> dict[str, Any] | None:
        if node_id in self.spoilt:
            raise _Refused("internal server error")
        if node_id not in self.titles:
            return None
        return {
            alias: self.offers.get((node_id, variables[variable]), [])
            for alias, variable in dict.fromkeys(_COUNTRY.findall(query))
        }

    def _handler(self) -> type[QuietHandler]:
        double = self

        class Handler(QuietHandler):
            def serve(self, body: bytes) -> None:
                right = self.path == "/graphql" and self.headers["Content-Type"] == (
                    "application/json"
                )
                answer = double.answer(json.loads(body)) if right else Fault(404)
                self.send(answer.status, answer.body, answer.headers, cut=answer.cut)

        return Handler


def package(short_name: str, package_id: int, name: str, technical: str) -> dict[str, Any]:
    """A service as JustWatch describes it."""
    return {
        "packageId": package_id,
        "shortName": short_name,
        "clearName": name,
        "technicalName": technical,
    }


NETFLIX = package("nfx", 8, "Netflix", "netflix")
MUBI = package("mbi", 11, "MUBI", "mubi")


def wire_offer(
    kind: str = "FLATRATE",
    service: dict[str, Any] = NETFLIX,
    *,
    url: str | None = "https://watch.example/1",
    deep_link: str | None = None,
    quality: str = "HD",
    until: str | None = None,
) -> dict[str, Any]:
    """An offer as JustWatch describes it."""
    return {
        "monetizationType": kind,
        "presentationType": quality,
        "standardWebURL": url,
        "deeplinkURL": deep_link,
        "availableTo": until,
        "package": service,
    }


def refusal(message: str) -> Fault:
    """GraphQL's way of saying no: status 200 and a reason."""
    return _json({"data": None, "errors": [{"message": message}]})


def _check_variables(query: str, variables: dict[str, Any]) -> None:
    declared = dict(re.findall(r"\$(\w+): (\w+)!", query))
    if set(declared) != set(variables):
        raise _Refused(f"declared {sorted(declared)}, given {sorted(variables)}")
    for name, kind in declared.items():
        value = variables[name]
        checks: dict[str, Callable[[Any], bool]] = {
            "Country": lambda value: bool(re.fullmatch("[A-Z]{2}", value)),
            "Language": lambda value: bool(re.fullmatch("[a-z]{2}", value)),
            "Platform": lambda value: value in {"WEB", "ANDROID", "IOS"},
            "ID": lambda value: isinstance(value, str),
            "Int": lambda value: isinstance(value, int),
            "TitleFilter": lambda value: set(value) == {"searchQuery", "objectTypes"},
        }
        if not checks[kind](value):
            raise _Refused(f"${name} cannot be {value!r}")


def _json(document: object, *, status: int = 200) -> Fault:
    return Fault(status, json.dumps(document).encode(), {"Content-Type": "application/json"})
