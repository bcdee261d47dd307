"""Parts of the cases: by how much is known of a viewer, and by what they liked later."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from api.domain.arrays import Ints
from tests.evaluation.catalogue import Titles
from tests.evaluation.metrics import ndcg
from tests.evaluation.splits import Case

_BINS = ((1, 5), (6, 20), (21, 50), (51, 100), (101, 200), (201, None))
_LANGUAGES = 5  # the most frequent ones; the others together
_FEWEST_CASES = 5  # fewer say nothing


@dataclass(frozen=True, slots=True)
class Slice:
    """Mean NDCG of each recommender over some of the cases."""

    kind: str
    name: str
    cases: int
    ndcg: dict[str, float]


def slices(
    titles: Titles, cases: Sequence[Case], lists: Mapping[str, Sequence[Ints]]
) -> list[Slice]:
    """Every slice with enough cases."""
    found = []
    for kind, name, places, relevant in _parts(titles, cases):
        if len(places) >= _FEWEST_CASES:
            means = {
                recommender: float(
                    np.mean(
                        [
                            ndcg(own[place], wanted)
                            for place, wanted in zip(places, relevant, strict=True)
                        ]
                    )
                )
                for recommender, own in lists.items()
            }
            found.append(Slice(kind, name, len(places), means))
    return found


def _parts(
    titles: Titles, cases: Sequence[Case]
) -> Iterator[tuple[str, str, list[int], list[Ints]]]:
    lengths = np.array([len(case.history) for case in cases])
    quarters = np.quantile(lengths, (0.25, 0.5, 0.75)) if len(cases) else np.zeros(3)
    quarter_of = np.searchsorted(quarters, lengths, side="left")
    for quarter in range(4):
        yield "quarter by history", f"{quarter + 1}", *_chosen(cases, quarter_of == quarter)
    for low, high in _BINS:
        inside = (lengths >= low) & (lengths <= (high or lengths.max(initial=0)))
        name = f"{low}-{high}" if high else f"{low} and more"
        yield "ratings known", name, *_chosen(cases, inside)
    yield from _by_title(cases, "medium", lambda row: "series" if titles.is_show[row] else "film")
    yield from _by_title(cases, "language", _language(titles, cases))
    yield from _by_title(cases, "decade", lambda row: _decade(int(titles.year[row])))


def _chosen(
    cases: Sequence[Case], which: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[list[int], list[Ints]]:
    places = np.flatnonzero(which).tolist()
    return places, [cases[place].relevant for place in places]


def _by_title(
    cases: Sequence[Case], kind: str, label: Callable[[int], str]
) -> Iterator[tuple[str, str, list[int], list[Ints]]]:
    """For each label, what was liked of it: other hits of a list count as misses there."""
    parts: dict[str, dict[int, list[int]]] = {}
    for place, case in enumerate(cases):
        for row in case.relevant.tolist():
            parts.setdefault(label(row), {}).setdefault(place, []).append(row)
    for name in sorted(parts):
        rows = [np.array(own, dtype=np.int32) for own in parts[name].values()]
        yield kind, name, list(parts[name]), rows


def _language(titles: Titles, cases: Sequence[Case]) -> Callable[[int], str]:
    counts: dict[str, int] = {}
    for case in cases:
        for row in case.relevant.tolist():
            counts[titles.language[row]] = counts.get(titles.language[row], 0) + 1
    frequent = sorted(filter(None, counts), key=lambda one: (-counts[one], one))[:_LANGUAGES]

    def label(row: int) -> str:
        language = titles.language[row]
        return language if language in frequent else "other" if language else "unknown"

    return label


def _decade(year: int) -> str:
    return f"{year // 10 * 10}s" if year else "unknown"
