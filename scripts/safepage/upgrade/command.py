"""The command `upgrade`: prepares a copy, has the new generator change it, and exchanges all of it as one."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from safepage import build, command
from safepage.faults import Fault, Faulty
from safepage.launcher import environment, fetching, parts, swap
from safepage.launcher.venv import Trouble, child_environment, one_at_a_time
from safepage.output import held, place
from safepage.upgrade import wheels
from safepage.upgrade.inside import BY_HAND
from safepage.upgrade.wheels import Wheel

# Of a site, what an upgrade may change, and what a build of it needs.
COPIED = (
    *("docs", "overrides", "generator", ".github", "mkdocs.yml", "manage.py", ".gitignore", ".gitattributes"),
    *("README.md", "CONTRIBUTING.md", "TRANSLATING.md", "LICENSE-TEXT"),
)
NOTHING = "Nothing was changed."


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the site has the new generator, 1 when it has not, and why.

    With --check nothing is changed: 0 where nothing is to be done, or all of it would be done by the command;
    1 where it can't be, or something is left to do by hand.
    """
    root: Path = options.project
    told = "Another upgrade is under way: waiting for it."
    try:
        with one_at_a_time(root / ".cache" / "upgrading.lock", told):
            swap.finish(root)
            return _upgrade(root, options)
    except Faulty as faulty:
        print(*faulty.faults, NOTHING, sep="\n", file=sys.stderr)
    except swap.Meanwhile as changed:
        print(f"{changed} was saved meanwhile. {NOTHING} Run the same command again.", file=sys.stderr)
    except (Trouble, OSError) as trouble:
        print(f"upgrade: {trouble}. {NOTHING}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"\nStopped. {NOTHING}", file=sys.stderr)
    return 1


def _upgrade(root: Path, options: argparse.Namespace) -> int:
    now = wheels.in_use(root)
    new = _asked(options.wheel, now) if options.wheel else wheels.newest(root, now)
    if not new:
        told = f"The folder generator/ holds no newer generator than {now.version}, which the site has."
        print(told, "To take one, put its wheel there and run the same command, or name its file:")
        print(f"{command.name(root)} upgrade safepage-1.0.0-py3-none-any.whl")
        return 0 if options.check else 1
    with held.folder(place.sweep_cache(root), swap.STAGE) as stage:
        _before(root, stage)
        _copy(root, stage, now, new)
        done = _inside(root, stage, now, new, options)
        if done.returncode not in (0, BY_HAND):
            broken = f"The new generator fails: {fetching.last_line(done.stderr)}. Tell its makers."
            print(done.stdout.strip() or broken, NOTHING, sep="\n", file=sys.stderr)
            return 1
        print(f"From {now.version} to {new.version}.", done.stdout, sep="\n", end="")
        if options.check:
            print(f"\n{NOTHING} To do it, leave out --check.")
            return int(done.returncode == BY_HAND)
        changed = [*_differing(stage)]
        paths = [path for path in changed if (stage / swap.NEW / path).is_file()]
        swap.put(root, stage, paths, set(changed) - set(paths))
        _move_environment(root, stage)
    print(f"\nThe site has the new generator. See it: {command.name(root)} serve")
    return 0


def _asked(wheel: Path, now: Wheel) -> Wheel:
    """The wheel that was named, if it is newer. Raises Faulty."""
    new = wheels.read(wheel.absolute())
    if new.version > now.version:
        return new
    same = new.version == now.version
    what = f"{new.version} is {'the generator' if same else f'older than {now.version},'} that the site has"
    raise Faulty([Fault(wheel.name, 0, what, "give a newer one")])


def _before(root: Path, stage: Path) -> None:
    """Build the site as it is. Raises Faulty."""
    try:
        build.build(root, stage / "before")
    except Faulty:
        print("The site has faults already; mend these first:", file=sys.stderr)
        raise


def _copy(root: Path, stage: Path, now: Wheel, new: Wheel) -> None:
    """Two copies of the site: one as it is, one with the new generator."""
    for name in COPIED:
        for copy in (stage / swap.OLD, stage / swap.NEW):
            copy.mkdir(exist_ok=True)
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, symlinks=True)
            elif (root / name).is_file():
                shutil.copy2(root / name, copy / name)
    folder = stage / swap.NEW / command.GENERATOR
    (folder / now.path.name).unlink()
    shutil.copy2(new.path, folder / new.path.name)
    for name, text in new.locks().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _inside(
    root: Path, stage: Path, now: Wheel, new: Wheel, options: argparse.Namespace
) -> subprocess.CompletedProcess[str]:
    """Have the new generator do its part: in this environment, if it needs nothing else."""
    copy = stage / swap.NEW
    env = child_environment(copy)
    if (root / ".git").exists():  # what the texts said before is known to git alone
        env |= {"GIT_DIR": str(root / ".git"), "GIT_WORK_TREE": str(copy)}
    locks = [(folder / parts.BEGUN.build).read_text(encoding="utf-8") for folder in (root, copy)]
    if parts.beside_the_wheel(locks[0]) == parts.beside_the_wheel(locks[1]):
        with zipfile.ZipFile(new.path) as packed:
            packed.extractall(stage / "wheel")
        python, env["PYTHONPATH"] = sys.executable, str(stage / "wheel")
    else:
        python = str(environment.ensure(copy))
    words = [str(stage), str(stage / swap.OLD / command.GENERATOR / now.path.name), str(new.path)]
    words += ["--take-texts"] * options.take_texts + ["--keep-workflows"] * options.keep_workflows
    return subprocess.run(
        [python, "-P", "-m", "safepage.upgrade.inside", *words],
        cwd=copy, env=env, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def _differing(stage: Path) -> Iterator[str]:
    """The files that differ between the two copies, by their paths in the site."""
    old, new = (stage / swap.OLD, stage / swap.NEW)
    for name in sorted({*_files(old), *_files(new)}):
        both = [folder / name for folder in (old, new)]
        if not all(file.is_file() for file in both) or both[0].read_bytes() != both[1].read_bytes():
            yield name


def _files(copy: Path) -> Iterator[str]:
    for name in COPIED:
        found = (copy / name).rglob("*") if (copy / name).is_dir() else [copy / name]
        yield from (file.relative_to(copy).as_posix() for file in found if file.is_file())


def _move_environment(root: Path, stage: Path) -> None:
    """Take over the environment that was made; where that can't be, the next command makes its own."""
    made, here = stage / swap.NEW / ".venv", root / ".venv"
    if made.is_dir():
        with suppress(OSError):
            if here.exists():
                here.rename(stage / "venv")
            made.rename(here)
