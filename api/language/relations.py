"""Requests that compare with a seed: "similar to Heat but newer", "older than Alien"."""

from api.language.entities import TitleAtTmdb
from api.language.reading import Finding, Reading
from api.language.years import FIRST, LAST, Years


def find_relations(reading: Reading) -> None:
    """Turns "newer" and "older" beside a seed into years, and takes the words."""
    seeds = [finding for finding in reading.found("seed") if not finding.is_negated]
    titles = reading.names.titles
    years = [titles.year(row) for f in seeds if isinstance(row := f.value, int)]
    years += [f.value.year or 0 for f in seeds if isinstance(f.value, TitleAtTmdb)]
    known = [year for year in years if year > 0]
    if not known:
        return
    words, title_words = reading.words, reading.lexicon.titles
    for place in range(len(words)):
        for stop in (place + 2, place + 1):
            phrase = words.phrase(place, stop)
            if not reading.is_free(place, min(stop, len(words))):
                continue
            span = None
            if phrase in title_words.newer:
                span = Years(max(known) + 1, LAST)
                label = f"{span.first} or later"
            elif phrase in title_words.older:
                span = Years(FIRST, min(known) - 1)
                label = f"Until {span.last}"
            if span is not None and stop <= len(words):
                reading.take(Finding("year", span, label, place, stop))
                break
