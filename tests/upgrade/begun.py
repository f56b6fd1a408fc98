"""A small site as it is begun, with its generator as a wheel; and wheels of changed generators."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from safepage import cli, taken
from safepage.begin import generator, guides
from safepage.begin.content import Content
from safepage.begin.packed import Packed
from safepage.site import settings
from safepage.upgrade import command, wheels
from small import CONTACTS, REGIONS, SETTINGS, Small, small_site

OLD, NEXT = "1.0.0", "1.1.0"
LANGUAGES = {"en": "English", "nl": "Nederlands", "so": "Soomaali"}  # of the last one we have nothing
NAME = "A small site"
Change = str | bytes | Callable[[str], str] | None


@cache
def _files() -> Mapping[str, bytes]:
    """What this generator's wheel holds below safepage/, with the texts of the small site."""
    with zipfile.ZipFile(io.BytesIO(generator.made()[1])) as packed:
        names = [name for name in packed.namelist() if name.startswith("safepage/")]
        files = {name: packed.read(name) for name in names if not name.startswith("safepage/texts/")}
    with TemporaryDirectory() as folder:
        docs = small_site(Path(folder) / "small").root / "docs"
        for file in sorted(docs.rglob("*")):
            if file.is_file() and "ar" not in file.relative_to(docs).parts:
                files[f"safepage/texts/{file.relative_to(docs).as_posix()}"] = file.read_bytes()
    return files


def wheel(folder: Path, version: str, changes: Mapping[str, Change] | None = None) -> Path:
    """A wheel of the generator as it is here, but for its version and what is changed.

    In: the folder; changes by their ways from the package's folder: another text, what makes it of the one
    that is there, or None where the file is gone.
    """
    files = dict(_files())
    for way, change in (changes or {}).items():
        name = f"safepage/{way}"
        if change is None:
            del files[name]
        elif callable(change):
            before = files[name].decode()
            files[name] = change(before).encode()
            assert files[name].decode() != before, way
        else:
            files[name] = change if isinstance(change, bytes) else change.encode()
    info = f"safepage-{version}.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: safepage\nVersion: {version}\n".encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = (
        b"[mkdocs.plugins]\nsafepage = safepage.plugin:SafePage\n[mkdocs.themes]\nsafepage = safepage.theme\n"
    )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"safepage-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return file


def begun(root: Path, made: Path) -> Begun:
    """A site that was begun with this wheel, as `begin` writes it."""
    site = Begun(root)
    with zipfile.ZipFile(made) as packed, TemporaryDirectory() as folder:
        packed.extractall(folder)
        texts = Path(folder) / "safepage/texts"
        given = Content(Packed(texts, settings.read(SETTINGS)), LANGUAGES).texts() | guides.texts(
            LANGUAGES, NAME
        )
    own = SETTINGS.replace("{locale: ar, name: العربية,", "{locale: so, name: Soomaali,").replace(
        " ar:", " so:"
    )
    answers = {"mkdocs.yml": own, "docs/contacts.yml": CONTACTS, "docs/regions.yml": REGIONS}
    for path, text in {**given, **answers}.items():
        site.write(path, text.encode())
    site.write(f"generator/{made.name}", made.read_bytes())
    for name, text in wheels.read(root / "generator" / made.name).locks().items():
        site.write(f"generator/{name}", text)
    taken.write(root, given)
    return site


@dataclass(frozen=True)
class Begun(Small):
    """Such a site."""

    def upgrade(self, *words: str) -> int:
        """Run the command in this process; its exit code."""
        options = cli.parser(self.root).parse_args(["upgrade", *words])
        options.project = self.root
        return command.run(options)

    def content(self) -> dict[str, bytes]:
        """Every file of it, but for what git passes over."""
        found = [file for file in sorted(self.root.rglob("*")) if file.is_file()]
        names = {file.relative_to(self.root).as_posix(): file for file in found}
        return {
            name: file.read_bytes()
            for name, file in names.items()
            if not name.startswith((".cache/", "site/"))
        }
