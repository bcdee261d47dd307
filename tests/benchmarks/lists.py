"""`python -m tests.benchmarks.lists [ROUNDS]`: what each of the other lists costs, as ratios to B.

In rounds on one connection, so that a busy machine slows every figure alike: B, the barest ANN
statement of `make bench`, page 1 of /recommend, and each list, none of them asked before. The
catalogue is the one of DATABASE_URL or DATA_DIR; the viewers are made for the run and removed.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import psycopg

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from config.settings import Settings
from tests.benchmarks.barest_ann import barest_ann, set_breadth
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import Server, service
from tests.benchmarks.timings import Timings

_ROUNDS = 100
_WARM_UP = 10
_HISTORY = (3, 12, 40, 24)  # titles seen by each of the viewers
_KNOWN = 1500  # titles are drawn from so many of the most popular ones
_AT_ONCE = 50
# What was first on an evening is left out of the next ones, and would soon be everything.
_FORGET = "DELETE FROM slates WHERE user_id = ANY(%s)"


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    body: Mapping[str, Any] | None = None

    def send(self, api: Server) -> bytes:
        """The body of its answer."""
        if self.body is None:
            return api.request(self.path)
        headers = {"Content-Type": "application/json"}
        body = json.dumps(self.body).encode()
        return api.request(self.path, method="POST", body=body, headers=headers)


def lists_of(round_: int, ids: list[int], viewers: list[str]) -> dict[str, Asked]:
    """Each list as nobody asked for it in another round."""
    user_id = viewers[round_ % len(viewers)]
    one, other, away, without = (ids[(round_ * 4 + place) % len(ids)] for place in range(4))
    fifty = [ids[(round_ * 7 + place * 11) % len(ids)] for place in range(_AT_ONCE)]
    own = {"user_id": user_id, "exclude_ids": without}
    members = [{"user_id": member} for member in viewers]
    blend = {"user_id": user_id, "like": [one, other], "unlike": [away]}
    return {
        "/recommend": Asked("/recommend?" + urlencode(own)),
        "similar": Asked(f"/items/{one}/similar"),
        "similar, for a viewer": Asked(f"/items/{one}/similar?user_id={user_id}"),
        "blend": Asked("/blend", blend),
        "group of 4": Asked("/recommend/group", {"members": members}),
        "shelves": Asked("/shelves?" + urlencode(own)),
        "path": Asked("/path?" + urlencode({"from": one, "to": other})),
        "tonight": Asked("/tonight?" + urlencode({**own, "country": "US"})),
        f"predictions of {_AT_ONCE}": Asked(
            f"/users/{user_id}/predictions?" + urlencode({"items": ",".join(map(str, fifty))})
        ),
    }


def main() -> int:
    """Prints the table; 1 when there is nothing to measure on."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    try:
        with (
            opened_catalogue(_KNOWN) as (settings, database, facts),
            made_viewers(database, facts, _HISTORY) as viewers,
        ):
            rows = _measure(settings, database, facts, viewers, rounds=rounds)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    b = rows["B"].milliseconds(50)
    print(f"{len(facts):,} titles, one connection, {rounds} rounds, not cached\n")
    print(f"{'':26}{'p50 ms':>8}{'p95 ms':>8}{'/ B':>8}")
    for name, timings in rows.items():
        p50 = timings.milliseconds(50)
        print(f"{name:26}{p50:8.2f}{timings.milliseconds(95):8.2f}{p50 / b:8.2f}")
    return 0


def _measure(
    settings: Settings,
    database: Database,
    facts: CatalogueFacts,
    viewers: list[str],
    *,
    rounds: int,
) -> dict[str, Timings]:
    numbers = settings.ranking
    learn = Viewers(database, TasteNumbers.of(numbers))
    ids = facts.ids[facts.by_popularity[:_KNOWN]].tolist()
    rows = {name: Timings() for name in ("B", *lists_of(0, ids, viewers))}
    with (
        service({"RATE_LIMIT_PER_MINUTE": "0"}) as api,
        psycopg.connect(database.libpq_url, autocommit=True, prepare_threshold=1) as connection,
        connection.cursor(binary=True) as cursor,
    ):
        set_breadth(cursor, numbers.retrieval)
        for round_ in range(_WARM_UP + rounds):
            if round_ == _WARM_UP:
                for timings in rows.values():
                    timings.runs.clear()
            user_id = viewers[round_ % len(viewers)]
            barest = barest_ann(database, facts, learn, user_id, numbers=numbers.retrieval)
            rows["B"].time(lambda: barest.run(cursor))  # noqa: B023
            for name, asked in lists_of(round_, ids, viewers).items():
                rows[name].time(lambda: asked.send(api))  # noqa: B023
            connection.execute(_FORGET, (viewers,))
    return rows


if __name__ == "__main__":
    sys.exit(main())
