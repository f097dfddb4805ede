"""Loads ripen's sample warehouse into a Snowflake account the way loaders land it.

Usage: load_fakesnow.py WAREHOUSE.duckdb PORT SCRATCH

Tables go through the Snowflake connector for Python: CREATE TABLE with Snowflake's types, then
COPY INTO from Parquet files. Fivetran's tables (hubspot) get TIMESTAMP_TZ, Segment's (segment)
TIMESTAMP_NTZ, so that both kinds are read; every whole number is a NUMBER(38, 0), as Snowflake makes
of any integer.
"""

import pathlib
import shutil
import sys
import time

import duckdb
import snowflake.connector

DATABASE = "RIPEN_SAMPLE"
TIMES = {"hubspot": "TIMESTAMP_TZ", "segment": "TIMESTAMP_NTZ"}
TYPES = {"BIGINT": "NUMBER(38, 0)", "VARCHAR": "VARCHAR", "DOUBLE": "FLOAT", "BOOLEAN": "BOOLEAN"}


def connect(port):
    for attempt in range(40):
        try:
            return snowflake.connector.connect(
                user="RIPEN",
                password="not-checked",
                account="fakesnow",
                host="127.0.0.1",
                port=int(port),
                protocol="http",
                database=DATABASE,
                schema="PUBLIC",
                login_timeout=5,
                session_parameters={"CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED": False},
            )
        except snowflake.connector.errors.Error:
            if attempt == 39:
                raise
            time.sleep(0.5)


def snowflake_type(schema, duckdb_type):
    return TIMES[schema] if duckdb_type == "TIMESTAMP" else TYPES[duckdb_type]


def load(source, cursor, schema, table, scratch):
    columns = source.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_catalog = 'sample' AND table_schema = ? AND table_name = ?"
        " ORDER BY ordinal_position",
        [schema, table],
    ).fetchall()
    name = f"{schema}.{table}".upper()
    cursor.execute(
        f"CREATE TABLE {name} ("
        + ", ".join(f'"{column.upper()}" {snowflake_type(schema, kind)}' for column, kind in columns)
        + ")"
    )
    selected = ", ".join(
        f'"{column}"' + ("::TIMESTAMPTZ" if snowflake_type(schema, kind) == "TIMESTAMP_TZ" else "")
        + f' AS "{column.upper()}"'
        for column, kind in columns
    )
    # COPY INTO reads a folder.
    folder = scratch / f"{schema}.{table}"
    folder.mkdir()
    file = folder / "rows.parquet"
    source.execute(f"COPY (SELECT {selected} FROM sample.{schema}.{table}) TO '{file}' (FORMAT parquet)")
    cursor.execute(
        f"COPY INTO {name} FROM 'file://{folder}' FILE_FORMAT = (TYPE = PARQUET)"
        " MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE"
    )
    expected = source.execute(f"SELECT count(*) FROM sample.{schema}.{table}").fetchone()[0]
    loaded = cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    if loaded != expected:
        sys.exit(f"{name}: {loaded} rows in Snowflake, {expected} in the sample")
    return loaded


def main(warehouse, port, scratch):
    scratch = pathlib.Path(scratch).resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    source = duckdb.connect()
    source.execute("SET TimeZone = 'UTC'")
    source.execute(f"ATTACH '{warehouse}' AS sample (READ_ONLY)")
    tables = source.execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_catalog = 'sample' ORDER BY ALL"
    ).fetchall()
    rows = 0
    with connect(port) as connection:
        cursor = connection.cursor()
        for schema in sorted({schema for schema, _ in tables}):
            cursor.execute(f"CREATE SCHEMA {schema.upper()}")
        for schema, table in tables:
            rows += load(source, cursor, schema, table, scratch)
    print(f"Loaded    {len(tables)} tables, {rows:,} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
