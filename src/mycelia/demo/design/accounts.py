"""The named accounts: one for every role, all with the same documented password."""

from __future__ import annotations

from mycelia.demo.types import Account

PASSWORD = "mycelia-demo"  # noqa: S105 - documented on purpose; the demo company is synthetic
DOMAIN = "demo.example"


def _account(role: str, given_name: str, family_name: str, can: str) -> Account:
    return Account(role, f"{role.split('_')[0]}@{DOMAIN}", given_name, family_name, can)


LEARNER = _account("learner", "Lena", "Okafor", "takes courses; has one to finish and one overdue")
MANAGER = _account("manager", "Marek", "Haldane", "sees Lena's team: who is on track and who is stuck")
AUTHOR = _account("author", "Asha", "Kulkarni", "writes courses in the studio and sends them to review")
CURATOR = _account("curator", "Carla", "Lindner", "reviews and approves courses")
TALENT = _account("talent_administrator", "Tomasz", "Sikora", "imports people and assigns learning")
FINANCE = _account("finance_analyst", "Filipa", "Ribeiro", "keeps costs, benefits and indicators of the case")
EXECUTIVE = _account("executive", "Esther", "Brandt", "reads the case and asks for the brief")
IT = _account("it_administrator", "Ifeanyi", "Mensah", "grants roles, reads the audit log and the system's health")

ACCOUNTS = (LEARNER, MANAGER, AUTHOR, CURATOR, TALENT, FINANCE, EXECUTIVE, IT)
GRANTED = (AUTHOR, CURATOR, TALENT, FINANCE, EXECUTIVE, IT)
