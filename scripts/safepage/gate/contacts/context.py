"""The words around a number, by which one that is dialled is told from one that counts."""

from __future__ import annotations

import re
from bisect import bisect_left

from safepage.gate.contacts.reading import fold
from safepage.gate.contacts.wording import WORD, WORDING, small

_COLON = re.compile(r"[:：=→–—-]")
_STOP = re.compile(r"[.!?;。؟।۔](?=\s)|\n")
_CALL_CJK = re.compile("(?:拨|撥|打|电话|電話|致电|致電|โทร|ተደውል)")
# In scripts without spaces: a helpline before a number, and what a number counts.
_LINE_CJK = re.compile(
    rf"(?:热线|熱線|专线|專線|电话|電話|{fold('สายด่วน|เบอร์')[0]}|โทร)[^\d!?;。！？；\n]{{0,16}}$"
)
_COUNTED_CJK = re.compile(
    "\\s?[多余餘万萬]{0,2}(?:人|名|位|次|个|個|件|起|通|天|年|月|日|岁|小时|分钟|元|条|页|"
    "种(?!族)|種|宗|份|所(?![有以在])|家(?![庭暴里人中])|户|戶|门(?![口外户])|項|项|张床|间房|句|字|词|"
    f"{fold('คน|ราย|ครั้ง|สาย|เครื่อง|วัน|เดือน|ชั่วโมง|นาที|บาท|คดี|กรณี|เรื่อง|ประเทศ|แห่ง|หน้า')[0]}|"
    f"(?:{fold('ภาษา|เหตุ|ท่าน|ตำแหน่ง|คำ|โรงเรียน|องค์กร|หน่วยงาน|ครัวเรือน|ครอบครัว|เตียง|ฉบับ|ข้อร้องเรียน')[0]})"
    # “1300 ท่านจะ…” goes on with “you”, “191 เหตุด่วน” with an emergency; “200 ภาษาทั่วโลก” counts.
    f"(?:{fold('ทั่ว')[0]}|(?![ก-๙])))"
)
# A word for year right before the number of one, in countries that have a calendar of their own.
_YEAR = re.compile(
    rf"(?:{fold('ปี|พ.ศ.|ค.ศ.|ศักราช')[0].replace('.', '[.]')}|"
    rf"(?<![^\W_])(?:[وبل]|ال|لل)?(?:{fold('سال|سنة|سنه|عام|سن|সাল|সন|वर्ष|साल')[0]}))\s{{0,2}}$"
)
# Cases of a number in Turkish: “113'ü”. Without an apostrophe they are other languages' words.
_NUMBERED = ("numaralı", "numarali", "nolu")  # “112 numaralı otobüs”: the bus with that number
_SUFFIXES = frozenset(("yi", "yı", "yu", "yü", "ı", "u", "ü", "a", "ye", "ya", "den", "dan", "ten", "tan"))


# The first words of what is late and has several: “1098 پر کال”.
_LATE = frozenset(form[0] for forms in WORDING.phrases["late"].values() for form in forms if len(form) > 1)


