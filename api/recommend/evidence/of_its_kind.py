"""Whether a title is of the kind that the viewer's own are: film or show, genres, language, years.

Who has named shows alone means shows, in their language and of their country; who has named
documentaries alone means those, who has named five films of the 1940s means such films, and a
family whose titles are all for children does not mean what is from 18. A famous title that viewers
of everything like beside all others is held back by it, where sums of signals let it in.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask, is_among
from api.domain.countries import SHARING
from api.domain.genres import genre_bits, genre_flags
from api.platform.counted import counted_of
from api.recommend.evidence.fields_of_kind import (
    KeptUsual,
    Logs,
    Usual,
    bits_of,
    by_group,
    countries_of,
    fields_of,
    language_of,
    likelier,
    of_dislikes,
)
from api.recommend.evidence.kind import (
    MOST_REASONS,
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    Needs,
    ScoresTitles,
    Subject,
)
from api.recommend.evidence.one_story import OneStory, one_story
from api.recommend.evidence.own_titles import OwnTitles
from api.recommend.evidence.reason_facts import OftenChosenCountry
from api.recommend.evidence.shared_story import SharedStory
from api.recommend.evidence.votes import vote
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm
from config.ranking import OfItsKind

_DOCUMENTARY = np.uint32(genre_bits([99]))
_LEAST_OF_MEDIUM = 0.01  # what is left of a film where all are shows, however many
# A narrow sort has few titles, and bad ones come up: what voters like less than the viewer's own
# by more than the first (of 1, which is 4 of 10) loses as much as the second for each further 1.
_NO_WORSE, _WORSE = 0.15, 3.5
_FEWEST_OF_NARROW = 4  # films; one of the 1930s is of its decade, whatever else the viewer likes
_FEWEST_OF_MAKER, _SHARE_OF_MAKER = 3, 0.5  # of the viewer's own, for a taste to be one maker's
# A genre that all of the viewer's own have marks them where so many times fewer titles have it than
# theirs, a log. What has it, too, loses no more than so much for its others: each of animation,
# fantasy and family brings the others, and a drawn film is of the kind without two of them.
_MARKS, _MOST_BY_OTHER_GENRES = 1.8, 2.0


class OfItsKindSignal(Scorer):
    """What is left of each score, in (0, 1]: 1 for what is as much of its kind as the viewer's own.

    By its fields, see fields_of_kind.py, and by its story. A taste that is as wide as others' says
    nothing by this, and is spared it: see `Leaning`. 0.3 ms for 1,300 candidates, and 3 more for a
    taste whose stories lie together, for which their vectors are compared.
    """

    name = "of_its_kind"

    def __init__(self, numbers: OfItsKind, one_story: OneStory | None = None) -> None:
        """Without `one_story` no vectors are looked at."""
        self._numbers = numbers
        self._one_story = one_story
        self._usual = KeptUsual()
        self._shared_story = SharedStory()

    def applies_to(self, query: Query) -> bool:
        return not (query.request.text or query.request.names_titles)

    def score(self, query: Query, pool: Pool) -> Floats:
        return self.left_of(query, pool.rows, by_vectors=True)

    def is_narrow(self, query: Query) -> bool:
        """Whether the viewer's own are of one story, or of a language that few are in."""
        own = OwnTitles.of(query)
        if len(own.liked) == 0:
            return False
        usual = self._usual.of(query.facts, shows=own.shows_alone)
        if _are_documentaries(query.facts, own.liked).all() or self._share_of_vectors(query) > 0:
            return True
        by_language = self._power_of_language(query.facts, own, usual)
        return by_language > 0 or self._share_of_story(query) > 0

    def left_of(self, query: Query, rows: Ints, *, by_vectors: bool) -> Floats:
        """The signal of these rows of the facts, in (0, 1].

        `by_vectors`: with a look at their vectors, where those of the viewer's own tell one story.
        """
        own, facts, numbers = OwnTitles.of(query), query.facts, self._numbers
        if not self.applies_to(query) or len(own.liked) == 0:
            return np.ones(len(rows), dtype=np.float32)
        by_story, by_nearness = self._share_of_story(query), self._share_of_vectors(query)
        usual = self._usual.of(facts, shows=own.shows_alone)
        by_genres, by_others = self._behind(facts, rows, own, usual, max(by_story, by_nearness))
        fit = -by_genres
        of_story = by_story * numbers.story.power
        if of_story > 0:
            fit -= of_story * self._shared_story.less(query, own, facts.ids[rows])
        of_vectors = by_nearness * numbers.one_story.power
        if by_vectors and of_vectors > 0 and self._one_story is not None:
            fit -= of_vectors * self._one_story.farther(query, facts.ids[rows])
        power = max(of_story, of_vectors, self._power_of_language(facts, own, usual))
        fit -= power * _worse(facts, rows, own.liked)
        # The kind of a taste that is one maker's is what that maker made, of whichever genre.
        fit[is_among(facts.ids[rows], _of_maker(query, own))] = 0
        left = np.exp(fit - by_others).clip(self._numbers.least, 1)
        left *= _of_medium(facts, rows, own.liked) * _of_documentaries(facts, rows, own.liked)
        return np.asarray(left, dtype=np.float32)

    def _behind(
        self, facts: CatalogueFacts, rows: Ints, own: OwnTitles, usual: Usual, share: float
    ) -> tuple[Logs, Logs]:
        """How much less of the kind each of these rows is by its genres and by its other fields,
        from 0.

        `share`: how narrow the stories of the viewer's own are, in [0, 1].
        """
        numbers = self._numbers
        genres, *others = fields_of(facts, rows, own, usual, numbers)
        share = max(share, *(other.share for other in others))
        # Who is as narrow as can be in one thing means the genres, too, that such titles share.
        if share == 1 and len(own.liked) >= _FEWEST_OF_NARROW and not own.shows_alone:
            genres = replace(genres, leaning=numbers.genres_of_narrow or numbers.genres)
        by_genres = genres.behind()
        is_marked = (facts.genres[rows] & _marking(facts, own, usual)) != 0
        by_genres[is_marked] = by_genres[is_marked].clip(max=_MOST_BY_OTHER_GENRES)
        if len(own.disliked) and numbers.disliked.power:
            by_genres += bits_of(facts, rows) @ of_dislikes(facts, own, usual, numbers.disliked)
        return by_genres, sum((other.behind() for other in others), np.zeros(len(rows)))

    def _share_of_story(self, query: Query) -> float:
        """How narrow the story is that the viewer's own share, in [0, 1]; 0 where they share no
        more than by chance, which is so of most viewers and worked out once for each.
        """
        shared = self._shared_story.of(query)
        return 0.0 if shared is None else self._numbers.story.share_at(shared.narrowness)

    def _share_of_vectors(self, query: Query) -> float:
        """The same of how near their stories lie."""
        if self._one_story is None or not self.applies_to(query):
            return 0.0
        story = self._one_story.of(query)
        if story is None:
            return 0.0
        by_keywords = self._share_of_story(query)
        return self._numbers.one_story.share_at(story.narrowness + by_keywords)

    def _power_of_language(self, facts: CatalogueFacts, own: OwnTitles, usual: Usual) -> float:
        return self._numbers.language.power_at(float(language_of(facts, own, usual).mean()))


