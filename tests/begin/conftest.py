"""The sites of other countries, each begun and built once for all that looks at it."""

from __future__ import annotations

import pytest
from countries import COUNTRIES, Country, Sites

from small import Small


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is asked of a `country` is asked of each; one worker has all that looks at a site."""
    if "country" in metafunc.fixturenames:
        marked = [pytest.param(name, marks=pytest.mark.xdist_group(f"begun {name}")) for name in COUNTRIES]
        metafunc.parametrize("country", marked)


@pytest.fixture(scope="session")
def begun_sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Every site by the name of its country."""
    return Sites(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def built(country: str, begun_sites: Sites) -> tuple[Country, Small]:
    """A country and its site. Read only."""
    return COUNTRIES[country], begun_sites[country]
