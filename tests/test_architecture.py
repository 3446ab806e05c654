"""The shape of the program: who may know whom, who may commit, and how large a thing may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGES = ("app", "protocol", "server", "bench", "build")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

LARGEST_CLASS = 300
LARGEST_FUNCTION = 40
KNOW_QT = ("app/ui/", "app/start", "app/bootstrap.py", "app/self_test.py", "bench/", "build/")
MAY_COMMIT = ("app/database.py", "server/database.py", "bench/")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))


def _lines(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(module=str(module)):
            return [module]
    return []


def _outside(allowed: tuple[str, ...]) -> list[Path]:
    return [path for path in MODULES if not _name(path).startswith(allowed)]


@pytest.mark.parametrize("contract", ["one-way", "screens-know-qt", "meet-in-protocol", "screens-see-no-tables"])
def test_the_import_contract_is_kept(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(str(ROOT / "pyproject.toml"), limit_to_contracts=(contract,), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_only_the_screens_import_qt() -> None:
    guilty = [
        f"{_name(path)}:{node.lineno}"
        for path in _outside(KNOW_QT)
        for node in _nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        if any(name.split(".")[0] in {"PySide6", "shiboken6"} for name in _imported(node))
    ]
    assert guilty == []


def test_nothing_is_imported_with_a_star() -> None:
    guilty = [
        f"{_name(path)}:{node.lineno}"
        for path in MODULES
        for node in _nodes(path)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert guilty == []


def test_only_the_unit_of_work_and_the_edge_of_a_request_commit() -> None:
    guilty = [
        f"{_name(path)}:{node.lineno}"
        for path in _outside(MAY_COMMIT)
        for node in _nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert guilty == []


def test_no_class_is_too_large_to_be_read_at_once() -> None:
    guilty = [
        f"{_name(path)}:{node.lineno} {node.name}: {_lines(node)} lines"
        for path in MODULES
        for node in _nodes(path)
        if isinstance(node, ast.ClassDef) and _lines(node) > LARGEST_CLASS
    ]
    assert guilty == []


def test_no_function_is_longer_than_a_screen() -> None:
    guilty = [
        f"{_name(path)}:{node.lineno} {node.name}: {_lines(node)} lines"
        for path in MODULES
        if "migrations" not in path.parts  # the list of a schema's columns, read once
        for node in _nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > LARGEST_FUNCTION
    ]
    assert guilty == []
