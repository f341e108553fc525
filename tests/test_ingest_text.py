"""Bytes → text → clean text: encodings, what is removed, what is kept."""

import pytest

from kgbuild.ingest.languages import base, detect
from kgbuild.ingest.text import NotTextError, clean, decode

QUOTE = "“Café” – said Łukasz"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (QUOTE.encode(), QUOTE, "utf-8"),
        (QUOTE.encode("utf-8-sig"), QUOTE, "utf-8-sig"),
        (QUOTE.encode("utf-16"), QUOTE, "utf-16"),
        (b"\xfe\xff" + QUOTE.encode("utf-16-be"), QUOTE, "utf-16"),
        (QUOTE.encode("utf-32"), QUOTE, "utf-32"),
        ("“The café is open” – he said".encode("cp1252"), "“The café is open” – he said", "cp1252"),
        ("The café was closed.".encode("latin-1"), "The café was closed.", "cp1252"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_declared_encoding_is_tried_first() -> None:
    assert decode("Жан".encode("koi8-r"), "koi8-r") == ("Жан", "koi8-r")
    assert decode(QUOTE.encode(), "no-such-encoding") == (QUOTE, "utf-8")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"PK\x03\x04 text", "an archive"),
        ("Встреча в Женеве".encode("cp1251"), "no known encoding"),
        (b"\xff\xfea\x00b", "broken UTF-16"),
        (b"good text \x81 but one byte that no encoding has", "no known encoding"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason):
        decode(data)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("one\r\ntwo\rthree\u2028four\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("\ufeffze\u200bro\u200d wid\u00adth\u2060", "zero width"),
        ("bell\x07 and \x1b[31mred", "bell and [31mred"),
        ("\x93said\x94 \x96 it\x92s", "“said” – it’s"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("Zelens\u0301kyj", "Zelen\u015bkyj"),
    ],
)
def test_what_is_cleaned(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "text", ["January 4, 2019\u00a0\n\n\nAn  apartment\tbuilding", "  a\n", "…", "$ 200\u202fmillion", "😀 ½ ﬁ"]
)
def test_what_is_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russian President Vladimir Putin is willing to negotiate, the Kremlin said.", "en"),
        ("Il presidente russo Vladimir Putin ha detto che non intende attaccare l'Ucraina.", "it"),
        ("Le président russe a déclaré qu'il n'avait pas l'intention d'attaquer l'Ukraine.", "fr"),
        ("Der russische Präsident hat erklärt, dass er die Ukraine nicht angreifen will.", "de"),
        ("Президент России заявил, что не собирается нападать на Украину.", "ru"),
        ("Blinken met Lavrov.", "en"),
        ("Putin denies.", "en"),
        ("1", "en"),
        ("", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_declared_language_decides_where_the_text_is_too_short() -> None:
    assert detect("Macron a Mosca", "it-IT") == "it"
    assert detect("Russian President Vladimir Putin is willing to negotiate.", "it") == "en"


@pytest.mark.parametrize(
    ("code", "language"),
    [("en-GB", "en"), ("EN_us", "en"), ("English", "en"), ("deu", "deu"), ("", None), (None, None), ("x1", None)],
)
def test_language_codes(code: str | None, language: str | None) -> None:
    assert base(code) == language
