"""The rules that hold for every item, and the end of one row a year."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("business_case", "0005_move_to_options")]

    operations = [
        migrations.AlterField(
            model_name="kpi",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="kpis", to="business_case.case"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("horizon_months__gte", 1), ("horizon_months__lte", 120)),
                name="business_case_horizon_in_reach",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("inflation_per_year__gt", -1), ("inflation_per_year__lte", 1)),
                name="business_case_inflation_is_a_fraction",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tax_rate__isnull", True), models.Q(("tax_rate__gte", 0), ("tax_rate__lt", 1)), _connector="OR"
                ),
                name="business_case_tax_is_a_fraction",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("discounting__in", ["year_end", "mid_month"])), name="business_case_discounting"
            ),
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_kpi_key_once"),
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")), name="business_case_kpi_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "isolation_method__in",
                        [
                            "",
                            "control_group",
                            "trend_line",
                            "forecasting",
                            "participant_estimate",
                            "manager_estimate",
                            "expert_estimate",
                            "direct",
                        ],
                    )
                ),
                name="business_case_kpi_isolation_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                condition=models.Q(("value_per_unit__isnull", True), ("value_per_unit__gte", 0), _connector="OR"),
                name="business_case_kpi_worth",
            ),
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                condition=models.Q(("source_kind__in", ["", "platform", "manual", "series"])),
                name="business_case_kpi_source_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_objective_key_once"),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
                name="business_case_objective_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_benefit_key_once"),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
                name="business_case_benefit_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["amounts", "computed"])), name="business_case_benefit_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("amounts"), function="business_case_amounts_hold", output_field=models.BooleanField()
                ),
                name="business_case_benefit_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("spread"), function="business_case_estimate_holds", output_field=models.BooleanField()
                ),
                name="business_case_benefit_spread",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("escalation_per_year__isnull", True), ("escalation_per_year__gt", -1), _connector="OR"
                ),
                name="business_case_benefit_escalation",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evidence_grade__in", ["experiment", "comparison", "before_after", "expert", "vendor", "none"])
                ),
                name="business_case_benefit_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "isolation_method__in",
                        [
                            "",
                            "control_group",
                            "trend_line",
                            "forecasting",
                            "participant_estimate",
                            "manager_estimate",
                            "expert_estimate",
                            "direct",
                        ],
                    )
                ),
                name="business_case_benefit_isolation_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("inputs"), function="business_case_estimates_hold", output_field=models.BooleanField()
                ),
                name="business_case_benefit_inputs",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("isolation"), function="business_case_share_holds", output_field=models.BooleanField()
                ),
                name="business_case_benefit_isolation",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("confidence_factor"),
                    function="business_case_share_holds",
                    output_field=models.BooleanField(),
                ),
                name="business_case_benefit_confidence_factor",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("adoption"), function="business_case_adoption_holds", output_field=models.BooleanField()
                ),
                name="business_case_benefit_adoption",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitline",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk_adjustment__gte", 0), ("risk_adjustment__lte", 1)),
                name="business_case_benefit_risk",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_cost_key_once"),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")), name="business_case_cost_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["amounts", "computed"])), name="business_case_cost_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("amounts"), function="business_case_amounts_hold", output_field=models.BooleanField()
                ),
                name="business_case_cost_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("spread"), function="business_case_estimate_holds", output_field=models.BooleanField()
                ),
                name="business_case_cost_spread",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("escalation_per_year__isnull", True), ("escalation_per_year__gt", -1), _connector="OR"
                ),
                name="business_case_cost_escalation",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("driver__in", ["none", "headcount", "active_learners", "content_hours"])),
                name="business_case_cost_driver",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("recurrence__in", ["one_off", "monthly", "yearly"])),
                name="business_case_cost_recurrence",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("quantity"), function="business_case_estimate_holds", output_field=models.BooleanField()
                ),
                name="business_case_cost_quantity",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("price"), function="business_case_estimate_holds", output_field=models.BooleanField()
                ),
                name="business_case_cost_price",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk_adjustment__gte", 0)), name="business_case_cost_risk"
            ),
        ),
        migrations.DeleteModel(
            name="BenefitAmount",
        ),
        migrations.DeleteModel(
            name="CostAmount",
        ),
        migrations.AddConstraint(
            model_name="casecalendar",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_calendar_key_once"),
        ),
        migrations.AddConstraint(
            model_name="casecalendar",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
                name="business_case_calendar_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="casecalendar",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("working_weekdays"),
                    function="business_case_weekdays_hold",
                    output_field=models.BooleanField(),
                ),
                name="business_case_calendar_weekdays",
            ),
        ),
        migrations.AddConstraint(
            model_name="correlation",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_correlation_key_once"),
        ),
        migrations.AddConstraint(
            model_name="correlation",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
                name="business_case_correlation_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="correlation",
            constraint=models.CheckConstraint(
                condition=models.Q(("rho__gt", -1), ("rho__lt", 1)), name="business_case_correlation_is_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="correlation",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", models.F("second")), _negated=True),
                name="business_case_correlation_of_two_inputs",
            ),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_option_key_once"),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")), name="business_case_option_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="business_case_option_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_baseline", True)),
                fields=("case",),
                name="business_case_one_option_does_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_preferred", True)),
                fields=("case",),
                name="business_case_one_option_is_preferred",
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_phase_key_once"),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")), name="business_case_phase_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="business_case_phase_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_work_item_key_once"),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
                name="business_case_work_item_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="business_case_work_item_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("calendar__in", ["working", "elapsed"])), name="business_case_work_item_calendar"
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("duration_days"),
                    function="business_case_estimate_holds",
                    output_field=models.BooleanField(),
                ),
                name="business_case_work_item_duration",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemresource",
            constraint=models.CheckConstraint(
                condition=models.Q(("role", ""), _negated=True), name="business_case_resource_has_a_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="itemresource",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="business_case_resource_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="itemdependency",
            constraint=models.UniqueConstraint(fields=("item", "depends_on"), name="business_case_dependency_once"),
        ),
        migrations.AddConstraint(
            model_name="itemdependency",
            constraint=models.CheckConstraint(
                condition=models.Q(("item", models.F("depends_on")), _negated=True),
                name="business_case_dependency_of_another_item",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedrivers",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="business_case_drivers_key_once"),
        ),
        migrations.AddConstraint(
            model_name="casedrivers",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
                name="business_case_drivers_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedrivers",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("headcount"), function="business_case_estimate_holds", output_field=models.BooleanField()
                ),
                name="business_case_drivers_headcount",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedrivers",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("content_hours"),
                    function="business_case_estimate_holds",
                    output_field=models.BooleanField(),
                ),
                name="business_case_drivers_content_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedrivers",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("adoption"), function="business_case_adoption_holds", output_field=models.BooleanField()
                ),
                name="business_case_drivers_adoption",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedrivers",
            constraint=models.CheckConstraint(
                condition=models.Q(("headcount_growth_per_year__gt", -1)),
                name="business_case_drivers_growth_leaves_people",
            ),
        ),
    ]
