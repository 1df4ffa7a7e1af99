"""Bytes to rows: each kind of damage is one problem with its line."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.people.calc.columns import COLUMN_NAMES
from mycelia.people.calc.reading import read_people_file
from mycelia.people.sentences import PROBLEMS, sentence
from mycelia.people.types import Reading
from tests.people.files import HEADER, people_file, row


def _codes(reading: Reading) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in reading.problems]


@given(st.binary(max_size=3000))
def test_reading_any_bytes_reports_and_never_raises(content: bytes) -> None:
    reading = read_people_file(content)
    assert reading.rows or reading.problems
    assert all(sentence(problem) for problem in reading.problems)


_cells = st.text(st.characters(codec="utf-8"), max_size=50)


@given(st.lists(st.lists(_cells, min_size=0, max_size=16), max_size=12), st.sampled_from(",;\t"))
def test_reading_any_table_reports_and_never_raises(table: list[list[str]], delimiter: str) -> None:
    lines = [delimiter.join(COLUMN_NAMES), *(delimiter.join(cells) for cells in table)]
    reading = read_people_file("\n".join(lines).encode())
    assert all(problem.code in PROBLEMS and sentence(problem) for problem in reading.problems)
    assert {row.employee_number for row in reading.rows} <= set(reading.numbers)


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.text("abcdefghij", min_size=1, max_size=9)), unique_by=lambda pair: pair[0]
    ).filter(bool),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_reading_well_formed_rows_come_back_whatever_the_dialect(
    people: list[tuple[int, str]], delimiter: str, encoding: str, line_end: str
) -> None:
    lines = [delimiter.join(["employee_number", "email", "given_name", "family_name", "unit_code"])]
    lines += [delimiter.join([f"E{n}", f"e{n}@example.com", name, "Ö", "HQ"]) for n, name in people]
    reading = read_people_file(line_end.join(lines).encode(encoding))
    assert reading.problems == ()
    assert [(r.employee_number, r.given_name, r.family_name) for r in reading.rows] == [
        (f"E{n}", name, "Ö") for n, name in people
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), "utf32"),
        (HEADER.encode("utf-16-le"), "unmarked_utf16"),
        (HEADER.encode("utf-16-be"), "unmarked_utf16"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "damaged_text"),
        ("é,\n".encode() + b"\xe9", "damaged_text"),
        (b"abc\x81", "damaged_text"),
        (HEADER.encode(), "no_rows"),
        (HEADER.encode() + b"\n,,,,,,\n \n,,\n", "no_rows"),
    ],
)
def test_reading_a_file_that_is_none_is_refused_with_the_reason(content: bytes, code: str) -> None:
    assert [problem.code for problem in read_people_file(content).problems] == [code]


def test_reading_damaged_utf8_names_the_line() -> None:
    content = people_file(row("E1") + "é") + b"E2,\xe9\n"
    assert _codes(read_people_file(content)) == [("damaged_text", 3)]


def test_reading_windows_1252_is_detected_and_named() -> None:
    reading = read_people_file(people_file("E1,a@example.com,Zoë,Müller,HQ,,", encoding="cp1252"))
    assert (reading.encoding, reading.rows[0].given_name) == ("Windows-1252", "Zoë")


def test_reading_a_file_over_the_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mycelia.people.calc.reading.MAXIMUM_BYTES", 100)
    assert _codes(read_people_file(people_file(row("E1"), row("E2")))) == [("file_too_large", None)]


def test_reading_more_rows_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mycelia.people.calc.reading.MAXIMUM_ROWS", 2)
    reading = read_people_file(people_file(row("E1"), row("E2"), row("E3")))
    assert _codes(reading) == [("too_many_rows", None)]
    assert reading.rows == ()


def test_reading_a_header_over_the_length_of_a_line_is_one_problem() -> None:
    header = ",".join([*COLUMN_NAMES, *(f"c{number}" for number in range(100_000))])
    assert _codes(read_people_file(f"{header}\nE1\n".encode())) == [("line_too_long", 1)]


def test_reading_a_header_reports_each_missing_unknown_and_repeated_column() -> None:
    content = people_file("x", header="employee_number,e-mail,given_name,given_name,family_name,shoe_size,")
    problems = [(p.code, p.column) for p in read_people_file(content).problems]
    assert problems == [
        ("missing_column", "email"),
        ("missing_column", "unit_code"),
        ("misspelt_column", "e-mail"),
        ("repeated_column", "given_name"),
        ("unknown_column", "shoe_size"),
        ("unnamed_column", ""),
    ]


def test_reading_a_header_is_indifferent_to_case_spaces_and_order() -> None:
    header = " Unit_Code ; FAMILY_NAME;given_name;email;employee_number"
    reading = read_people_file(people_file("HQ;B;A;a@example.com;E1", header=header))
    assert reading.problems == ()
    assert (reading.delimiter, reading.rows[0].unit_code) == (";", "HQ")


def test_reading_a_broken_quote_spoils_its_line_alone() -> None:
    reading = read_people_file(people_file(row("E1"), '"' + row("E2"), row("E3")))
    assert _codes(reading) == [("quoting", 3)]
    assert [r.employee_number for r in reading.rows] == ["E1", "E3"]


def test_reading_a_quoted_comma_is_part_of_the_value() -> None:
    reading = read_people_file(people_file('E1,a@example.com,Ada,"Moreno, MSc",HQ,,'))
    assert reading.rows[0].family_name == "Moreno, MSc"


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("E1,a@example.com,Ada,M,HQ", "too_few_cells", ""),
        ("E1,a@example.com,Ada,M,HQ,,,surplus", "too_many_cells", ""),
        (",a@example.com,Ada,M,HQ,,", "empty_cell", "employee_number"),
        ("E1,,Ada,M,HQ,,", "empty_cell", "email"),
        ("E1,a@example.com,,M,HQ,,", "empty_cell", "given_name"),
        ("E1,a@example.com,Ada,M,,,", "empty_cell", "unit_code"),
        ("E1,nobody,Ada,M,HQ,,", "bad_email", "email"),
        ("E1,a b@example.com,Ada,M,HQ,,", "bad_email", "email"),
        ("E1,a@example.com,A\0da,M,HQ,,", "control_character", "given_name"),
        ("E1,a@example.com,A\x1bda,M,HQ,,", "control_character", "given_name"),
        (f"{'9' * 41},a@example.com,Ada,M,HQ,,", "too_long", "employee_number"),
        (f"E1,a@example.com,{'a' * 101},M,HQ,,", "too_long", "given_name"),
        ("E1,a@example.com,Ada,M,HQ,,31.12.2026", "bad_date", "valid_from"),
        ("E1,a@example.com,Ada,M,HQ,,2026-02-30", "bad_date", "valid_from"),
        ("E1,a@example.com,Ada,M,HQ,,0001-01-01", "bad_date", "valid_from"),
        ("E1,a@example.com,Ada,M,HQ,,9999-12-31", "bad_date", "valid_from"),
        (f"E1,a@example.com,{'a' * 20_001},M,HQ,,", "line_too_long", ""),
    ],
)
def test_reading_a_bad_row_reports_its_line_column_and_reason(line: str, code: str, column: str) -> None:
    problems = read_people_file(people_file(row("E0"), line, row("E9"))).problems
    assert [(p.code, p.line, p.column) for p in problems] == [(code, 3, column)]


def test_reading_a_bad_language_is_reported() -> None:
    content = people_file("E1,a@example.com,A,B,HQ,english!", header=HEADER.rsplit(",", 2)[0] + ",language")
    assert _codes(read_people_file(content)) == [("bad_language", 2)]


def test_reading_trailing_empty_cells_and_blank_lines_are_harmless() -> None:
    reading = read_people_file(people_file(row("E1") + ",,", "", ",,,,,,", row("E2")))
    assert reading.problems == ()
    assert reading.numbers == {"E1": 2, "E2": 5}


def test_reading_the_same_employee_number_twice_names_the_first_line() -> None:
    (problem,) = read_people_file(people_file(row("E1"), row("E2"), row("E1", email="other@example.com"))).problems
    assert (problem.code, problem.line, problem.details) == ("repeated_number", 4, {"first_line": "2"})


def test_reading_the_same_email_twice_is_reported_whatever_its_case() -> None:
    content = people_file(row("E1", email="Ada@Example.com"), row("E2", email="ADA@example.com"))
    (problem,) = read_people_file(content).problems
    assert (problem.code, problem.line, problem.details) == ("repeated_email", 3, {"first_line": "2"})


def test_reading_many_bad_rows_reports_every_one() -> None:
    reading = read_people_file(people_file(*(row(f"E{n}", valid_from="soon") for n in range(500))))
    assert _codes(reading) == [("bad_date", line) for line in range(2, 502)]


def test_reading_values_are_trimmed_and_composed() -> None:
    reading = read_people_file(people_file(" E1 , ada@EXAMPLE.com ,Zoe\u0308,  M ,HQ,,"))
    (found,) = reading.rows
    assert (found.employee_number, found.email, found.given_name) == ("E1", "ada@example.com", "Zoë")
