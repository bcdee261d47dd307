"""What viewers refuse and operators forbid, on every route that answers a list: is it on any?

Generated requests of a household with an adult, a viewer who states what they never want, and a
child, and of nobody in particular, under rules that are drawn anew. What a request must not be
answered with is worked out here from what was said and from the catalogue as it is written, apart
from the service's own filters. A quarter of the requests say more, and lists that were begun
before go on. Lists that a worker makes are downloaded later: what was taken back meanwhile may be
on them, what was said meanwhile too.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import orjson

from api.domain.genres import GENRES
from api.platform.database import Database, open_database
from config.settings import Settings
from tests.attack.limits import age_in, read_catalogue
from tests.attack.target import SEENEMALL, Target, target
from tests.attack.titles_asked_for import Catalogue

USER = "kept-out-household"
COUNTRY = "US"  # one whose board is among the well-kept ones
_ADULT, _STRICT, _CHILD = None, "strict", "kid"
_PROFILES = (_ADULT, _STRICT, _CHILD)
_CHILD_AGE = 12
_KEPT_CURSORS, _KEPT_ORDERS = 200, 10
_WRITES, _GOES_ON = 0.25, 0.2
_OF_A_ROUND = 400  # requests of one household under the same rules
_WELL_KNOWN = 1500
_UNSEEN = {"not_interested", "not_now"}  # what says so need not have seen it
_REFUSED = {"disliked", "not_interested", "not_now"}  # by one of a group, whoever has seen what
_FACTS = """
SELECT id, media_type, genre_ids, release_year, runtime, original_language, vote_count
FROM items WHERE retired_at IS NULL AND tmdb_id IS NOT NULL
"""


@dataclass(frozen=True)
class Title:
    """What may be asked of a title; unknown numbers are 0."""

    media_type: str
    genres: frozenset[str]
    year: int
    runtime: int
    language: str
    votes: int
    age: int | None  # by the strictest of the well-kept boards


@dataclass(frozen=True)
class Rules:
    """What the operator forbids."""

    genres: frozenset[str] = frozenset()
    min_votes: int = 0
    min_year: int = 0
    ids: frozenset[int] = frozenset()

    def to_json(self) -> bytes:
        """The file."""
        filters = {
            "exclude_genres": sorted(self.genres),
            "min_vote_count": self.min_votes,
            "min_release_year": self.min_year or None,
            "exclude_ids": sorted(self.ids),
        }
        return orjson.dumps({"filters": filters})


@dataclass
class Said:
    """What one viewer has done and stated."""

    events: dict[int, str] = field(default_factory=dict)  # the newest of each title
    refused: set[int] = field(default_factory=set)  # ever, and not taken back
    lifted: set[int] = field(default_factory=set)  # taken back at some time, or said less of
    never: list[tuple[str, str]] = field(default_factory=list)  # kind and value
    max_age: int | None = None

    def without(self, lifted: set[int]) -> "Said":
        """The same, had nothing been said of these titles."""
        events = {one: kind for one, kind in self.events.items() if one not in lifted}
        return replace(self, events=events, refused=self.refused - lifted)


# A breach in words, or None; asked of a title's id and facts.
Ban = Callable[[int, Title], str | None]


@dataclass(frozen=True)
class Asked:
    """One request, with what must not be on its list."""

    method: str
    path: str
    parameters: dict[str, Any]  # of the query or the body
    viewers: tuple[str | None, ...] = ()
    seen: str = "any"
    may_show: frozenset[int] = frozenset()  # ends of a path
    must_not: frozenset[int] = frozenset()  # what the list is to be like
    ordered: Mapping[str | None, Said] | None = None  # of what a worker makes: said by then


@dataclass
class Found:
    """What came back."""

    asked: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    empty: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was shown that must not be, and no route showed nothing."""
        shown = {route for route, count in self.shown.items() if count}
        silent = set(LISTS) - _WITHOUT_TITLES - shown
        return not (self.breaches or self.broken or silent)

    def __str__(self) -> str:
        routes = (
            f"  {route}: {count} asked, {self.shown[route]} titles shown, {self.empty[route]} empty"
            for route, count in sorted(self.asked.items())
        )
        wrong = (f"  {line}" for line in [*self.breaches, *self.broken][:20])
        return "\n".join(
            (
                f"{self.asked.total()} requests, statuses {dict(sorted(self.statuses.items()))}",
                *routes,
                f"{self.shown.total()} titles shown, against a ban {len(self.breaches)}, "
                f"answers of 5xx {len(self.broken)}",
                *wrong,
            )
        )


