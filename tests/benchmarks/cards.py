"""`python -m tests.benchmarks.cards ROUNDS`: what making the cards of a page takes beside the page.

In turns: page 1 of a service, none of it cached but its cards; and, in this process, the cards
of twenty titles made anew of their rows, and at hand. Of the database of DATABASE_URL or DATA_DIR.
"""

import argparse
import itertools
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from api.catalogue.facts.load_facts import load_facts
from api.catalogue.items.cards import ItemCards
from api.platform.database import opened_database
from config.settings import Settings
from tests.benchmarks.__main__ import HISTORY, path_of_page
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.servers import service

_PAGE = 20
_TITLES = 4_000  # whose cards are made, in turns
_COUNTRY = "US"


def main() -> int:
    """Prints milliseconds at the median, and bytes of a card."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cards")
    parser.add_argument("rounds", type=int)
    rounds = parser.parse_args().rounds
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        new_cards = partial(ItemCards, database, image_url="https://image.tmdb.org/t/p/w500")
        cards, numbers = new_cards(), itertools.count()
        ids = facts.ids[facts.by_popularity[:_TITLES]].tolist()
        places = itertools.cycle(range(0, len(ids), _PAGE))
        with (
            made_viewers(database, facts, HISTORY) as viewers,
            service({"RATE_LIMIT_PER_MINUTE": "0"}) as api,
        ):
            fresh = itertools.cycle(viewers)

            def page() -> object:
                weight = 0.1 + next(numbers) * 1e-6  # one that nobody asked for before
                return api.request(path_of_page(next(fresh), mixer_novelty_weight=weight))

            def anew() -> object:
                place = next(places)
                return new_cards().of(ids[place : place + _PAGE], country=_COUNTRY, version=1)

            def at_hand() -> object:
                return cards.of(ids[:_PAGE], country=_COUNTRY, version=1)

            at_hand()
            asked = {"page 1": page, "cards anew": anew, "cards at hand": at_hand}
            took = _in_turns(asked, rounds)
        found = cards.of(ids, country=_COUNTRY, version=1)
    for name, milliseconds in took.items():
        print(f"{name:16}{statistics.median(milliseconds):8.2f} ms")
    print(f"{statistics.mean(len(one.open_json) for one in found.values()):.0f} bytes a card")
    return 0


def _in_turns(asked: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, ask in asked.items():
            start = time.perf_counter()
            ask()
            took[name].append((time.perf_counter() - start) * 1000)
    return took


if __name__ == "__main__":
    sys.exit(main())
