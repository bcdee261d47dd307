"""What caches tell of themselves."""

from cachetools import LRUCache

from api.platform.cache_counts import CacheCounts, CacheFigures


def test_what_was_asked_for_at_once_counts_each() -> None:
    counts, cache = CacheCounts(), LRUCache[int, str](2)
    counts.count(hits=False)
    cache[1] = "one"
    counts.count(hits=True)
    counts.count(asked=5, hits=3)
    assert counts.figures(cache) == CacheFigures(hits=4, misses=3, entries=1, most=2)
