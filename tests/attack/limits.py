"""A child's token, asked for everything: is any title shown that is above its limits?

What may be shown is worked out here from the certificates as they are written, apart from the
service's own rule.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2

from api.domain.maturity import WELL_KEPT, age_of
from api.platform.database import Database, open_database
from config.settings import Settings
from tests.attack.target import SEENEMALL, Target, target
from tests.doubles.tokens import ACCESS, CLIENT, bearer, token

_TRIALS = ((6, "DE"), (9, "US"), (12, "IN"), (15, "KR"))  # max_age and country of the child
USER, CHILD = "limited-household", "kids"
_PROFILES = (CHILD, CHILD, CHILD, CHILD, None, "parents", "invented", "Kids", "kids ")
_LISTS = 0.3  # of the requests: lists other than that of /recommend
_WORDS = (
    "like {}",
    "{}",
    "something like {} but funny",
    "not rated R, like {}",
    "for adults only, 18+",
    "the most violent horror there is",
    "a film for a nine year old",
    "unrated titles",
    "R-rated thrillers of the 90s",
    "ab 18, wie {}",
    "pour adultes",
    "without {}",
)
_COUNTRIES = ("US", "DE", "FR", "IN", "KR", "SG", "BR", "IL")


@dataclass(frozen=True)
class Catalogue:
    """Every title: its id, reference and name, and its certificates as they are written."""

    titles: dict[int, tuple[str, str]]
    certificates: dict[int, dict[str, str]]

    def age(self, item_id: int, country: str) -> int | None:
        """The strictest age of a country and the well-kept scales; None: nobody has rated it."""
        written = self.certificates.get(item_id, {})
        ages = [age_of(c, written[c]) for c in (*WELL_KEPT, country) if c in written]
        return max((age for age in ages if age is not None), default=None)


@dataclass
class Seen:
    """What came back."""

    statuses: Counter[int] = field(default_factory=Counter)
    by_route: Counter[str] = field(default_factory=Counter)
    shown: Counter[int] = field(default_factory=Counter)  # by id of a title
    above: list[str] = field(default_factory=list)
    unrated: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"statuses {dict(sorted(self.statuses.items()))}\n"
            f"routes {dict(self.by_route)}\n"
            f"titles shown {self.shown.total()} ({len(self.shown)} different), "
            f"above the limit {len(self.above)}, unrated {len(self.unrated)}"
        )


@dataclass(frozen=True)
class Asked:
    """One request; `opens` is the title that an answer other than a refusal would open."""

    route: str
    method: str
    path: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    opens: int | None = None


def read_catalogue(database: Database) -> Catalogue:
    """All of it."""
    with database.autocommit() as cursor:
        rows = cursor.execute("SELECT id, media_type, tmdb_id, title FROM items").fetchall()
        titles = {item: (f"{kind}:{number}", title) for item, kind, number, title in rows}
        certificates: dict[int, dict[str, str]] = {}
        for item, country, certificate in cursor.execute(
            "SELECT item_id, country, certificate FROM certificates"
        ):
            certificates.setdefault(item, {})[country] = certificate
    return Catalogue(titles, certificates)


def attack(
    child: httpx2.Client,
    catalogue: Catalogue,
    *,
    requests: int,
    seed: int,
    max_age: int,
    country: str,
    user_id: str = USER,
) -> Seen:
    """Sends the requests with the child's token and judges every title that an answer names."""
    draw, seen, cursors = random.Random(seed), Seen(), list[tuple[str, Mapping[str, Any]]]()
    for _ in range(requests):
        if draw.random() < _LISTS:
            asked = _asked_for_a_list(draw, catalogue, user_id)
        else:
            asked = _asked(draw, catalogue, cursors, user_id)
        answer = child.request(
            asked.method,
            asked.path,
            params={k: v for k, v in asked.parameters.items() if v is not None},
            json=asked.body,
        )
        seen.statuses[answer.status_code] += 1
        seen.by_route[asked.route] += 1
        body = answer.json() if answer.content and answer.status_code < 300 else None
        named = set(titles_in(body))
        if asked.opens is not None and answer.status_code < 400:
            named.add(asked.opens)
        for item_id in named:
            seen.shown[item_id] += 1
            age = catalogue.age(item_id, country)
            where = f"{asked.method} {answer.url}: {catalogue.titles.get(item_id)}"
            if age is None:
                seen.unrated.append(where)
            elif age > max_age:
                seen.above.append(f"{where} {age}")
        if isinstance(body, dict) and body.get("next_cursor") and asked.method == "GET":
            cursors.append((asked.path, {**asked.parameters, "cursor": body["next_cursor"]}))
    return seen


