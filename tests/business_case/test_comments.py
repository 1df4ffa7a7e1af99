"""Comments on items, and links to frozen versions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api, models, types
from mycelia.business_case.errors import CaseNotFound, InvalidTerms, NotPartOfCase
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.factories.business_case import SYSTEM, make_actor, make_case, make_complete_case

pytestmark = pytest.mark.django_db
LINE = types.CostLine("seats", types.CostCategory.LICENCES, "Seats")


@pytest.fixture
def case() -> models.Case:
    made = make_case()
    api.add_item(actor=SYSTEM, case=made, value=LINE)
    return made


def test_readers_comment_an_item_resolve_and_reopen(case):
    executive, analyst = make_actor(Role.EXECUTIVE), make_actor(Role.FINANCE_ANALYST)
    comment = api.add_comment(actor=executive, case=case, item="seats", text=" Is this the list price? ")
    assert (comment.text, comment.written_by_id) == ("Is this the list price?", executive.person_id)
    assert AuditEntry.objects.latest("pk").details["item"] == "seats"
    resolved = api.resolve_comment(actor=analyst, comment=comment)
    assert resolved.resolved_by_id == analyst.person_id
    assert list(api.comments_of(case, only_open=True)) == []
    assert api.resolve_comment(actor=executive, comment=comment).resolved_by_id == analyst.person_id
    api.reopen_comment(actor=executive, comment=comment)
    assert list(api.comments_of(case, item="seats", only_open=True)) == [comment]
    assert api.comment_of(case, comment.pk).resolved_at is None


def test_comment_stays_when_its_item_goes(case):
    api.add_comment(actor=SYSTEM, case=case, item="seats", text="Why?")
    api.remove_item(actor=SYSTEM, case=case, kind=types.ItemKind.COST, key="seats", seen_revision=1)
    assert [comment.text for comment in api.comments_of(case)] == ["Why?"]


def test_comments_on_nothing_and_empty_or_endless_ones_are_refused(case):
    for text in (" ", "x" * 4001):
        with pytest.raises(InvalidTerms):
            api.add_comment(actor=SYSTEM, case=case, item="seats", text=text)
    with pytest.raises(NotPartOfCase):
        api.add_comment(actor=SYSTEM, case=case, item="none", text="Why?")
    with pytest.raises(NotPartOfCase):
        api.add_comment(actor=SYSTEM, case=make_case(), item="seats", text="Why?")
    with pytest.raises(NotPartOfCase):
        api.comment_of(make_case(), api.add_comment(actor=SYSTEM, case=case, item="terms", text="Why?").pk)


def test_others_may_not_comment_nor_share(case):
    comment = api.add_comment(actor=SYSTEM, case=case, item="seats", text="Why?")
    version = api.freeze_case(actor=SYSTEM, case=case, title="First")
    link, _ = api.share_version(actor=SYSTEM, version=version)
    for role in set(Role) - {Role.FINANCE_ANALYST}:
        with pytest.raises(PermissionDenied):
            api.share_version(actor=make_actor(role), version=version)
        with pytest.raises(PermissionDenied):
            api.revoke_share(actor=make_actor(role), link=link)
    for role in set(Role) - {Role.FINANCE_ANALYST, Role.EXECUTIVE}:
        with pytest.raises(PermissionDenied):
            api.add_comment(actor=make_actor(role), case=case, item="seats", text="Why?")
        with pytest.raises(PermissionDenied):
            api.resolve_comment(actor=make_actor(role), comment=comment)
        with pytest.raises(PermissionDenied):
            api.reopen_comment(actor=make_actor(role), comment=comment)


def test_link_opens_its_version_until_it_expires_or_is_revoked(case):
    version = api.freeze_case(actor=SYSTEM, case=case, title="First")
    link, word = api.share_version(actor=SYSTEM, version=version, days=7)
    _, other = api.share_version(actor=SYSTEM, version=version, days=30)
    assert (api.shared_version(word), len(word)) == (version, 43)
    assert word not in str(models.ShareLink.objects.values().get(pk=link.pk))
    with clock.frozen(clock.now() + timedelta(days=8)):
        with pytest.raises(CaseNotFound):
            api.shared_version(word)
        assert api.shared_version(other) == version
    api.revoke_share(actor=SYSTEM, link=link)
    with pytest.raises(CaseNotFound):
        api.shared_version(word)
    with pytest.raises(CaseNotFound):
        api.shared_version("guess")
    assert [each.revoked_at is None for each in api.shares_of(case)] == [True, False]
    for days in (0, 91):
        with pytest.raises(InvalidTerms):
            api.share_version(actor=SYSTEM, version=version, days=days)


def test_word_of_a_link_is_never_in_the_audit_log(case):
    version = api.freeze_case(actor=SYSTEM, case=case, title="First")
    _, word = api.share_version(actor=SYSTEM, version=version)
    assert word not in "".join(str(entry.details) for entry in AuditEntry.objects.all())


def test_shared_page_shows_the_version_to_strangers_and_is_kept_nowhere(client):
    case = make_complete_case(name="Sales <b>training</b>")
    owner = case.kpis.get().owner
    version = api.freeze_case(actor=SYSTEM, case=case, title="For the board")
    link, word = api.share_version(actor=SYSTEM, version=version)
    answer = client.get(f"/case/shared/{word}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert {"For the board", "5,496,170", "All of it", version.digest} <= {
        words for words in ("For the board", "5,496,170", "All of it", version.digest) if words in text
    }
    assert "Sales &lt;b&gt;training&lt;/b&gt;" in text
    assert owner.email not in text
    assert f"/case/{case.slug}/" not in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    api.revoke_share(actor=SYSTEM, link=link)
    assert client.get(f"/case/shared/{word}/").status_code == 404
    assert client.post(f"/case/shared/{word}/").status_code == 405
