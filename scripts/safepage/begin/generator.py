"""The generator that a begun site holds: one wheel, and the locks that name it and what it needs."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from safepage import command
from safepage.begin import packed
from safepage.gate import leftovers
from safepage.launcher import linking, parts

_NAME = "safepage"
_DAY = (2020, 2, 2, 0, 0, 0)  # of every file, so that the same files make the same wheel
_HEAD = "# The generator and what it needs, each with its hash. manage.py upgrade writes this anew.\n"
# Written beside an installed package by what installed it.
_INSTALLED = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")


def files(project: Path) -> dict[str, bytes]:
    """The wheel and both locks, by their paths in a site.

    In: the folder that the command runs for, whose own wheel is passed on where it is a begun site; else that
    of the running generator is made. Raises OSError.
    """
    name, wheel = _held(project) if command.is_begun(project) else made()
    locks = {parts.BEGUN.build: packed.lock("build"), parts.BEGUN.tests: packed.lock("checks")}
    return {
        f"{command.GENERATOR}/{name}": wheel,
        **{path: locked(name, wheel, lock).encode() for path, lock in locks.items()},
    }


def locked(name: str, wheel: bytes, lock: str) -> str:
    """A lock file that begins with the wheel. In: its file's name, its bytes, the lock of what it needs."""
    digest = hashlib.sha256(wheel).hexdigest()
    needs = re.sub(r"^ *#.*\n", "", lock, flags=re.MULTILINE)
    return f"{_HEAD}./{command.GENERATOR}/{name} \\\n    --hash=sha256:{digest}\n{needs}"


def made() -> tuple[str, bytes]:
    """The running generator as a wheel: its file's name and its bytes. Raises OSError."""
    here = (packed.REPOSITORY / "pyproject.toml").is_file()
    info, content = _of_code(packed.REPOSITORY) if here else _of_installed()
    written = dict(content)
    record = "".join(_line(name, data) for name, data in written.items()) + f"{info}/RECORD,,\n"
    packed_up = io.BytesIO()
    with zipfile.ZipFile(packed_up, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in {**written, f"{info}/RECORD": record.encode()}.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            wheel.writestr(entry, data)
    return f"{info.removesuffix('.dist-info')}-py3-none-any.whl", packed_up.getvalue()


def _held(project: Path) -> tuple[str, bytes]:
    lock = (project / parts.BEGUN.build).read_text(encoding="utf-8")
    named = re.search(rf"^\./{command.GENERATOR}/(\S+\.whl)", lock, re.MULTILINE)
    if named is None:
        raise OSError(f"{parts.BEGUN.build} does not name the generator")
    return named[1], (project / command.GENERATOR / named[1]).read_bytes()


def _line(name: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    return f"{name},sha256={digest},{len(data)}\n"


def _of_installed() -> tuple[str, Mapping[str, bytes]]:
    """The files of an installed wheel, as its own record lists them, and the folder of what is said of it."""
    distribution = metadata.distribution(_NAME)
    listed = {str(file): Path(str(file.locate())) for file in distribution.files or ()}
    info = next(name.split("/")[0] for name in listed if name.endswith(".dist-info/WHEEL"))
    kept = {
        name: path
        for name, path in listed.items()
        if name.split("/")[0] in (_NAME, info)
        and "__pycache__" not in name
        and name not in {f"{info}/{name}" for name in _INSTALLED}
    }
    ordered = sorted(kept, key=lambda name: (name.startswith(f"{info}/"), name))
    return info, {name: kept[name].read_bytes() for name in ordered}


def _of_code(root: Path) -> tuple[str, Mapping[str, bytes]]:
    """The files of a wheel of this repository, and the folder of what is said of it."""
    whole = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project, wanted = whole["project"], whole["tool"]["hatch"]["build"]["targets"]["wheel"]
    sources = {**{way: Path(way).name for way in wanted["packages"]}, **wanted["force-include"]}
    found = dict(sorted(file for way, name in sources.items() for file in _below(root / way, name)))
    info = f"{project['name']}-{project['version']}.dist-info"
    about = {
        "METADATA": linking.metadata(project),
        "WHEEL": "Wheel-Version: 1.0\nGenerator: safepage\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "entry_points.txt": linking.entry_points(project),
        **{f"licenses/{file}": (root / file).read_text("utf-8") for file in project["license-files"]},
    }
    content = {name: path.read_bytes() for name, path in found.items()}
    return info, {**content, **{f"{info}/{name}": text.encode() for name, text in about.items()}}


def _below(source: Path, name: str) -> Iterator[tuple[str, Path]]:
    """What a folder, or a file, is called in the wheel."""
    if source.is_file():
        yield name, source
    for file in leftovers.files(source, "") if source.is_dir() else ():
        yield f"{name}/{file.relative_to(source).as_posix()}", file
