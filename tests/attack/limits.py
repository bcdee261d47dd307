"""A child's limits, tried by everybody who may ask for the child: is any title shown above them?

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

import httpx2
import orjson

from api.domain.maturity import WELL_KEPT, age_of
from api.platform.database import Database, open_database
from config.settings import Settings
from tests.attack.target import SEENEMALL, Target, target
from tests.attack.titles_asked_for import (
    ASKED_FOR,
    CHILD,
    PARENTS,
    USER,
    Asked,
    Asking,
    Catalogue,
    Who,
    ask_for_a_title,
)
from tests.doubles.tokens import ACCESS, ADMIN, CLIENT, bearer, token

_COUNTRIES = ("DE", "US", "IN", "KR", "FR", "BR")  # of the children, whose ages are drawn
_OLDEST = 17
# Refused to everybody whom a household with limits has but its keeper: nothing to see there.
_REFUSED = {"GET /users/{user_id}/export"}


@dataclass
class Seen:
    """What came back."""

    statuses: Counter[int] = field(default_factory=Counter)
    shown: Counter[int] = field(default_factory=Counter)  # by id of a title
    asked: Counter[str] = field(default_factory=Counter)  # requests of each route
    named: Counter[str] = field(default_factory=Counter)  # titles that each route named
    above: list[str] = field(default_factory=list)
    unrated: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # answers of 5xx

    @property
    def is_sound(self) -> bool:
        """Whether nothing was shown that must not be, and no request broke the service."""
        return not (self.above or self.unrated or self.broken)

    def silent(self) -> list[str]:
        """Routes that were asked and named no title ever: of those nothing is proven."""
        routes = {" ".join(route) for route in ASKED_FOR} - _REFUSED
        return sorted(route for route in routes if not self.named[route])

    def add(self, other: "Seen") -> None:
        """Takes the findings of another trial."""
        for one in ("statuses", "shown", "asked", "named"):
            getattr(self, one).update(getattr(other, one))
        for one in ("above", "unrated", "broken"):
            getattr(self, one).extend(getattr(other, one))

    def __str__(self) -> str:
        per_route = (
            f"  {route}: {number} asked, {self.named[route]} titles named"
            for route, number in sorted(self.asked.items())
        )
        wrong = (f"  {one}" for one in [*self.above, *self.unrated, *self.broken][:20])
        return "\n".join(
            (
                f"statuses {dict(sorted(self.statuses.items()))}",
                *per_route,
                f"titles shown {self.shown.total()} ({len(self.shown)} different), "
                f"above the limit {len(self.above)}, unrated {len(self.unrated)}",
                *wrong,
            )
        )


@dataclass(frozen=True)
class Judge:
    """What a child of this age in this country may be shown."""

    catalogue: Catalogue
    max_age: int
    country: str

    def age(self, item_id: int) -> int | None:
        """The strictest age of the country and the well-kept scales; None: nobody has rated it."""
        return age_in(self.catalogue, item_id, self.country)

    def take(self, seen: Seen, item_id: int, where: str) -> None:
        """Notes a title that was shown."""
        seen.shown[item_id] += 1
        age = self.age(item_id)
        if age is None:
            seen.unrated.append(f"{where}: {self.catalogue.titles.get(item_id)} unrated")
        elif age > self.max_age:
            seen.above.append(f"{where}: {self.catalogue.titles.get(item_id)} {age}")


def age_in(catalogue: Catalogue, item_id: int, country: str) -> int | None:
    """The strictest age of a country and the well-kept scales; None: nobody has rated it."""
    written = catalogue.certificates.get(item_id, {})
    ages = [age_of(c, written[c]) for c in (*WELL_KEPT, country) if c in written]
    return max((age for age in ages if age is not None), default=None)


def read_catalogue(database: Database) -> Catalogue:
    """All of it, and the people with the most titles."""
    with database.autocommit() as cursor:
        rows = cursor.execute(
            "SELECT id, media_type, tmdb_id, title FROM items WHERE tmdb_id IS NOT NULL "
            "ORDER BY vote_count DESC, id"
        ).fetchall()
        titles = {item: (f"{kind}:{number}", title) for item, kind, number, title in rows}
        certificates: dict[int, dict[str, str]] = {}
        for item, country, certificate in cursor.execute(
            "SELECT item_id, country, certificate FROM certificates"
        ):
            certificates.setdefault(item, {})[country] = certificate
        people = cursor.execute(
            "SELECT people.id, name FROM people JOIN credits ON person_id = people.id "
            "GROUP BY people.id ORDER BY count(*) DESC, people.id LIMIT 2000"
        ).fetchall()
    return Catalogue(titles, certificates, people)


def attack(
    clients: Mapping[Who, httpx2.Client],
    judge: Judge,
    *,
    requests: int,
    seed: int,
    hook: str | None = None,
    user_id: str = USER,
) -> Seen:
    """Sends the requests and judges every title that an answer names."""
    seen = Seen()
    asking = Asking(random.Random(seed), judge.catalogue, user_id, hook)
    for _ in range(requests):
        route, asked = ask_for_a_title(asking)
        answer = _sent(clients[asked.by], asked)
        seen.statuses[answer.status_code] += 1
        seen.asked[route] += 1
        if answer.status_code >= 500:
            seen.broken.append(f"{answer.status_code} {asked}")
        body = _told(answer) if answer.content and answer.status_code < 300 else None
        named = set(titles_in(body))
        if asked.opens is not None and answer.status_code < 400:
            named.add(asked.opens)
        seen.named[route] += len(named)
        for item_id in named:
            judge.take(seen, item_id, f"{asked.method} {answer.url} {asked.body or ''}")
        asking.took(asked, body)
    if not _has_kept_limits(clients["keeper"], judge, user_id):
        seen.broken.append("the child's profile is not as its keeper left it")
    return seen


def _has_kept_limits(keeper: httpx2.Client, judge: Judge, user_id: str) -> bool:
    answer = keeper.get(f"/users/{user_id}/profiles").raise_for_status()
    profiles = {one["profile"]: one for one in answer.json()["profiles"]}
    told = {"kind": "child", "max_age": judge.max_age, "unrated": "hide", "country": judge.country}
    child = profiles.get(CHILD, {})
    made = set(profiles) - {None, PARENTS, "teen", CHILD}
    return not made and told == {name: child.get(name) for name in told}


def _sent(client: httpx2.Client, asked: Asked) -> httpx2.Response:
    query = {name: value for name, value in asked.query.items() if value is not None}
    if asked.file is not None:
        files = {"file": asked.file}
        return client.post(asked.path, data=asked.body, files=files)
    return client.request(asked.method, asked.path, params=query, json=asked.body)


def _told(answer: httpx2.Response) -> Any:
    """The JSON of an answer, or that of each of its lines."""
    if answer.headers["content-type"].startswith("application/x-ndjson"):
        return [orjson.loads(line) for line in answer.iter_lines()]
    return answer.json()


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


def set_up(keeper: httpx2.Client, *, max_age: int, country: str, user_id: str = USER) -> str:
    """A household with parents, a teenager and a child; the path of the child's hook."""
    keeper.delete(f"/users/{user_id}").raise_for_status()
    teen = {"max_age": 16, "unrated": "hide", "country": "US"}
    child = {"kind": "child", "max_age": max_age, "country": country}
    for profile, settings in ((PARENTS, {}), ("teen", teen), (CHILD, child)):
        path = f"/users/{user_id}/profiles/{profile}"
        keeper.put(path, json=settings).raise_for_status()
    accounts = [{"account": "*", "profile": CHILD}]
    body = {"source": "kodi", "accounts": accounts}
    made = keeper.post(f"/users/{user_id}/hooks", json=body).raise_for_status()
    return str(made.json()["path"])


