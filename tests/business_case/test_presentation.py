"""The gate, the snapshot that stays, and the brief."""

import io
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api
from mycelia.business_case.api import CostCategory
from mycelia.business_case.calc.digest import snapshot_digest
from mycelia.business_case.errors import BriefUnavailable, CaseIncomplete
from mycelia.business_case.exports.briefs import document as brief_document
from mycelia.business_case.exports.briefs.document import brief_pdf as pdf_of
from mycelia.business_case.exports.source import presented_dossier
from mycelia.business_case.models import Kpi, Presentation, Version
from mycelia.business_case.pages.figures import further_figures, headline_figures
from mycelia.business_case.queries import sheet_from
from mycelia.business_case.types import CaseSheet, CaseState, MissingPart
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from mycelia.people.models import Person
from tests.factories.access import make_holder
from tests.factories.business_case import (
    SYSTEM,
    make_actor,
    make_benefit,
    make_case,
    make_complete_case,
    make_kpi_terms,
    make_line_terms,
    make_objective,
)
from tests.factories.case_edits import add_cost_line
from tests.factories.content import make_course

pytestmark = pytest.mark.django_db
HOSTILE = (
    '#set page(width: 1pt) \\ "quoted" <b>bold</b> $x$ *s* _e_ `raw` @ref [x] #panic("boom") // } {{ 7*7 }} {% now %}'
)


def presented(case) -> Presentation:
    return api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)


def brief_pdf(presentation: Presentation) -> bytes:
    return pdf_of(presented_dossier(presentation))


def sheet_of(presentation: Presentation) -> CaseSheet:
    return sheet_from(presentation.snapshot)


def text_of(pdf: bytes) -> str:
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", pages))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def test_case_without_a_complete_kpi_is_refused_and_nothing_changes():
    case = make_case()
    objective = make_objective(case)
    kpi = api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(owner_id=None))
    with pytest.raises(CaseIncomplete) as refused:
        presented(case)
    gaps = {(gap.part, gap.kpi_id) for gap in refused.value.missing}
    assert gaps == {(MissingPart.OWNER, kpi.pk), (MissingPart.COSTS, None), (MissingPart.BENEFITS, None)}
    case.refresh_from_db()
    assert case.state == CaseState.DRAFT
    assert not Presentation.objects.exists()


def test_case_whose_kpi_has_a_deactivated_owner_is_refused():
    case = make_complete_case()
    for kpi in Kpi.objects.filter(objective__case=case):
        Person.objects.filter(pk=kpi.owner_id).update(is_active=False)
    with pytest.raises(CaseIncomplete) as refused:
        presented(case)
    assert {gap.part for gap in refused.value.missing} == {MissingPart.OWNER_INACTIVE}
    client = Client()
    client.force_login(make_holder(Role.FINANCE_ANALYST), backend="django.contrib.auth.backends.ModelBackend")
    gate = client.get(f"/case/{case.slug}/presentation/").content.decode()
    assert "who answers for it now?" in gate
    assert "#id_owner" in gate


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EXECUTIVE])
def test_other_roles_may_not_present(role):
    with pytest.raises(PermissionDenied):
        api.present_case(actor=make_actor(role), case=make_complete_case())


def test_presented_case_keeps_its_figures_when_the_case_changes():
    case = make_complete_case()
    first = presented(case)
    assert first.digest == snapshot_digest(first.snapshot)
    case.refresh_from_db()
    assert case.state == CaseState.PRESENTED
    add_cost_line(case, make_line_terms(amounts=(1_000_000,)))
    case.refresh_from_db()
    assert case.state == CaseState.DRAFT
    first.refresh_from_db()
    assert round(sheet_of(first).figures.npv) == 5_496_170
    second = presented(case)
    assert (second.number, round(sheet_of(second).figures.npv)) == (2, 4_496_170)


def test_snapshot_gives_back_exactly_the_sheet_it_was_made_from():
    case = make_complete_case()
    sheet = sheet_of(presented(case))
    now = api.case_sheet(case)
    assert sheet.figures == now.figures
    assert (sheet.objectives, sheet.costs, sheet.benefits) == (now.objectives, now.costs, now.benefits)


def test_presenting_is_in_the_audit_log_with_its_digest():
    presentation = presented(make_complete_case("demo"))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.object_id) == ("business_case.case_presented", "demo")
    assert entry.details["digest"] == presentation.digest


