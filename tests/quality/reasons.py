"""`python -m tests.quality.reasons PAGES [--ratings SET]`: the reasons on so many first pages.

Each is of another viewer, of a copy of the database of DATABASE_URL or DATA_DIR: half of them rated
what viewers of the ratings set did, and the others, all without a set, are invented. They ask in
words and without, for films, shows and a genre. The first reason has to be the largest contribution
that could be named (nameable.py), those behind it have to stand in their order, each claim is held
against the database by the SQL of tests/acceptance/test_recommend_evidence.py, and no sentence may
stand twice in a row. What a page says of its contributions is as it was recorded with the list.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import read_similarity
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from config.settings import Settings
from tests.acceptance.conftest import Service, serving
from tests.acceptance.test_recommend_evidence import Known, known_of, shares_told, taste_of, verify
from tests.evaluation.catalogue import read_titles
from tests.evaluation.database import copy_of_catalogue
from tests.evaluation.run import read_known
from tests.quality.invented_viewers import Seen, invented, of_ratings, write_histories
from tests.quality.nameable import Page, told_of

# Contributions are told to four digits, and a reason may be made of two.
_ROUNDING = 2e-4
REQUESTS: tuple[dict[str, Any], ...] = (
    {},
    {"query": "a heist that goes wrong"},
    {"media_type": "tv"},
    {"diversify": False},
    {"query": "crime films from the 90s under two hours"},
    {"genre_override": "Comedy"},
    {},
    {"query": "something like Heat"},
    {"media_type": "movie", "limit": 50},
    {"query": "comedies in French"},
)


def main() -> int:
    """Prints the counts; 1 where a page has a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.reasons", description=__doc__)
    parser.add_argument("pages", type=int)
    parser.add_argument("--ratings", type=Path, help="a set in MovieLens' format")
    asked = parser.parse_args()
    try:
        settings = Settings.load()
        with copy_of_catalogue(settings) as database:
            viewers = _write_viewers(database, asked.pages, asked.ratings)
            with serving(database, settings.data_dir) as service:
                found = counted(service, viewers, read_similarity(database))
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, count in sorted(found.items()):
        print(f"{name}: {count}")
    return 1 if any(name.startswith("fault") for name in found) else 0


def _write_viewers(database: Database, pages: int, ratings: Path | None) -> list[str]:
    titles = read_titles(database)
    histories: list[tuple[str, Sequence[Seen]]] = []
    if ratings is not None:
        histories += of_ratings(titles, read_known(ratings, titles)[0], pages // 2)
    histories += invented(titles, pages - len(histories))
    write_histories(database, histories)
    return [name for name, _ in histories]


def counted(service: Service, viewers: Sequence[str], similarity: ItemSimilarity) -> Counter[str]:
    """Pages, titles and reasons by code, and what is wrong with them."""
    found: Counter[str] = Counter()
    for page in pages_of(service, viewers, similarity):
        found.update(of_page(page))
    return found


def pages_of(
    service: Service, viewers: Sequence[str], similarity: ItemSimilarity
) -> Iterator[Page]:
    """A first page of each viewer, each asking for something else than the one before."""
    wholes: dict[str | None, Known] = {}  # the titles, read once for each of the texts
    for number, user_id in enumerate(viewers):
        request = REQUESTS[number % len(REQUESTS)]
        query = request.get("query")
        if query not in wholes:
            wholes[query] = known_of(service, "", query, None)
        chosen, praised = taste_of(service, user_id)
        known = replace(wholes[query], user_id=user_id, chosen=chosen, praised=praised)
        items = service.recommend(user_id, debug=True, **request)["items"]
        yield Page(known, items, similarity, in_words=query is not None)


def of_page(page: Page) -> Iterator[str]:
    """What there is on a page, and a line for each fault."""
    yield "pages"
    said = [item["explanation"] for item in page.items]
    yield from ("fault: a sentence twice in a row" for one, other in pairwise(said) if one == other)
    for item, told in told_of(page):
        yield "titles"
        codes = [reason["code"] for reason in item["reasons"]]
        yield f"first reason {codes[0]}"
        if not told.is_largest:
            contributed = item["debug"]["contributions"]
            yield (
                f"fault: the first reason tells {told.first:.4f}, the largest is {told.least:.4f} "
                f"to {told.most:.4f}: {item['title']}, {codes}, {contributed}, {page.known.user_id}"
            )
        shares = shares_told(item)
        if any(other > one + _ROUNDING for one, other in pairwise(shares)):
            yield "fault: a smaller contribution before a larger one"
        try:
            verify(page.known, [item])
        except AssertionError:
            yield f"fault: untrue of {item['title']}: {codes}"


if __name__ == "__main__":
    sys.exit(main())
