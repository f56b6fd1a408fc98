"""Any value of YAML at any place of the files that people write: judged, in lines, without a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safepage.faults import Faulty
from safepage.gate import head
from safepage.page import yaml_text
from safepage.site import contacts, regions
from safepage.site.interface import interface_check
from small import CONTACTS, REGIONS

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text(max_size=60),
    st.text("0123456789+ /.-()", max_size=20), st.sampled_from(["", " ", "\u00a0", "@", "name", "phone"]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(SCALARS, inner, max_size=3)),
    max_leaves=6,
)
WORDS = {"site_name": "Help", "emergency": "Call {phone}."}
HEAD = {"title": "T", "description": "D", "menu": "M", "number": "01", "safety_critical": True}
KNOWN = contacts.load(CONTACTS, "docs/contacts.yml", "BE")[0]
SOURCES: dict[str, object] = {
    "contacts.yml": yaml.safe_load(CONTACTS),
    "regions.yml": yaml.safe_load(REGIONS),
    "interface.yml": WORDS,
    "head": HEAD,
}


def _words(text: str) -> object:
    found, lines = yaml_text.load(text, "docs/nl/interface.yml")
    return interface_check(found, WORDS, "docs/nl/interface.yml", lines, "BE")


READERS: dict[str, Callable[[str], object]] = {
    "contacts.yml": lambda text: contacts.load(text, "docs/contacts.yml", "BE"),
    "regions.yml": lambda text: regions.load(text, "docs/regions.yml", KNOWN, "en"),
    "interface.yml": _words,
    "head": lambda text: head.read(f"---\n{text}---\n# T\n", "docs/en/x.md", "BE"),
}


def places(node: object, at: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """The way to every value of some data."""
    yield at
    items = node.items() if isinstance(node, dict) else enumerate(node if isinstance(node, list) else ())
    for key, child in items:
        yield from places(child, (*at, key))


def changed(node: object, at: tuple[object, ...], value: object, key: object) -> object:
    """A copy of some data in which another value stands at a place; with a key, beside what is there."""
    if not at:
        return {**node, key: value} if isinstance(node, dict) and key is not None else value
    if isinstance(node, dict):
        return {
            name: changed(child, at[1:], value, key) if name == at[0] else child
            for name, child in node.items()
        }
    assert isinstance(node, list)
    return [changed(child, at[1:], value, key) if n == at[0] else child for n, child in enumerate(node)]


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
def test_any_value_at_any_place(name: str, data: st.DataObject) -> None:
    source = SOURCES[name]
    at = data.draw(st.sampled_from(sorted(places(source), key=str)))
    bad = changed(source, at, data.draw(VALUES), data.draw(st.one_of(st.none(), SCALARS)))
    try:
        READERS[name](yaml.safe_dump(bad, allow_unicode=True, sort_keys=False))
    except Faulty as faulty:
        assert faulty.faults
        for fault in faulty.faults:
            assert "\n" not in str(fault)
            assert len(str(fault)) < 600
