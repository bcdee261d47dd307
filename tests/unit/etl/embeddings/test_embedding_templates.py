"""The texts that are embedded: complete, and free of what is unknown."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.embeddings.described_titles import DescribedTitle
from etl.embeddings.templates import TEMPLATES, TemplateName, hash_of

# No digits, nor letters of placeholders: where a text has them, its template put them there.
_LETTERS = st.characters(categories=("L", "M", "P", "Zs"), exclude_characters="NnuU")
_WORDS = st.text(_LETTERS, max_size=20)
_TITLES = st.builds(
    DescribedTitle,
    id=st.integers(1, 10**9),
    media_type=st.sampled_from(["movie", "tv"]),
    title=st.text(_LETTERS, min_size=1, max_size=20),
    year=st.none() | st.integers(1900, 2030),
    genres=st.lists(_WORDS, max_size=3).map(tuple),
    overview=_WORDS,
    makers=st.lists(_WORDS, max_size=3).map(tuple),
    actors=st.lists(_WORDS, max_size=3).map(tuple),
    keywords=st.lists(_WORDS, max_size=3).map(tuple),
)
_FILM = DescribedTitle(
    id=1,
    media_type="movie",
    title="The Lantern Keeper",
    year=1987,
    genres=("Drama", "Mystery"),
    overview="A keeper counts ships that never land.",
    makers=("Ada Quill",),
    actors=("Bo Reed", "Cy Holm"),
    keywords=("lighthouse", "fog"),
)


# `story` names nothing on purpose.
_NAMING: list[TemplateName] = [name for name in TEMPLATES if name != "story"]


@pytest.mark.parametrize("name", TEMPLATES)
@given(title=_TITLES)
def test_no_text_says_none_or_ends_in_an_empty_field(
    name: TemplateName, title: DescribedTitle
) -> None:
    text = TEMPLATES[name](title)
    assert "None" not in text
    assert "null" not in text.casefold()
    assert text
    assert not text.endswith(": ")


@pytest.mark.parametrize("name", _NAMING)
@given(title=_TITLES)
def test_every_other_text_has_the_title(name: TemplateName, title: DescribedTitle) -> None:
    assert title.title in TEMPLATES[name](title)


@pytest.mark.parametrize("name", _NAMING)
@given(title=_TITLES)
def test_the_only_figure_in_a_text_is_the_year(name: TemplateName, title: DescribedTitle) -> None:
    figures = set(re.findall(r"[0-9]+", TEMPLATES[name](title)))
    assert figures == ({str(title.year)} if title.year else set())


def test_a_title_that_is_called_none_keeps_its_name() -> None:
    named = replace(_FILM, title="None", year=None)
    for name in _NAMING:
        assert TEMPLATES[name](named).count("None") == 1


def test_natural_reads_as_sentences() -> None:
    assert TEMPLATES["natural"](_FILM) == (
        "The Lantern Keeper: drama and mystery film of 1987, directed by Ada Quill, with Bo Reed "
        "and Cy Holm. A keeper counts ships that never land. About lighthouse, fog."
    )


def test_structured_has_a_line_per_known_field() -> None:
    lines = TEMPLATES["structured"](_FILM).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "Title", "Type", "Genres", "Keywords", "Director", "Cast", "Overview",
    ]  # fmt: skip


def test_a_story_has_no_names_but_where_nothing_else_is_known() -> None:
    assert TEMPLATES["story"](_FILM) == (
        "A keeper counts ships that never land. About lighthouse, fog."
    )
    assert TEMPLATES["story"](replace(_FILM, keywords=())) == _FILM.overview
    unknown = replace(_FILM, keywords=(), overview="")
    assert TEMPLATES["story"](unknown) == TEMPLATES["natural"](unknown)


def test_every_template_gives_another_text() -> None:
    assert len({render(_FILM) for render in TEMPLATES.values()}) == len(TEMPLATES)


def test_the_hash_tells_texts_apart() -> None:
    assert hash_of("a") == hash_of("a")
    assert hash_of("a") != hash_of("b")
    assert len(hash_of("a")) == 16
