"""What a statement may hold and must hold: xAPI 1.0.3 Part Two and IEEE 9274.1.1-2023 (2.0.0)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mycelia.records.calc.validation import check_statement, formats
from mycelia.records.errors import InvalidStatement
from tests.factories.records import ACCOUNT, ADA, make_statement

pytestmark = pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
UUID = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"


def refused(statement: Any, version: str, path: str) -> str:
    with pytest.raises(InvalidStatement) as caught:
        check_statement(statement, version=version)
    assert caught.value.data["path"] == path
    assert caught.value.data["clause"] in str(caught.value)
    return str(caught.value)


def accepted(statement: Any, version: str) -> None:
    check_statement(statement, version=version)


def test_statement_with_every_property_is_accepted(version):
    """Part Two 2.4: the table of properties."""
    accepted(
        make_statement(
            id=UUID,
            result={
                "score": {"scaled": -0.5, "raw": 3, "min": 0, "max": 10.5},
                "success": True,
                "completion": False,
                "response": "",
                "duration": "PT1H30M5.25S",
                "extensions": {"https://example.com/x": None},
            },
            context={
                "registration": UUID,
                "instructor": ADA,
                "team": {"objectType": "Group", "member": [ADA]},
                "contextActivities": {"parent": {"id": "a:b"}, "grouping": [], "other": [{"id": "a:c"}]},
                "revision": "3",
                "platform": "Mycelia",
                "language": "de-CH-1996",
                "statement": {"objectType": "StatementRef", "id": UUID},
                "extensions": {},
            },
            timestamp="2026-05-01T12:00:00.123Z",
            stored="2026-05-01T12:00:00Z",
            authority=ADA,
            version="1.0.0",
            attachments=[
                {
                    "usageType": "https://example.com/usage",
                    "display": {"en": "x"},
                    "contentType": "text/plain; charset=utf-8",
                    "length": 3,
                    "sha2": "a" * 64,
                    "fileUrl": "https://example.com/f",
                }
            ],
        ),
        version,
    )


@pytest.mark.parametrize("name", ["actor", "verb", "object"])
def test_statement_without_a_required_property_is_refused(version, name):
    """Part Two 2.2.s2.b3: actor, verb and object are required."""
    assert name in refused(make_statement(**{name: None}), version, "$")


@pytest.mark.parametrize("value", [None, 1, "x", [], True])
def test_statement_that_is_no_object_is_refused(version, value):
    """Part Two 2.4: a statement is an object."""
    refused(value, version, "$")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"foo": 1}, "$.foo"),
        ({"Actor": ADA}, "$.Actor"),
        ({"actor": ADA | {"Mbox": "x"}}, "$.actor.Mbox"),
        ({"verb": {"id": "a:b", "name": "x"}}, "$.verb.name"),
        ({"object": {"id": "a:b", "verb": {}}}, "$.object.verb"),
        ({"object": {"id": "a:b", "definition": {"foo": {}}}}, "$.object.definition.foo"),
        ({"result": {"grade": 1}}, "$.result.grade"),
        ({"result": {"score": {"foo": 1}}}, "$.result.score.foo"),
        ({"context": {"foo": 1}}, "$.context.foo"),
        ({"context": {"contextActivities": {"children": []}}}, "$.context.contextActivities.children"),
        ({"actor": {"account": {"homePage": "a:b", "name": "x", "id": 1}}}, "$.actor.account.id"),
    ],
)
def test_property_that_is_unknown_or_in_another_case_is_refused(version, changes, path):
    """Part Two 2.2.s4.b1: keys not allowed, or in the wrong case, are refused."""
    refused(make_statement(**changes), version, path)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"actor": {**ADA, "name": None}}, "$.actor.name"),
        ({"verb": {"id": "a:b", "display": {"en": None}}}, "$.verb.display.en"),
        ({"object": {"id": "a:b", "definition": None}}, "$.object.definition"),
        ({"result": {"success": None}}, "$.result.success"),
        ({"context": {"registration": None}}, "$.context.registration"),
    ],
)
def test_null_outside_extensions_is_refused(version, changes, path):
    """Part Two 2.2.s4.b1.b1: null is refused except inside extensions."""
    refused(make_statement(**changes), version, path)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"result": {"score": {"scaled": "0.5"}}}, "$.result.score.scaled"),
        ({"result": {"score": {"raw": True}}}, "$.result.score.raw"),
        ({"result": {"success": "true"}}, "$.result.success"),
        ({"result": {"completion": 1}}, "$.result.completion"),
        ({"actor": {**ADA, "name": 3}}, "$.actor.name"),
    ],
)
def test_value_of_another_type_is_refused(version, changes, path):
    """Part Two 2.2.s4.b1.b2 and b3: no strings for numbers or booleans."""
    refused(make_statement(**changes), version, path)


@pytest.mark.parametrize("identifier", [{}, ADA | ACCOUNT, {"name": "Ada"}])
def test_agent_without_exactly_one_identifier_is_refused(version, identifier):
    """Part Two 2.4.2.1: exactly one inverse functional identifier."""
    refused(make_statement(actor=identifier), version, "$.actor")


@pytest.mark.parametrize(
    "agent",
    [
        ADA,
        ACCOUNT,
        {"mbox_sha1sum": "f" * 40},
        {"openid": "https://ada.example.com/"},
        {"objectType": "Group", "member": [ADA]},
        {"objectType": "Group", "openid": "https://g.example.com/"},
        {"objectType": "Group", **ACCOUNT, "member": []},
    ],
)
def test_actor_with_one_identifier_or_members_is_accepted(version, agent):
    """Part Two 2.4.2.2 and 2.4.2.3: the four identifiers; anonymous and identified groups."""
    accepted(make_statement(actor=agent), version)


@pytest.mark.parametrize(
    ("agent", "path"),
    [
        ({"mbox": "ada@example.com"}, "$.actor.mbox"),
        ({"mbox": "mailto:ada"}, "$.actor.mbox"),
        ({"mbox": "MAILTO:ada@example.com"}, "$.actor.mbox"),
        ({"mbox_sha1sum": "xyz"}, "$.actor.mbox_sha1sum"),
        ({"openid": "ada"}, "$.actor.openid"),
        ({"account": {"name": "17"}}, "$.actor.account"),
        ({"account": {"homePage": "https://x.example"}}, "$.actor.account"),
        ({"account": {"homePage": "x.example", "name": "17"}}, "$.actor.account.homePage"),
        ({"account": {"homePage": "https://x.example", "name": 17}}, "$.actor.account.name"),
        ({"account": {"homePage": "https://x.example", "name": ""}}, "$.actor.account.name"),
        ({"account": {"homePage": "https://x.example", "name": "\x00"}}, "$.actor.account.name"),
        ({**ADA, "objectType": "agent"}, "$.actor.objectType"),
        ({**ADA, "objectType": "Person"}, "$.actor.objectType"),
    ],
)
def test_agent_whose_identifier_has_the_wrong_format_is_refused(version, agent, path):
    """Part Two 2.4.2.3 and 2.4.2.4: formats of identifiers and of accounts."""
    refused(make_statement(actor=agent), version, path)


@pytest.mark.parametrize(
    ("group", "path"),
    [
        ({"objectType": "Group"}, "$.actor"),
        ({"objectType": "Group", "member": []}, "$.actor"),
        ({**ADA, "objectType": "Group", "openid": "a:b"}, "$.actor"),
        ({"objectType": "Group", "member": ADA}, "$.actor.member"),
        ({"objectType": "Group", "member": [{"objectType": "Group", "member": [ADA]}]}, "$.actor.member[0].objectType"),
        ({"objectType": "Agent", "member": [ADA]}, "$.actor.member"),
    ],
)
def test_group_that_is_malformed_is_refused(version, group, path):
    """Part Two 2.4.2.2: anonymous groups have members, no group has groups as members."""
    refused(make_statement(actor=group), version, path)


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ({}, "$.verb"),
        ({"id": "completed"}, "$.verb.id"),
        ({"id": ""}, "$.verb.id"),
        ({"id": "a:b c"}, "$.verb.id"),
        ({"id": "a:b", "display": "x"}, "$.verb.display"),
        ({"id": "a:b", "display": {"en": 1}}, "$.verb.display.en"),
        ({"id": "a:b", "display": {"english_us": "x"}}, "$.verb.display.english_us"),
        ("completed", "$.verb"),
    ],
)
def test_verb_that_is_malformed_is_refused(version, verb, path):
    """Part Two 2.4.3, 4.2 and 4.3: verbs have an absolute IRI, displays are language maps."""
    refused(make_statement(verb=verb), version, path)


@pytest.mark.parametrize("tag", ["en", "en-US", "zh-Hant-HK", "sr-Latn", "de-CH-1996", "x-private", "i-klingon", "und"])
def test_language_tag_of_rfc_5646_is_accepted(version, tag):
    """Part Two 2.2.s4.b2 and 4.2: language map keys."""
    accepted(make_statement(verb={"id": "a:b", "display": {tag: "x"}}), version)


@pytest.mark.parametrize(
    "object_",
    [
        {"objectType": "Activity", "id": "a:b"},
        {"objectType": "Agent", "mbox": "mailto:b@example.com"},
        {"objectType": "Group", "member": [ADA]},
        {"objectType": "StatementRef", "id": UUID},
        {"objectType": "SubStatement", "actor": ADA, "verb": {"id": "a:b"}, "object": {"id": "a:c"}},
        {
            "id": "a:b",
            "definition": {
                "name": {"en": "x"},
                "description": {"en": "y"},
                "type": "a:t",
                "moreInfo": "https://example.com",
                "extensions": {"a:x": [None]},
            },
        },
    ],
)
def test_object_of_each_type_is_accepted(version, object_):
    """Part Two 2.4.4: activity, agent, group, statement reference and sub-statement."""
    accepted(make_statement(object=object_), version)


@pytest.mark.parametrize(
    ("object_", "path"),
    [
        ({}, "$.object"),
        ({"id": "x"}, "$.object.id"),
        ({"objectType": "activity", "id": "a:b"}, "$.object.objectType"),
        ({"objectType": ["Activity"], "id": "a:b"}, "$.object.objectType"),
        ({"mbox": "mailto:b@example.com"}, "$.object.mbox"),
        ({"objectType": "StatementRef", "id": "x"}, "$.object.id"),
        ({"objectType": "StatementRef"}, "$.object"),
        ({"id": "a:b", "definition": {"extensions": {"x": 1}}}, "$.object.definition.extensions.x"),
        ({"id": "a:b", "definition": {"moreInfo": "x"}}, "$.object.definition.moreInfo"),
    ],
)
def test_object_that_is_malformed_is_refused(version, object_, path):
    """Part Two 2.4.4 and 4.1."""
    refused(make_statement(object=object_), version, path)


@pytest.mark.parametrize(
    ("inner", "path"),
    [
        ({"id": UUID}, "$.object.id"),
        ({"stored": "2026-05-01T12:00:00Z"}, "$.object.stored"),
        ({"version": "1.0.0"}, "$.object.version"),
        ({"authority": ADA}, "$.object.authority"),
        ({"object": {"objectType": "SubStatement"}}, "$.object.object.objectType"),
        ({"actor": {}}, "$.object.actor"),
    ],
)
def test_sub_statement_with_what_it_must_not_have_is_refused(version, inner, path):
    """Part Two 2.4.4.3: no id, stored, version or authority, and no sub-statement inside."""
    sub = {"objectType": "SubStatement", "actor": ADA, "verb": {"id": "a:b"}, "object": {"id": "a:c"}} | inner
    refused(make_statement(object=sub), version, path)


@pytest.mark.parametrize(
    ("score", "path"),
    [
        ({"scaled": 1.001}, "$.result.score.scaled"),
        ({"scaled": -1.001}, "$.result.score.scaled"),
        ({"min": 3, "max": 3}, "$.result.score.min"),
        ({"raw": 2, "min": 3}, "$.result.score.raw"),
        ({"raw": 5, "max": 4}, "$.result.score.raw"),
    ],
)
def test_score_out_of_range_is_refused(version, score, path):
    """Part Two 2.4.5.1: scaled from -1 to 1, min below max, raw between."""
    refused(make_statement(result={"score": score}), version, path)


@pytest.mark.parametrize("duration", ["P1Y", "P1Y2M3DT4H5M6S", "PT0.5S", "P3W", "P0D", "PT1,5H", "PT16559.14S"])
def test_duration_of_iso_8601_is_accepted(version, duration):
    """Part Two 4.6."""
    accepted(make_statement(result={"duration": duration}), version)


@pytest.mark.parametrize(
    "duration", ["P", "PT", "P1S", "1H", "P1YT", "PT1D", "-P1D", "P1W2D", "PT1.5H1M", "P0.5Y1M", "PT٣S", "", 3]
)
def test_duration_that_is_none_is_refused(version, duration):
    """Part Two 4.6."""
    refused(make_statement(result={"duration": duration}), version, "$.result.duration")


@pytest.mark.parametrize(
    "moment", ["2026-05-01T12:00:00Z", "2026-05-01T12:00:00.123456789+02:00", "2024-02-29T23:59:60Z"]
)
def test_timestamp_of_rfc_3339_is_accepted(version, moment):
    """Part Two 4.5."""
    accepted(make_statement(timestamp=moment), version)


@pytest.mark.parametrize(
    "moment",
    [
        *("2026-05-01", "2026-02-30T12:00:00Z", "01.05.2026", "2026-05-0١T12:00:00Z", "20260501T12:00:00Z", 17, ""),
        *("2026-05-01T12:00:00-00:00", "2026-05-01T12:00:00-0000", "2026-05-01T12:00:00-00", "20260501T120000-0000"),
        *("2026-05-01T120000Z", "2026-05-01T12Z", "2026-05-01T12:60Z", "2026-05-01T12:00.5Z", "20260230T1200"),
    ],
)
def test_timestamp_off_the_calendar_or_of_no_form_is_refused(version, moment):
    """Part Two 2.4.7 and 4.5: the offset is not -00:00."""
    refused(make_statement(timestamp=moment), version, "$.timestamp")


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2015-11-18T12:17:00", "2015-11-18T12:17:00+00:00"),
        ("2015-11-18T12:17:00.25", "2015-11-18T12:17:00.250000+00:00"),
        ("20151118T121700Z", "2015-11-18T12:17:00+00:00"),
        ("20151118T1217+0200", "2015-11-18T12:17:00+02:00"),
        ("2015-11-18T12:17Z", "2015-11-18T12:17:00+00:00"),
        ("2015-11-18T12:17:60,5+02", "2015-11-18T12:17:59.500000+02:00"),
        ("2015-11-18T12:17:00,5Z", "2015-11-18T12:17:00.500000+00:00"),
    ],
)
def test_timestamp_of_iso_8601_is_of_1_0_alone_and_in_utc_where_it_says_nothing(version, moment, written):
    """Part Two 4.5: ISO 8601 is what must be, RFC 3339 what should be."""
    if version == "2.0.0":
        refused(make_statement(timestamp=moment), version, "$.timestamp")
        return
    accepted(make_statement(timestamp=moment), version)
    assert formats.moment(moment).isoformat() == written


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("$.timestamp", {"timestamp": "2026-05-01T12:00:00.<>Z"}),
        ("$.result.duration", {"result": {"duration": "PT<>S"}}),
        ("$.result.duration", {"result": {"duration": "PT1.<>S"}}),
    ],
)
def test_numbers_of_moments_and_durations_have_a_stated_limit(version, path, form):
    """Part Two 4.5 and 4.6 set none; whatever is read again and again must have one."""

    def with_digits(count):
        return make_statement(**json.loads(json.dumps(form).replace("<>", "1" * count)))

    accepted(with_digits(formats.MAXIMUM_DIGITS), version)
    for count in (formats.MAXIMUM_DIGITS + 1, 2_000_000):
        refused(with_digits(count), version, path)


@pytest.mark.parametrize(
    "iri", ["a:b", "urn:x:y#z", "http://a", "HTTP://a/%C3%A9?b#c%20d", "tag:a,2026:b", "http://a/ü", "file:///a"]
)
def test_iri_is_accepted(version, iri):
    """Part Two 4.3 and RFC 3987 2.2."""
    accepted(make_statement(object={"id": iri}, result={"extensions": {iri: 1}}), version)


@pytest.mark.parametrize(
    "iri",
    [
        *("http://", "https:///a", "HTTP://?a", "http://#a", "http://:80/", "a:", "/a", "a", "", "1:a"),
        *(
            "http://a/%zz",
            "http://a/%4",
            "http://a/%",
            "http://a/#f#g",
            "http://a/#%zz",
            "http://a/ b",
            "a:" + "b" * 8191,
        ),
    ],
)
def test_iri_that_is_malformed_is_refused(version, iri):
    """Part Two 4.3 and RFC 3987 2.2: a host where the scheme wants one, octets of two digits, one fragment."""
    refused(make_statement(object={"id": iri}), version, "$.object.id")
    refused(make_statement(verb={"id": iri}), version, "$.verb.id")


@pytest.mark.parametrize("mailbox", ["mailto:a@b.c?subject=x", "mailto:a?@b.c", "mailto:a@b.c#d", "mailto:a@b.c,d@e.f"])
def test_mailbox_that_is_more_than_an_address_is_refused(version, mailbox):
    """Part Two 2.4.2.3: `mailto:` and an e-mail address."""
    refused(make_statement(actor={"mbox": mailbox}), version, "$.actor.mbox")


@pytest.mark.parametrize("value", ["x", "6690e6c93ef04ed38b377f3964730bee", "{" + UUID + "}", UUID[:-1], 1])
def test_identifier_that_is_no_uuid_in_standard_form_is_refused(version, value):
    """Part Two 2.4.1 and 4.4."""
    refused(make_statement(id=value), version, "$.id")
    refused(make_statement(context={"registration": value}), version, "$.context.registration")


@pytest.mark.parametrize("value", ["0" * 8 + "-0000-0000-0000-" + "0" * 12, "6690e6c9-3ef0-4ed3-cb37-7f3964730bee"])
def test_identifier_of_any_variant_is_accepted(version, value):
    """Part Two 4.4: variant 2 of RFC 4122 is only recommended."""
    accepted(make_statement(id=value, context={"registration": value}), version)


@pytest.mark.parametrize(
    ("context", "path"),
    [
        ({"language": "english language"}, "$.context.language"),
        ({"team": ADA}, "$.context.team.objectType"),
        ({"statement": {"id": UUID}}, "$.context.statement"),
        ({"contextActivities": []}, "$.context.contextActivities"),
        ({"contextActivities": {"parent": "a:b"}}, "$.context.contextActivities.parent"),
        ({"contextActivities": {"parent": [{"id": "x"}]}}, "$.context.contextActivities.parent[0].id"),
        ({"extensions": {"x": 1}}, "$.context.extensions.x"),
    ],
)
def test_context_that_is_malformed_is_refused(version, context, path):
    """Part Two 2.4.6 and 2.4.6.2."""
    refused(make_statement(context=context), version, path)


@pytest.mark.parametrize("name", ["revision", "platform"])
def test_revision_and_platform_of_a_statement_about_no_activity_are_refused(version, name):
    """Part Two 2.4.6: only where the object is an activity."""
    statement = make_statement(object={"objectType": "Agent", **ADA}, context={name: "x"})
    refused(statement, version, f"$.context.{name}")


@pytest.mark.parametrize(
    ("attachment", "path"),
    [
        ({"length": -1}, "$.attachments[0].length"),
        ({"length": "3"}, "$.attachments[0].length"),
        ({"sha2": "abc"}, "$.attachments[0].sha2"),
        ({"contentType": "text"}, "$.attachments[0].contentType"),
        ({"usageType": "x"}, "$.attachments[0].usageType"),
        ({"display": {}, "fileUrl": "x"}, "$.attachments[0].fileUrl"),
        ({"foo": 1}, "$.attachments[0].foo"),
    ],
)
def test_attachment_that_is_malformed_is_refused(version, attachment, path):
    """Part Two 2.4.11."""
    valid = {"usageType": "a:b", "display": {"en": "x"}, "contentType": "text/plain", "length": 1, "sha2": "a" * 64}
    refused(make_statement(attachments=[valid | attachment]), version, path)


def test_attachment_without_a_required_property_is_refused(version):
    """Part Two 2.4.11: usageType, display, contentType, length and sha2."""
    refused(make_statement(attachments=[{"usageType": "a:b"}]), version, "$.attachments[0]")
    refused(make_statement(attachments={}), version, "$.attachments")


@pytest.mark.parametrize(
    ("authority", "path"),
    [
        ({"objectType": "Group", **ACCOUNT}, "$.authority"),
        ({"objectType": "Group", "member": [ADA]}, "$.authority"),
        ({}, "$.authority"),
    ],
)
def test_authority_that_is_no_agent_and_no_pair_is_refused(version, authority, path):
    """Part Two 2.4.9: an agent, or an anonymous group of two."""
    refused(make_statement(authority=authority), version, path)


@pytest.mark.parametrize("value", ["0.9", "1.1.0", "3.0.0", "1", 1])
def test_version_that_is_not_served_is_refused(version, value):
    """Part Two 2.4.10."""
    refused(make_statement(version=value), version, "$.version")


def test_voiding_statement_without_a_reference_is_refused(version):
    """Part Two 2.3.2.s2.b1: the object of a voiding statement is a StatementRef."""
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    refused(make_statement(verb=voided), version, "$.object")
    accepted(make_statement(verb=voided, object={"objectType": "StatementRef", "id": UUID}), version)


CHOICES = [{"id": "a", "description": {"en": "A"}}, {"id": "b"}]


@pytest.mark.parametrize(
    "definition",
    [
        {"interactionType": "true-false", "correctResponsesPattern": ["true"]},
        {"interactionType": "choice", "choices": CHOICES, "correctResponsesPattern": ["a[,]b"]},
        {"interactionType": "sequencing", "choices": CHOICES},
        {"interactionType": "likert", "scale": CHOICES},
        {"interactionType": "matching", "source": CHOICES, "target": CHOICES},
        {"interactionType": "performance", "steps": CHOICES},
        {"interactionType": "fill-in"},
        {"interactionType": "long-fill-in"},
        {"interactionType": "numeric", "correctResponsesPattern": ["4[:]"]},
        {"interactionType": "other"},
    ],
)
def test_interaction_of_each_type_is_accepted(version, definition):
    """Part Two 2.4.4.1: interaction activities."""
    accepted(make_statement(object={"id": "a:b", "definition": definition}), version)


@pytest.mark.parametrize(
    ("definition", "path"),
    [
        ({"interactionType": "quiz"}, ".interactionType"),
        ({"choices": CHOICES}, ""),
        ({"correctResponsesPattern": ["x"]}, ""),
        ({"interactionType": "choice", "scale": CHOICES}, ".scale"),
        ({"interactionType": "choice", "choices": CHOICES + CHOICES}, ".choices"),
        ({"interactionType": "choice", "choices": [{"description": {}}]}, ".choices[0]"),
        ({"interactionType": "choice", "choices": [{"id": 1}]}, ".choices[0].id"),
        ({"interactionType": "choice", "correctResponsesPattern": "a"}, ".correctResponsesPattern"),
        ({"interactionType": "choice", "correctResponsesPattern": [1]}, ".correctResponsesPattern[0]"),
    ],
)
def test_interaction_that_is_malformed_is_refused(version, definition, path):
    """Part Two 2.4.4.1: components by type, each id once."""
    refused(make_statement(object={"id": "a:b", "definition": definition}), version, f"$.object.definition{path}")


@pytest.mark.parametrize("tag", ["zh-z-aaa-z-bbb-c-ccc", "de-1996-1996", "sl-rozaj-rozaj", "en-a-bbb-A-ccc"])
def test_language_tag_that_repeats_a_variant_or_an_extension_is_refused(version, tag):
    """RFC 5646 2.2.5 and 2.2.9: no variant and no singleton more than once; Part Two 4.2."""
    refused(make_statement(context={"language": tag}), version, "$.context.language")


@pytest.mark.parametrize(
    "tag", ["de-1901-1996", "en-a-bbb-x-a-ccc", "en-a-bbb-b-ccc", "x-a-a", "es-419", "zh-cmn-Hans"]
)
def test_language_tag_that_repeats_nothing_is_accepted(version, tag):
    """RFC 5646 2.2: private use is free."""
    accepted(make_statement(context={"language": tag}), version)
