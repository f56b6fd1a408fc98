"""A postcode of any country finds whom to call: one page with regions of several, opened once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from small import CONTACTS, small_site

CENTRES = "[brussels, antwerp]"
REGIONS = {
    "BE-BRU": "1000-1299", "BE-VOV": "9000-9299", "NL-NH": "1000 AA-1099 ZZ", "NL-GR": "9300-9999",
    "DE-SN": "01067-01328", "DE-LE": "04103", "PT-11": "5000-567", "US-CHI": "606", "US-IL": "6",
    "GB-E": "E", "GB-EC": "EC", "GB-SW1": "SW1", "GB-WSM": "SW1A", "GB-WNC": "SW11", "GB-N1": "N1",
    "GB-N11": "N11", "GB-ABE": "AB10-AB16", "GB-XYZ": "AB1 1", "IE-D02": "D02", "IE-D6W": "D6W",
    "IE-C": "T12", "CA-ON": "K1A",
}  # fmt: skip
FOUND = {
    # Belgium, also as letters from abroad have it
    "1000": "BE-BRU", " B-9000 ": "BE-VOV", "b-1299": "BE-BRU", "1 0 0 0": "BE-BRU",
    # The Netherlands: the longest beginning wins
    "9712 HN": "NL-GR", "9712hn": "NL-GR", "1012 AB": "NL-NH", "1012": "BE-BRU", "NL-1012ab": "NL-NH",
    # Germany keeps its first nought
    "01069": "DE-SN", "1069": "BE-BRU", "04103": "DE-LE", "D-04103": "DE-LE", "4103": "",
    "5000-567": "PT-11", "5000567": "PT-11", "5000": "", "62701": "US-IL", "60601-1234": "US-CHI",
    # The United Kingdom: E is not EC, SW1 is not SW11, N1 1AA is not N11, with and without the space
    "E1 6AN": "GB-E", "e16an": "GB-E", "EC1A 1BB": "GB-EC", "SW1 1AA": "GB-SW1", "SW1A 1AA": "GB-WSM",
    "sw1a1aa": "GB-WSM", "S W 1 A 1 A A": "GB-WSM", "SW11 1AA": "GB-WNC", "SW111AA": "GB-WNC",
    "SW1": "GB-SW1", "SW12 1AA": "", "N1 1AA": "GB-N1", "N11AA": "GB-N1", "N11 1AA": "GB-N11",
    "N111AA": "GB-N11", "N1C 4AG": "GB-N1", "AB10 1AA": "GB-ABE", "AB101AA": "GB-ABE",
    "AB1 1AA": "GB-XYZ", "AB11 1AA": "GB-ABE", "AB1A 1AA": "", "ABC": "",
    "D02 X285": "IE-D02", "d02x285": "IE-D02", "D6W XY00": "IE-D6W", "D6WXY00": "IE-D6W", "D6 XY00": "",
    "T12 2AB4": "IE-C", "T122AB4": "IE-C", "K1A 0B1": "CA-ON", "K1A0B1": "CA-ON",
    # Digits of other scripts
    "٠٤١٠٣": "DE-LE", "۰۴۱۰۳": "DE-LE", "०४१०३": "DE-LE", "０４１０３": "DE-LE", "ＳＷ１Ａ １ＡＡ": "GB-WSM",
    # None, or the beginning of one
    "": "", "12": "", "0999": "", "abcd": "", "S": "", "-": "", "é": "",
}  # fmt: skip
# What a reader does, and sees: the row that is marked, and what is said.
FIND = """(every) => every.map((typed) => {
  document.querySelector("#postcode").value = typed;
  document.querySelector(".find button").click();
  const rows = [...document.querySelectorAll("tr.found th")].map((cell) => cell.textContent);
  return [typed, rows.join(), document.querySelector(".find [role=status]").textContent];
})"""


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a site with all of these."""
    entry = "  {code}: {{name: {code}, centre: {who}, postcodes: ['{codes}']}}"
    lines = (
        entry.format(code=code, codes=codes, who=CENTRES if code == "NL-GR" else "brussels").strip()
        for code, codes in REGIONS.items()
    )
    regions = "\n".join([*lines, "BE-VLG: {name: Vlaanderen}"])
    site = small_site(
        tmp_path_factory.mktemp("finder"), {"docs/regions.yml": regions, "docs/contacts.yml": CONTACTS}
    )
    assert [line for line in site.build() if "error" in line] == []
    return site.read("site/find-centre/index.html")


def test_a_postcode_finds_its_region(browser: Browser, finder: str) -> None:
    """Region, contact and number, politely announced; nothing leaves the page."""
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.set_content(finder)
        field, status = page.locator("#postcode"), page.locator("form.find [role=status]")
        assert field.get_attribute("inputmode") is None, "letters are in some of these"
        found = page.evaluate(FIND, list(FOUND))
        assert {typed: marked for typed, marked, _ in found} == FOUND
        assert all(FOUND[typed] in said for typed, _, said in found)
        field.press("Enter")
        expect(status).to_have_text(status.get_attribute("data-none") or "?")
        field.fill("9712 hn")
        field.press("Enter")
        expect(status).to_have_text(
            "9712 HN is in NL-GR. You can contact PAG-ASA 02 511 64 64 or Payoke 03 201 16 90."
        )
        assert status.locator("a[href^='tel:+32']").count() == 2
        assert asked == []
