"""What can be refused here: `LastAdministrator`, `UnknownPerson`, `ImpliedRole`, each under its kernel error."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Conflict, InvalidInput, NotFound


class LastAdministrator(Conflict):
    """Nobody would be left who could give the role again."""

    code = "last_administrator"
    default_message = _(
        "This is the last IT administrator for the whole company. Give the role to somebody else first; "
        "nothing was changed."
    )


class UnknownPerson(NotFound):
    """There is no active person with that e-mail or number."""

    code = "unknown_person"
    default_message = _("Nobody active is known by that e-mail. Import the person first; nothing was changed.")


class ImpliedRole(InvalidInput):
    """Learner and manager follow from the people file."""

    code = "implied_role"
    default_message = _(
        "This role is not assigned: everybody is a learner, and whoever has reports in the people file is a manager."
    )
