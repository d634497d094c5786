#!/usr/bin/env python3
"""Writes tiny_atlas.sql: a small believable atlas for the tests of serve, publish and the page.

Towns and area names are real, borders are boxes, firms, people's money and projects are made up
(company numbers start with ZZ, which no register uses). The parts are the modules tiny_*.py. Needs only
Python and gdaltransform:

    tests/worlds/make_tiny_atlas.py > tests/worlds/tiny_atlas.sql
"""
# Each puts its rows, one after the other: they share one source of chance.
import tiny_ground  # noqa: F401
import tiny_register  # noqa: F401
import tiny_activity  # noqa: F401
import tiny_clusters  # noqa: F401
from tiny_rows import literal, project_positions, rows

project_positions()
print("-- A small believable atlas for tests. Written by make_tiny_atlas.py; change that, not this.")
print("-- Towns are real, borders are boxes, firms, projects and money are made up. Example data.")
for table, entries in rows.items():
    print(f"\ninsert into {table} values")
    print(",\n".join("(" + ", ".join(literal(v) for v in row) + ")" for row in entries) + ";")
