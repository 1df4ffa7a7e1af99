from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from mycelia.kernel import clock
from mycelia.kernel.errors import MyceliaError
from mycelia.records.actions.documents import delete_document, delete_documents, post_document, put_document
from mycelia.records.calc.documents import Preconditions, entity_tag, merged, names_tag
from mycelia.records.errors import (
    DocumentExists,
    DocumentNotFound,
    InvalidDocument,
    MissingPrecondition,
    PreconditionFailed,
)
from mycelia.records.models import Document as Row
from mycelia.records.queries.documents import document, document_names
from mycelia.records.types import AgentKey, DocumentContext, DocumentKind

JSON = "application/json"
ADA = AgentKey("mbox", "mailto:ada@example.com")
STATE = DocumentContext(DocumentKind.STATE, "a:course", ADA)
PROFILE = DocumentContext(DocumentKind.ACTIVITY_PROFILE, "a:course")
NEW = Preconditions(if_none_match="*")
VALUES = (
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=4) | st.lists(st.booleans(), max_size=2)
)
OBJECTS = st.dictionaries(st.text(max_size=3), VALUES, max_size=4)


def _put(context, name="n", content=b"{}", content_type=JSON, version="2.0.0", given=NEW):
    put_document(context, name, content_type=content_type, content=content, version=version, given=given)


@given(OBJECTS, OBJECTS)
def test_merging_is_the_union_of_members_and_the_newer_wins(old, new):
    import msgspec

    result = merged((JSON, msgspec.json.encode(old)), (JSON, msgspec.json.encode(new)))
    assert msgspec.json.decode(result) == {**old, **new}


def test_merging_leaves_the_spelling_of_values_as_it_was():
    result = merged((JSON, b'{"a": 1.50, "big": 123456789012345678901234567890, "e": 1e400}'), (JSON, b'{"b": [ 1 ]}'))
    assert result == b'{"a":1.50,"big":123456789012345678901234567890,"e":1e400,"b":[ 1 ]}'


@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        (("text/plain", b"{}"), (JSON, b"{}")),
        ((JSON, b"{}"), ("text/plain", b"{}")),
        ((JSON, b"[]"), (JSON, b"{}")),
        ((JSON, b"{}"), (JSON, b"[]")),
        ((JSON, b"{}"), (JSON, b'{"a":')),
        ((JSON, b"{}"), (JSON, b'{"a": "\xff"}')),
        ((JSON, b"{}"), (JSON, b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}")),
        ((JSON, b"{}"), (JSON, b"")),
    ],
)
def test_merging_what_is_no_json_object_is_refused(stored, sent):
    with pytest.raises(InvalidDocument):
        merged(stored, sent)


@pytest.mark.parametrize(
    ("header", "tag", "outcome"),
    [
        ('"a"', "a", True),
        ('W/"a"', "a", True),
        ("a", "a", True),
        ('"b", "a"', "a", True),
        ('"b"', "a", False),
        ("*", "a", True),
        ("*", None, False),
        ('"a"', None, False),
        ("", "a", False),
        ('"', "a", False),
    ],
)
def test_entity_tags_are_compared_as_http_has_it(header, tag, outcome):
    assert names_tag(header, tag) is outcome


@pytest.mark.django_db
def test_document_comes_back_byte_for_byte():
    content = bytes(range(256))
    _put(STATE, content=content, content_type='text/x-odd; a="ö"'.encode().decode("latin-1"))
    found = document(STATE, "n")
    assert (found.content, found.etag) == (content, entity_tag(content))
    assert found.content_type == 'text/x-odd; a="ö"'.encode().decode("latin-1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("context", "version", "error"),
    [
        (STATE, "2.0.0", DocumentExists),
        (STATE, "1.0.3", None),
        (PROFILE, "2.0.0", DocumentExists),
        (PROFILE, "1.0.3", DocumentExists),
    ],
)
def test_put_over_a_document_that_the_request_does_not_know(context, version, error):
    _put(context, content=b"1")
    if error is None:
        _put(context, content=b"2", version=version, given=Preconditions())
        assert document(context, "n").content == b"2"
        return
    with pytest.raises(error):
        _put(context, content=b"2", version=version, given=Preconditions())
    assert document(context, "n").content == b"1"


@pytest.mark.django_db
def test_put_of_a_new_profile_must_say_that_it_is_new_and_of_a_state_need_not():
    with pytest.raises(MissingPrecondition):
        _put(PROFILE, given=Preconditions())
    _put(STATE, given=Preconditions())
    assert Row.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["put", "post", "delete"])
@pytest.mark.parametrize("given_", [Preconditions(if_match='"other"'), NEW])
def test_change_whose_precondition_fails_leaves_the_document(change, given_):
    _put(PROFILE, content=b'{"a":1}')
    with pytest.raises(PreconditionFailed):
        if change == "put":
            _put(PROFILE, content=b"{}", given=given_)
        elif change == "post":
            post_document(PROFILE, "n", content_type=JSON, content=b"{}", given=given_)
        else:
            delete_document(PROFILE, "n", given=given_)
    assert document(PROFILE, "n").content == b'{"a":1}'


