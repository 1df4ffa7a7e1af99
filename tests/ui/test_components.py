from __future__ import annotations

from pathlib import Path

import pytest
from django import forms

import mycelia.ui
from mycelia.ui.icons import UnknownIcon, icon_svg
from mycelia.ui.specimens import design_page
from mycelia.ui.templatetags.ui import initials, percent_of
from mycelia.ui.views.design import design
from tests.ui.pages import render, request_as

COMPONENTS = sorted(path.stem for path in (Path(mycelia.ui.__file__).parent / "templates/cotton").glob("[!_]*.html"))


class Choice(forms.Form):
    name = forms.CharField(help_text="Help")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_icon_unknown_name_is_an_error() -> None:
    with pytest.raises(UnknownIcon):
        icon_svg("no-such-icon")


@pytest.mark.parametrize("name", ["../outline/home", "home.svg", ""])
def test_icon_name_cannot_leave_the_folder(name: str) -> None:
    with pytest.raises(UnknownIcon):
        icon_svg(name)


def test_icon_is_decorative_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icon_svg("home")
    assert 'role="img" aria-label="&lt;Home&gt;"' in icon_svg("home", label="<Home>")


def test_badge_value_is_escaped() -> None:
    assert "<b>" not in render("<c-badge>{{ name }}</c-badge>", name="<b>")


def test_field_error_is_tied_to_its_control() -> None:
    form = Choice({})
    markup = render('<c-field :field="form.name" />', form=form)
    assert 'aria-describedby="id_name_helptext id_name_error"' in markup
    assert 'id="id_name_error"' in markup
    assert 'aria-invalid="true"' in markup


def test_field_of_choices_has_a_legend() -> None:
    markup = render('<c-field :field="form.kind" />', form=Choice())
    assert "<fieldset" in markup
    assert "<legend" in markup


def test_form_errors_link_to_their_fields() -> None:
    assert '<a href="#id_name">' in render('<c-form-errors :form="form" />', form=Choice({}))
    assert render('<c-form-errors :form="form" />', form=Choice()).strip() == ""


def test_post_button_carries_the_token() -> None:
    assert "csrfmiddlewaretoken" in render('<c-post-button action="/x/">Go</c-post-button>', request_as())


def test_pagination_keeps_the_other_parameters() -> None:
    page = design_page().paginated
    assert "?q=1&amp;page=3" in render('<c-pagination :page="page" query="q=1" />', page=page)


@pytest.mark.parametrize(("value", "maximum", "percent"), [(2, 3, 66), (0, 3, 0), (None, 3, 0), (3, 3, 100), (1, 0, 0)])
def test_percent_is_never_rounded_up(value: int | None, maximum: int, percent: int) -> None:
    assert percent_of(value, maximum) == percent


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Byron", "AB"), ("Ada", "A"), ("ada@example.com", "AE"), ("", ""), ("Ö van Äa", "ÖÄ")]
)
def test_initials_of_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_design_page_shows_every_component() -> None:
    folder = Path(mycelia.ui.__file__).parent / "templates/ui"
    shown = "".join(path.read_text() for path in folder.rglob("*.html"))
    missing = [name for name in COMPONENTS if f"<c-{name.replace('_', '-')}" not in shown]
    assert set(missing) <= {"data_table", "icon", "breadcrumb", "page_header", "post_button"}
    assert design(request_as(path="/platform/design/")).status_code == 200


def test_components_are_all_documented() -> None:
    text = (Path(__file__).parents[2] / "docs/design-system.md").read_text()
    assert [name for name in COMPONENTS if f"c-{name.replace('_', '-')}" not in text] == []