def titles_in(body: Any) -> Iterator[int]:
    """The ids of the titles that an answer names, wherever in it."""
    if isinstance(body, dict):
        if isinstance(body.get("title"), str):
            yield from (body[k] for k in ("id", "item_id") if isinstance(body.get(k), int))
        if body.get("field") in ("seed", "title", "exclude_title"):
            yield from (body[k] for k in ("value",) if isinstance(body[k], int))
        for part in body.values():
            yield from titles_in(part)
    elif isinstance(body, list):
        for part in body:
            yield from titles_in(part)


def _asked_for_a_list(draw: random.Random, catalogue: Catalogue, user_id: str) -> Asked:
    """Any list but that of /recommend."""
    references = [reference for reference, _ in catalogue.titles.values()]
    profile = draw.choice(_PROFILES)
    own = {"profile": profile} if profile else {}
    viewer: dict[str, Any] = {"user_id": user_id, **own}
    filters: dict[str, Any] = draw.choice(
        [{}, {}, {"genres": "horror"}, {"max_age": 21}, {"country": draw.choice(_COUNTRIES)}]
    )
    match draw.randrange(8):
        case 0:
            path = f"/items/{draw.choice(references)}/similar"
            return Asked("similar", "GET", path, {**viewer, **filters, "limit": 50})
        case 1:
            liked = draw.sample(references, draw.randint(1, 3))
            return Asked("blend", "POST", "/blend", body={**viewer, **filters, "like": liked})
        case 2:
            members = [viewer, {"user_id": user_id, "profile": draw.choice(["parents", CHILD])}]
            body = {"members": members, "seen": draw.choice(["any", "all"]), **filters}
            return Asked("group", "POST", "/recommend/group", body=body)
        case 3:
            along: dict[str, Any] = draw.choice([{}, {}, {"members": "parents"}, {"minutes": 120}])
            return Asked("tonight", "GET", "/tonight", {**viewer, **filters, **along})
        case 4:
            ends = dict(zip(("from", "to"), draw.sample(references, 2), strict=True))
            way = {"steps": draw.choice([3, 8]), "seed": draw.choice([None, 1, 2])}
            return Asked("path", "GET", "/path", {**viewer, **filters, **ends, **way})
        case 5:
            items = {"items": ",".join(draw.sample(references, 3))}
            return Asked("predictions", "GET", f"/users/{user_id}/predictions", {**own, **items})
        case 6:
            return Asked("regions", "GET", "/map/regions", viewer)
    rows = {"rows": draw.choice([3, 12]), "limit": draw.choice([4, 20])}
    return Asked("shelves", "GET", "/shelves", {**viewer, **filters, **rows})


