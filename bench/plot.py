"""Draws bench/RESULTS.md's figures: growth with the number of points, and times beside others.

usage: plot.py MEASURED.json OUT.svg
"""
import json
import math
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend comes first)

measured = json.load(open(sys.argv[1], encoding="utf-8"))
ours = measured.get("runs", {})
matplotlib.rcParams.update({"svg.hashsalt": "icmap", "font.size": 10, "svg.fonttype": "path",
                            "axes.spines.top": False, "axes.spines.right": False})
figure, (growth, beside) = plt.subplots(1, 2, figsize=(10, 4), gridspec_kw={"wspace": 0.45})

sizes = sorted((int(name.split("/")[1]), run["seconds"]) for name, run in ours.items()
               if name.startswith("dbscan/") and name.endswith("/duplicates/1000/10/2")
               and int(name.split("/")[1]) >= 1_000_000)
if sizes:
    first_n, first_s = sizes[0]
    growth.plot([n for n, _ in sizes], [s for _, s in sizes], "o-", color="#00589c",
                label="icmap, two threads")
    growth.plot([n for n, _ in sizes],
                [first_s * n * math.log(n) / (first_n * math.log(first_n)) for n, _ in sizes],
                "--", color="#8a8a8a", label="n log n from the first")
    for n, s in sizes:
        growth.annotate(f"{s:.2f} s", (n, s), textcoords="offset points", xytext=(6, -12),
                        fontsize=8)
growth.set(xscale="log", yscale="log", xlabel="Points", ylabel="Seconds",
           title="DBSCAN, points with duplicates, 1,000 m, 10")
growth.legend(frameon=False, loc="upper left")

bars = [("icmap", ours.get("dbscan/100000/duplicates/1000/10/2", {}).get("seconds"))]
bars += [(found["program"], found["seconds"]) for found in measured.get("others", {}).values()
         if isinstance(found, dict)]
bars = [(name, seconds) for name, seconds in bars if seconds]
beside.barh([name for name, _ in bars][::-1], [s for _, s in bars][::-1],
            color=["#00589c" if name == "icmap" else "#b9c3cc" for name, _ in bars][::-1])
for i, (_, seconds) in enumerate(bars[::-1]):
    beside.annotate(f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:.2f} s",
                    (seconds, i), textcoords="offset points", xytext=(4, -3), fontsize=9)
beside.set(xscale="log", xlabel="Seconds", title="The same, 100,000 points, beside others")
beside.margins(x=0.15)
figure.savefig(sys.argv[2], bbox_inches="tight", metadata={"Date": None, "Creator": None})
