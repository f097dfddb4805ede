"""Compares the scores of two states, every lead and every column but those that name the run.

Usage: compare_scores.py STATE STATE
"""

import sys

import pyarrow.parquet
from deltalake import DeltaTable

OF_THE_RUN = {"run_id"}
NEEDED = {"score", "is_mql", "mql_at"}
SHOWN = 10


def rows(table):
    """The rows of a Delta table, read in this thread alone.

    Arrow's scanner, which DeltaTable.to_pyarrow_table uses, leaves threads behind, and a process that
    ends before they do aborts: 5 times in 120 when this script still used it (apache/arrow#34314).
    """
    files = [pyarrow.parquet.ParquetFile(uri.removeprefix("file://")) for uri in table.file_uris()]
    return [row for file in files for row in file.read(use_threads=False).to_pylist()]


def committed(state):
    """The scores at the version that the newest commit names."""
    newest = max(rows(DeltaTable(f"{state}/runs")), key=lambda run: run["committed_at"])
    version = dict(newest["table_versions"])["scores"]
    return rows(DeltaTable(f"{state}/scores", version=version))


def by_lead(scores):
    leads = {row["lead_id"]: row for row in scores}
    if len(leads) != len(scores):
        sys.exit("a lead has two rows of scores")
    return leads


def main(first, second):
    a, b = by_lead(committed(first)), by_lead(committed(second))
    columns = sorted(set(next(iter(a.values()), {})) - OF_THE_RUN)
    missing = NEEDED - set(columns)
    if missing:
        sys.exit(f"the scores have no {', '.join(sorted(missing))}")
    differences = [f"{lead}: only in {first}" for lead in sorted(a.keys() - b.keys())]
    differences += [f"{lead}: only in {second}" for lead in sorted(b.keys() - a.keys())]
    for lead in sorted(a.keys() & b.keys()):
        for column in columns:
            if a[lead].get(column) != b[lead].get(column):
                differences.append(f"{lead}: {column} {a[lead].get(column)!r}, {b[lead].get(column)!r}")
    for line in differences[:SHOWN]:
        print(line)
    if differences:
        sys.exit(f"{len(differences)} differences among {len(a | b)} leads")
    mqls = sum(1 for row in a.values() if row["is_mql"])
    if not mqls:
        sys.exit("nobody is an MQL, so the comparison says nothing")
    print(f"Compared  {len(a):,} leads, identical in {', '.join(columns)}; {mqls} are MQLs")


if __name__ == "__main__":
    main(*sys.argv[1:])
