"""The rooms of the package and what each may know: read from the imports, without running them."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
PACKAGE = SCRIPTS / "safepage"
# Each may import itself and what stands before it. What stands in no room is named by its file.
ORDER = (
    *("faults", "command", "proposal", "page", "gate", "site", "translations", "output", "editor", "hosted"),
    *("safepage", "launcher", "begin", "upgrade", "checks", "making"),
)
MAKES_THE_SITE = ("plugin", "config", "build", "serve")  # what knows MkDocs
GENERATOR = frozenset(("mkdocs", "material", "mkdocs_static_i18n"))
READS = frozenset(("open", "read_text", "read_bytes", "stat", "exists", "is_file", "is_dir", "iterdir")) | {
    *("glob", "rglob", "walk", "scandir", "listdir", "find_spec", "files"),
}
CACHES = frozenset(("cache", "lru_cache"))


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its name without `safepage.`, the package's own `__init__` apart."""
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if file.name != "__init__.py"]
    names = [".".join(file.relative_to(PACKAGE).with_suffix("").parts) for file in files]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return dict(zip(names, trees, strict=True))


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What a module imports, at its top or later: the line, and the whole name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: write the whole name"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def room(name: str) -> str:
    """The room of a module of the package: "gate" of "gate.contacts.phones"."""
    first = name.split(".")[0]
    return first if first in ORDER else "safepage"


def test_each_room_knows_only_those_before_it() -> None:
    """A page can be read without the gate, judged without a site, made without the makers' tools."""
    wrong = [
        f"{name}:{line} imports {what}"
        for name, tree in modules().items()
        for line, what in imports(tree)
        if what.startswith("safepage.")
        and ORDER.index(room(what.removeprefix("safepage."))) > ORDER.index(room(name))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_generator_is_known_in_few_files() -> None:
    wrong = [
        f"{name}:{line} imports {what}"
        for name, tree in modules().items()
        for line, what in imports(tree)
        if what.split(".")[0] in GENERATOR and name not in MAKES_THE_SITE
    ]
    assert not wrong, "\n".join(wrong)


def test_the_launcher_starts_out_of_a_packed_file_and_needs_python_alone(tmp_path: Path) -> None:
    """A begun site has nothing but its wheel before `.venv` is there: every module of the launcher is read
    out of one, by a Python that knows of no package."""
    wheel = tmp_path / "safepage-0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for file in PACKAGE.rglob("*.py"):
            packed.write(file, file.relative_to(SCRIPTS))
    names = [f"safepage.launcher.{file.stem}" for file in (PACKAGE / "launcher").glob("[!_]*.py")]
    code = f"import sys; sys.path.insert(0, {str(wheel)!r}); import {', '.join(names)}"
    code += "; print(sys.modules['safepage.launcher.main'].__file__)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(wheel) in done.stdout


@pytest.mark.slow
def test_no_name_of_a_module_changes_while_the_program_runs() -> None:
    """What a run finds hangs on an object with an owner, so that a second run in the process starts clean."""
    known = modules()
    wrong = [f"{name}:{line} {what}" for name, tree in known.items() for line, what in assigned(tree)]
    assert not wrong, "\n".join(wrong)


def assigned(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Where a function changes a name of a module: `global`, `module.name = …`, `setattr(module, …)`."""
    loaded = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if not alias.name[0].isupper()
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield node.lineno, f"global {', '.join(node.names)}"
        targets = (
            node.targets
            if isinstance(node, ast.Assign | ast.Delete)
            else [node.target]
            if isinstance(node, ast.AugAssign | ast.AnnAssign)
            else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                owner = target.value.id
                if owner in loaded:
                    yield node.lineno, f"{owner}.{target.attr} is assigned"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id in loaded:
                yield node.lineno, f"setattr({first.id}, …)"


@pytest.mark.slow
def test_what_is_kept_for_later_hangs_on_no_file() -> None:
    """A cache on a function that reads a file would show the file as it was."""
    wrong = [
        f"{name}: {function} is kept, and reads by {how}"
        for name, tree in modules().items()
        if room(name) != "making"  # a maker's command is one run
        for function, how in kept_files(tree)
    ]
    assert not wrong, "\n".join(wrong)


def kept_files(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions with a cache that read files, by themselves or by another function of their module."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for name, node in functions.items():
        if not CACHES & {called(decorator) for decorator in node.decorator_list}:
            continue
        seen, todo = {name}, [name]
        while todo:
            for inner in ast.walk(functions[todo.pop()]):
                if not isinstance(inner, ast.Call):
                    continue
                target = called(inner)
                if target in READS and not _of_pattern(inner):
                    yield name, target
                elif target in functions and target not in seen and isinstance(inner.func, ast.Name):
                    seen.add(target)
                    todo.append(target)


def called(node: ast.expr) -> str:
    """The last part of the name that is called or decorates: "lru_cache" of `functools.lru_cache(1)`."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _of_pattern(call: ast.Call) -> bool:
    """True for a method of a picture or a stream that is held in memory: `Image.open(io.BytesIO(…))`."""
    return any(isinstance(arg, ast.Call) and called(arg) == "BytesIO" for arg in call.args)


@pytest.mark.slow
def test_looking_at_translations_needs_neither_the_generator_nor_the_tables_of_phone_numbers() -> None:
    """Their command begins at once: what it would load is followed through the imports at modules' tops."""
    known = modules()
    seen: set[str] = set()
    todo = ["translations.commands", "translations.status_table"]
    while todo:
        name = todo.pop()
        if name in seen or name not in known:
            continue
        seen.add(name)
        for node in known[name].body:
            for _, what in imports(ast.Module([node], [])) if isinstance(node, ast.stmt) else ():
                if isinstance(node, ast.Import | ast.ImportFrom):
                    assert what.split(".")[0] not in {*GENERATOR, "phonenumbers", "babel"}, f"{name}: {what}"
                    inner = what.removeprefix("safepage.")
                    todo += [inner, inner.rpartition(".")[0]]