def everybody(opened: ExitStack, url: str) -> dict[Who, httpx2.Client]:
    """A client for each who may ask for the child."""
    lasts = {"exp": 2**31}
    credentials: dict[Who, str] = {
        "child": token(USER, profile=CHILD, **lasts),
        "household": token(USER, **lasts),
        "keeper": CLIENT,
        "operator": ADMIN,
    }
    return {
        who: opened.enter_context(
            httpx2.Client(base_url=url, headers=bearer(credential), timeout=60)
        )
        for who, credential in credentials.items()
    }


def main() -> int:
    """Prints what was shown; 1 when anything was that must not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a copy of a data folder; else the sample's")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seenemall-limits-") as folder:
        data_dir = arguments.data or Path(folder)
        with target(data_dir, ACCESS, worker=True) as service:
            if arguments.data is None:
                environment = {**os.environ, "DATA_DIR": folder}
                for job in ("sample", "map"):
                    subprocess.run([*SEENEMALL, "job", job], env=environment, check=True)
            return int(_trials(service, requests=arguments.requests, seed=arguments.seed))


def _trials(service: Target, *, requests: int, seed: int) -> bool:
    """Whether any of six households was shown too much, or a route showed nothing."""
    with ExitStack() as opened:
        clients = everybody(opened, f"http://127.0.0.1:{service.port}")
        settings = Settings.load({"DATA_DIR": service.data_dir})
        database = opened.enter_context(closing(open_database(settings)))
        database.open_pool()
        catalogue, draw, seen = read_catalogue(database), random.Random(seed), Seen()
        for number, country in enumerate(_COUNTRIES):
            max_age = draw.randint(4, _OLDEST)
            hook = set_up(clients["keeper"], max_age=max_age, country=country)
            judge = Judge(catalogue, max_age, country)
            share = requests // len(_COUNTRIES)
            found = attack(clients, judge, requests=share, seed=seed + number, hook=hook)
            print(
                f"max_age {max_age}, {country}: {found.shown.total()} shown, above "
                f"{len(found.above)}, unrated {len(found.unrated)}",
                flush=True,
            )
            seen.add(found)
    print(f"{seen}\nroutes that named nothing: {', '.join(seen.silent()) or 'none'}", flush=True)
    return not seen.is_sound or bool(seen.silent())


if __name__ == "__main__":
    sys.exit(main())
