"""Tables of the record store.

Migration 0002 makes the partitioned ones in SQL; here they are described so that they can be read.
`stored` is the moment of storing, and with `sequence` the order of the store.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Iri(models.Model):
    """An IRI of a verb or an activity, kept once; found by `digest`, 128 bits of its SHA-256."""

    id = models.AutoField(primary_key=True)
    digest = models.UUIDField(unique=True)
    iri = models.TextField()

    def __str__(self) -> str:
        return self.iri


class Agent(models.Model):
    """What identifies an agent or group, kept once; found by `digest`, 128 bits of its SHA-256."""

    id = models.AutoField(primary_key=True)
    digest = models.UUIDField(unique=True)
    kind = models.CharField(max_length=12)
    value = models.TextField()
    home_page = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.value


class Interning(models.Model):
    """One arbitrary number, another one whenever interned texts were taken back, so that processes forget theirs.

    States: present, absent (nothing is remembered). `agents_reached` and `iris_reached` are the numbers up to which
    texts that nothing refers to were last looked for.
    """

    generation = models.BigIntegerField(primary_key=True)
    agents_reached = models.IntegerField(default=0)
    iris_reached = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.generation)


class PersonAccount(models.Model):
    """The opaque account name under which a person's statements are written.

    It survives a change of name, e-mail and employee number, and with the `home_page` it was given, also a change of
    the installation's address. Deleting the row pseudonymises every statement of the
    person at once: nothing else leads from the account name to them.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    name = models.UUIDField(unique=True)
    home_page = models.TextField()

    def __str__(self) -> str:
        return str(self.name)


class StatementKey(models.Model):
    """Every identifier once, over all partitions, and where its statement is.

    States: taken. A key outlives its partition, so an identifier is never used twice.
    """

    statement_id = models.UUIDField(primary_key=True)
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.statement_id)


class Statement(models.Model):
    """One statement; partitioned by month of `stored`.

    States: stored, voided (a row in `Voiding` or `OwnVoiding` says so and it is not itself voiding). The row never
    changes.
    """

    pk = models.CompositePrimaryKey("stored", "sequence")
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    statement_id = models.UUIDField()
    occurred = models.DateTimeField()
    verb = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    actor = models.ForeignKey(Agent, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    authority = models.ForeignKey(Agent, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    object_kind = models.CharField(max_length=12)
    registration = models.UUIDField(null=True)
    is_voiding = models.BooleanField()
    version = models.CharField(max_length=8)
    payload = models.BinaryField()

    def __str__(self) -> str:
        return str(self.statement_id)


class StatementAgent(models.Model):
    """An agent of a statement; `is_direct` for actor and object. Partitioned like `Statement`."""

    pk = models.CompositePrimaryKey("agent", "stored", "sequence")
    agent = models.ForeignKey(Agent, models.DO_NOTHING, related_name="+", db_constraint=False)
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    verb = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    is_direct = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.sequence} {self.agent_id}"


class StatementActivity(models.Model):
    """An activity of a statement; `is_direct` for its object. Partitioned like `Statement`."""

    pk = models.CompositePrimaryKey("activity", "stored", "sequence")
    activity = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    verb = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    is_direct = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.sequence} {self.activity_id}"


class StatementReference(models.Model):
    """A statement whose object is another statement, stored or yet to come."""

    pk = models.CompositePrimaryKey("target_id", "stored", "sequence")
    target_id = models.UUIDField()
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    statement_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.statement_id} {self.target_id}"


class Voiding(models.Model):
    """An identifier, stored or yet to come, that a voiding statement names whose source may void every statement."""

    target_id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.target_id)


class OwnVoiding(models.Model):
    """A voiding statement of a source that may void only what it vouches for itself.

    It voids the statement it names, stored or yet to come, if that stands under the same authority.
    """

    statement_id = models.UUIDField(primary_key=True)
    target_id = models.UUIDField()
    authority = models.ForeignKey(Agent, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        indexes = (models.Index("target_id", "authority", name="records_ownvoiding_target"),)

    def __str__(self) -> str:
        return f"{self.statement_id} {self.target_id}"


class Credential(models.Model):
    """A key and secret with which a system sends and reads.

    States: valid, expired (`expires_at` is past), withdrawn (`withdrawn_at` is set). The secret is 256 random bits,
    so its SHA-256 is as good as a slow hash and costs a request nothing. `origins` are the web origins that browsers
    may use it from. After a rotation the previous secret may go on until `previous_until`.
    """

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=64, unique=True)
    secret_hash = models.BinaryField()
    previous_hash = models.BinaryField(null=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=32))
    origins = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    requests_per_minute = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    rotated_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class CredentialUse(models.Model):
    """How many requests came under a credential in a minute (older ones: in an hour), by what became of them.

    `outcome` is "accepted" or the code of the refusal; without a credential are those that named none that exists.
    """

    credential = models.ForeignKey(Credential, models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField()
    outcome = models.CharField(max_length=40)
    requests = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("credential", "since", "outcome"), nulls_distinct=False, name="records_credentialuse_once"
            ),
        )
        indexes = (models.Index("since", name="records_credentialuse_since"),)

    def __str__(self) -> str:
        return f"{self.credential_id} {self.since} {self.outcome}"


