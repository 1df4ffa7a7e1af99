from __future__ import annotations

import pytest

from mycelia.records.calc.verdicts import Verdict, judge
from mycelia.records.errors import VoidingRefused
from mycelia.records.types import Answer
from mycelia.records.xapi import answers


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (answers.refusal(VoidingRefused()).content, Verdict.REFUSED),
        (b'{"type":"urn:mycelia:problem:scope_missing"}', Verdict.LOCKED),
        (b"", Verdict.LOCKED),
    ],
)
def test_refusal_of_what_one_statement_would_void_says_nothing_of_the_credential(body, verdict):
    assert judge(Answer(403, {}, body), []).verdict is verdict
