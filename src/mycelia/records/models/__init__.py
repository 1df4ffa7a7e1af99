"""Tables of the record store.

Migration 0002 makes the partitioned ones in SQL; here they are described so that they can be read.
`stored` is the moment of storing, and with `sequence` the order of the store.
"""

from mycelia.records.models.attachments import Attachment, StatementAttachment
from mycelia.records.models.credentials import Credential, CredentialUse
from mycelia.records.models.documents import Document
from mycelia.records.models.forwarding import DeadLetter, DeliveryCount, Destination
from mycelia.records.models.installation import IdentifierSecret, PersonAccount, RetentionRule
from mycelia.records.models.statements import (
    OwnVoiding,
    Statement,
    StatementActivity,
    StatementAgent,
    StatementKey,
    StatementReference,
    Voiding,
)
from mycelia.records.models.texts import ActivityDefinition, Agent, Interning, Iri

__all__ = [
    "ActivityDefinition",
    "Agent",
    "Attachment",
    "Credential",
    "CredentialUse",
    "DeadLetter",
    "DeliveryCount",
    "Destination",
    "Document",
    "IdentifierSecret",
    "Interning",
    "Iri",
    "OwnVoiding",
    "PersonAccount",
    "RetentionRule",
    "Statement",
    "StatementActivity",
    "StatementAgent",
    "StatementAttachment",
    "StatementKey",
    "StatementReference",
    "Voiding",
]
