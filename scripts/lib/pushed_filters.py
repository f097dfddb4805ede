"""Prints, for each table, what the server was asked for, and fails if no filter reached it.

Usage: pushed_filters.py STATEMENTS, a log with one statement a line
"""

import collections
import re
import sys

READING = re.compile(r"SELECT (?P<columns>.*?) FROM (?P<table>(HUBSPOT|SEGMENT)\.\w+)\s*(?:WHERE (?P<where>.*?))?\s*;?$")


def main(log):
    seen = collections.OrderedDict()
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            found = READING.match(line.strip())
            if found and found["where"] != "1=0":
                count = len(found["columns"].split(","))
                seen.setdefault((found["table"], count, found["where"] or "no filter"), None)
    for table, columns, where in seen:
        print(f"Asked     {table}: {columns} columns, {where}")
    if not any(table == "SEGMENT.PAGES" and '"TIMESTAMP"' in where for table, _, where in seen):
        sys.exit("the time filter of SEGMENT.PAGES did not reach the server")


if __name__ == "__main__":
    main(*sys.argv[1:])
