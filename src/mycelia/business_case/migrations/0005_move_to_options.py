"""Cases as they were become cases with options: doing nothing, and the proposal that all lines belong to.

Keys are derived from the old numbers, so that earlier presentations, which know the numbers only, can be compared.
"""

from collections import defaultdict
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

SIDES = (("CostLine", "CostAmount"), ("BenefitLine", "BenefitAmount"))
WHOLE_YEAR = 12


def key_of(kind, number):
    """Return the key of an item that had only a number."""
    return str(uuid5(NAMESPACE_URL, f"mycelia:business_case/{kind}/{number}"))


def move(apps, schema_editor):
    model = lambda name: apps.get_model("business_case", name)  # noqa: E731
    for case in model("Case").objects.order_by("pk").iterator():
        proposal = _make_options(model("Option"), case)
        model("CaseDrivers").objects.create(case=case, key=key_of("drivers", case.pk))
        model("CaseCalendar").objects.create(case=case, key=key_of("calendar", case.pk))
        for lines, amounts in SIDES:
            _move_lines(model(lines), model(amounts), case, proposal)
        _number(model("Objective").objects.filter(case=case), "objective")
        for kpi in _number(model("Kpi").objects.filter(objective__case=case), "kpi"):
            model("Kpi").objects.filter(pk=kpi.pk).update(case_id=case.pk)


def _make_options(option, case):
    option.objects.create(case=case, key=key_of("nothing", case.pk), name="Do nothing", is_baseline=True, position=1)
    return option.objects.create(
        case=case, key=key_of("proposal", case.pk), name="Proposal", is_preferred=True, position=2
    )


def _move_lines(lines, amounts, case, proposal):
    by_line = defaultdict(dict)
    for row in amounts.objects.filter(line__case=case):
        by_line[row.line_id][row.year] = row.amount
    for line in _number(lines.objects.filter(case=case), lines._meta.model_name):
        years = by_line[line.pk]
        listed = [years.get(year, Decimal(0)) for year in range(max(years, default=-1) + 1)]
        lines.objects.filter(pk=line.pk).update(option=proposal, basis="amounts", amounts=listed)


def _number(rows, kind):
    found = list(rows.order_by("pk"))
    for position, row in enumerate(found, start=1):
        row.key, row.position = key_of(kind, row.pk), position
        row.save(update_fields=["key", "position"])
    return found


def move_back(apps, schema_editor):
    """Write yearly amounts again; refuse where the old tables have no room for what is there."""
    model = lambda name: apps.get_model("business_case", name)  # noqa: E731
    _refuse_what_has_no_room(model)
    for lines, amounts in SIDES:
        for line in model(lines).objects.iterator():
            rows = [(year, amount) for year, amount in enumerate(line.amounts) if amount]
            model(amounts).objects.bulk_create(model(amounts)(line=line, year=year, amount=a) for year, a in rows)
        model(lines).objects.update(option=None)
    for name in ("Option", "CaseDrivers", "CaseCalendar"):
        model(name).objects.all().delete()


def _refuse_what_has_no_room(model):
    computed = [lines for lines, _ in SIDES if model(lines).objects.exclude(basis="amounts").exists()]
    planned = [name for name in ("Phase", "WorkItem", "Correlation") if model(name).objects.exists()]
    partial = [case.slug for case in model("Case").objects.all() if case.horizon_months % WHOLE_YEAR]
    series = model("Kpi").objects.filter(source_kind="series").exists()
    if computed or planned or partial or series:
        raise RuntimeError(
            "The tables of before have no place for computed lines, roadmaps, correlations, horizons in months or "
            f"uploaded series. Nothing was changed. Found: {computed + planned + partial}"
        )


class Migration(migrations.Migration):
    dependencies = [("business_case", "0004_items")]

    operations = [migrations.RunPython(move, move_back)]
