"""What language a title is likely of, by the letters it is written in."""

import pytest

from api.domain.languages import LANGUAGES, language_of_script


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("시그널", "ko"),
        ("재벌X형사", "ko"),  # a Latin letter among them
        ("21세기 대군부인", "ko"),
        ("鬼滅の刃", "ja"),  # one letter beside Chinese characters
        ("シャングリラ・フロンティア", "ja"),
        ("เด็กใหม่", "th"),
        ("呪術廻戦", None),  # Chinese or Japanese
        ("我是歌手", None),
        ("Брат", None),
        ("El señor de los cielos", None),
        ("Queen of Tears", None),
        ("", None),
        ("2046", None),
        ("WALL·E", None),
    ],
)
def test_a_script_of_one_language_alone_tells_it(title: str, language: str | None) -> None:
    assert language_of_script(title) == language
    assert language is None or language in LANGUAGES