class IdentifierSecret(models.Model):
    """What the identifiers of the product's own statements are made with besides their names, from `made_at` on.

    States: present, absent (the next one told of makes it).
    """

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    secret = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=True), name="records_identifiersecret_single"),)

    def __str__(self) -> str:
        return "secret"


class Document(models.Model):
    """A state, activity profile or agent profile.

    `digest` is 128 bits of the SHA-256 of all that names it; `context` the same of its kind, activity and agent, under
    which documents are listed. States: stored; deleting removes the row.
    """

    digest = models.UUIDField(primary_key=True)
    context = models.UUIDField()
    kind = models.CharField(max_length=16)
    activity = models.ForeignKey(Iri, models.DO_NOTHING, null=True, related_name="+")
    agent = models.ForeignKey(Agent, models.DO_NOTHING, null=True, related_name="+")
    registration = models.UUIDField(null=True)
    name = models.TextField()
    content_type = models.CharField(max_length=255)
    content = models.BinaryField()
    etag = models.CharField(max_length=40)
    stored = models.DateTimeField()

    class Meta:
        indexes = (models.Index("context", "stored", name="records_document_context"),)

    def __str__(self) -> str:
        return self.name


class ActivityDefinition(models.Model):
    """What is known of an activity, merged from every definition sent of it; JSON in UTF-8."""

    activity = models.OneToOneField(Iri, models.DO_NOTHING, primary_key=True, related_name="+")
    definition = models.BinaryField()

    class Meta:
        db_table = "records_activity"

    def __str__(self) -> str:
        return str(self.activity_id)


class RetentionRule(models.Model):
    """How many whole months statements are kept after the one they were stored in.

    States: present (the daily task removes older months), absent (everything is kept).
    """

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    months = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=True), name="records_retentionrule_single"),
            models.CheckConstraint(condition=models.Q(months__gte=1), name="records_retentionrule_months"),
        )

    def __str__(self) -> str:
        return str(self.months)


class Attachment(models.Model):
    """The bytes of an attachment, kept once however many statements they came with; SHA-2 in small letters.

    They are kept uncompressed, so that a piece is read without the rest.
    """

    sha2 = models.CharField(max_length=128, primary_key=True)
    length_bytes = models.BigIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha2


class StatementAttachment(models.Model):
    """Bytes that go out with a statement: they came along with it, or its source had sent the same ones before.

    A statement that only names a hash has no row, so nobody gets bytes for knowing what they hash to.
    """

    pk = models.CompositePrimaryKey("stored", "sequence", "attachment")
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    attachment = models.ForeignKey(Attachment, models.DO_NOTHING, related_name="+", db_column="sha2")

    def __str__(self) -> str:
        return f"{self.sequence} {self.attachment_id}"


class Destination(models.Model):
    """Another record store that statements are forwarded to, in the order of the store.

    States: active, paused (`pause_reason` is set). `cursor_stored` and `cursor_sequence` are the place up to which
    every statement that matches was acknowledged or is a dead letter; both None is the beginning. `rewinds` counts how
    often it was set back, so that a runner notices whose batch is older than that. `secret` is sealed.
    `agent` and `authority` are the three parts of an `AgentKey`. Counters only grow.
    """

    name = models.CharField(max_length=200, unique=True)
    endpoint = models.CharField(max_length=500)
    version = models.CharField(max_length=8)
    key = models.CharField(max_length=200)
    secret = models.BinaryField()
    agent = ArrayField(models.TextField(), null=True, blank=True, size=3)
    verb = models.TextField(blank=True, default="")
    activity = models.TextField(blank=True, default="")
    related_agents = models.BooleanField(default=False)
    related_activities = models.BooleanField(default=False)
    authority = ArrayField(models.TextField(), null=True, blank=True, size=3)
    since = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=24, blank=True, default="")
    cursor_stored = models.DateTimeField(null=True, blank=True)
    cursor_sequence = models.BigIntegerField(null=True, blank=True)
    rewinds = models.IntegerField(default=0)
    delivered = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    failures = models.BigIntegerField(default=0)
    consecutive_failures = models.IntegerField(default=0)
    refused_in_a_row = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class DeadLetter(models.Model):
    """A statement that a destination refused for what it is.

    States: waiting, to be sent again (`is_replaying`); delivering or discarding it removes the row. `status` is that
    of the last answer, None where none was asked for. The statement itself stays in the store alone.
    """

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="dead_letters")
    statement_id = models.UUIDField()
    status = models.IntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    first_refused_at = models.DateTimeField()
    last_refused_at = models.DateTimeField()
    attempts = models.IntegerField(default=1)
    is_replaying = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("destination", "statement_id"), name="records_deadletter_once"),)
        indexes = (
            models.Index("destination", condition=models.Q(is_replaying=True), name="records_deadletter_replaying"),
            models.Index("statement_id", name="records_deadletter_statement"),
        )

    def __str__(self) -> str:
        return str(self.statement_id)


class DeliveryCount(models.Model):
    """What became of forwarding to a destination in an hour: statements delivered and refused, attempts that failed."""

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    delivered = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    failures = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("destination", "since"), name="records_deliverycount_once"),)

    def __str__(self) -> str:
        return f"{self.destination_id} {self.since}"
