"""What firms did: projects, patents, deals, accounts, and the evidence of it."""
from tiny_rows import put, rng
from tiny_ground import ASSETS
from tiny_register import firms, GROUPS

evidence = {}  # firm -> count inside the window
funding = {}


def witness(firm, kind, dated, reference, detail, amount):
    window = dated >= "2014-11-01"
    put("evidence", firm["id"], kind, dated, reference, detail, amount, window)
    if window:
        evidence[firm["id"]] = evidence.get(firm["id"], 0) + 1
        if kind == "public_rd_project":
            funding[firm["id"]] = funding.get(firm["id"], 0.0) + (amount or 0.0)


links = {}
project_count = 0


def project(funder, programme, title, start, award, partners, assets):
    global project_count
    reference = f"EX/{project_count + 1:04d}"
    put("project", project_count, reference, funder, programme, title, title + ". A made-up project.",
        start, str(int(start[:4]) + 3) + start[4:], award, "https://example.org/project/" + reference)
    each = round(award / (len(partners) + len(assets)), 2)
    for k, f in enumerate(partners):
        put("participation", project_count, f["name"].upper(), None, f["site"]["postcode"], "lead" if k == 0 else "participant",
            each, False, f["id"], None, ["number", "name_and_postcode", "fuzzy"][k % 3], [1.0, 0.99, 0.91][k % 3])
        witness(f, "public_rd_project", start, reference, title, each)
    for a in assets:
        put("participation", project_count, ASSETS[a][0], None, ASSETS[a][2], "participant", each, False, None, a,
            "institution", 1.0)
    for i, f in enumerate(partners):
        for g in partners[i + 1:]:
            key = (min(f["id"], g["id"]), max(f["id"], g["id"]), None)
            links.setdefault(key, [0, 0.0])
            links[key][0] += 1
            links[key][1] += award
        for a in assets:
            links.setdefault((f["id"], None, a), [0, 0.0])
            links[(f["id"], None, a)][0] += 1
            links[(f["id"], None, a)][1] += award
    project_count += 1


materials = [f for f in firms if 1 in f["sectors"]]
for k in range(12):
    project("Innovate UK", "Collaborative R&D", f"Advanced materials for lighter turbines, part {k + 1}", f"{2016 + k % 8}-04-01",
            120000.0 + 35000 * k, rng.sample(materials, 3), [3] if k % 2 else [0])
for k in range(5):
    project("MRC", "Research Grant", f"Imaging for early diagnosis {k + 1}", f"{2017 + k}-10-01",
            250000.0 + 10000 * k, rng.sample(GROUPS["leeds_ls"], 2), [2, 4])
for k in range(5):
    project("EPSRC", "Research Grant", f"Quantum sensors that leave the laboratory {k + 1}", f"{2018 + k}-01-15",
            400000.0, rng.sample(GROUPS["sheffield_q"], 2), [0])
project("EU", "FP7", "Better joints, long ago", "2009-01-01", 90000.0, [GROUPS["doncaster_am"][0]], [1])
project("Innovate UK", "Launchpad", "Rail components by robots", "2021-06-01", 150000.0, GROUPS["doncaster_am"][1:4], [])
put("participation", 3, "UNKNOWN PARTNERS LLP", None, "S1 1AA", "participant", 20000.0, False, None, None, "none", None)
put("link_candidate", "participation", "UNKNOWN PARTNERS LLP", "S1 1AA", 3, "fuzzy", 0.62)
for k, f in enumerate(materials[:5] + GROUPS["leeds_ls"][3:7] + GROUPS["sheffield_q"][:3]):
    dated = f"{2015 + k % 8}-03-{k + 1:02d}"
    put("patent", k, f"GB9{k:06d}A", dated, f"Improvements in or relating to item {k + 1}", "B23K 26/00", f["name"].upper(), f["id"],
        None, "name_and_postcode", 0.98)
    witness(f, "patent", dated, f"GB9{k:06d}A", f"Improvements in or relating to item {k + 1}", None)
INVESTORS = ["Example Ventures", "Northern Example Fund", "Made-up Angels", "Steel City Example Capital"]
private, investors_of = {}, {}
for k, f in enumerate((GROUPS["sheffield_q"][:4] + GROUPS["leeds_ls"][:5] + materials[:4])):
    amount = [None, 750000.0, 2500000.0, 12000000.0][k % 4]
    stage = ["Seed", "Seed", "Series A", "Series B"][k % 4]
    dated = f"{2019 + k % 5}-0{k % 9 + 1}-15"
    put("deal", k, f["name"], dated, stage, amount, f["id"], "number", 1.0)
    for name in rng.sample(INVESTORS, 1 + k % 3):
        put("deal_investor", k, name)
        investors_of.setdefault(f["id"], []).append(name)
    witness(f, "equity_deal", dated, None, stage, amount)
    private[f["id"]] = private.get(f["id"], 0.0) + (amount or 0.0)
put("deal", 13, "Nobody Knows Ltd", "2023-02-01", "Seed", 100000.0, None, "none", None)
for f in firms:
    if f["employees"]:
        for back in range(3):
            put("account", f["id"], f"{2023 - back}-12-31", max(1, f["employees"] - 2 * back), f["turnover"])
put("support", 0, "Example Launchpad", "Innovate UK", "Grants for firms of a cluster", "https://example.org/launchpad",
    ["advanced-manufacturing"], ["E47000002"])
put("support", 1, "Example growth loan", "Example bank", "Loans for growing firms anywhere", None, None, None)