@dataclass
class Household:
    """Who asks, and what was said so far."""

    draw: random.Random
    catalogue: Catalogue
    titles: Mapping[int, Title]
    rules: Rules = Rules()
    said: defaultdict[str | None, Said] = field(default_factory=lambda: defaultdict(Said))
    cursors: list[tuple[str, Asked]] = field(default_factory=list)
    on_lists: list[int] = field(default_factory=list)  # what was shown lately
    orders: list[Asked] = field(default_factory=list)  # for files that a worker makes

    def title(self) -> int:
        """A title that is well known, or any."""
        known = self.catalogue.ids[: self.draw.choice([_WELL_KNOWN, _WELL_KNOWN, None])]
        return self.draw.choice(known)

    def reference(self, item_id: int) -> str:
        """As clients write it."""
        return self.catalogue.titles[item_id][0]

    def viewer(self) -> str | None:
        """One of the household."""
        return self.draw.choice(_PROFILES)


def own(profile: str | None) -> dict[str, Any]:
    """A viewer as parameters."""
    return {"user_id": USER} | ({} if profile is None else {"profile": profile})


def filters(home: Household) -> dict[str, Any]:
    """Filters of any list; mostly none of a kind."""
    choose, names = home.draw.choice, sorted(GENRES.values())
    year = home.draw.randint(1950, 2015)
    drawn = {
        "limit": choose([None, 5, 20, 60]),
        "media_type": choose([None, None, None, "movie", "tv"]),
        "genres": choose([None, None, None, choose(names), f"{choose(names)},{choose(names)}"]),
        "exclude_genres": choose([None, None, choose(names), f"{choose(names)},{choose(names)}"]),
        "year_min": choose([None, None, year]),
        "year_max": choose([None, None, year + home.draw.randint(0, 30)]),
        "runtime_max": choose([None, None, None, 60, 95, 120]),
        "languages": choose([None, None, None, None, "en", "en,fr", "ja,ko"]),
        "max_age": choose([None, None, None, 12, 16]),
        "exclude_ids": choose([None, ",".join(str(one) for one in home.on_lists[-30:]) or None]),
        "diversify": choose([None, None, False]),
    }
    return {name: value for name, value in drawn.items() if value is not None} | {
        "country": COUNTRY
    }


def filters_of_somebody(home: Household) -> dict[str, Any]:
    """The same with what only somebody has."""
    seen = home.draw.choice([{}, {}, {}, {"household_seen": "exclude"}])
    return filters(home) | seen


def _recommend(home: Household) -> Asked:
    profile = home.viewer()
    words = home.draw.choice([None, None, "something funny", "war films", "like Heat"])
    query = {} if words is None else {"query": words}
    return Asked(
        "GET", "/recommend", {**own(profile), **filters_of_somebody(home), **query}, (profile,)
    )


def _similar(home: Household) -> Asked:
    item_id, by = home.title(), home.draw.choice(["mix", "story", "audience"])
    who = home.draw.choice([None, (home.viewer(),)])
    query = {**filters(home), "by": by, **({} if who is None else own(who[0]))}
    path = f"/items/{home.reference(item_id)}/similar"
    return Asked("GET", path, query, who or (), must_not=frozenset([item_id]))


def _blend(home: Household) -> Asked:
    liked = {home.title() for _ in range(home.draw.randint(1, 3))}
    unliked = {home.title() for _ in range(home.draw.randint(0, 2))} - liked
    who = home.draw.choice([None, (home.viewer(),)])
    body = {
        **filters(home),
        **({} if who is None else own(who[0])),
        "like": [home.reference(one) for one in sorted(liked)],
        "unlike": [home.reference(one) for one in sorted(unliked)],
        "temperature": home.draw.choice([0, 0, 2]),
    }
    return Asked("POST", "/blend", body, who or (), must_not=frozenset(liked | unliked))


def _path(home: Household) -> Asked:
    one, other = home.title(), home.title()
    who = home.draw.choice([None, (home.viewer(),)])
    query = {name: value for name, value in filters(home).items() if name != "limit"}
    query |= {} if who is None else own(who[0])
    query |= {"from": home.reference(one), "to": home.reference(other)}
    return Asked("GET", "/path", query, who or (), may_show=frozenset([one, other]))


def _shelves(home: Household) -> Asked:
    profile = home.viewer()
    query = {
        **own(profile),
        **filters_of_somebody(home),
        "limit": home.draw.choice([4, 20]),
        "rows": 12,
    }
    return Asked("GET", "/shelves", query, (profile,))


