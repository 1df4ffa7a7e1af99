"""What is said of one line or work item, beside its form."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from mycelia.business_case.models import Case
from mycelia.business_case.pages.comments import CommentEntry, comment_entry
from mycelia.business_case.queries.comments import comments_of

SHOWN = 5


@dataclass(frozen=True)
class Talk:
    """The newest comments on an item; `more` of them are on the comments page only."""

    item: str
    entries: tuple[CommentEntry, ...]
    more: int
    all_url: str
    write_url: str
    back: str


def talk_about(case: Case, key: str, *, name: str, back: str) -> Talk:
    """Return what is said of an item.

    Args:
        key: The item's key.
        name: What a reader calls it.
        back: Address to return to after writing.
    """
    found = comments_of(case, item=key)
    newest = list(found[: SHOWN + 1])
    address = reverse("business_case:comments", args=[case.slug])
    return Talk(
        item=key,
        entries=tuple(comment_entry(case, comment, {key: name}, address) for comment in newest[:SHOWN]),
        more=found.count() - SHOWN if len(newest) > SHOWN else 0,
        all_url=f"{address}?item={key}",
        write_url=address,
        back=back,
    )
