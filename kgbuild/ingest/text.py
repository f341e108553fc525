"""From bytes to clean text. Nothing later changes a character, so every offset of a run refers to what this returns.

What goes: byte order marks, carriage returns, zero-width and direction marks, soft hyphens, control characters. What
stays: every space as it is, no-break ones too, and every other character, so that in an ordinary UTF-8 file with Unix
line ends an offset of the text is an offset of the file.
"""

from __future__ import annotations

import re
import unicodedata

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an archive or office file"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a compressed file"),
)
_CONTROL = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0b\x0c\r\x1a\x1b"))
_HIGH = bytes(range(0x80, 0x100))
MAX_CONTROL_SHARE = 0.01
"""Share of control bytes above which a file is binary: texts have a stray one now and then, never one byte in 100."""
MAX_HIGH_SHARE = 0.2
"""Share of bytes over 0x7F above which Windows-1252 is not believed: in French, the language with most, it is 5 %."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Quotes and dashes of Windows-1252 text that somebody decoded as Latin-1: \x93 is a quotation mark, not a control.
_C1 = {code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))}


class NotTextError(ValueError):
    """The bytes are no text that can be read; the message is the reason, without the file's name."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of ``data`` and the encoding used.

    A byte order mark decides; else ``declared`` (what an HTML page says of itself), UTF-8, and Windows-1252, which
    covers Latin-1. Raises `NotTextError`.
    """
    for mark, kind in _MAGIC:
        if data.startswith(mark):
            raise NotTextError(f"{kind}, not text")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise NotTextError(f"broken {encoding.upper().removesuffix('-SIG')} (at byte {error.start})") from error
    if _share(_CONTROL, data) > MAX_CONTROL_SHARE:
        raise NotTextError("binary, not text")
    for known in (declared, "utf-8"):
        if known:
            try:
                return data.decode(known), known.lower()
            except (UnicodeDecodeError, LookupError):
                continue
    if _share(_HIGH, data) <= MAX_HIGH_SHARE:
        try:
            return data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            pass
    raise NotTextError("in no known encoding (neither UTF-8 nor Windows-1252); save it as UTF-8")


def _share(wanted: bytes, data: bytes) -> float:
    """The share of ``data`` that bytes of ``wanted`` make up."""
    return 1 - len(data.translate(None, wanted)) / max(1, len(data))


def clean(text: str) -> str:
    """``text`` as an article keeps it: see the module's docstring. Composed (NFC), without lone surrogates."""
    text = _LINE_ENDS.sub("\n", text).translate(_C1)
    text = _DROPPED.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