class NoteCountry:
    """Of shows that `KnownOfLanguage` proposed the country that marks the viewer's own shows."""

    def __init__(self) -> None:
        self._usual = KeptUsual()

    def __call__(self, query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
        """Notes it: three shows at least and a quarter of all, three times as many as is usual."""
        facts, own = query.facts, OwnTitles.of(query)
        rows = ranking.pool.rows[ranking.order]
        proposed = ranking.pool.found_by("of_its_kind")[ranking.order] & facts.is_show[rows]
        if len(own.liked) == 0 or not own.shows_alone or not proposed.any():
            return
        titles = len(own.liked)
        counts = countries_of(facts, own.liked).sum(axis=0, dtype=np.int64)
        usual = self._usual.of(facts, shows=True).countries
        marks = (counts >= max(3, titles / 4)) & (counts >= 3 * usual * titles)
        for bit in sorted(np.flatnonzero(marks).tolist(), key=lambda bit: counts[bit]):
            is_of_it = proposed & ((facts.countries[rows] >> np.uint64(bit) & np.uint64(1)) == 1)
            records["country"][is_of_it] = bit + 1
            records["country_titles"][is_of_it] = counts[bit]
            records["of_shows"][is_of_it] = titles


def _of_country(subject: Subject) -> dict[str, Any] | None:
    place: int = subject.record["country"]
    if not place or len(subject.codes) >= MOST_REASONS:
        return None
    code, country = [*SHARING.items()][place - 1]
    count, titles = subject.record["country_titles"], subject.record["of_shows"]
    told = {
        "country_code": code,
        "country": country.name,
        "share": counted_of(count, titles, "show"),
    }
    return {**told, "count": count, "titles": titles}


class KnownOfLanguage(Source):
    """The best known titles in the viewer's language, or of the country, where not the usual one.

    Other sources find few of them where few are: the best of a small part of the catalogue are not
    among the best of it all. Where all of the viewer's own are shows, shows come before films, and
    films before shows where all are films.
    """

    name = "of_its_kind"

    def __init__(self, numbers: OfItsKind, k: int) -> None:
        """At most `k` titles; 0 turns the source off."""
        self._language = numbers.language
        self._of_countries = numbers.countries
        self._k = k
        self._usual = KeptUsual()

    def applies_to(self, query: Query) -> bool:
        request = query.request
        return self._k > 0 and not (request.text or request.names_titles or query.likeness)

    def retrieve(self, query: Query) -> Retrieved:
        facts, languages = query.facts, self._languages(query)
        countries = self._countries(query)
        if len(languages) == 0 and countries == 0:
            return Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))
        meant = np.isin(facts.likely_language, languages) | ((facts.countries & countries) != 0)
        rows = np.flatnonzero(query.allowed & meant).astype(np.int32)
        own_medium = _of_medium(facts, rows, OwnTitles.of(query).liked)
        rows = rows[np.lexsort((rows, -facts.vote_count[rows], -own_medium))]
        rows = rows[: self._k]
        return Retrieved(facts.ids[rows], facts.fame_percentile[rows])

    def _languages(self, query: Query) -> NDArray[np.integer[Any]]:
        """The languages that the viewer's own titles are in more often than is usual."""
        facts, liked = query.facts, OwnTitles.of(query).liked
        if len(liked) == 0:
            return np.empty(0, np.int16)
        own = facts.likely_language[liked]
        usual = self._usual.of(facts, shows=False).languages
        meant = np.unique(own[by_group(own, len(own), usual) > self._language.narrow])
        return meant[meant > 0]

    def _countries(self, query: Query) -> np.uint64:
        """Those that the viewer's own titles are of more often than is usual, as a bit mask."""
        facts, liked = query.facts, OwnTitles.of(query).liked
        if len(liked) == 0 or not facts.is_show[liked].all():
            return np.uint64(0)
        usual = self._usual.of(facts, shows=True).countries
        own = countries_of(facts, liked)
        logs = likelier(own.sum(axis=0, dtype=np.float64), len(liked), usual)
        meant = own.any(axis=0) & (logs > self._of_countries.narrow)
        return np.uint64(sum(1 << int(bit) for bit in np.flatnonzero(meant)))


