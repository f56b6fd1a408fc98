"""Reads the files that people write: whole, as UTF-8, within bounds, and with a line for whatever is not."""

from __future__ import annotations

import codecs
from pathlib import Path

from safepage.faults import Fault, Faulty

MAX_TEXT = 250_000  # bytes: so many, in any script, as there may be characters
MAX_PAGE = 60_000  # characters; the longest page of the site has a tenth
_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHERS = {
    b"PK\x03\x04": "a document of Word or the like, or packed",
    b"\xd0\xcf\x11\xe0": "a document of Word",
    b"{\\rtf": "a document with looks (RTF)",
    b"%PDF": "a PDF",
    b"\xde\x12\x04\x95": "made for a program (.mo)",
    b"\x95\x04\x12\xde": "made for a program (.mo)",
}
_SAVE = "open it in an editor and save it with the encoding UTF-8"


def read(file: Path, path: str) -> str:
    """The text of a file, with line feeds as line ends and without a byte order mark.

    In: the file, and how it is called in messages. Raises Faulty where it is missing, too large, can't be
    read, or is not UTF-8.
    """
    try:
        if file.stat().st_size > MAX_TEXT:
            raise Faulty([too_large(file.stat().st_size, path)])
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        todo = "put it back; if its language goes, take that out of mkdocs.yml, too"
        raise Faulty([Fault(path, 0, "the file is missing", todo)]) from None
    except OSError as error:
        what = f"the file can't be read: {error.strerror or type(error).__name__}"
        raise Faulty([Fault(path, 0, what, "see that it is a file, and that you may open it")]) from None
    if fault := wrong(data, path):
        raise Faulty([fault])
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def too_large(size: int, path: str) -> Fault:
    """The fault of a text of that many bytes."""
    return Fault(path, 0, f"the file has {size // 1000:,} kB", f"make it smaller than {MAX_TEXT // 1000} kB")


def wrong(data: bytes, path: str) -> Fault | None:
    """Why the bytes of a file are no text in UTF-8, if they are not."""
    for begins, kind in _OTHERS.items():
        if data.startswith(begins):
            what = f"the file is {kind}, not a text"
            return Fault(path, 0, what, "save it as plain text, or copy its words")
    if data.startswith(_MARKS) or data.count(b"\0") > max(2, len(data) // 8):
        return Fault(path, 0, "the file is saved as UTF-16, not as UTF-8", _SAVE)
    try:
        length = len(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sign = data[error.start : error.start + 1].decode("cp1252", "replace")
        shown = f" (“{sign}” in Windows-1252)" if sign.isprintable() and sign != "\ufffd" else ""
        what = f"the file is not saved as UTF-8: here stands the byte {data[error.start]:02X}{shown}"
        return Fault(path, line, what, _SAVE)
    if path.endswith(".md") and length > MAX_PAGE:
        what = f"the page has more than {MAX_PAGE:,} characters: nobody in danger reads so much"
        return Fault(path, 0, what, "divide it into several pages")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return Fault(path, line, "the file holds a NUL byte, which no text has", "type this line anew")
    return None
