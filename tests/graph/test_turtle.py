import re

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from kgbuild.graph import turtle
from kgbuild.graph.iris import relation_name, slug

HEAD = "@prefix x: <http://x/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
NASTY = '"\\\n\r\t\x00\x01\x1f\x7f\x85\x9f\u2028\u2029\u202e\ufeff\ufffe\uffff😀محمد</script>\'\'\'"""'
any_text = st.text(st.characters(exclude_categories=["Cs"]))


def in_pyoxigraph(term: str) -> ox.Literal | ox.NamedNode:
    (quad,) = ox.parse(f"{HEAD}x:s x:p {term} .", ox.RdfFormat.TURTLE)
    return quad.object


def in_rdflib(term: str) -> rdflib.term.Identifier:
    ((_, _, value),) = rdflib.Graph().parse(data=f"{HEAD}x:s x:p {term} .", format="turtle")
    return value


@given(any_text)
@example(NASTY)
def test_a_literal_is_read_back_as_it_was(text: str) -> None:
    term = turtle.literal(text)
    assert in_pyoxigraph(term).value == text
    assert str(in_rdflib(term)) == text
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202e\ufeff]", term)


def test_a_lone_surrogate_is_replaced() -> None:
    assert turtle.literal("a\ud800b") == '"a\ufffdb"'


@pytest.mark.parametrize(
    ("written", "term"),
    [
        (turtle.literal('a "b"\n\x07'), r'"a \"b\"\n\u0007"'),
        (turtle.literal("a", language="en"), '"a"@en'),
        (turtle.literal("a", datatype="xsd:date"), '"a"^^xsd:date'),
        (turtle.number(130000), "130000"),
        (turtle.number(-3), "-3"),
        (turtle.number(7.0), "7.0"),
        (turtle.number(0.1), "0.1"),
        (turtle.number(1e-07), "0.0000001"),
        (turtle.number(1e22), "10000000000000000000000.0"),
        (turtle.number(float("nan")), '"nan"'),
        (turtle.number(float("-inf")), '"-inf"'),
        (turtle.day("2022-02-16"), '"2022-02-16"^^xsd:date'),
        (turtle.day("2022-02"), '"2022-02"'),
        (turtle.day("2022-02-30"), '"2022-02-30"'),
        (turtle.boolean(True), "true"),
    ],
)
def test_values_are_written_with_their_type(written: str, term: str) -> None:
    assert written == term
    assert str(in_rdflib(term)) == in_pyoxigraph(term).value


@pytest.mark.parametrize(
    ("url", "term"),
    [
        ("https://example.com/a?b=1&c=d#e", "<https://example.com/a?b=1&c=d#e>"),
        ("http://example.com", "<http://example.com>"),
        ('https://example.com/a b<c>"é', "<https://example.com/a%20b%3Cc%3E%22%C3%A9>"),
        ("https://example.com/%zz%20#a#b", "<https://example.com/%25zz%20#a%23b>"),
        ("https://[::1/x", '"https://[::1/x"'),
        ("javascript:alert(1)", '"javascript:alert(1)"'),
        ("a> <b", '"a> <b"'),
    ],
)
def test_web_addresses_are_iris_and_all_else_is_a_literal(url: str, term: str) -> None:
    assert turtle.web_address(url) == term


@given(st.sampled_from(["http://", "https://example.com", "https://a:b", "ftp:"]).flatmap(
    lambda start: any_text.map(lambda rest: start + rest)
))  # fmt: skip
def test_any_web_address_is_valid(url: str) -> None:
    term = turtle.web_address(url)
    in_pyoxigraph(term)
    in_rdflib(term)


@given(any_text)
@example("\u0301accent")
@example("-9lives.")
@example("हिन्दी नाम")
@example(NASTY)
def test_any_text_becomes_a_name_that_both_parsers_read_back(text: str) -> None:
    name = relation_name(text)
    for found in (in_pyoxigraph(f"x:{name}").value, str(in_rdflib(f"x:{name}"))):
        assert found == f"http://x/{name}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Antony Blinken", "Antony_Blinken"),
        ("deploy troops near", "deploy_troops_near"),
        ("Conor O’Brien", "Conor_OBrien"),
        ("U.S. Army", "US_Army"),
        ("Jean-Claude Juncker", "Jean-Claude_Juncker"),
        ("AT&T Inc.", "AT_T_Inc"),
        ("Łódź", "Łódź"),
        ("محمد", "محمد"),
        ("a\u202eb", "a_b"),
        ("???", ""),
    ],
)
def test_names_stay_readable(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_long_name_is_cut_and_stays_distinct() -> None:
    one, other = slug("a " * 100 + "x"), slug("a " * 100 + "y")
    assert one != other
    assert max(len(one), len(other)) < 100


def test_objects_are_sorted_and_written_once() -> None:
    text = "".join(turtle.write({"x": "http://x/"}, [("x:s", [("x:p", ["x:b", "x:a", "x:b"]), ("x:q", [])])]))
    assert text == "@prefix x: <http://x/> .\n\nx:s x:p x:a , x:b .\n"