def _of_maker(query: Query, own: OwnTitles) -> Ints:
    """The ids of what those made, ascending, who are behind most of the viewer's own films."""
    taste = query.viewer.taste
    fewest = max(_FEWEST_OF_MAKER, _SHARE_OF_MAKER * len(own.liked))
    makers = [person.person_id for person in taste.people if person.titles >= fewest]
    found = taste.of_people
    is_theirs = np.isin(found.because, makers) & is_among(found.items, taste.made_by_people)
    return found.items[is_theirs]


def _marking(facts: CatalogueFacts, own: OwnTitles, usual: Usual) -> np.uint32:
    """The genres that mark the viewer's own films, as a bit mask."""
    if own.shows_alone or len(own.liked) < _FEWEST_OF_NARROW:
        return np.uint32(0)
    common = np.bitwise_and.reduce(facts.genres[own.liked])
    count = np.array(float(len(own.liked)))
    marks = likelier(np.broadcast_to(count, usual.genres.shape), len(own.liked), usual.genres)
    marking = np.flatnonzero(genre_flags(np.array([common]))[0] & (marks >= _MARKS))
    return np.uint32(sum(1 << int(bit) for bit in marking))


def _worse(facts: CatalogueFacts, rows: Ints, liked: Ints) -> Logs:
    """From 0: how much less well voters think of each than of the viewer's own."""
    behind = vote(facts, liked).mean() - vote(facts, rows) - _NO_WORSE
    return np.asarray(_WORSE * behind.clip(0), dtype=np.float64)


