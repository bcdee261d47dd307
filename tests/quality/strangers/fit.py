"""`python -m tests.quality.strangers.fit FOLDER`: learns where the answers to requests lie.

Prints the share of the right answers among the titles nearest to each request's vector, as it is
and moved (api/recommend/hydrate/toward_answers.py): cross-validated over three quarters of the
requests, and of the quarter that is held back, from which nothing is learned. `--write` puts what
three quarters teach into the project, and `python -m tests.quality.strangers FOLDER --held-back`
judges the lists that follow. FOLDER and catalogue are those of that program.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from api.domain.arrays import Floats
from api.http.services import Services
from api.platform.database import open_database
from api.platform.errors import SeenEmAllError
from api.recommend.hydrate.toward_answers import write_toward_answers
from api.recommend.request import RecommendRequest
from api.recommend.trait_model import traits_of, write_trait_model
from api.viewers.versions import read_versions
from config.settings import Settings
from tests.evaluation.bootstrap import intervals
from tests.quality.measure import open_services
from tests.quality.strangers.catalogue import Titles, read_titles
from tests.quality.strangers.learned import Asked, cross_validated, found, learn, learn_traits
from tests.quality.strangers.requests import StrangersRequest, is_held_back, read_requests

_SEED, _RESAMPLES = 7, 2000
_EVERY = 1_000_000
_AT_ONCE = 64  # texts that are encoded together


def main() -> int:
    """Prints the shares per kind, before and after, with an interval for the difference."""
    asked = _arguments()
    settings = Settings.load()
    try:
        kinds = read_requests(asked.folder, most=_EVERY)
        database = open_database(settings)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        with threadpool_limits(1), open_services(settings, database) as services:
            versions = read_versions(database, "strangers", None)
            titles = read_titles(database, versions.space_id, versions.model_id)
            every = [one for requests in kinds.values() for one in requests]
            model = versions.space_model or settings.embed_model
            found = _as_searched(services, every, titles)
            _learn(found, titles, model, write=asked.write)
            if asked.write:
                _write_facts(found, titles, _columns(services, titles), model)
    finally:
        database.close()
    return 0


def _learn(requests: Sequence[Asked], titles: Titles, model: str, *, write: bool) -> None:
    rest = [one for one in requests if not is_held_back(one.id)]
    held_back = [one for one in requests if is_held_back(one.id)]
    learned = learn(rest, titles)
    _print("cross-validated", rest, cross_validated(rest, titles))
    _print("held back", held_back, found(held_back, titles, learned))
    if write:
        print(f"\n{write_toward_answers(model, learned)}")


def _write_facts(requests: Sequence[Asked], titles: Titles, columns: Floats, model: str) -> None:
    rest = [one for one in requests if not is_held_back(one.id)]
    print(write_trait_model(model, learn_traits(rest, titles, columns)))


def _columns(services: Services, titles: Titles) -> Floats:
    """The facts of the titles, row for row; those that may not be recommended have none."""
    asked = services.runs.prepare(RecommendRequest(user_id="strangers"))
    facts = asked.query.facts
    own = traits_of(facts, np.arange(len(facts), dtype=np.int32))
    found = np.zeros((len(titles.keys), own.shape[1]), dtype=np.float32)
    row = {key: place for place, key in enumerate(titles.keys)}
    for place, (is_show, number) in enumerate(zip(facts.is_show, facts.tmdb_id, strict=True)):
        key = ("tv" if is_show else "movie", int(number))
        if key in row:
            found[row[key]] = own[place]
    return found


def _print(name: str, requests: Sequence[Asked], values: NDArray[np.float64]) -> None:
    kinds = np.array([one.kind for one in requests])
    for kind in sorted({*kinds.tolist()}):
        before, after = values[kinds == kind].T
        cells = intervals(np.column_stack([before, after, after - before]), _SEED, _RESAMPLES)
        said = "  ".join(f"{one.mean:.3f} [{one.low:.3f}, {one.high:.3f}]" for one in cells)
        print(f"{name:16}{kind:12}{len(before):5}  {said}")


def _as_searched(
    services: Services, requests: Sequence[StrangersRequest], titles: Titles
) -> list[Asked]:
    """Those that leave words to search with and have answers with a story."""
    row = {key: place for place, key in enumerate(titles.keys) if titles.vectors[place].any()}
    found = []
    for request in requests:
        rows = {row[key]: grade for key, grade in request.grades.items() if key in row}
        given = services.runs.prepare(RecommendRequest(user_id="strangers", text=request.text))
        version, today = given.query.facts.version, given.query.now.date()
        intent = services.interpreter.read(request.text, version=version, today=today)
        query = replace(given.query, intent=intent)
        if rows and query.words and intent.named_title is None:
            found.append((request, rows, query.text_kind, query.words))
    vectors = _encoded(services, [words for *_, words in found])
    shares = services.settings.ranking.query.toward_answers
    return [
        Asked(
            request.id,
            request.kind,
            shares.share(text_kind),
            vector,
            np.array([*rows]),
            np.array([*rows.values()], dtype=np.float32),
            is_plot=text_kind == "plot",
        )
        for (request, rows, text_kind, _), vector in zip(found, vectors, strict=True)
    ]


def _encoded(services: Services, texts: Sequence[str]) -> Floats:
    parts = [texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]
    return np.concatenate([services.encoder.encode(part) for part in parts])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.strangers.fit", description=__doc__
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="what was learned, into the project")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