class Around:
    """A line of text and its words."""

    def __init__(self, line: str) -> None:
        self.line = line
        words = [(match.start(), match.end(), small(match[0])) for match in WORD.finditer(line)]
        self.starts = [start for start, _, _ in words]
        self.ends = [end for _, end, _ in words]
        self.words = [word for _, _, word in words]

    def asked(self, start: int, end: int) -> str:
        """How the words around a number ask to dial it: "call", "near", "danger", or "" if they don't."""
        words, line = WORDING, self.line
        at = bisect_left(self.starts, start)
        beside = line[max(0, start - 24) : start]
        if _CALL_CJK.search(beside[-5:]) or _LINE_CJK.search(beside):
            return "" if _COUNTED_CJK.match(line, end) else "call"
        if self.late(at, end):
            return "call"
        place, skipped, linked = at, 0, False
        edge = start
        while place and skipped <= 4:
            between = line[self.ends[place - 1] : edge]
            short = between[:1] == "." and self.ends[place - 1] - self.starts[place - 1] <= 4  # Tel., nr.
            if self.calls_out(between, place, start, end):
                return "danger"
            if _STOP.search(between[short:]) or re.search(r"\d", between) or len(between) > 9:
                return ""
            if short and not any(words.ends(kind, self.words, place) for kind in ("phone", "fill", "on")):
                return ""
            if words.ends("noun", self.words, place):
                return ""
            if words.ends("call", self.words, place):
                return "call" if self.imperative(place, skipped, linked) else "near"
            if words.ends("phone", self.words, place):
                return "call"
            if words.ends("danger", self.words, place) and _COLON.search(line[self.ends[place - 1] : start]):
                return "" if self.done_by(place - words.ends("danger", self.words, place)) else "danger"
            length = words.ends("fill", self.words, place) or words.ends("on", self.words, place)
            if not length:
                break
            linked = linked or bool(words.ends("on", self.words, place))
            skipped += length
            edge = self.starts[place - length]
            place -= length
        colon = bool(re.search(r"[:：]\s?[(\[]?$", line[max(0, start - 4) : start]))
        if not (linked or colon):
            return ""
        for further in range(place, max(0, place - 6), -1):
            gap = line[self.ends[further - 1] : self.starts[further] if further < len(self.starts) else start]
            if further < place and (_STOP.search(gap) or re.search(r"\d", gap)):
                return ""
            if words.ends("call", self.words, further) or (
                linked and words.ends("send", self.words, further)
            ):
                return "near"
        return ""

    def calls_out(self, between: str, place: int, start: int, end: int) -> bool:
        """True for “Danger? 113!”, “Need help? 113” and for “Police 113” alone, with no more words."""
        words = WORDING
        if words.ends("danger", self.words, place):
            bare = between == " " and place == 1 and self.alone(start, end) and end - start > 2
            return bare or bool(re.fullmatch(r"\s?[?!]\s", between))
        asked = "?" in between and place <= 3 and self.alone(start, end)
        return asked and any(words.ends("danger", self.words, n) for n in range(1, place))

    def done_by(self, place: int) -> bool:
        """True if “by the” stands before: the service did what the number counts."""
        words = WORDING
        while length := words.ends("fill", self.words, place):
            if words.ends("by", self.words, place):
                break
            place -= length
        return bool(words.ends("by", self.words, place))

    def alone(self, start: int, end: int) -> bool:
        """True if the line is a number with a word or two before it."""
        return bool(
            re.fullmatch(r"\W*(?:[^\W\d_]+\W+){1,3}", self.line[max(0, start - 60) : start])
        ) and not (re.search(r"\w", self.line[end : end + 60]) or start > 60)

    def imperative(self, place: int, skipped: int, linked: bool) -> bool:
        """True unless a preposition makes another sentence of it: “they can call on 118 volunteers”."""
        return not (linked and skipped and self.words[place - 1] in ("call", "calls") and place > 1
                    and self.words[place] == "on")  # fmt: skip

    def late(self, at: int, end: int) -> bool:
        """True if the word after a number, or its suffix in Turkish, is one of calling."""
        words, line = WORDING, self.line
        for place in range(at, min(at + 3, len(self.words))):
            gap = line[(end if place == at else self.ends[place - 1]) : self.starts[place]]
            if _STOP.search(gap) or len(gap) > 2 or re.search(r"[,:\d]", gap):
                return False
            if words.ends("late", self.words[at : place + 1], place - at + 1):
                return True
            if not words.ends("fill", self.words, place + 1) and self.words[place] not in _LATE:
                return False
        return False

    def content_after(self, end: int) -> bool:
        """True if a word follows that a number counts: “112 victims”, not “112 now”."""
        at = bisect_left(self.starts, end)
        if at >= len(self.words):
            return False
        gap = self.line[end : self.starts[at]]
        if len(gap) > 2 or not re.fullmatch(r"[\s*(’'\-]{1,2}", gap) or "(" in gap:
            return False
        words = WORDING
        if self.words[at] in _NUMBERED and at + 1 < len(self.words):
            following = self.words[: at + 2]
            return not any(words.ends(kind, following, at + 2) for kind in ("late", "phone", "fill", "after"))
        if self.words[at] in _SUFFIXES:
            return gap not in ("'", "’")
        return not (words.ends("after", self.words, at + 1) or words.ends("late", self.words[at : at + 1], 1))

    def dated(self, start: int) -> bool:
        """True if a word for year stands right before a number, in a language with its own calendar."""
        return bool(_YEAR.search(self.line[max(0, start - 12) : start]))

    def often_counted(self, end: int) -> bool:
        """True if the next words, or the stem of the next, are what people often count."""
        at = bisect_left(self.starts, end)
        words = self.words[at : at + 3]
        return bool(words) and (
            words[0].startswith(WORDING.stems)
            or any(WORDING.ends("count", words, n) == n for n in range(1, len(words) + 1))
        )

    def statistics(self, start: int, end: int) -> bool:
        """True if the sentence has other numbers, none of them after a word of calling."""
        line = self.line
        before = line[max(0, start - 80) : start]
        after = re.split(r"[.!?](?:\s|$)", line[end : end + 200])[0]
        return bool(re.search(r"\d{2}", before + " " + after) and not self.asked(start, end))

    def before(self, start: int) -> str:
        """The forty characters before a place."""
        return self.line[max(0, start - 40) : start]

    def attached(self, at: int, *, after: bool = False) -> bool:
        """True if a letter touches the digits: “AB1234567”."""
        piece = self.line[at : at + 1] if after else self.line[max(0, at - 1) : at]
        return piece.isalpha()
