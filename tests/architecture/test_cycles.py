"""No module imports itself by way of others, wherever in the file the import stands."""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.architecture.imports import FILES, imported_modules, name_of


def test_no_module_imports_itself_by_way_of_others() -> None:
    modules = {name_of(path): path for path in FILES}
    imports = {name: imported_modules(path, modules) for name, path in modules.items()}
    cycle: list[str] = []
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        cycle = error.args[1]
    assert cycle == []


def test_a_cycle_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("def late():\n    from api import two\n")
    (tmp_path / "two.py").write_text("from api.three import name\n")
    (tmp_path / "three.py").write_text("import api.one\n")
    modules = {f"api.{name}": tmp_path / f"{name}.py" for name in ("one", "two", "three")}
    imports = {name: imported_modules(path, modules) for name, path in modules.items()}
    assert imports == {
        "api.one": {"api.two"},
        "api.two": {"api.three"},
        "api.three": {"api.one"},
    }
