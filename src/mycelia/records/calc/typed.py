"""The shape most statements have, as types that are decoded and checked in one pass.

What does not fit (groups, sub-statements, references, attachments, interactions, context agents, anything wrong) is
no error here: it takes the strict way of `calc.validation`, which accepts or explains.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Decoder

LanguageMap = dict[str, str]
Extensions = dict[str, Any]


class _Shape(Struct, forbid_unknown_fields=True, gc=False):
    """Unknown properties are refused; null is no value of any property; encoded again it has what was sent."""


class Account(_Shape):
    homePage: str
    name: str


class Agent(_Shape):
    objectType: Literal["Agent"] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    mbox: str | UnsetType = UNSET
    mbox_sha1sum: str | UnsetType = UNSET
    openid: str | UnsetType = UNSET
    account: Account | UnsetType = UNSET


class Verb(_Shape):
    id: str
    display: LanguageMap | UnsetType = UNSET


class Definition(_Shape):
    name: LanguageMap | UnsetType = UNSET
    description: LanguageMap | UnsetType = UNSET
    type: str | UnsetType = UNSET
    moreInfo: str | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class Activity(_Shape):
    id: str
    objectType: Literal["Activity"] | UnsetType = UNSET
    definition: Definition | UnsetType = UNSET


class Score(_Shape):
    scaled: float | UnsetType = UNSET
    raw: float | UnsetType = UNSET
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET


class Result(_Shape):
    score: Score | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    response: str | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class ContextActivities(_Shape):
    parent: list[Activity] | UnsetType = UNSET
    grouping: list[Activity] | UnsetType = UNSET
    category: list[Activity] | UnsetType = UNSET
    other: list[Activity] | UnsetType = UNSET


class Context(_Shape):
    registration: str | UnsetType = UNSET
    instructor: Agent | UnsetType = UNSET
    contextActivities: ContextActivities | UnsetType = UNSET
    revision: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class Statement(_Shape):
    actor: Agent
    verb: Verb
    object: Activity
    id: str | UnsetType = UNSET
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET


class StoredStatement(Statement, kw_only=True):
    """A statement as a store returns it."""

    stored: str
    authority: Agent
    version: str


decode_typed = Decoder(Statement).decode
decode_stored = Decoder(StoredStatement).decode