def _of_medium(facts: CatalogueFacts, rows: Ints, liked: Ints) -> Floats:
    """Among n titles of which k are shows a film has the odds (n - k + 2) / (k + 2), cubed.

    One title tells little by that, and five of one medium nearly all.
    """
    shows, is_show = int(facts.is_show[liked].sum()), facts.is_show[rows]
    left = np.empty(len(rows), dtype=np.float32)
    left[~is_show] = _odds(len(liked) - shows, len(liked))
    left[is_show] = _odds(shows, len(liked))
    return left


def _of_documentaries(facts: CatalogueFacts, rows: Ints, liked: Ints) -> Floats:
    """Who has documentaries alone means those; they are a form, which no genre beside it tells.

    Who has one invented story among them is shown both as before, as is who has none.
    """
    left = np.ones(len(rows), dtype=np.float32)
    if _are_documentaries(facts, liked).all():
        left[~_are_documentaries(facts, rows)] = _odds(0, len(liked))
    return left


def _are_documentaries(facts: CatalogueFacts, rows: Ints) -> Mask:
    return np.asarray((facts.genres[rows] & _DOCUMENTARY) != 0)


def _odds(such: int, liked: int) -> float:
    return max(min((such + 2) / (liked - such + 2), 1.0) ** 3, _LEAST_OF_MEDIUM)


def of_its_kind(needs: Needs) -> OfItsKindSignal:
    """The signal, which reads vectors of stories."""
    return OfItsKindSignal(needs.numbers.of_its_kind, one_story(needs))


OF_ITS_KIND = Kind(
    sources=(
        FindsTitles(
            "of_its_kind",
            "the best known titles in the viewer's language, or the country of the shows, where it "
            "is not the usual one",
            lambda needs: KnownOfLanguage(needs.numbers.of_its_kind, needs.numbers.of_its_kind.k),
        ),
    ),
    signal=ScoresTitles(
        "of_its_kind",
        "the share of its score that is left for being of the viewer's kind: film or show, "
        "documentary or invented, genres, language, country of shows, years, age, story",
        lambda needs: needs.once(of_its_kind),
        None,
    ),
    columns=(
        Column("country", "<i1"),  # its place in SHARING from 1, where it marks the taste, else 0
        Column("country_titles", "<i2"),  # the viewer's shows of it
        Column("of_shows", "<i2"),  # of how many
    ),
    note=NoteCountry(),
    reasons=(
        # What is left of a score has no share in it, so this stands behind what has.
        GivesReason(
            code="country_affinity",
            form=ReasonForm(
                "From {country}, like {share}.",
                {"country": "the United Kingdom", "share": "4 of your 5 shows"},
            ),
            facts=OftenChosenCountry,
            stands="behind",
            is_personal=True,
            evidence=_of_country,
        ),
    ),
)
