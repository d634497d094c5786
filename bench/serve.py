#!/usr/bin/env python3
"""Asks a server as the page does and says how long the answers take.

usage: bench/serve.py SERVE_ATLAS ATLAS [--only tiles,search,...]

SERVE_ATLAS is build/release/tests/serve/serve_atlas or any program with its arguments. A register of
national size for it: make_tiny_atlas many.atlas tests/worlds/many_firms.sql
"""
import gzip
import http.client
import json
import math
import random
import re
import shutil
import subprocess
import sys
import time

SERVE, ATLAS = sys.argv[1:3]
ONLY = sys.argv[4].split(",") if len(sys.argv) > 4 else []
SEED = 20241101


class Server:
    def __enter__(self):
        self.process = subprocess.Popen([SERVE, ATLAS], stdout=subprocess.PIPE, text=True)
        self.start = time.monotonic()
        line = self.process.stdout.readline()
        self.host, self.port = re.search(r"http://([0-9.]+):(\d+)", line).groups()
        self.opened = time.monotonic() - self.start
        self.connection = http.client.HTTPConnection(self.host, int(self.port), timeout=120)
        while self.ask("GET", "/tiles/firms.json")[1] == 503:
            time.sleep(0.5)
        self.ready = time.monotonic() - self.start
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def ask(self, method, target, body=None):
        """Milliseconds, status, bytes of the answer."""
        text = None if body is None else json.dumps(body)
        start = time.perf_counter()
        self.connection.request(method, target, text, {"Accept-Encoding": "gzip"})
        response = self.connection.getresponse()
        data = response.read()
        return (time.perf_counter() - start) * 1000, response.status, data

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            found = dict(re.findall(r"(VmHWM|VmRSS):\s+(\d+) kB", status.read()))
        return int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024


def json_of(data):
    return json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)


def spread(times):
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.9, 0.99)]
    return f"median {at[0]:.1f}, p90 {at[1]:.1f}, p99 {at[2]:.1f}, most {ordered[-1]:.1f} ms (n {len(ordered)})"


def tile_of(lon, lat, zoom):
    side = 2 ** zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * side), int(y * side)


def places(server, count):
    """Where firms are: members of the density grid's cells would do, but a plain draw needs no data."""
    atlas = json_of(server.ask("GET", "/tiles/firms.json")[2])
    west, south, east, north = atlas["bounds"]
    rng = random.Random(SEED)
    return [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(count)]


def measure_tiles(server):
    asked, by_zoom, largest = set(), {}, 0
    rng = random.Random(SEED)
    for lon, lat in places(server, 4000):
        zoom = rng.randint(5, 14)
        tile = (zoom, *tile_of(lon, lat, zoom))
        if tile in asked:
            continue
        asked.add(tile)
        took, status, data = server.ask("GET", "/tiles/firms/%d/%d/%d.mvt" % tile)
        if status == 200:
            by_zoom.setdefault(zoom, []).append(took)
            largest = max(largest, len(data))
    for zoom, times in sorted(by_zoom.items()):
        print(f"- firm tiles, zoom {zoom}, uncached: {spread(times)}")
    print(f"- firm tiles, all zooms, uncached: {spread([t for times in by_zoom.values() for t in times])}; "
          f"the largest {largest / 1000:.0f} kB compressed")


def measure_cached(server):
    if shutil.which("wrk") is None:
        print("- cached tiles: wrk is not installed")
        return
    bounds = json_of(server.ask("GET", "/tiles/firms.json")[2])["bounds"]
    x, y = tile_of((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, 9)
    done = subprocess.run(["wrk", "-t2", "-c16", "-d5", "-H", "Accept-Encoding: gzip",
                           f"http://{server.host}:{server.port}/tiles/firms/9/{x}/{y}.mvt"],
                          capture_output=True, text=True, check=True)
    print("- one firm tile again and again, wrk, 16 connections: " + re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1) + " a second")


def measure_search(server):
    words = ["syst", "tradng", "consultin", "3f2 holdings", "a1b", "media foods", "s10 2tn", "leeds", "quantm", "buildrs ltd"]
    times = [server.ask("GET", "/api/search?limit=10&q=" + word.replace(" ", "%20") + str(i % 7 or ""))[0]
             for i in range(20) for word in words]
    print(f"- search: {spread(times)}")


def measure_selection(server):
    times = []
    for lon, lat in places(server, 60):
        ring = [[lon + 0.4 * math.cos(a * math.tau / 24), lat + 0.25 * math.sin(a * math.tau / 24)] for a in range(25)]
        times.append(server.ask("POST", "/api/selection", {"polygon": {"type": "Polygon", "coordinates": [ring]}})[0])
    print(f"- drawn polygons some 50 km wide: {spread(times)}")
    west, south, east, north = json_of(server.ask("GET", "/tiles/firms.json")[2])["bounds"]
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    times = [server.ask("POST", "/api/selection", {"polygon": {"type": "Polygon", "coordinates": [ring]}})[0] for _ in range(8)]
    print(f"- a polygon around all: {spread(times)}")
    for corners, what in ((400, "400 corners round most of the country"), (1000, "1,000 corners, a star whose rays run through it")):
        lon, lat, across, up = (west + east) / 2, (south + north) / 2, (east - west) * 0.48, (north - south) * 0.48
        reach = [0.9 + 0.1 * math.sin(a * 2.4) if corners < 500 else (1 if a % 2 else 0.1) for a in range(corners)]
        ring = [[lon + across * r * math.cos(a * math.tau / corners), lat + up * r * math.sin(a * math.tau / corners)] for a, r in enumerate(reach)]
        ring.append(ring[0])
        asked = [server.ask("POST", "/api/selection", {"polygon": {"type": "Polygon", "coordinates": [ring]}}) for _ in range(8)]
        answer = json_of(asked[0][2])
        inside = f'{answer["totals"]["sites"]:,} sites inside' if asked[0][1] == 200 else "refused: " + answer["detail"]
        print(f"- a polygon of {what}, {inside}: {spread([took for took, _, _ in asked])}")


def measure_recluster(server):
    sectors = json_of(server.ask("GET", "/api/sectors")[2])["sectors"]
    for sector in sectors:
        times, sites, inside = [], 0, []
        for eps in (700, 1000, 1300, 2000, 800, 1100, 1500):
            took, status, data = server.ask("POST", "/api/recluster", {"sector": sector["slug"], "eps_m": eps})
            if status == 200:
                answer = json_of(data)
                times.append(took)
                sites = answer["sites"]
                inside.append(answer["milliseconds"])
        if sites > 10000:
            print(f"- re-cluster {sites:,} sites: {spread(times)}; of it the server's own {sorted(inside)[len(inside) // 2]:.1f}")


MEASURES = {"tiles": measure_tiles, "cached": measure_cached, "search": measure_search,
            "selection": measure_selection, "recluster": measure_recluster}

with Server() as running:
    print(f"- open {running.opened:.1f} s, all read {running.ready:.1f} s")
    print("- memory after reading: %.0f MB, at most %.0f MB" % running.memory_mb())
    for name, measure in MEASURES.items():
        if not ONLY or name in ONLY:
            measure(running)
    print("- memory at the end: %.0f MB, at most %.0f MB" % running.memory_mb())
