"""What is mild enough for an adult who refuses violence, sex or the like, by certificates, genres
and keywords together.

Of a child, and where an age is said, api/recommend/constraints/age.py decides: there what nobody
has rated is left out. Of the titles of Denmark one in six has a certificate, so that a page for
adults would be empty; and Korea's thrillers have a mild one abroad that says little.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.genres import genre_bits, genre_id
from api.domain.maturity import WELL_KEPT
from api.language.vocabulary.moods import VIOLENT
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle

_TURN = 25
_RELAXED_AGE = 16  # what is for adults alone is never let through

# ix of certificates' primary key reads all of it: 40 ms for 30,000 titles, once for a catalogue.
_ABOVE = """
SELECT item_id, max(age) FROM certificates
WHERE country = ANY(%(countries)s::text[]) AND age > %(age)s GROUP BY item_id
"""
_HARSH = frozenset(found for name in ("Action", "War", "Horror") if (found := genre_id(name)))
# Mild ones are rated so; of one that nobody has rated nobody knows.
_DOUBTFUL = frozenset(
    found for name in ("Crime", "Thriller", "Western") if (found := genre_id(name))
)
_LIGHT = frozenset(found for name in ("Family",) if (found := genre_id(name)))


@dataclass(frozen=True, slots=True)
class MildEnough(Constraint):
    """For no older age by any board that counts; what none has rated comes behind.

    Up to 16 years where a page cannot be filled, before the genre that is asked for gives way.
    """

    code = "too_harsh"
    intent_field = "exclude_content"
    relaxed_as = "content"
    turns = (_TURN,)

    age: int
    country: str
    harsh: frozenset[int] = frozenset()  # genres that are suspected of it, however mild the age
    doubtful: frozenset[int] = frozenset()  # those that are where nobody has rated the title
    # Ids of the titles above the age, and above that of the relaxed one, ascending.
    titles: tuple[Ints, Ints] | None = field(default=None, compare=False)

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["MildEnough"]:
        intent = asked.intent
        if intent.age_max is None or not intent.age_is_of_content or asked.is_limited:
            return
        is_of_violence = VIOLENT in intent.excluded_moods
        wanted = frozenset().union(*intent.genres)
        yield cls(
            "words",
            intent.age_max,
            asked.request.country,
            _HARSH - wanted if is_of_violence else frozenset(),
            _DOUBTFUL - wanted if is_of_violence else frozenset(),
        )

    def looked_up(self, cursor: Cursor[Any]) -> "MildEnough":
        asked = {"countries": [*{*WELL_KEPT, self.country}], "age": self.age}
        rows = cursor.execute(_ABOVE, asked).fetchall()
        above = np.unique(np.array([row[0] for row in rows], dtype=np.int32))
        relaxed = [row[0] for row in rows if row[1] > _RELAXED_AGE]
        return replace(self, titles=(above, np.unique(np.array(relaxed, dtype=np.int32))))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("certificates are looked up before titles are compared with them")
        above = self.titles[1 if self.is_relaxed else 0]
        return np.asarray((facts.age[rows] > self.age) | facts.are_among(rows, above))

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> NDArray[np.int8]:
        genres = facts.genres[rows]
        is_rated = facts.age[rows] >= 0
        is_light = (genres & np.uint32(genre_bits(_LIGHT))) != 0
        is_harsh = ((genres & np.uint32(genre_bits(self.harsh))) != 0) & ~is_light
        is_doubtful = ((genres & np.uint32(genre_bits(self.doubtful))) != 0) & ~is_light
        if self.harsh or self.doubtful:
            is_doubtful |= genres == 0
        worst = is_harsh | (is_doubtful & ~is_rated)
        return np.where(worst, 2, np.where(is_rated, 0, 1)).astype(np.int8)

    def looser(self, turn: int) -> "MildEnough":
        if turn != _TURN or self.age >= _RELAXED_AGE:
            return self
        return replace(self, age=_RELAXED_AGE, is_relaxed=True)

    def explain(self, title: PreviewedTitle) -> Explained:
        age = int(title.facts.age[title.row])
        rated = f"Rated {age} here" if age > self.age else "Rated higher by another board"
        sentence = (
            f"{rated}; what the request refuses is told by ages above {self.age}{self.widened}."
        )
        evidence = {"age": age if age >= 0 else None, "allowed": self.age}
        return sentence, evidence | {"certificate": title.record["maturity_rating"]}
