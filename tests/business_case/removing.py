"""Removing by the page that asks first."""

from __future__ import annotations

from typing import Any

from django.test import Client


def asked(client: Client, address: str) -> dict[str, str]:
    """Return what the page that asks would send when it is answered."""
    return {"asked": client.get(address).context["page"].asked}


def removed(client: Client, address: str) -> Any:
    """Ask, and answer at once; return the response."""
    return client.post(address, asked(client, address))
