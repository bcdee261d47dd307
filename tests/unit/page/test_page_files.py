"""Which scripts the first view waits for."""

import re
from collections import Counter
from collections.abc import Iterator

from api.http.page.page import PAGE_PATHS
from api.http.page.page_files import (
    FOLDER,
    JOINED,
    PREFIX,
    read_files,
    read_scripts,
    scripts_behind,
)

_SENT = {file.path: file.content.decode() for file in read_files() if file.path.endswith(".js")}
# What a script declares for all of itself, as it is written.
_DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:const|let|function|class) \[?(\w+)", re.MULTILINE
)
_TEXTS = re.compile(r"\"[^\"\n]*\"|`[^`]*`")


def test_the_first_view_is_one_script_that_imports_nothing() -> None:
    assert scripts_behind(_SENT, JOINED) == [JOINED]
    assert 'title:t("place.foryou")' in _SENT[JOINED]
    assert 'title:t("place.tonight")' not in _SENT[JOINED]


def test_a_view_is_preceded_by_all_that_it_imports_and_by_no_other_view() -> None:
    *behind, last = scripts_behind(_SENT, "/page/views/group.js")
    assert sorted(behind) == [JOINED, "/page/lists.js", "/page/together.js"]
    assert last == "/page/views/group.js"


def test_names_of_the_scripts_that_are_joined_differ() -> None:
    parts = scripts_behind(read_scripts(), JOINED)
    written = [(FOLDER / path.removeprefix(f"{PREFIX}/")).read_text("utf-8") for path in parts]
    names = Counter(name for script in written for name in _DECLARED.findall(script))
    assert len(names) > 100
    assert [name for name, times in names.items() if times > 1] == []


def test_whatever_a_script_imports_is_served() -> None:
    for path in _SENT:
        assert set(scripts_behind(_SENT, path)) <= PAGE_PATHS


def _scripts() -> Iterator[tuple[str, str]]:
    """Each script as it is written and without what is for readers."""
    for path, script in read_scripts().items():
        yield (FOLDER / path.removeprefix(f"{PREFIX}/")).read_text(encoding="utf-8"), script


def test_scripts_are_sent_without_comments_and_with_every_text_as_it_is() -> None:
    for written, sent in _scripts():
        assert "/**" not in sent
        assert not re.search(r"^\s*//", sent, re.MULTILINE)
        code = re.sub(r"/\*\*[\s\S]*?\*/|(^|[\s;])// .*", "", written)
        assert _TEXTS.findall(code) == _TEXTS.findall(sent)


def test_no_template_holds_another_since_those_would_be_sent_with_fewer_spaces() -> None:
    for written, _ in _scripts():
        assert not re.search(r"`[^`]*\$\{[^}`]*`", written)