@pytest.mark.django_db
def test_change_of_what_is_not_there_with_if_match_fails():
    for change in (
        lambda given: _put(STATE, given=given),
        lambda given: post_document(STATE, "n", content_type=JSON, content=b"{}", given=given),
        lambda given: delete_document(STATE, "n", given=given),
    ):
        with pytest.raises(PreconditionFailed):
            change(Preconditions(if_match="*"))
    assert not Row.objects.exists()


@pytest.mark.django_db
def test_post_merges_or_stores():
    post_document(STATE, "n", content_type=JSON, content=b'{"a": {"x": 1}, "b": 2}')
    post_document(STATE, "n", content_type="application/json; charset=utf-8", content=b'{"a": {"y": 1}}')
    found = document(STATE, "n")
    assert found.content == b'{"a":{"y": 1},"b":2}'
    assert found.etag == entity_tag(found.content)


@pytest.mark.django_db
def test_states_of_each_registration_and_without_one_are_different_documents():
    registrations = [None, uuid4(), uuid4()]
    contexts = [DocumentContext(DocumentKind.STATE, "a:course", ADA, one) for one in registrations]
    for number, context in enumerate(contexts):
        _put(context, "same", str(number).encode())
    assert [document(context, "same").content for context in contexts] == [b"0", b"1", b"2"]
    _put(contexts[1], "more")
    assert sorted(document_names(contexts[0])[0]) == ["more", "same"]
    assert document_names(contexts[2])[0] == ["same"]
    assert delete_documents(contexts[1]) == 2
    assert document_names(contexts[0])[0] == ["same"]
    assert delete_documents(contexts[0]) == 2
    assert document_names(contexts[0]) == ([], None)


@pytest.mark.django_db
def test_documents_of_another_agent_activity_or_kind_are_others():
    _put(STATE)
    others = [
        DocumentContext(DocumentKind.STATE, "a:other", ADA),
        DocumentContext(DocumentKind.STATE, "a:course", AgentKey("openid", "mailto:ada@example.com")),
        PROFILE,
        DocumentContext(DocumentKind.AGENT_PROFILE, agent=ADA),
    ]
    for context in others:
        with pytest.raises(DocumentNotFound):
            document(context, "n")
        assert document_names(context)[0] == []


@pytest.mark.django_db
def test_names_since_a_moment_are_those_changed_later():
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for hours, name in enumerate(("a", "b", "c")):
        with clock.frozen(first + timedelta(hours=hours)):
            _put(PROFILE, name)
    with clock.frozen(first + timedelta(hours=5)):
        post_document(PROFILE, "a", content_type=JSON, content=b'{"x":1}')
    assert document_names(PROFILE, first) == (["b", "c", "a"], first + timedelta(hours=5))
    assert document_names(PROFILE, first + timedelta(hours=2))[0] == ["a"]
    assert document_names(PROFILE, first + timedelta(hours=5)) == ([], None)


def _together(*changes):
    """Run the changes at the same time, each on a connection of its own; return what came of each."""
    start, outcomes = threading.Barrier(len(changes)), [""] * len(changes)

    def run(number: int) -> None:
        start.wait()
        try:
            changes[number]()
            outcomes[number] = "done"
        except MyceliaError as error:
            outcomes[number] = error.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(changes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_writers_with_the_same_tag_one_wins():
    _put(PROFILE, content=b"0")
    tag = f'"{entity_tag(b"0")}"'

    def change(number: int):
        return lambda: _put(PROFILE, content=str(number).encode(), given=Preconditions(if_match=tag))

    outcomes = _together(*(change(number) for number in range(1, 5)))
    assert sorted(outcomes) == ["done", *["precondition_failed"] * 3]
    assert document(PROFILE, "n").content == str(outcomes.index("done") + 1).encode()


@pytest.mark.django_db(transaction=True)
def test_of_writers_of_a_new_document_one_wins():
    outcomes = _together(*(lambda: _put(PROFILE) for _ in range(4)))
    assert sorted(outcomes) == ["done", *["precondition_failed"] * 3]


@pytest.mark.django_db(transaction=True)
def test_merges_at_the_same_time_lose_nothing():
    def merge(number: int):
        return lambda: post_document(STATE, "n", content_type=JSON, content=b'{"k%d":1}' % number)

    assert _together(*(merge(number) for number in range(6))) == ["done"] * 6
    assert document(STATE, "n").content.count(b":1") == 6


@pytest.mark.django_db(transaction=True)
def test_deleting_and_posting_at_the_same_time_ends_with_one_or_none():
    changes = [lambda: post_document(STATE, "n", content_type=JSON, content=b"{}"), lambda: delete_document(STATE, "n")]
    assert _together(*changes * 4) == ["done"] * 8
    assert Row.objects.count() in {0, 1}
