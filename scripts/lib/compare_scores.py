"""Compares the scores of two states, every lead and every column but those that name the run.

Usage: compare_scores.py STATE STATE
"""

import sys

from deltalake import DeltaTable

OF_THE_RUN = {"run_id"}
NEEDED = {"score", "is_mql", "mql_at"}
SHOWN = 10


def committed(state):
    """The scores at the version that the newest commit names."""
    runs = DeltaTable(f"{state}/runs").to_pyarrow_table().to_pylist()
    newest = max(runs, key=lambda run: run["committed_at"])
    version = dict(newest["table_versions"])["scores"]
    return DeltaTable(f"{state}/scores", version=version).to_pyarrow_table().to_pylist()


def by_lead(rows):
    leads = {row["lead_id"]: row for row in rows}
    if len(leads) != len(rows):
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
