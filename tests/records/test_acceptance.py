"""The short way accepts nothing that the strict way refuses, and both write the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.records_statements import statement
from mycelia.records.calc.acceptance import accept
from mycelia.records.calc.decoding import names_stand_once
from mycelia.records.calc.preparation import prepare, split, stamp
from mycelia.records.calc.validation import check_statement
from mycelia.records.errors import InvalidStatement
from mycelia.records.types import AgentKey, Prepared, Stamp
from tests.factories.records import ADA, make_statement

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
NEW = UUID("6690e6c9-3ef0-4ed3-8b37-7f3964730bee")
AUTHORITY = {"objectType": "Agent", "account": {"homePage": "https://example.com", "name": "source"}}
WHOLE = {
    **statement(1),
    "context": {
        **statement(1)["context"],  # type: ignore[dict-item]
        "instructor": ADA,
        "revision": "1",
        "extensions": {"https://example.com/e": {"a": [1, None]}},
        "contextActivities": {"category": [{"id": "https://example.com/c"}], "other": [], "parent": [{"id": "a:p"}]},
    },
}
REPLACEMENTS: list[Any] = [
    *(None, True, 0, 2, -1.5, "", "x", "a:b", "a b", [], [1], {}, {"x": 1}, {"en": "x"}, {"a:b": 1}, {"en": 1}),
    *(
        "2026-01-01T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01",
        "2026-01-01T00:00:00-00:00",
        "2026-01-01 00:00:00Z",
    ),
    *("PT1H", "P", "en-US", "en_US", "mailto:a@b", "A" * 40, str(NEW), NEW.hex, "Agent", "Group", "Activity", "\x00"),
    *("http://adlnet.gov/expapi/verbs/voided", [{"id": "a:b"}], {"id": "a:b"}, ADA, {"account": {"name": "x"}}),
]


def _stamp(version: str = "1.0.3") -> Stamp:
    return stamp(stored=AT, authority=AUTHORITY, version=version)


def _accepted(sent: dict[str, Any], version: str = "1.0.3") -> Prepared | None:
    return accept(json.dumps(sent).encode(), stamp=_stamp(version), new_id=lambda: NEW)


def _decoded(definitions: tuple[tuple[str, bytes], ...]) -> list[tuple[str, Any]]:
    return [(activity, json.loads(definition)) for activity, definition in definitions]


def _mutations(sent: Any) -> Iterator[Any]:
    """Yield copies with one value replaced, removed or added, at every depth."""
    if isinstance(sent, dict):
        for key, inner in sent.items():
            yield {name: value for name, value in sent.items() if name != key}
            yield {**{name: value for name, value in sent.items() if name != key}, key.upper(): inner}
            for changed in [*REPLACEMENTS, *_mutations(inner)]:
                yield {**sent, key: changed}
        yield {**sent, "unknown": 1}
    if isinstance(sent, list):
        for index, inner in enumerate(sent):
            for changed in [*REPLACEMENTS, *_mutations(inner)]:
                yield [*sent[:index], changed, *sent[index + 1 :]]


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_short_way_accepts_only_what_the_strict_way_accepts_and_prepares_it_alike(version):
    accepted = 0
    for mutated in _mutations(WHOLE):
        short = _accepted(mutated, version)
        if short is None:
            continue
        accepted += 1
        strict = prepare(copy.deepcopy(mutated), index=0, stamp=_stamp(version), new_id=lambda: NEW)
        assert short.extract == strict.extract
        assert json.loads(short.payload) == json.loads(strict.payload)
        assert (short.identifier, short.occurred, short.version) == (strict.identifier, strict.occurred, strict.version)
        assert short.has_own_timestamp == strict.has_own_timestamp
        assert _decoded(short.definitions) == _decoded(strict.definitions)
    assert accepted > 100


def test_short_way_takes_the_usual_shape():
    assert _accepted(WHOLE) is not None
    assert _accepted(make_statement()) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": {"objectType": "Group", "member": [ADA]}},
        {"object": {"objectType": "StatementRef", "id": str(NEW)}},
        {"attachments": []},
        {"authority": ADA},
        {"stored": "2026-01-01T00:00:00Z"},
        {"version": "1.0.0"},
        {"context": {"contextActivities": {"parent": {"id": "a:b"}}}},
        {"timestamp": "2026-01-01T10:00:00+01"},
    ],
)
def test_short_way_leaves_the_unusual_to_the_strict_way(changes):
    sent = make_statement(**changes)
    check_statement(sent, version="1.0.3")
    assert _accepted(sent) is None


def test_short_way_keeps_the_bytes_that_were_sent():
    sent = b'{ "actor": {"mbox":"mailto:a@b"}, "verb":{"id":"a:b"},\n"object":{"id":"a:c"}, "result":{"success":true} }'
    (one,) = split(b" " + sent + b"\n")
    accepted = accept(one, stamp=_stamp(), new_id=lambda: NEW)
    assert accepted is not None
    assert accepted.payload.startswith(sent[:-1])
    assert json.loads(accepted.payload)["id"] == str(NEW)
    assert accepted.extract.actor == AgentKey("mbox", "mailto:a@b")


@pytest.mark.parametrize("hostile", [b'"\xff"', b'"\\ud800"', b"1e999", b"NaN", b"[" * 5000, b'"\x01"'])
def test_short_way_stores_no_bytes_that_are_not_json(hostile):
    sent = (
        b'{"actor":{"mbox":"mailto:a@b"},"verb":{"id":"a:b"},"object":{"id":"a:c"},"result":{"extensions":{"a:b":%s}}}'
    )
    accepted = accept(sent % hostile, stamp=_stamp(), new_id=lambda: NEW)
    assert accepted is None or json.loads(accepted.payload.decode("utf-8"))


@pytest.mark.parametrize("body", [b"", b"[", b"1 2", b'{"a":1}]', b"\xff", b"[{},]", b"[" * 100_000])
def test_body_that_is_no_json_is_refused_with_a_reason(body):
    with pytest.raises(InvalidStatement):
        for index, one in enumerate(split(body)):
            prepare(one, index=index, stamp=_stamp(), new_id=lambda: NEW)


def short(sent: bytes) -> Prepared | None:
    given = stamp(stored=AT, authority=AUTHORITY, version="1.0.3")
    return accept(sent, stamp=given, new_id=lambda: NEW)


@pytest.mark.parametrize(
    "changed",
    [
        ('"object":', '"object":{"id":"https://example.com/other"},"object":'),
        ('"object":', '"object" :{"id":"https://example.com/other"},"object":'),
        ('"object":', '"\\u006fbject":{"id":"https://example.com/other"},"object":'),
    ],
)
def test_name_that_stands_twice_is_left_to_the_strict_way(changed):
    """A later reader of the bytes might take the first of the two."""
    sent = json.dumps(make_statement(), separators=(",", ":"))
    assert short(sent.encode()) is not None
    assert short(sent.replace(*changed, 1).encode()) is None


@pytest.mark.parametrize(
    "extension",
    [
        r'{"a\\":1,"a\\":2}',
        r'{"a\\" :1,"a\\" :2}',
        r'{"a\\ ":1,"b":1,"b":2}',
        r'{"a\u005c":1,"a\u005c":2}',
        r'{"a\":":1,"a\":":2}',
    ],
)
def test_name_with_a_backslash_that_stands_twice_is_left_to_the_strict_way(extension):
    sent = json.dumps(make_statement(result={"extensions": {"https://example.com/x": "HERE"}}))
    assert short(sent.replace('"HERE"', extension).encode()) is None
    with pytest.raises(InvalidStatement, match="twice"):
        prepare(sent.replace('"HERE"', extension).encode(), index=0, stamp=_stamp(), new_id=lambda: NEW)


_texts = st.text(':"ab \\{},\u00e4', max_size=4)
_pairs = st.deferred(lambda: st.lists(st.tuples(_texts, st.one_of(_texts, st.integers(), _pairs)), max_size=4))


def _written(pairs: list[tuple[str, Any]], colon: str) -> str:
    inner = (
        json.dumps(name) + colon + (_written(value, colon) if isinstance(value, list) else json.dumps(value))
        for name, value in pairs
    )
    return "{" + ",".join(inner) + "}"


def _is_once(pairs: list[tuple[str, Any]]) -> bool:
    names = [name for name, _ in pairs]
    return len({*names}) == len(names) and all(_is_once(value) for _, value in pairs if isinstance(value, list))


@given(_pairs, st.sampled_from([":", " :", ": ", "\n:\t"]))
def test_names_that_pass_stand_once_in_every_object(pairs, colon):
    sent = _written(pairs, colon).encode()
    passed = names_stand_once(sent, msgspec.json.encode(msgspec.json.decode(sent)))
    assert _is_once(pairs) or not passed
    assert passed or not _is_once(pairs) or b"\\" in sent


@pytest.mark.parametrize("text", ['"', "a\\b", 'say "a": 1', "a : b", "\n", "ä", "\u2028"])
def test_any_text_goes_the_short_way(text):
    for sent in (
        json.dumps(make_statement(result={"response": text}), indent=1),
        json.dumps({**make_statement(), "result": {"response": text}}, ensure_ascii=False),
    ):
        assert short(sent.encode()) is not None


@pytest.mark.parametrize("wrong", [NEW.hex, f"{{{NEW}}}", f"{str(NEW)[:-1]} ", f"{NEW.hex[:8]}{NEW.hex[8:]}----"])
def test_identifier_in_another_form_is_left_to_the_strict_way(wrong):
    assert _accepted(make_statement(id=str(NEW).upper())) is not None
    assert _accepted(make_statement(id=wrong)) is None
    assert _accepted(make_statement(context={"registration": wrong})) is None


def test_extension_nested_deeper_than_the_limit_is_left_to_the_strict_way():
    statement = json.dumps(make_statement(result={"extensions": {"https://example.com/x": "HERE"}}))
    assert short(statement.replace('"HERE"', "[" * 100 + "]" * 100).encode()) is not None
    assert short(statement.replace('"HERE"', "[" * 200 + "]" * 200).encode()) is None