def _tonight(home: Household) -> Asked:
    first, *others = home.draw.sample(_PROFILES, home.draw.randint(1, 3))
    query = {name: value for name, value in filters_of_somebody(home).items() if name != "limit"}
    query |= own(first)
    if others:
        query["members"] = ",".join("~" if one is None else one for one in others)
    return Asked("GET", "/tonight", query, (first, *others))


def _group(home: Household) -> Asked:
    members = tuple(home.draw.sample(_PROFILES, home.draw.randint(2, 3)))
    seen = home.draw.choice(["any", "all"])
    body = {
        **filters_of_somebody(home),
        "members": [own(one) for one in members],
        "seen": seen,
        "strategy": home.draw.choice(["fair", "average", "least_misery"]),
    }
    return Asked("POST", "/recommend/group", body, members, seen)


def _batch(home: Household) -> Asked:
    profile = home.viewer()
    body = {**filters_of_somebody(home), "viewers": [own(profile)]}
    return Asked("POST", "/recommend/batch", body, (profile,))


def _order(home: Household) -> Asked:
    return replace(_batch(home), path="/recommend/batches")


def _file(home: Household) -> Asked:
    """Of an order that may be unmade, or of none."""
    nowhere = f"/recommend/batches/{UUID(int=1)}"
    return home.draw.choice(home.orders[-_KEPT_ORDERS:] or [Asked("GET", f"{nowhere}/lists", {})])


def _state(home: Household) -> Asked:
    file = _file(home)
    return replace(file, path=file.path.removesuffix("/lists"))


LISTS: Mapping[str, Callable[[Household], Asked]] = {
    "GET /recommend": _recommend,
    "GET /items/{item}/similar": _similar,
    "POST /blend": _blend,
    "GET /path": _path,
    "GET /shelves": _shelves,
    "GET /tonight": _tonight,
    "POST /recommend/group": _group,
    "POST /recommend/batch": _batch,
    "POST /recommend/batches": _order,
    "GET /recommend/batches/{batch}": _state,
    "GET /recommend/batches/{batch}/lists": _file,
}
_WITHOUT_TITLES = {"POST /recommend/batches", "GET /recommend/batches/{batch}"}


def bans(home: Household, asked: Asked) -> list[Ban]:
    """What must hold of every title of the answer."""
    found = [_by_rules(home.rules), _by_parameters(asked.parameters)]
    everybody = _said_for(home, asked)
    found += [_by_viewer(everybody[one]) for one in asked.viewers]
    out = _kept_out([everybody[one] for one in asked.viewers], asked.seen)
    if "household_seen" in asked.parameters:
        out |= {
            item_id
            for said in everybody.values()
            for item_id, kind in said.events.items()
            if kind not in _UNSEEN
        }
    return [*found, lambda item_id, _: "seen or refused" if item_id in out else None]


def _said_for(home: Household, asked: Asked) -> Mapping[str | None, Said]:
    """What the list had to respect: all that is said, or by the order and not lifted since."""
    if asked.ordered is None:
        return home.said
    return {one: said.without(home.said[one].lifted) for one, said in asked.ordered.items()}


def _by_rules(rules: Rules) -> Ban:
    def ban(item_id: int, title: Title) -> str | None:
        broken = (
            title.genres & rules.genres
            or title.votes < rules.min_votes
            or title.year < rules.min_year
            or item_id in rules.ids
        )
        return "the operator's rules" if broken else None

    return ban


def _by_viewer(said: Said) -> Ban:
    def ban(_: int, title: Title) -> str | None:
        if said.max_age is not None and (title.age is None or title.age > said.max_age):
            return f"the age limit {said.max_age}: {title.age}"
        for kind, value in said.never:
            own = title.genres if kind == "genre" else {title.language, title.media_type}
            if value in own or (kind == "decade" and f"{title.year // 10 * 10}s" == value):
                return f"never {kind} {value}"
        return None

    return ban


def _kept_out(members: list[Said], seen: str) -> set[int]:
    """One viewer's own events, or those of a group as it asks for."""
    refused = {one for said in members for one in said.refused}
    counts = Counter(one for said in members for one in said.events)
    enough = 1 if seen == "any" else len(members)
    return refused | {one for one, count in counts.items() if count >= enough}


