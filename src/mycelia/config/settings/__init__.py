"""Settings, read once from the environment; every variable is listed in docs/operations.md."""

from mycelia.config.settings.authoring import *  # noqa: F403
from mycelia.config.settings.base import *  # noqa: F403
from mycelia.config.settings.mail import *  # noqa: F403
from mycelia.config.settings.observability import *  # noqa: F403
from mycelia.config.settings.security import *  # noqa: F403
from mycelia.config.settings.sign_on import *  # noqa: F403
