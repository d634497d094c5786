"""Outlines, distances and areas, near enough for a small world."""
import math
import struct

from tiny_rows import Raw

KM_LAT = 1 / 111.2


def km_lon(lat):
    return 1 / (111.32 * math.cos(math.radians(lat)))


def wkb(rings):
    out = struct.pack("<BII", 1, 3, len(rings))
    for ring in rings:
        out += struct.pack("<I", len(ring))
        for x, y in ring:
            out += struct.pack("<dd", x, y)
    return Raw("unhex('" + out.hex().upper() + "')")


def box_ring(w, s, e, n):
    return [(w, s), (e, s), (e, n), (w, n), (w, s)]


def hull(points):
    points = sorted(set(points))

    def half(sequence):
        chain = []
        for p in sequence:
            while len(chain) > 1 and (chain[-1][0] - chain[-2][0]) * (p[1] - chain[-2][1]) <= (
                chain[-1][1] - chain[-2][1]
            ) * (p[0] - chain[-2][0]):
                chain.pop()
            chain.append(p)
        return chain[:-1]

    ring = half(points) + half(points[::-1])
    return ring + [ring[0]]


def outline(places, reach_km=0.6):
    around = []
    for lon, lat in places:
        for k in range(12):
            a = 2 * math.pi * (k + 0.5) / 12
            around.append(
                (
                    round(lon + reach_km * math.cos(a) * km_lon(lat), 5),
                    round(lat + reach_km * math.sin(a) * KM_LAT, 5),
                )
            )
    return hull(around)


def distance_km(a, b):
    return math.hypot((a[0] - b[0]) / km_lon(53.4), (a[1] - b[1]) / KM_LAT)


def area_km2(ring):
    lat = sum(p[1] for p in ring) / len(ring)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    return round(abs(twice) / 2 / km_lon(lat) / KM_LAT, 3)