def _by_parameters(asked: Mapping[str, Any]) -> Ban:
    genres = set((asked.get("genres") or "").split(",")) - {""}
    without = set((asked.get("exclude_genres") or "").split(",")) - {""}
    languages = set((asked.get("languages") or "").split(",")) - {""}
    ids = {int(one) for one in (asked.get("exclude_ids") or "").split(",") if one}
    max_age = asked.get("max_age")

    def ban(item_id: int, title: Title) -> str | None:
        held = {
            "media_type": asked.get("media_type") in (None, title.media_type),
            "genres": not genres or bool(title.genres & genres),
            "exclude_genres": not title.genres & without,
            "year_min": title.year >= asked.get("year_min", 0),
            "year_max": "year_max" not in asked or 0 < title.year <= asked["year_max"],
            "runtime_max": "runtime_max" not in asked or 0 < title.runtime <= asked["runtime_max"],
            "languages": not languages or title.language in languages,
            "max_age": max_age is None or -1 < _known(title.age) <= max_age,
            "exclude_ids": item_id not in ids,
        }
        broken = [name for name, holds in held.items() if not holds]
        return ", ".join(broken) or None

    return ban


def _known(age: int | None) -> int:
    return -1 if age is None else age


def breaches(home: Household, asked: Asked, ids: Iterable[int]) -> Iterator[str]:
    """A line for each title that must not be there."""
    forbidden = bans(home, asked)
    for item_id in ids:
        if item_id in asked.may_show:
            continue
        title = home.titles.get(item_id)
        if title is None:
            yield f"{item_id} is not in the catalogue: {asked}"
        elif item_id in asked.must_not:
            yield f"{item_id} is what the list is to be like: {asked}"
        else:
            for ban in forbidden:
                if why := ban(item_id, title):
                    yield f"{home.catalogue.titles[item_id]} against {why}: {asked}"


def attack(client: httpx2.Client, home: Household, *, requests: int, found: Found) -> None:
    """Sends requests and judges the lists that come back."""
    for _ in range(requests):
        chance = home.draw.random()
        if chance < _WRITES:
            _say(client, home, found)
            continue
        if chance < _WRITES + _GOES_ON and home.cursors:
            route, asked = home.draw.choice(home.cursors)
        else:
            route = home.draw.choice(list(LISTS))
            asked = LISTS[route](home)
        ask(client, home, route, asked, found)


def ask(client: httpx2.Client, home: Household, route: str, asked: Asked, found: Found) -> None:
    """Sends one request and judges what comes back."""
    answer = _sent(client, asked)
    found.asked[route] += 1
    found.statuses[answer.status_code] += 1
    if answer.status_code >= 500:
        found.broken.append(f"{answer.status_code} {asked}")
    if answer.status_code == 202:
        path = f"{answer.headers['location']}/lists"
        said = {one: deepcopy(home.said[one]) for one in _PROFILES}
        home.orders.append(replace(asked, method="GET", path=path, ordered=said))
    if answer.status_code != 200:
        return
    lists = list(_lists_in(answer))
    ids = [item["id"] for one in lists for item in one.get("items", ())]
    found.shown[route] += len(ids)
    found.empty[route] += not ids
    found.breaches += breaches(home, asked, ids)
    home.on_lists = [*home.on_lists, *ids][-200:]
    if "/batch" in route:
        return  # its lines go on at /recommend
    for one in lists:
        if cursor := one.get("next_cursor"):
            more = replace(asked, parameters={**asked.parameters, "cursor": cursor})
            home.cursors = [*home.cursors, (route, more)][-_KEPT_CURSORS:]


def _sent(client: httpx2.Client, asked: Asked) -> httpx2.Response:
    if asked.ordered is not None:
        return client.get(asked.path)
    if asked.method == "GET":
        return client.get(asked.path, params=asked.parameters)
    return client.request(asked.method, asked.path, json=asked.parameters)


def _lists_in(answer: httpx2.Response) -> Iterator[dict[str, Any]]:
    if answer.headers["content-type"].startswith("application/x-ndjson"):
        yield from (orjson.loads(line) for line in answer.iter_lines())
        return
    body = answer.json()
    yield body
    yield from body.get("rows", ())


