"""Five briefs: every question answered by id, each sentence with a source or saying that it has none."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from mycelia.business_case.exports import findings
from mycelia.business_case.exports.briefs.answers import ANSWERS, answers
from mycelia.business_case.exports.briefs.content import brief_of, chart_of
from mycelia.business_case.exports.briefs.document import brief_pdf
from mycelia.business_case.exports.briefs.questions import QUESTIONS, Stakeholder
from mycelia.business_case.exports.slides import slides
from mycelia.business_case.exports.tables import figures_table
from mycelia.business_case.exports.workbook import workbook
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.figures import headline_figures
from mycelia.business_case.types import (
    CourseRecord,
    Element,
    ElementPicture,
    Estimate,
    Landscape,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    LinkPicture,
    ModelPicture,
    ObjectiveSheet,
    Phase,
    PlatformRecord,
    Protocol,
    Resource,
    ReviewRecord,
    Roadmap,
    Shape,
    SystemPicture,
    SystemPurpose,
    Usage,
)
from tests.business_case.exports.test_downloads import rows_of
from tests.business_case.exports.test_slides import KPI, words_of
from tests.factories.case_models import make_dossier, make_model, make_roadmap

OLD = SystemPicture(
    *("old", "Old platform", SystemPurpose.LEARNING_PLATFORM, Lifecycle.SUNSET),
    yearly_cost=Decimal(40_000),
    exit_cost=Decimal(5_000),
    end_of_life=date(2027, 3, 1),
)
WIKI = SystemPicture("wiki", "Wiki", SystemPurpose.KNOWLEDGE_BASE, Lifecycle.ACTIVE)
LANDSCAPE = Landscape(
    as_of=date(2026, 5, 1),
    horizon=date(2029, 1, 31),
    systems=(OLD, WIKI),
    links=(
        LinkPicture("a", "old", "wiki", Protocol.XAPI, LinkDirection.FORWARD, LinkDepth.IMMEDIATE),
        LinkPicture("b", "wiki", "old", Protocol.FILE, LinkDirection.FORWARD, LinkDepth.MANUAL),
    ),
    models=(ModelPicture("m", "Course", masters_today=("old",)), ModelPicture("n", "Article")),
    elements=(ElementPicture(Element.CULTURE, 2, 4, owner="Ida Berg"),),
    usage=Usage(people=1200, learners=340, without_unit=0),
    record=PlatformRecord(
        as_of=date(2026, 5, 1),
        since=date(2025, 5, 1),
        roles=(("author", 12), ("curator", 4), ("it_administrator", 2)),
        courses=CourseRecord(40, 5, 3, 2, 1, 6, 7, date(2026, 6, 1), owners=9, most_of_one=17),
        reviews=ReviewRecord(4, date(2026, 4, 20), 31, 26.5),
        editors=14,
        completers=812,
        audit_entries=52_113,
        retention_months=36,
        people_in_scope=1_033,
    ),
)


def full_dossier(**facts):
    items = make_roadmap().items
    asked = (replace(items[0], resources=(Resource("Buyer", Decimal("0.5"), "full time"),)), *items[1:])
    model = make_model(roadmap=replace(make_roadmap(), items=asked))
    objectives = (ObjectiveSheet(1, "Sell sooner", "", (KPI,)),)
    return make_dossier(model, objectives=objectives, landscape=LANDSCAPE, **facts)


def text_of(pdf: bytes) -> str:
    return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def said(dossier, code: str) -> str:
    return " ".join(sentence.text for sentence in ANSWERS[code](dossier))


@pytest.fixture(scope="module")
def briefs():
    dossier = full_dossier()
    return {reader: brief_pdf(dossier, reader) for reader in Stakeholder}


@pytest.mark.parametrize("reader", Stakeholder)
def test_brief_asks_every_question_of_its_reader_and_answers_each(briefs, reader):
    text = text_of(briefs[reader])
    for code, question in QUESTIONS[reader].items():
        assert code in text
        assert plain(str(question)) in text
    for _code, _question, sentences in answers(full_dossier(), reader):
        assert sentences
        for sentence in sentences:
            assert plain(sentence.text)[:40] in text


@pytest.mark.parametrize("reader", Stakeholder)
def test_every_sentence_cites_a_source_that_is_named_or_says_that_it_is_not_known(reader):
    dossier = full_dossier()
    brief = brief_of(dossier, reader, chart_of(dossier, reader))
    for answer in brief.answers:
        for sentence in answer.sentences:
            if sentence.source:
                assert brief.sources[sentence.source - 1]
            else:
                assert re.search(r"not measured yet|not known|No KPI|draft", sentence.text, re.IGNORECASE)


@pytest.mark.parametrize("reader", Stakeholder)
def test_brief_is_a_tagged_pdf_of_one_or_two_pages_in_its_language(briefs, reader):
    document = PdfReader(io.BytesIO(briefs[reader]))
    root = document.trailer["/Root"]
    assert len(document.pages) <= 2
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid" in document.xmp_metadata.stream.get_data()


@pytest.mark.parametrize("reader", [Stakeholder.IT, Stakeholder.FINANCE, Stakeholder.MANAGEMENT])
def test_chart_of_a_brief_has_alternative_text(briefs, reader):
    document = PdfReader(io.BytesIO(briefs[reader]))
    described = [thing for thing in _structure(document.trailer["/Root"]["/StructTreeRoot"]) if "/Alt" in thing]
    assert any(len(str(thing["/Alt"])) > 40 for thing in described)


def _structure(node):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _structure(child)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from _structure(node["/K"])


def test_answers_count_what_the_blueprint_holds():
    dossier = full_dossier()
    assert said(dossier, "IT-1").startswith("2 systems have 2 links: 1 by an open standard, 1 by hand")
    assert "Contracts and supported lives that end before 31 January 2029: 1." in said(dossier, "IT-3")
    assert "EUR\xa040,000 a year to sustain and EUR\xa05,000 to leave" in said(dossier, "IT-3")
    assert "cost of 1 live system is not known yet" in said(dossier, "IT-3")
    assert said(dossier, "IT-4") == "1 of 2 content models have exactly one master today, 0 in the target."
    assert "maturity 2 of 5; target: 4. No evidence is named for that." in said(dossier, "HR-4")
    assert said(dossier, "ECO-2") == "340 of 1,200 people did something in a course within 90 days."
    assert re.match(r"What the readiness check finds, by severity: .* Most often: \w+", said(dossier, "FIN-5"))
    assert said(dossier, "ECO-1").endswith("Maturity today and target, of 5: Culture 2 → 4.")


def test_answers_tell_what_the_platform_recorded_with_its_day():
    dossier = full_dossier()
    governance = said(dossier, "IT-2")
    assert "People by assigned role: Author 12, Curator 4, IT administrator 2" in governance
    assert "Courses that wait for review: 4; decided within the year: 31, half within 26.5 hours." in governance
    assert "The oldest waits since 20 April 2026." in governance
    assert "7 of 40 published courses are past the day" in governance
    assert "kept for 36 months" in governance
    assert "52,113 entries" in governance
    assert "Courses: 40 published, 5 never published, 3 withdrawn. The next is to be checked by 1 June 2026." in said(
        dossier, "IT-3"
    )
    assert "Who may write courses: 12; who may review and approve them: 4." in said(dossier, "HR-2")
    assert "2 have nobody active who answers for them, 1 no source and 6 no review date" in said(dossier, "HR-2")
    assert "1 live system holds knowledge. 40 published courses" in said(dossier, "HR-7")
    assert "0 live systems are there for working together." in said(dossier, "HR-5")
    assert "Within the year: who worked on courses 14, who completed one 812." in said(dossier, "MGT-1")
    assert "9 people answer for 40 published courses, one of them for 17" in said(dossier, "MGT-1")
    assert "It is made for 1,033 people" in said(dossier, "USR-1")
    assert "31 reviews were decided" in said(dossier, "USR-3")


@pytest.mark.parametrize("code", ["IT-2", "IT-5", "HR-2", "HR-5", "HR-7", "MGT-1", "USR-1", "USR-3"])
def test_what_is_not_recorded_is_named_with_what_would_have_to_be(code):
    honest = [sentence for sentence in ANSWERS[code](full_dossier()) if not sentence.source]
    assert [bool(re.search("not measured yet: .* would have to", one.text)) for one in honest] == [True]
    told = [sentence for sentence in ANSWERS[code](full_dossier()) if sentence.source]
    assert all(re.search(r"\d{4}", sentence.source) for sentence in told)
    assert bool(told) is (code != "IT-5")


def test_snapshot_without_a_record_says_only_what_is_not_measured():
    bare = make_dossier(landscape=replace(LANDSCAPE, record=None))
    assert [sentence.source for sentence in ANSWERS["MGT-1"](bare)] == [""]
    assert "People by assigned role" not in said(bare, "IT-2")


def test_no_retention_rule_and_no_decided_review_are_said_so():
    record = replace(LANDSCAPE.record, retention_months=None, reviews=ReviewRecord())
    dossier = make_dossier(landscape=replace(LANDSCAPE, record=record))
    assert "No rule ends how long records of learning are kept." in said(dossier, "IT-2")
    assert "Courses that wait for review: 0; none was decided within the year." in said(dossier, "IT-2")


def test_finished_roadmap_asks_for_nobody_more():
    roadmap = make_roadmap()
    items = tuple(replace(item, finished_on=date(2026, 3, 1)) for item in roadmap.items)
    dossier = make_dossier(make_model(roadmap=replace(roadmap, items=items)))
    assert said(dossier, "FIN-2").startswith("All work of the roadmap is finished: nobody more is needed for it.")


def test_answers_follow_from_the_lines_of_the_case():
    dossier = full_dossier()
    assert "0.5 × Buyer (full time) for 12 days." in said(dossier, "FIN-2")
    assert "2 work items that take time name nobody, so this is too little." in said(dossier, "FIN-2")
    assert "It rests on 12 hours of content." in said(dossier, "FIN-2")
    assert "The blueprint asks for 0 new systems, 0 content models with another master" in said(dossier, "FIN-2")
    assert "2 of 6 cost lines name a source; prices rise by 2% a year" in said(dossier, "FIN-1")
    assert "What an hour of learning costs is not measured yet." in said(dossier, "FIN-4")
    assert re.search(r"In 8 of 10 draws: return -?\d+% to -?\d+%; benefit-cost ratio", said(dossier, "MGT-4"))
    assert "than doing nothing." in said(dossier, "MGT-4")
    assert "What cannot slip: Procurement, Integration, Go-live" in said(dossier, "FIN-3")
    assert "(1 of 4 lines)" in said(dossier, "MGT-3")
    dated = "KPIs have baseline, target, owner, source and dates; 1 of 1 KPIs are measured so far."
    assert f"0 of 1 {dated}" in said(dossier, "MGT-5")
    proven = {"baseline_date": date(2026, 1, 1), "baseline_evidence": "Sales report", "manual_evidence": "Sales report"}
    whole = make_dossier(objectives=(ObjectiveSheet(1, "Sell sooner", "", (replace(KPI, **proven),)),))
    assert f"1 of 1 {dated}" in said(whole, "MGT-5")
    assert "79% of 1,033 people" in said(dossier, "USR-2")


def test_costs_that_wait_for_a_phase_are_told_by_phase():
    model = make_model()
    items = tuple(replace(item, phase="run" if item.key == "live" else None) for item in model.roadmap.items)
    roadmap = replace(model.roadmap, items=items, phases=(Phase("run", "Run"), Phase("rest", "Rest")))
    dossier = make_dossier(replace(model, roadmap=roadmap))
    seats = next(flow for flow in dossier.preferred.costs if flow.key == "seats")
    amount = formats.money(sum(seats.by_column, Decimal(0)), "EUR")
    assert f"Waiting for a phase of the roadmap: Run {amount}." in said(dossier, "FIN-1")


def test_people_stated_as_a_list_are_counted_by_their_mean():
    model = make_model()
    people = Estimate(Shape.LIST, values=(Decimal(900), Decimal(1100)))
    dossier = make_dossier(replace(model, drivers=replace(model.drivers, headcount=people)))
    assert "for each of 1,000 people in scope" in said(dossier, "FIN-4")
    assert "of 1,000 people to take part" in said(dossier, "USR-2")


def test_objective_without_kpi_is_told():
    objectives = (ObjectiveSheet(1, "Sell sooner", "", (KPI,)), ObjectiveSheet(2, "Stay", "", ()))
    assert "1 objective has no KPI." in said(make_dossier(objectives=objectives), "MGT-5")


def test_what_nobody_measures_is_said_plainly():
    bare = make_dossier(make_model(costs=(), benefits=(), roadmap=replace(make_roadmap(), items=())))
    for reader in (Stakeholder.IT, Stakeholder.HR):
        for _code, _question, sentences in answers(bare, reader):
            assert all("not measured yet" in sentence.text.lower() for sentence in sentences)
            assert not any(sentence.source for sentence in sentences)
    assert "not measured yet" in text_of(brief_pdf(bare, Stakeholder.LEARNERS))
    assert len(PdfReader(io.BytesIO(brief_pdf(bare, Stakeholder.FINANCE))).pages) <= 2


def test_draft_has_a_watermark_and_a_presented_brief_its_fingerprint(briefs):
    assert "DRAFT" in text_of(briefs[Stakeholder.HR])
    presented = text_of(brief_pdf(full_dossier(is_draft=False), Stakeholder.HR))
    assert "DRAFT" not in presented
    assert "0" * 16 in presented


def test_intangible_benefit_is_not_among_the_amounts(briefs):
    assert "People like it" not in text_of(briefs[Stakeholder.FINANCE])


def test_the_same_figures_stand_in_brief_slides_workbook_and_table(briefs):
    dossier = full_dossier()
    figures = dossier.preferred.figures
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(dossier)), data_only=True)["Outputs"]
    cells = {(row[0], row[1]): row[3] for row in sheet.iter_rows(min_row=7, values_only=True)}
    rows = {(row["option"], row["scenario"], row["figure"]): row["value"] for row in rows_of(figures_table(dossier))}
    deck = Presentation(io.BytesIO(slides(dossier)))
    texts = [
        text_of(briefs[Stakeholder.MANAGEMENT]),
        text_of(briefs[Stakeholder.FINANCE]),
        plain(words_of(deck.slides[0])),
    ]
    assert abs(cells["Net present value", "after tax"] - float(figures.npv)) < 0.005
    assert abs(cells["Return on investment", "discounted (TEI)"] - float(figures.roi_discounted)) < 1e-9
    assert Decimal(rows["platform", "expected", "npv"]) == figures.npv
    assert Decimal(rows["platform", "expected", "bcr_discounted"]) == figures.bcr_discounted
    for figure in headline_figures(dossier.sheet):
        assert all(plain(figure.value) in text for text in texts)
    npv = plain(formats.money(Decimal(str(cells["Net present value", "after tax"])), "EUR"))
    assert all(npv in text for text in texts)


@pytest.mark.parametrize("reader", Stakeholder)
def test_brief_of_an_empty_case_says_what_is_missing_and_what_to_do_next(reader):
    dossier = make_dossier(make_model(costs=(), benefits=(), roadmap=Roadmap()))
    brief = brief_of(dossier, reader, chart_of(dossier, reader))
    assert brief.summary.endswith("has neither costs nor benefits. " + findings.next_step())
    assert (brief.chart_title, brief.year_rows, brief.further, brief.costs) == ("", (), (), ())
    told = " ".join(sentence.text for answer in brief.answers for sentence in answer.sentences)
    assert not re.search("ever owed|is worth most|probability|0 to 0|None|nan\\b", told)
    if reader is Stakeholder.FINANCE:
        assert "No cost is entered yet: the case needs its costs" in told
        assert "There is no roadmap yet, so nobody can say how long it takes." in told
