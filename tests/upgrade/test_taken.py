"""What a begun site was given is known again, whatever an editor's system did to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepage import taken
from safepage.faults import Faulty


def test_what_was_taken_is_read_as_it_was_written(tmp_path: Path) -> None:
    texts = {"docs/ar/advice.md": "# نصائح\n", "manage.py": "\ufeffprint()\r\n"}
    taken.write(tmp_path, texts)
    assert taken.read(tmp_path) == {"docs/ar/advice.md": "# نصائح\n", "manage.py": "print()\n"}
    file = tmp_path / taken.PATH
    before = file.read_bytes()
    taken.write(tmp_path, dict(reversed(texts.items())))
    assert file.read_bytes() == before
    file.write_bytes(before.replace(b"\n", b"\r\n"))
    assert taken.read(tmp_path) == {"docs/ar/advice.md": "# نصائح\n", "manage.py": "print()\n"}


def test_a_site_that_noted_nothing_has_nothing_of_ours(tmp_path: Path) -> None:
    assert taken.read(tmp_path) == {}
    for wrong in ("{", "[]", '{"docs/en/index.md": 1}', "<<<<<<< HEAD\n{}"):
        (tmp_path / taken.PATH).parent.mkdir(exist_ok=True)
        (tmp_path / taken.PATH).write_text(wrong, encoding="utf-8")
        with pytest.raises(Faulty) as caught:
            taken.read(tmp_path)
        assert [fault.path for fault in caught.value.faults] == [taken.PATH]