def _say(client: httpx2.Client, home: Household, found: Found) -> None:
    """A viewer watches, refuses, snoozes or takes back; what was just shown most of all."""
    profile = home.viewer()
    said = home.said[profile]
    item_id = home.draw.choice(home.on_lists or home.catalogue.ids[:_WELL_KNOWN])
    found.asked["write"] += 1
    if said.events and home.draw.random() < 0.15:
        gone = home.draw.choice(sorted(said.events))
        query = {**own(profile), "item": gone}
        answer = client.request("DELETE", "/user/history", params=query)
        if answer.status_code == 200:
            said.events.pop(gone)
            said.refused.discard(gone)
            said.lifted.add(gone)
    else:
        kinds = ["watched", "liked", "disliked", "not_interested", "not_now"]
        kind = home.draw.choice(kinds)
        body = {**own(profile), "items": [item_id], "event_type": kind}
        answer = client.post("/user/history", json=body)
        if answer.status_code == 200:
            if kind in _UNSEEN and item_id in said.events:
                said.lifted.add(item_id)
            said.events[item_id] = kind
            if kind in _REFUSED:
                said.refused.add(item_id)
    found.statuses[answer.status_code] += 1
    if answer.status_code >= 500:
        found.broken.append(f"{answer.status_code} of a write for {profile}")


def set_up(client: httpx2.Client, home: Household) -> None:
    """The household anew: an adult, a viewer who never wants some kinds, a child."""
    client.delete(f"/users/{USER}").raise_for_status()
    home.said.clear()
    home.cursors.clear()
    home.orders.clear()
    for profile, settings in (
        (_STRICT, {}),
        (_CHILD, {"kind": "child", "max_age": _CHILD_AGE, "country": COUNTRY}),
    ):
        path = f"/users/{USER}/profiles/{profile}"
        client.put(path, json=settings).raise_for_status()
    home.said[_CHILD].max_age = _CHILD_AGE
    genres = home.draw.sample(sorted(GENRES.values()), 2)
    never = [("genre", one) for one in genres]
    never += [("language", "ja"), ("decade", home.draw.choice(["1980s", "1990s", "2010s"]))]
    preferences = [{"kind": kind, "value": value, "stance": "never"} for kind, value in never]
    answer = client.put(
        f"/users/{USER}/preferences", params={"profile": _STRICT}, json={"preferences": preferences}
    )
    answer.raise_for_status()
    home.said[_STRICT].never = never


def draw_rules(home: Household) -> Rules:
    """Rules of one round."""
    names = sorted(GENRES.values())
    return Rules(
        genres=frozenset(home.draw.sample(names, home.draw.randint(0, 2))),
        min_votes=home.draw.choice([0, 20, 200]),
        min_year=home.draw.choice([0, 0, 1960]),
        ids=frozenset(home.draw.sample(home.catalogue.ids[:_WELL_KNOWN], 200)),
    )


def read_titles(database: Database, catalogue: Catalogue) -> dict[int, Title]:
    """What may be asked of each title."""
    with database.autocommit() as cursor:
        rows = cursor.execute(_FACTS).fetchall()
    return {
        item_id: Title(
            kind,
            frozenset(GENRES[genre] for genre in genres if genre in GENRES),
            year or 0,
            runtime or 0,
            language or "",
            votes,
            age_in(catalogue, item_id, COUNTRY),
        )
        for item_id, kind, genres, year, runtime, language, votes in rows
    }


def main() -> int:
    """Prints what was shown; 1 when anything was that must not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a copy of a data folder; else the sample's")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seenemall-kept-out-") as folder:
        data_dir = arguments.data or Path(folder)
        rules = Path(folder) / "rules.json"
        rules.write_bytes(Rules().to_json())
        environment = {"BUSINESS_RULES_PATH": str(rules)}
        with target(data_dir, environment, worker=True) as service:
            if arguments.data is None:
                sample = {"DATA_DIR": folder}
                subprocess.run(
                    [*SEENEMALL, "job", "sample"], env={**os.environ, **sample}, check=True
                )
            found = _rounds(service, rules, requests=arguments.requests, seed=arguments.seed)
    print(found, flush=True)
    return not found.is_sound


def _rounds(service: Target, file: Path, *, requests: int, seed: int) -> Found:
    """Households under rules that are drawn anew, which the service reads from the file."""
    settings, found = Settings.load({"DATA_DIR": service.data_dir}), Found()
    with (
        closing(open_database(settings)) as database,
        httpx2.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=60) as client,
    ):
        database.open_pool()
        catalogue = read_catalogue(database)
        home = Household(random.Random(seed), catalogue, read_titles(database, catalogue))
        for begun in range(0, requests, _OF_A_ROUND):
            set_up(client, home)
            home.rules = draw_rules(home)
            file.write_bytes(home.rules.to_json())
            attack(client, home, requests=min(_OF_A_ROUND, requests - begun), found=found)
            print(
                f"{found.asked.total()} requests, {found.shown.total()} titles shown, "
                f"{len(found.breaches)} against a ban",
                flush=True,
            )
        client.delete(f"/users/{USER}").raise_for_status()
    return found


if __name__ == "__main__":
    sys.exit(main())