def test_database_refuses_to_change_or_delete_a_presentation():
    presentation = presented(make_complete_case())
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=presentation.version_id).update(digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Presentation.objects.filter(pk=presentation.pk).update(number=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=presentation.version_id).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        presentation.delete()


def test_brief_shows_every_figure_exactly_as_the_page_does():
    presentation = presented(make_complete_case())
    text = text_of(brief_pdf(presentation))
    sheet = sheet_of(presentation)
    figures = (*headline_figures(sheet), *further_figures(sheet))
    assert [figure.key for figure in figures if plain(figure.value) not in text] == []
    for published in ("USD 5,496,170", "329%", "344%", "4.29", "0.7 months", "1,672,201", "7,168,371"):
        assert published in text


def test_brief_is_a_tagged_accessible_pdf_of_one_or_two_pages():
    pdf = brief_pdf(presented(make_complete_case(name="Sales & training")))
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert len(reader.pages) <= 2
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()
    assert reader.metadata.title == "Sales & training"
    assert "/Alt" in str(pdf) or any("/Alt" in str(thing.get_object()) for thing in reader.trailer["/Root"].values())


def test_brief_of_a_presentation_is_the_same_every_time():
    presentation = presented(make_complete_case())
    assert brief_pdf(presentation) == brief_pdf(presentation)


def test_hostile_words_are_printed_and_never_read_as_code():
    case = make_complete_case(name=HOSTILE[:200], summary=HOSTILE)
    objective = make_objective(case, HOSTILE[:200])
    api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(name=HOSTILE[:200], manual_evidence=HOSTILE))
    add_cost_line(case, make_line_terms(description=HOSTILE, source=HOSTILE))
    text = text_of(brief_pdf(presented(case)))
    for words in ("#set page(width: 1pt)", '#panic("boom")', "<b>bold</b>", "{{ 7*7 }}", "{% now %}"):
        assert words in text


def test_brief_of_a_large_case_still_fits_two_pages():
    make_course()
    case = make_case(horizon_months=120, summary="A long story. " * 140, name="A" * 200)
    for number in range(12):
        objective = make_objective(case, f"Objective {number} " + "with many words " * 10)
        api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(name=f"KPI {number} " + "long name " * 15))
    amounts = tuple(9_999_999 for _ in range(11))
    for number in range(30):
        words = {"description": f"Line {number} " + "described at length " * 8, "source": "said by somebody " * 15}
        add_cost_line(case, make_line_terms(amounts=amounts, **words))
        stated = {name: text.strip() for name, text in words.items()}
        api.add_item(actor=SYSTEM, case=case, value=make_benefit(case, amounts, **stated))
    assert len(PdfReader(io.BytesIO(brief_pdf(presented(case)))).pages) <= 2


def test_brief_of_a_case_that_never_pays_back_says_so():
    case = make_complete_case()
    add_cost_line(case, make_line_terms(CostCategory.LEARNER_TIME, (0, 9_000_000, 9_000_000)))
    text = text_of(brief_pdf(presented(case)))
    assert "does not pay back" in text
    assert "not within 3 years" in text
    assert round(Decimal(api.case_sheet(case).figures.npv)) < 0


def test_brief_that_cannot_be_set_is_a_clear_error_and_the_presentation_stays(monkeypatch, tmp_path):
    broken = tmp_path / "brief.typ"
    broken.write_text('#panic("broken template")')
    monkeypatch.setattr(brief_document, "TEMPLATE", broken)
    presentation = presented(make_complete_case())
    with pytest.raises(BriefUnavailable) as refused:
        brief_pdf(presentation)
    assert refused.value.status == 503
    assert Presentation.objects.filter(pk=presentation.pk).exists()


def test_brief_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(brief_document, "PATIENCE_SECONDS", 0)
    with pytest.raises(BriefUnavailable):
        brief_pdf(presented(make_complete_case()))


@pytest.mark.django_db(transaction=True)
def test_two_presentations_at_once_take_turns():
    case = make_complete_case()
    actor = make_actor(Role.EXECUTIVE)

    def present() -> int:
        try:
            return api.present_case(actor=actor, case=case).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        numbers = sorted(future.result() for future in [both.submit(present), both.submit(present)])
    assert numbers == [1, 2]
