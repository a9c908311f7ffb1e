"""The SQL of a campaign's schema: its tables, what is asked of them, and the role that may ask."""

from hashlib import sha256
from typing import NamedTuple

from psycopg.sql import SQL, Identifier, Literal

TABLE = "stored_events"
MOVES = "moves"
# The table of `eventsourcing`, which can read it, but positions are given by the writer.
_CREATE = """
CREATE SCHEMA IF NOT EXISTS {schema};
CREATE TABLE IF NOT EXISTS {events} (
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text COLLATE "C" NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL CHECK (notification_id > 0),
    CONSTRAINT stored_events_pkey PRIMARY KEY (originator_id, originator_version),
    CONSTRAINT stored_events_position UNIQUE (notification_id)
);
CREATE TABLE IF NOT EXISTS {moves} (
    number bigint NOT NULL CONSTRAINT moves_pkey PRIMARY KEY,
    moved_to text COLLATE "C" NOT NULL
);
"""
_ROLE = """
-- The role that records. It cannot change, remove or create anything, whatever it is told.
CREATE ROLE {role} LOGIN;
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT ON {events}, {moves} TO {role};
"""
_ROW = "SELECT notification_id, originator_id, originator_version, topic, state FROM {events} "
_STREAM = _ROW + "WHERE originator_id = %b ORDER BY originator_version"
# Everything that Kalends makes in a schema, by kind and name.
OURS = {
    "table stored_events",
    "table moves",
    "index stored_events_pkey",
    "index stored_events_position",
    "index moves_pkey",
    "column stored_events.originator_id text C not null",
    "column stored_events.originator_version bigint - not null",
    "column stored_events.topic text C not null",
    "column stored_events.state bytea - not null",
    "column stored_events.notification_id bigint - not null",
    "column moves.number bigint - not null",
    "column moves.moved_to text C not null",
}
# What is in the schema. SQL of somebody else's there would run when an event is appended or read.
_CONTENTS = """
WITH ours AS (SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = {name})
SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'i' THEN 'index' ELSE 'relation' END
    || ' ' || relname FROM ours
UNION ALL SELECT 'column ' || c.relname || '.' || a.attname || ' '
    || format_type(a.atttypid, a.atttypmod) || ' ' || coalesce(l.collname, '-')
    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    FROM ours c JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'row security of ' || relname FROM ours WHERE relrowsecurity
UNION ALL SELECT 'trigger ' || t.tgname FROM pg_trigger t JOIN ours c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal
UNION ALL SELECT 'rule ' || r.rulename FROM pg_rewrite r JOIN ours c ON c.oid = r.ev_class
UNION ALL SELECT 'child of ' || c.relname FROM pg_inherits i JOIN ours c ON c.oid = i.inhparent
UNION ALL SELECT 'default of ' || c.relname FROM pg_attrdef d JOIN ours c ON c.oid = d.adrelid
UNION ALL SELECT 'function ' || p.proname FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = {name}
"""
_STANDS = """
SELECT current_setting('server_encoding'), pg_is_in_recovery(),
    to_regclass({events_text}) IS NOT NULL,
    coalesce(has_table_privilege(to_regclass({events_text})::oid, 'INSERT'), false),
    NOT coalesce(has_table_privilege(to_regclass({events_text})::oid,
        'UPDATE, DELETE, TRUNCATE'), false)
"""


class Statements(NamedTuple):
    """What is asked of one schema, as bytes; `key` is the number of its advisory lock."""

    create: bytes
    stands: bytes
    contents: bytes
    any: bytes
    head: bytes
    moved: bytes
    followed: bytes
    move: bytes
    page: bytes
    stream: bytes
    newest: bytes
    positions: bytes
    existing: bytes
    existing_topic: bytes
    beginning: bytes
    between: bytes
    insert: bytes
    insert_one: bytes
    extent: bytes
    largest: bytes
    channel: str
    key: int


def statements_of(schema: str) -> Statements:
    """Return the statements of a schema."""
    names = {
        "schema": Identifier(schema),
        "name": Literal(schema),
        "events": Identifier(schema, TABLE),
        "events_text": Literal(f"{schema}.{TABLE}"),
        "moves": Identifier(schema, MOVES),
    }

    def made(text: str) -> bytes:
        return SQL(text).format(**names).as_bytes(None)

    digest = sha256(b"kalends " + schema.encode()).digest()
    return Statements(
        create=made(_CREATE),
        stands=made(_STANDS),
        contents=made(_CONTENTS),
        any=made("SELECT 1 FROM {events} LIMIT 1"),
        head=made("SELECT coalesce(max(notification_id), 0) FROM {events}"),
        moved=made("SELECT moved_to FROM {moves} ORDER BY number DESC LIMIT 1"),
        followed=made(
            "SELECT coalesce(max(notification_id), 0), coalesce((SELECT moved_to FROM {moves} "
            "ORDER BY number DESC LIMIT 1), '') FROM {events}"
        ),
        move=made(
            "INSERT INTO {moves} SELECT coalesce(max(number), 0) + 1, %b::text FROM {moves}"
        ),
        page=made(_ROW + "WHERE notification_id > %b ORDER BY notification_id LIMIT %b"),
        stream=made(_STREAM),
        newest=made(_STREAM + " DESC LIMIT 1"),
        positions=made(
            "SELECT notification_id FROM {events} "
            "WHERE originator_id = %b ORDER BY notification_id"
        ),
        existing=made("SELECT DISTINCT originator_id FROM {events} WHERE originator_id = ANY(%b)"),
        existing_topic=made(
            "SELECT DISTINCT originator_id FROM {events} "
            "WHERE originator_id = ANY(%b) AND topic = %b"
        ),
        beginning=made(
            "SELECT DISTINCT originator_id FROM {events} "
            "WHERE originator_id BETWEEN %b AND %b ORDER BY originator_id LIMIT %b"
        ),
        between=made(
            _ROW + "WHERE notification_id > %b AND notification_id <= %b ORDER BY notification_id"
        ),
        # The writer gives the positions: a sequence would leave gaps behind what was rolled back.
        insert=made(
            "INSERT INTO {events} "
            "(originator_id, originator_version, topic, state, notification_id) "
            "SELECT stream, version, topic, state, %b::bigint + number "
            "FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::bytea[]) "
            "WITH ORDINALITY AS row (stream, version, topic, state, number)"
        ),
        insert_one=made(
            "INSERT INTO {events} "
            "(notification_id, originator_id, originator_version, topic, state) "
            "VALUES (%b, %b, %b, %b, %b)"
        ),
        extent=made("SELECT max(notification_id), count(*) FROM {events}"),
        largest=made(
            "SELECT max(octet_length(state)), max(octet_length(originator_id)), "
            "max(octet_length(topic)) FROM {events} "
            "WHERE notification_id > %b AND notification_id <= %b"
        ),
        channel=f"kalends_{digest.hex()[:16]}",
        key=int.from_bytes(digest[:8], signed=True),
    )


def role_sql(schema: str, role: str) -> str:
    """Return the SQL that makes the tables of a campaign, and the role that records in them."""
    names = {
        "schema": Identifier(schema),
        "events": Identifier(schema, TABLE),
        "moves": Identifier(schema, MOVES),
        "role": Identifier(role),
    }
    return SQL(_CREATE + _ROLE).format(**names).as_string(None).strip() + "\n"