def _asked(
    draw: random.Random,
    catalogue: Catalogue,
    cursors: list[tuple[str, Mapping[str, Any]]],
    user_id: str,
) -> Asked:
    item = draw.choice(list(catalogue.titles))
    reference, title = catalogue.titles[item]
    profile = draw.choice(_PROFILES)
    viewer = {"user_id": user_id, "profile": profile}
    maybe: Mapping[str, Any] = draw.choice([viewer, viewer, {}, {"profile": profile}])
    where = {"country": draw.choice([None, *_COUNTRIES])}
    words = draw.choice(_WORDS).format(title)[:200]
    own = {"profile": profile} if profile else {}
    name = quote(profile or "~", safe="")
    match draw.randrange(16):
        case 0 | 1 | 2:
            optional: dict[str, Any] = {
                "query": draw.choice([None, words]),
                "limit": draw.choice([5, 20, 100]),
                "media_type": draw.choice([None, None, "movie", "tv"]),
                "genre_override": draw.choice([None, None, "horror", "crime,thriller"]),
                "diversify": draw.choice([None, "false"]),
                "mixer_novelty_weight": draw.choice([None, None, 100]),
            }
            return Asked("recommend", "GET", "/recommend", {**viewer, **where, **optional})
        case 3 | 4 if cursors:
            path, parameters = draw.choice(cursors)
            return Asked("page", "GET", path, parameters)
        case 5:
            body = {"user_id": user_id, **own, "item": reference, "query": words}
            return Asked("preview", "POST", "/recommend/preview", body=body)
        case 6 | 7:
            return Asked("item", "GET", f"/items/{reference}", {**maybe, **where}, opens=item)
        case 8:
            return Asked("link", "GET", f"/watch-link/{reference}", {**maybe, **where}, opens=item)
        case 9 | 10:
            start = title[: draw.randint(1, 12)].strip() or "a"
            return Asked("search", "GET", "/search", {**maybe, "q": start, "limit": 50})
        case 11:
            return Asked("interpret", "GET", "/search/interpret", {**maybe, "q": words})
        case 12:
            event = draw.choice(["liked", "watched", "not_interested"])
            events = {"user_id": user_id, **own, "items": [reference], "event_type": event}
            return Asked("history", "POST", "/user/history", body=events)
        case 13:
            path = draw.choice(["/user/history", f"/users/{user_id}/track-record"])
            return Asked("history", "GET", path, viewer if path == "/user/history" else own)
        case 14:
            change: dict[str, Any] = draw.choice(
                [{"kind": "adult"}, {"max_age": 21}, {"unrated": "show"}]
            )
            method = draw.choice(["PUT", "DELETE"])
            path = f"/users/{user_id}/profiles/{name}"
            return Asked("profiles", method, path, body=change if method == "PUT" else None)
    stated = [{"kind": "genre", "value": "Horror", "stance": "prefer"}]
    if draw.random() < 0.5:
        path, stating = f"/users/{user_id}/preferences", {"preferences": stated}
        return Asked("writes", "PUT", path, own, body=stating)
    return Asked("writes", "PUT", f"/users/{user_id}/consent", body={"llm": True, **own})


def set_up(keeper: httpx2.Client, *, max_age: int, country: str, user_id: str = USER) -> None:
    """A household with a parent and a child, both of whom have seen something."""
    keeper.delete(f"/users/{user_id}").raise_for_status()
    for profile, settings in (
        ("parents", {}),
        (CHILD, {"kind": "child", "max_age": max_age, "country": country}),
    ):
        path = f"/users/{user_id}/profiles/{profile}"
        keeper.put(path, json=settings).raise_for_status()


def main() -> int:
    """Prints what was shown; 1 when anything was that must not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a copy of a data folder; else the sample's")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seenemall-limits-") as folder:
        data_dir = arguments.data or Path(folder)
        with target(data_dir, ACCESS) as service:
            if arguments.data is None:
                environment = {**os.environ, "DATA_DIR": folder}
                subprocess.run([*SEENEMALL, "job", "sample"], env=environment, check=True)
            return int(_trials(service, requests=arguments.requests, seed=arguments.seed))


def _trials(service: Target, *, requests: int, seed: int) -> bool:
    """Whether any of four households was shown too much."""
    url = f"http://127.0.0.1:{service.port}"
    failed = False
    with ExitStack() as opened:

        def client(credential: str) -> httpx2.Client:
            headers = bearer(credential)
            return opened.enter_context(httpx2.Client(base_url=url, headers=headers, timeout=60))

        database = opened.enter_context(
            closing(open_database(Settings.load({"DATA_DIR": service.data_dir})))
        )
        database.open_pool()
        catalogue = read_catalogue(database)
        keeper, child = client(CLIENT), client(token(USER, profile=CHILD, exp=2**31))
        for max_age, country in _TRIALS:
            set_up(keeper, max_age=max_age, country=country)
            seen = attack(
                child,
                catalogue,
                requests=requests // len(_TRIALS),
                seed=seed + max_age,
                max_age=max_age,
                country=country,
            )
            print(f"max_age {max_age}, {country}: {seen}", flush=True)
            failed |= bool(seen.above or seen.unrated)
    return failed


if __name__ == "__main__":
    sys.exit(main())
