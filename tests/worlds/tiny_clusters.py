"""Clusters with their figures, lists, links and years."""
import json

from tiny_rows import put
from tiny_shapes import area_km2, distance_km, outline, wkb
from tiny_ground import AREAS, ASSETS, inside, SECTORS
from tiny_register import firms, GROUPS
from tiny_activity import evidence, funding, investors_of, links, materials, private

am = GROUPS["sheffield_am"] + GROUPS["rotherham_am"]
CLUSTERS = [
    (0, am, "Sheffield and Rotherham", "specialised", "The location quotient is 2.3 (1.8–2.9) and lies above 1", True),
    (0, GROUPS["doncaster_am"], "Doncaster", "diverse", "RD&I-active; the location quotient 1.1 (0.7–1.6) does not lie above 1", True),
    (1, materials, "Sheffield", "rdi_collaborating", "12 joint projects between members, 4.1 expected", True),
    (2, GROUPS["leeds_ls"], "Leeds", "specialised", "The location quotient is 1.9 (1.3–2.6) and lies above 1", True),
    (2, GROUPS["sheffield_ls"], "Sheffield", "not_rdi_active", "No member shows evidence of RD&I inside the window", False),
    (3, GROUPS["sheffield_q"], "Sheffield", "specialised", "The location quotient is 8.4 (3.9–18.0) and lies above 1", True),
]
LQ = [(2.31, 1.84, 2.90), (1.12, 0.71, 1.63), (3.05, 1.90, 4.71), (1.91, 1.32, 2.62), (1.44, 0.82, 2.31), (8.42, 3.91, 18.04)]
measures = []
for c, (sector, members, name, kind, reason, active) in enumerate(CLUSTERS):
    member_sites = [f["site"] for f in members] + [s for f in members for s in f.get("further", []) if sector in f["sectors"]]
    member_sites.sort(key=lambda s: s["id"])
    places = [s["place"] for s in member_sites]
    ring = outline(places)
    lon, lat = sum(p[0] for p in places) / len(places), sum(p[1] for p in places) / len(places)
    authority = {}
    for place in places:
        for _, area, level, _, border in AREAS:
            if level == "lower_tier" and inside(border, *place):
                authority[area] = authority.get(area, 0) + 1
    top = sorted(authority.items(), key=lambda item: (-item[1], item[0]))[:3]
    top += [(None, None)] * (3 - len(top))
    put("cluster", c, sector, SECTORS[sector][0] + "-" + name.lower().replace(" ", "-"), name, kind, reason, len(member_sites),
        len(members), active, *[t[0] for t in top], *[t[1] and round(t[1] / len(places), 6) for t in top],
        round(lon, 5), round(lat, 5), min(p[0] for p in ring), min(p[1] for p in ring), max(p[0] for p in ring),
        max(p[1] for p in ring), area_km2(ring), round(max(distance_km(a, b) for a in places for b in places), 3), wkb([ring]))
    for k, s in enumerate(member_sites):
        put("cluster_member", c, s["id"], s["firm"], k % 7 != 6)
    known = [f["employees"] for f in members if f["employees"]]
    turnover = [f["turnover"] for f in members if f["turnover"]]
    n = len(members)

    def share(test):
        return round(sum(1 for f in members if test(f)) / n, 6)

    total = sum(len(other[1]) for other in CLUSTERS if other[0] == sector)
    money = sum(private.get(f["id"], 0.0) for f in members)
    measures.append({
        "employment": (float(sum(known)), None, None, round(len(known) / n, 6), None),
        "turnover_gbp": (sum(turnover), None, None, round(len(turnover) / n, 6), None) if len(turnover) > 2
                        else (None, None, None, round(len(turnover) / n, 6), "fewer than three firms report turnover"),
        "rdi_active_share": (share(lambda f: f["id"] in evidence), None, None, 1.0, None),
        "public_funding_gbp": (round(sum(funding.get(f["id"], 0.0) for f in members), 2), None, None, 1.0, None),
        "patent_share": (share(lambda f: f in materials[:5] + GROUPS["leeds_ls"][3:7] + GROUPS["sheffield_q"][:3]), None, None, 1.0, None),
        "private_investment_gbp": (money, None, None, 1.0, None) if money else (None, None, None, 0.0, "no deal is known of a member"),
        "share_of_clustered_sites": (round(len(members) / total, 6), None, None, 1.0, None),
        "location_quotient": (*LQ[c], 1.0, None),
        "median_founding_year": (float(sorted(f["year"] for f in members)[n // 2]), None, None, 1.0, None),
        "leverage": (None, None, None, None, "no public funding is known here"),
        "rd_tax_credit_2021_22_gbp": (None, None, None, None, "no R&D tax credit source in this project"),
    })
    for measure, year, amounts in [("employment", None, known), ("turnover_gbp", None, turnover),
                                   ("public_funding_gbp", None, [funding.get(f["id"], 0.0) for f in members]),
                                   ("private_investment_gbp", None, [private.get(f["id"], 0.0) for f in members]),
                                   *(("employment", year, known) for year in range(2019, 2025))]:
        amounts = sorted((float(a) for a in amounts if a > 0), reverse=True)
        if amounts:
            put("cluster_sum", c, measure, year, len(amounts), round(amounts[0], 2), round(amounts[1] if len(amounts) > 1 else 0.0, 2))
    top_firms = sorted(members, key=lambda f: (-(f["employees"] or 0), f["id"]))[:5]
    for k, f in enumerate(top_firms):
        put("cluster_item", c, "top_firm", k + 1, f["name"], float(f["employees"]) if f["employees"] else None, "jobs", f["id"], None)
    names = [i for f in members for i in investors_of.get(f["id"], [])]
    for k, investor in enumerate(sorted(set(names), key=lambda i: (-names.count(i), i))[:3]):
        put("cluster_item", c, "top_investor", k + 1, investor, float(names.count(investor)), "deals", None, None)
    near = sorted((round(distance_km((lon, lat), (a[4], a[5])), 2), i) for i, a in enumerate(ASSETS) if a[4] is not None)[:3]
    for k, (d, i) in enumerate(near):
        put("cluster_item", c, "top_institution", k + 1, ASSETS[i][0], d, "km", i, None)
    for k, (stage, v) in enumerate([("Seed", 0.5), ("Series A", 0.3), ("Series B", 0.2)] if names else []):
        put("cluster_item", c, "stage", k + 1, stage, v, "share", None, None)
    for k, (place, _) in enumerate([t for t in top if t[0]]):
        put("cluster_item", c, "place", k + 1, place, None, None, None, None)
    ids = {f["id"] for f in members}
    for (a, b, asset), (count, award) in sorted(links.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[0][2] or 0)):
        if a in ids and (b is None or b in ids):
            put("cluster_link", c, a, b, asset, count, round(award, 2))
    for year in range(2015, 2025):
        alive = [f for f in members if f["year"] <= year]
        put("cluster_year", c, year, len(alive), sum(1 for f in members if f["year"] == year), 0,
            sum(known) - 4 * (2024 - year) if year > 2018 else None, len(known) if year > 2018 else None,
            round(100 * 1.02 ** (year - 2019), 6) if year > 2018 else None, len(known) if year > 2019 else None, 25000.0 * (year - 2014) if active else None, None)
put("year_coverage", "employees", 2019, 2024, False, False, "Jobs by the year in which accounts end.")
put("year_coverage", "public_funding_gbp", 2015, 2024, False, True, "The projects in the sources start from January 2015 to June 2024. Of 2024 they hold a part.")
for measure in measures[0]:
    for sector in range(len(SECTORS)):
        ids = [c for c in range(len(CLUSTERS)) if CLUSTERS[c][0] == sector]
        valued = sorted((c for c in ids if measures[c][measure][0] is not None), key=lambda c: (-measures[c][measure][0], c))
        for c in ids:
            put("cluster_measure", c, measure, *measures[c][measure], valued.index(c) + 1 if c in valued else None,
                len(valued) if c in valued else None)

for sector in range(len(SECTORS)):
    for measure, value in [("ellison_glaeser", 0.042), ("locational_gini", 0.31), ("hoover", 0.24)]:
        put("sector_measure", sector, measure, value + sector / 100, None)

related = [(0, 1, 0.81), (0, 2, 0.34), (1, 0, 0.81), (2, 0, 0.34)]
for sector in range(len(SECTORS)):
    for position, (_, other, relatedness) in enumerate((r for r in related if r[0] == sector), 1):
        put("sector_relation", sector, position, other, relatedness)
for area in range(len(AREAS)):
    for sector, (enterprises, quotient) in enumerate([(40, 1.8), (22, 1.3), (12, 0.6), (6, 2.4)]):
        put("area_sector", area, sector, enterprises, enterprises + 3, quotient, 0.5 if sector < 3 else None)

published = outline([(-1.40, 53.405), (-1.35, 53.42), (-1.42, 53.39)], 1.1)
put("published_cluster", 0, "Advanced Materials", "4", "Dsit_Emerging", 48, 39, 700.0, 196071920.0, True,
    json.dumps({"Sector": "Advanced Materials", "Cluster": "4", "LA1": "Rotherham", "LA2": "Sheffield"}), wkb([published]))
