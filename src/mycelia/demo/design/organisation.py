"""Calderwick Instruments, an invented maker of measuring instruments: its sites, divisions and departments."""

from __future__ import annotations

from mycelia.demo.types import Department, Division, Site

COMPANY_NAME = "Calderwick Instruments"
ROOT_CODE = "CAL"
HEAD_OFFICE = "AAL"

SITES = (
    Site("AAL", "Aalen", "DE", "de", ("german", "german", "german", "turkish", "polish", "west_african")),
    Site("BRN", "Brno", "CZ", "cs", ("czech", "czech", "czech", "polish", "east_asian")),
    Site("DUN", "Dundee", "GB", "en", ("british", "british", "british", "polish", "west_african", "indian")),
    Site("POR", "Porto", "PT", "pt", ("portuguese", "portuguese", "portuguese", "west_african")),
    Site("PUN", "Pune", "IN", "en", ("indian",)),
    Site("GUE", "Guelph", "CA", "en", ("canadian", "canadian", "east_asian", "british", "indian")),
)

DIVISIONS = (
    Division(
        "ENG",
        "Products and Engineering",
        "Chief engineer",
        (
            Department(
                "ENG-FLO",
                "Flow Measurement",
                "Head of flow measurement",
                "Lead engineer",
                ("Design engineer", "Sensor engineer", "Test engineer"),
                0.05,
                ("AAL", "DUN"),
            ),
            Department(
                "ENG-PRE",
                "Pressure and Level",
                "Head of pressure and level",
                "Lead engineer",
                ("Design engineer", "Materials engineer", "Test engineer"),
                0.05,
                ("BRN", "AAL"),
            ),
            Department(
                "ENG-FIR",
                "Firmware and Software",
                "Head of firmware and software",
                "Lead developer",
                ("Firmware developer", "Software developer", "Usability engineer"),
                0.07,
                ("DUN", "PUN", "AAL"),
            ),
            Department(
                "ENG-LAB",
                "Test Laboratory",
                "Head of laboratory",
                "Laboratory lead",
                ("Metrologist", "Laboratory technician"),
                0.03,
                ("AAL",),
            ),
        ),
    ),
    Division(
        "OPS",
        "Operations",
        "Chief operating officer",
        (
            Department(
                "OPS-ASM",
                "Assembly",
                "Head of assembly",
                "Shift leader",
                ("Assembly technician", "Balance adjuster", "Assembly worker"),
                0.16,
                ("BRN", "AAL", "PUN"),
            ),
            Department(
                "OPS-MAC",
                "Machining",
                "Head of machining",
                "Shift leader",
                ("Machinist", "Toolmaker", "Setter"),
                0.10,
                ("BRN", "AAL"),
            ),
            Department(
                "OPS-LOG",
                "Logistics",
                "Head of logistics",
                "Warehouse lead",
                ("Warehouse clerk", "Dispatcher", "Forklift driver"),
                0.06,
                ("BRN", "POR", "GUE"),
            ),
            Department(
                "OPS-MAI",
                "Maintenance",
                "Head of maintenance",
                "Maintenance lead",
                ("Electrician", "Mechanic"),
                0.03,
                ("BRN", "AAL"),
            ),
            Department(
                "OPS-PUR",
                "Purchasing",
                "Head of purchasing",
                "Purchasing lead",
                ("Buyer", "Supplier quality engineer"),
                0.03,
                ("AAL", "PUN"),
            ),
        ),
    ),
    Division(
        "SAL",
        "Sales and Service",
        "Chief sales officer",
        (
            Department(
                "SAL-EUR",
                "Sales Europe",
                "Head of sales Europe",
                "Regional sales lead",
                ("Account executive", "Inside sales representative", "Application engineer"),
                0.06,
                ("AAL", "POR", "DUN"),
            ),
            Department(
                "SAL-INT",
                "Sales Overseas",
                "Head of sales overseas",
                "Regional sales lead",
                ("Account executive", "Inside sales representative", "Application engineer"),
                0.05,
                ("GUE", "PUN"),
            ),
            Department(
                "SAL-SER",
                "Service and Calibration",
                "Head of service",
                "Service team lead",
                ("Service technician", "Calibration technician", "Service coordinator"),
                0.10,
                ("DUN", "AAL", "POR", "GUE"),
            ),
            Department(
                "SAL-SUP",
                "Customer Support",
                "Head of customer support",
                "Support lead",
                ("Support agent", "Technical writer"),
                0.05,
                ("POR", "GUE"),
            ),
            Department(
                "SAL-MAR",
                "Marketing",
                "Head of marketing",
                "Marketing lead",
                ("Product marketer", "Trade fair coordinator"),
                0.03,
                ("POR", "AAL"),
            ),
        ),
    ),
    Division(
        "FIN",
        "Finance and Administration",
        "Chief financial officer",
        (
            Department(
                "FIN-ACC",
                "Accounting",
                "Head of accounting",
                "Accounting lead",
                ("Accountant", "Payroll clerk"),
                0.035,
                ("AAL", "BRN"),
            ),
            Department(
                "FIN-CON",
                "Controlling",
                "Head of controlling",
                "Controlling lead",
                ("Financial analyst", "Controller"),
                0.02,
                ("AAL",),
            ),
            Department(
                "FIN-QUA",
                "Quality and Compliance",
                "Head of quality",
                "Quality lead",
                ("Quality engineer", "Auditor", "Data protection officer"),
                0.045,
                ("AAL", "BRN"),
            ),
        ),
    ),
    Division(
        "PPL",
        "People and Information",
        "Chief people and information officer",
        (
            Department(
                "PPL-HUM",
                "Human Resources",
                "Head of human resources",
                "Human resources lead",
                ("Talent partner", "Recruiter"),
                0.03,
                ("AAL", "BRN"),
            ),
            Department(
                "PPL-LEA",
                "Learning and Development",
                "Head of learning",
                "Learning lead",
                ("Learning designer", "Trainer"),
                0.025,
                ("AAL",),
            ),
            Department(
                "PPL-INF",
                "Information Technology",
                "Head of information technology",
                "Systems lead",
                ("Systems administrator", "Support engineer", "Business systems analyst"),
                0.055,
                ("AAL", "PUN"),
            ),
        ),
    ),
)

SITE_BY_CODE = {site.code: site for site in SITES}
DEPARTMENTS = tuple(department for division in DIVISIONS for department in division.departments)
