"""Draws bench/RESULTS.md's figures: growth with the number of points, and times beside others.

usage: plot.py MEASURED.json OUT.svg

Plain SVG: text stays text, and colours follow the reader's light or dark setting.
"""
import json
import math
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 960, 400
STYLE = """
  svg { font-family: Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif }
  .paper { fill: #ffffff; stroke: #dde1e6 }
  .title { font-size: 15px; font-weight: 600; fill: #16202b }
  .note { font-size: 12px; fill: #5a6673 }
  .value { font-size: 12px; font-weight: 600; fill: #16202b }
  .grid { stroke: #e6e9ed }
  .guide { stroke: #8b96a3; stroke-dasharray: 4 4; fill: none }
  .ours-line { stroke: #0b6e69; stroke-width: 2.5; fill: none; stroke-linejoin: round }
  .ours { fill: #0b6e69 }
  .other { fill: #b9c1ca }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12171c; stroke: #2b333c }
    .title, .value { fill: #e6e9ec }
    .note { fill: #a3adb8 }
    .grid { stroke: #262e36 }
    .ours-line { stroke: #4fc3b8 }
    .ours { fill: #4fc3b8 }
    .other { fill: #56616d }
  }
"""


def spoken(seconds):
    """2.48 s, 101 ms, 3.1 ms"""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e3:.0f} ms" if seconds >= 0.01 else f"{seconds * 1e3:.1f} ms"


def counted(n):
    return f"{n // 1_000_000} million" if n >= 1_000_000 else f"{n:,}"


def text(x, y, words, kind="note", anchor="start"):
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def growth(sizes):
    """Seconds by number of points, both axes logarithmic, with n log n as the measure."""
    left, right, top, bottom = 84, 452, 92, 336
    low_n, high_n = math.log10(sizes[0][0]), math.log10(sizes[-1][0])
    low_s = math.floor(math.log10(min(s for _, s in sizes)))
    high_s = math.ceil(math.log10(max(s for _, s in sizes)))

    def at(n, s):
        return (left + (math.log10(n) - low_n) / (high_n - low_n) * (right - left),
                bottom - (math.log10(s) - low_s) / (high_s - low_s) * (bottom - top))

    drawn = [text(24, 38, f"DBSCAN from {counted(sizes[0][0])} to {counted(sizes[-1][0])} points", "title"),
             text(24, 58, "Seconds on two threads, 1,000 m and 10; both scales logarithmic")]
    for power in range(low_s, high_s + 1):
        y = at(sizes[0][0], 10.0 ** power)[1]
        label = f"{10 ** power:,} s" if power >= 0 else f"{10 ** (power + 3):g} ms"
        drawn += [f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>',
                  text(left - 10, y + 4, label, anchor="end")]
    decades = [n for n, _ in sizes if math.log10(n) == round(math.log10(n))]
    drawn += [text(at(n, 1)[0], bottom + 22, counted(n), anchor="middle") for n in decades]
    drawn.append(text((left + right) / 2, bottom + 42, "points", anchor="middle"))

    first_n, first_s = next(size for size in sizes if size[0] >= 1_000_000)
    guide = [(n, first_s * n * math.log(n) / (first_n * math.log(first_n)))
             for n, _ in sizes if n >= first_n]
    for kind, line in (("guide", guide), ("ours-line", sizes)):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(n, s) for n, s in line))
        drawn.append(f'<polyline class="{kind}" points="{path}"/>')
    x, y = at(*guide[-2 if len(guide) > 2 else -1])
    drawn.append(text(x - 14, y - 2, f"n log n from {counted(first_n)} on", anchor="end"))
    for n, s in sizes:
        x, y = at(n, s)
        drawn.append(f'<circle class="ours" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        if n in decades:
            drawn.append(text(x + 7, y + 19, spoken(s), "value"))
    return drawn


def beside(groups):
    """Bars from zero, so that lengths compare as times do."""
    left, name_width, most = 550, 122, 140
    drawn = [text(left, 38, "Beside other programs, answers compared", "title"),
             text(left, 58, "Same machine and points; bars to scale within a group")]
    y = 92
    for title, rows in groups:
        drawn.append(text(left, y, title))
        y += 14
        longest, ours = max(s for _, s in rows), rows[0][1]
        for name, seconds in rows:
            kind = "ours" if name == "icmap" else "other"
            width = max(1.5, seconds / longest * most)
            drawn += [text(left, y + 15, name, "value" if kind == "ours" else "note"),
                      f'<rect class="{kind}" x="{left + name_width}" y="{y + 2}" '
                      f'width="{width:.1f}" height="18" rx="2"/>',
                      text(left + name_width + width + 8, y + 15, spoken(seconds), "value")]
            if name != "icmap":
                drawn.append(text(WIDTH - 24, y + 15, f"{seconds / ours:,.0f} times", anchor="end"))
            y += 27
        y += 28
    return drawn


def main(measured, out):
    ours, others = measured.get("runs", {}), measured.get("others", {})
    sizes = sorted((int(name.split("/")[1]), run["seconds"]) for name, run in ours.items()
                   if name.startswith("dbscan/") and name.endswith("/duplicates/1000/10/2"))

    def group(title, run, names):
        rows = [(found["program"], found["seconds"]) for found in map(others.get, names)
                if isinstance(found, dict)]
        return (title, [("icmap", ours[run]["seconds"]), *sorted(rows, key=lambda row: row[1])])

    groups = [group("DBSCAN, 100,000 points with duplicates", "dbscan/100000/duplicates/1000/10/2",
                    ("sklearn", "r", "postgis")),
              group("HDBSCAN*, 5,000 points", "hdbscan/5000/distinct/2", ("r_hdbscan",))]
    label = "Seconds by number of points, and times beside scikit-learn, R and PostGIS"
    body = "\n".join([*growth(sizes), *beside(groups)])
    with open(out, "w", encoding="utf-8") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
                   f'role="img" aria-label="{label}">\n<style>{STYLE}</style>\n'
                   f'<rect class="paper" x="0.5" y="0.5" width="{WIDTH - 1}" '
                   f'height="{HEIGHT - 1}" rx="8"/>\n{body}\n</svg>\n')


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as measured_file:
        main(json.load(measured_file), sys.argv[2])
