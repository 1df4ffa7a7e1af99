"""Options, roadmap, drivers, and the columns of lines and KPIs that the monthly model needs."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import mycelia.business_case.models.drivers
import mycelia.business_case.models.item
import mycelia.business_case.models.stated


class Migration(migrations.Migration):
    dependencies = [("business_case", "0003_rules")]

    operations = [
        migrations.AlterField(
            model_name="costamount",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="business_case.costline"
            ),
        ),
        migrations.AlterField(
            model_name="benefitamount",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="business_case.benefitline"
            ),
        ),
        migrations.CreateModel(
            name="CaseCalendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place")),
                ("start", models.DateField(blank=True, null=True, verbose_name="roadmap starts")),
                (
                    "working_weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=mycelia.business_case.models.drivers.working_week,
                        size=None,
                    ),
                ),
                (
                    "holidays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseDrivers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place")),
                (
                    "headcount",
                    mycelia.business_case.models.stated.EstimateField(
                        default=mycelia.business_case.models.stated.none, verbose_name="people"
                    ),
                ),
                (
                    "headcount_growth_per_year",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=6, verbose_name="growth a year"
                    ),
                ),
                (
                    "content_hours",
                    mycelia.business_case.models.stated.EstimateField(
                        default=mycelia.business_case.models.stated.none, verbose_name="hours of content"
                    ),
                ),
                (
                    "adoption",
                    mycelia.business_case.models.stated.AdoptionField(
                        default=mycelia.business_case.models.stated.full_adoption, verbose_name="adoption"
                    ),
                ),
                (
                    "adoption_start",
                    models.PositiveSmallIntegerField(default=0, verbose_name="adoption starts in month"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correlation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place")),
                ("first", models.CharField(max_length=200, verbose_name="first input")),
                ("second", models.CharField(max_length=200, verbose_name="second input")),
                ("rho", models.DecimalField(decimal_places=4, max_digits=5, verbose_name="correlation")),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ItemDependency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lag_days", models.SmallIntegerField(default=0, verbose_name="lag in days")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ItemResource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=200, verbose_name="role")),
                (
                    "quantity",
                    models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=10, verbose_name="quantity"),
                ),
                ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="unit")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, default="", verbose_name="description")),
                ("is_baseline", models.BooleanField(default=False, verbose_name="doing nothing")),
                ("is_preferred", models.BooleanField(default=False, verbose_name="preferred")),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "duration_days",
                    mycelia.business_case.models.stated.EstimateField(
                        default=mycelia.business_case.models.stated.none, verbose_name="days"
                    ),
                ),
                ("calendar", models.CharField(default="working", max_length=16, verbose_name="counted in")),
                ("earliest_start", models.DateField(blank=True, null=True, verbose_name="not before")),
                ("is_milestone", models.BooleanField(default=False, verbose_name="milestone")),
                ("owner", models.CharField(blank=True, default="", max_length=200, verbose_name="owner")),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="finished on")),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="benefitline",
            options={"ordering": ["position", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="costline",
            options={"ordering": ["position", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="kpi",
            options={"ordering": ["position", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="objective",
            options={"ordering": ["position", "pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="business_case_horizon_whole_years",
        ),
        migrations.RemoveConstraint(
            model_name="kpi",
            name="business_case_kpi_source_is_known",
        ),
        migrations.AddField(
            model_name="benefitline",
            name="adoption",
            field=mycelia.business_case.models.stated.AdoptionField(blank=True, null=True, verbose_name="adoption"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="amounts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DecimalField(decimal_places=2, max_digits=15), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="basis",
            field=models.CharField(default="amounts", max_length=16, verbose_name="basis"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="claimed_movement",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="claimed movement"
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="confidence_factor",
            field=mycelia.business_case.models.stated.EstimateField(
                default=mycelia.business_case.models.stated.one, verbose_name="share trusted"
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="end_month",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to month"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="escalation_per_year",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=6, null=True, verbose_name="escalation a year"
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="evidence_grade",
            field=models.CharField(default="none", max_length=16, verbose_name="evidence"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="follows_case_adoption",
            field=models.BooleanField(default=False, verbose_name="follows the case's adoption"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="inputs",
            field=mycelia.business_case.models.stated.EstimatesField(blank=True, default=dict, verbose_name="inputs"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="is_intangible",
            field=models.BooleanField(default=False, verbose_name="intangible"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="is_placeholder",
            field=models.BooleanField(default=False, verbose_name="placeholder"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="isolation",
            field=mycelia.business_case.models.stated.EstimateField(
                default=mycelia.business_case.models.stated.one, verbose_name="share due to this"
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="isolation_method",
            field=models.CharField(blank=True, default="", max_length=24, verbose_name="isolation"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="key",
            field=models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="kpi",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.kpi",
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="position",
            field=models.PositiveIntegerField(default=0, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="ramp_months",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="months to full effect"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="risk_adjustment",
            field=models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=7, verbose_name="risk"),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="spread",
            field=mycelia.business_case.models.stated.EstimateField(
                default=mycelia.business_case.models.stated.one, verbose_name="uncertainty"
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="start_month",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="from month"),
        ),
        migrations.AddField(
            model_name="case",
            name="counts_learner_time",
            field=models.BooleanField(default=True, verbose_name="learner time counts"),
        ),
        migrations.AddField(
            model_name="case",
            name="discounting",
            field=models.CharField(default="year_end", max_length=16, verbose_name="discounting"),
        ),
        migrations.AddField(
            model_name="case",
            name="inflation_per_year",
            field=models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=6, verbose_name="inflation"),
        ),
        migrations.AddField(
            model_name="case",
            name="owner_text",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="case",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="case",
            name="tax_rate",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name="tax rate"),
        ),
        migrations.AddField(
            model_name="case",
            name="unit_text",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="costline",
            name="amounts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DecimalField(decimal_places=2, max_digits=15), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="basis",
            field=models.CharField(default="amounts", max_length=16, verbose_name="basis"),
        ),
        migrations.AddField(
            model_name="costline",
            name="cost_centre",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="cost centre"),
        ),
        migrations.AddField(
            model_name="costline",
            name="driver",
            field=models.CharField(default="none", max_length=24, verbose_name="driver"),
        ),
        migrations.AddField(
            model_name="costline",
            name="end_month",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to month"),
        ),
        migrations.AddField(
            model_name="costline",
            name="escalation_per_year",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=6, null=True, verbose_name="escalation a year"
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="is_placeholder",
            field=models.BooleanField(default=False, verbose_name="placeholder"),
        ),
        migrations.AddField(
            model_name="costline",
            name="key",
            field=models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="costline",
            name="position",
            field=models.PositiveIntegerField(default=0, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="costline",
            name="price",
            field=mycelia.business_case.models.stated.EstimateField(
                default=mycelia.business_case.models.stated.none, verbose_name="price"
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="quantity",
            field=mycelia.business_case.models.stated.EstimateField(
                default=mycelia.business_case.models.stated.one, verbose_name="quantity"
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="recurrence",
            field=models.CharField(default="one_off", max_length=16, verbose_name="recurrence"),
        ),
        migrations.AddField(
            model_name="costline",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="costline",
            name="risk_adjustment",
            field=models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=7, verbose_name="risk"),
        ),
        migrations.AddField(
            model_name="costline",
            name="spread",
            field=mycelia.business_case.models.stated.EstimateField(
                default=mycelia.business_case.models.stated.one, verbose_name="uncertainty"
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="start_month",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="from month"),
        ),
        migrations.AddField(
            model_name="costline",
            name="unit",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="unit"),
        ),
        migrations.AddField(
            model_name="kpi",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="kpis", to="business_case.case"
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="course_text",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="kpi",
            name="isolation_method",
            field=models.CharField(blank=True, default="", max_length=24, verbose_name="isolation"),
        ),
        migrations.AddField(
            model_name="kpi",
            name="key",
            field=models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="kpi",
            name="owner_text",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="kpi",
            name="position",
            field=models.PositiveIntegerField(default=0, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="kpi",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="kpi",
            name="value_per_unit",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="worth of one unit"
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="key",
            field=models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="objective",
            name="position",
            field=models.PositiveIntegerField(default=0, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="objective",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="casecalendar",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="calendar", to="business_case.case"
            ),
        ),
        migrations.AddField(
            model_name="casedrivers",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="drivers", to="business_case.case"
            ),
        ),
        migrations.AddField(
            model_name="correlation",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="correlations", to="business_case.case"
            ),
        ),
        migrations.AddField(
            model_name="option",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="options", to="business_case.case"
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="option",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.option",
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="option",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.option",
            ),
        ),
        migrations.AddField(
            model_name="phase",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="phases", to="business_case.case"
            ),
        ),
        migrations.AddField(
            model_name="workitem",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="work_items", to="business_case.case"
            ),
        ),
        migrations.AddField(
            model_name="workitem",
            name="option",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.option",
            ),
        ),
        migrations.AddField(
            model_name="workitem",
            name="phase",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="items",
                to="business_case.phase",
            ),
        ),
        migrations.AddField(
            model_name="itemresource",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="resources", to="business_case.workitem"
            ),
        ),
        migrations.AddField(
            model_name="itemdependency",
            name="depends_on",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="dependants", to="business_case.workitem"
            ),
        ),
        migrations.AddField(
            model_name="itemdependency",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="dependencies", to="business_case.workitem"
            ),
        ),
        migrations.AddField(
            model_name="casedrivers",
            name="adoption_milestone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.workitem",
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="end_milestone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.workitem",
            ),
        ),
        migrations.AddField(
            model_name="benefitline",
            name="start_milestone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.workitem",
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="end_milestone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.workitem",
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="start_milestone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="business_case.workitem",
            ),
        ),
    ]
