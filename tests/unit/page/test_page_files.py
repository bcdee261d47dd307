"""Which scripts the first view waits for."""

import json
import re
from collections.abc import Iterator

from api.http.page.page import PAGE_PATHS
from api.http.page.page_files import FOLDER, PREFIX, read_files, scripts_behind

_FILES = read_files()
_TEXTS = re.compile(r"\"[^\"\n]*\"|`[^`]*`")


def test_a_view_is_preceded_by_all_that_it_imports_and_by_no_other_view() -> None:
    behind = scripts_behind(_FILES, "app.js", "views/foryou.js")
    assert behind[:2] == ["/page/app.js", "/page/views/foryou.js"]
    assert {"/page/card.js", "/page/dom.js", "/page/i18n.js"} < set(behind)
    assert [path for path in behind if "/views/" in path] == ["/page/views/foryou.js"]
    assert len(behind) == len(set(behind))


def test_the_worker_keeps_all_that_the_first_view_is_made_of() -> None:
    worker = (FOLDER / "worker.js").read_text(encoding="utf-8")
    (named,) = re.findall(r"const FIRST_VIEW = (\[.*?\])", worker)
    kept = {f"{PREFIX}/{file}" for file in json.loads(named)}
    kept |= set(scripts_behind(_FILES, "app.js", "views/operator.js"))  # those of its shell
    assert set(scripts_behind(_FILES, "app.js", "views/foryou.js")) <= kept


def test_whatever_a_script_imports_is_served() -> None:
    names = [file.path.removeprefix("/page/") for file in _FILES if file.path.endswith(".js")]
    assert set(scripts_behind(_FILES, *names)) <= PAGE_PATHS


def _scripts() -> Iterator[tuple[str, str]]:
    """Each script as it is written and as it is sent."""
    for file in _FILES:
        if file.path.endswith(".js"):
            written = (FOLDER / file.path.removeprefix(f"{PREFIX}/")).read_text(encoding="utf-8")
            yield written, file.content.decode()


def test_scripts_are_sent_without_comments_and_with_every_text_as_it_is() -> None:
    for written, sent in _scripts():
        assert "/**" not in sent
        assert not re.search(r"^\s*//", sent, re.MULTILINE)
        code = re.sub(r"/\*\*[\s\S]*?\*/|(^|[\s;])// .*", "", written)
        assert _TEXTS.findall(code) == _TEXTS.findall(sent)


def test_no_template_holds_another_since_those_would_be_sent_with_fewer_spaces() -> None:
    for written, _ in _scripts():
        assert not re.search(r"`[^`]*\$\{[^}`]*`", written)
