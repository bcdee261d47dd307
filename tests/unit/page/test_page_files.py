"""Which scripts the first view waits for."""

import re

from api.http.page.page import PAGE_PATHS
from api.http.page.page_files import FOLDER, PREFIX, read_files, scripts_behind

_FILES = read_files()


def test_a_view_is_preceded_by_all_that_it_imports_and_by_no_other_view() -> None:
    behind = scripts_behind(_FILES, "app.js", "views/foryou.js")
    assert behind[:2] == ["/page/app.js", "/page/views/foryou.js"]
    assert {"/page/card.js", "/page/dom.js", "/page/i18n.js"} < set(behind)
    assert [path for path in behind if "/views/" in path] == ["/page/views/foryou.js"]
    assert len(behind) == len(set(behind))


def test_whatever_a_script_imports_is_served() -> None:
    names = [file.path.removeprefix("/page/") for file in _FILES if file.path.endswith(".js")]
    assert set(scripts_behind(_FILES, *names)) <= PAGE_PATHS


_IN_COMMENT = re.compile(r"\s*\*")


def test_scripts_are_sent_without_comments_and_with_every_line_in_its_place() -> None:
    for file in _FILES:
        if not file.path.endswith(".js"):
            continue
        written = (FOLDER / file.path.removeprefix(f"{PREFIX}/")).read_text().splitlines()
        sent = file.content.decode().splitlines()
        left_out = [old for old, new in zip(written, sent, strict=True) if old.lstrip() != new]
        assert left_out, file.path
        assert all("//" in line or "/**" in line or _IN_COMMENT.match(line) for line in left_out)
        assert not any(line.startswith(("//", "/**", "* ")) for line in sent)
