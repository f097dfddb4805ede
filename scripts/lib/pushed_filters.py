"""Prints, for each table, what the server was asked for. Fails unless the columns, the filters and the
range of days of every table of events have reached it, that is, if any of them was read whole.

Usage: pushed_filters.py STATEMENTS FIRST_DAY, a log with one statement a line, and the first day of
events that the run had to read
"""

import collections
import re
import sys

READING = re.compile(r"SELECT (?P<columns>.*?) FROM (?P<table>(HUBSPOT|SEGMENT)\.\w+)\s*(?:WHERE (?P<where>.*?))?\s*;?$")
EVENTS = ["PAGES", "SIGNED_UP", "DEMO_REQUESTED", "EBOOK_DOWNLOADED", "WEBINAR_ATTENDED", "UNSUBSCRIBED", "FEATURE_USED"]
# Of a page's fifteen; its time of loading is there where late days are looked for.
OF_PAGES = {"ID", "ANONYMOUS_ID", "USER_ID", "PATH", "TIMESTAMP", "CONTEXT_USER_AGENT", "UUID_TS"}
# Who signed up also says whose address that is, for all time.
OF_IDENTITIES = {"SEGMENT.SIGNED_UP": '("EMAIL" IS NOT NULL) AND ("USER_ID" IS NOT NULL)'}


def main(log, first_day):
    seen = collections.OrderedDict()
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            found = READING.match(line.strip())
            if found and found["where"] != "1=0":
                columns = tuple(found["columns"].replace('"', "").split(","))
                seen.setdefault((found["table"], columns, found["where"] or "no filter"), None)
    for table, columns, where in seen:
        print(f"Asked     {table}: {len(columns)} columns, {where}")
    problems = []
    from_day = f"\"TIMESTAMP\" >= '{first_day} 00:00:00'"
    # Days that were read before are looked at only for what has been loaded since.
    late = '"UUID_TS" >= '
    for name in EVENTS:
        asked = [(columns, where) for table, columns, where in seen if table == "SEGMENT." + name]
        if not any(from_day in where for _, where in asked):
            problems.append(f"no statement asks SEGMENT.{name} for the days since {first_day}")
        for columns, where in asked:
            whole = from_day not in where and late not in where
            if whole and where != OF_IDENTITIES.get("SEGMENT." + name):
                problems.append(f"SEGMENT.{name} is read without a range of days: {where}")
            if name == "PAGES" and not set(columns) <= OF_PAGES:
                problems.append(f"more columns of SEGMENT.PAGES than needed: {', '.join(columns)}")
    if not any(table == "SEGMENT.IDENTIFIES" and "IS NOT NULL" in where for table, _, where in seen):
        problems.append("the filter of SEGMENT.IDENTIFIES did not reach the server")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main(*sys.argv[1:])
