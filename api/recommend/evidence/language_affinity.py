"""The languages that the viewer likes more than they are common."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.domain.languages import language_of
from api.language.vocabulary.meanings import language_name
from api.platform.counted import counted_of
from api.recommend.evidence.kind import (
    Column,
    GivesReason,
    Kind,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.reason_facts import OftenChosenLanguage
from api.recommend.evidence.shapes import GroupAffinity
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm

# The affinity to a language that is liked twice as often as it is common.
_SPEAKS_FOR_ITSELF = 2 / 3


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    """Per candidate its language, where that marks the taste and the score has gone by it."""
    languages = query.facts.likely_language[ranking.pool.rows[ranking.order]]
    taste = query.viewer.taste
    for language, titles in taste.marking_languages.items():
        if taste.languages.get(language, 0.0) >= _SPEAKS_FOR_ITSELF:
            is_in_it = languages == language
            records["language"][is_in_it] = language
            records["language_titles"][is_in_it] = titles
            records["of_titles"][is_in_it] = taste.liked_titles


def _often_chosen(subject: Subject) -> dict[str, Any] | None:
    """Unless it has no name, as that of silent films has none."""
    if not (code := subject.record["language"]):
        return None
    language = language_of(code)
    if (name := language_name(language)) == language:
        return None
    count, titles = subject.record["language_titles"], subject.record["of_titles"]
    share = counted_of(count, titles, "title")
    told = {"language_code": language, "language": name, "share": share}
    return {**told, "count": count, "titles": titles}


LANGUAGE_AFFINITY = Kind(
    signal=ScoresTitles(
        "language_affinity",
        "how much more a language is liked than it is common",
        lambda _: GroupAffinity(
            "language_affinity",
            lambda facts, rows: facts.likely_language[rows],
            lambda taste: taste.languages,
        ),
        Weights(few=0.2, warm=0.2, lone=0.3, query=0.05),
    ),
    columns=(
        Column("language", "<i2"),  # where it marks the viewer's taste, else 0
        Column("language_titles", "<i2"),  # the viewer's titles in it
        Column("of_titles", "<i2"),  # of how many
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="language_affinity",
            form=ReasonForm(
                "In {language}, like {share}.",
                {"language": "Korean", "share": "7 of your 8 titles"},
            ),
            facts=OftenChosenLanguage,
            signals=("language_affinity",),
            is_personal=True,
            evidence=_often_chosen,
        ),
    ),
)
