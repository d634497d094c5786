"""What make_tiny_atlas.py gathers: the rows of each table, and the one source of chance."""
import random
import subprocess

rng = random.Random(20241101)
AS_OF = "2024-11-01"
rows = {}  # table -> list of tuples, written in the order of first use


def put(table, *values):
    rows.setdefault(table, []).append(values)


class Raw(str):
    """SQL that is written as it is."""


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, Raw):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(literal(v) for v in value) + "]"
    return "'" + value.replace("'", "''") + "'"


to_project = []  # (row list, index of the row, lon, lat): x_m, y_m are the last two of each


def project_positions():
    """Gives the rows of to_project their planar positions."""
    answer = subprocess.run(["gdaltransform", "-s_srs", "EPSG:4326", "-t_srs", "EPSG:27700", "-output_xy"], check=True,
                            capture_output=True, text=True, input="\n".join(f"{lon} {lat}" for _, _, lon, lat in to_project))
    xy_at = {"place": -2, "asset": -2, "site": 7}  # where x_m stands in a row; y_m follows
    for (table, index, _, _), line in zip(to_project, answer.stdout.splitlines()):
        row = list(rows[table][index])
        at = xy_at[table] % len(row)
        row[at:at + 2] = (round(float(v), 1) for v in line.split()[:2])
        rows[table][index] = tuple(row)
