"""Which scripts the first view waits for."""

from api.http.page.page import PAGE_PATHS
from api.http.page.page_files import read_files, scripts_behind

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
