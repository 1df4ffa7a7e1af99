"""`mycelia case export`."""

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from mycelia.business_case import api
from mycelia.kernel.policy import Role
from tests.factories.business_case import make_actor, make_complete_case

pytestmark = pytest.mark.django_db


def test_pdf_export_is_the_brief_of_the_latest_presentation(tmp_path):
    case = make_complete_case("demo")
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    call_command("case_export", "demo", "--out", tmp_path / "brief.pdf", verbosity=0)
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_pdf_export_of_a_case_never_presented_is_a_draft_for_the_stakeholder_asked_for(tmp_path):
    make_complete_case("demo")
    call_command("case_export", "demo", "--brief", "finance", "--out", tmp_path / "brief.pdf", verbosity=0)
    text = PdfReader(tmp_path / "brief.pdf").pages[0].extract_text()
    assert "FIN-1" in text
    assert "DRAFT" in text


def test_export_of_no_such_case_or_place_is_refused(tmp_path):
    make_complete_case("demo")
    with pytest.raises(CommandError, match="no such case"):
        call_command("case_export", "nothing", "--format", "json", "--out", tmp_path / "x")
    with pytest.raises(CommandError, match="No such file"):
        call_command("case_export", "demo", "--format", "json", "--out", tmp_path / "missing" / "x")
