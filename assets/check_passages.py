#!/usr/bin/env python3
"""Checks `assets/passages.geojson` against Natural Earth 1:10m land. Needs `pyshp`, `shapely` 2 and `pyproj`.

    python3 assets/check_passages.py WOOF_DIR/natural_earth_10m/ne_10m_land.shp assets/passages.geojson

Prints a line for each passage (how far its ends lie inland or off the coast, how much of it runs over land) and ends with 1 if a gate
leaves a way round it, two lines cross, or a line begins or ends where it should not.
"""

import json
import math
import sys

import shapefile
from pyproj import Geod, Transformer
from shapely import make_valid, segmentize, transform
from shapely.geometry import LineString, Point, box, shape
from shapely.ops import unary_union
from shapely.strtree import STRtree

GEOD = Geod(ellps="WGS84")
MOST = 64

# (closed gates, region as west, south, east, north, a place on one side, a place on the other): no water may join the two within the region.
SEPARATIONS = [
    (["gibraltar"], (-12, 28, 42, 47), (-8, 36), (0, 37)),
    (["messina", "sicily"], (-5, 30, 36, 46), (5, 38.5), (18, 36)),
    (["otranto"], (10, 36, 24, 46), (18, 42), (19, 38.5)),
    (["dardanelles"], (22, 35, 42, 47), (25.5, 39.8), (28, 40.7)),
    (["bosphorus"], (22, 35, 42, 47), (28, 40.7), (31, 42)),
    (["kerch"], (30, 43, 40, 48), (33, 44), (37, 46.2)),
    (["euripus"], (22.4, 38.1, 24.2, 39.0), (23.45, 38.62), (23.95, 38.36)),
    (["bonifacio"], (8, 41, 9.6, 41.6), (8.3, 41.3), (9.5, 41.4)),
    (["oresund", "great-belt", "little-belt"], (9, 53.5, 20, 58.5), (11.3, 57), (15, 55)),
    (["dover"], (-1.5, 50, 3, 51.6), (0, 50.3), (2.3, 51.5)),
    (["bab-el-mandeb"], (32, 11, 48, 30), (46, 12.3), (40, 18)),
    (["hormuz"], (47, 22, 60, 31), (58, 25), (53, 26)),
    (["palk"], (78, 8.2, 80.3, 10.4), (79.2, 8.6), (79.5, 9.6)),
    (["malacca"], (95, 0.9, 103.9, 8), (98, 5), (103.3, 1.3)),
    (["johor"], (103.62, 1.35, 104.0, 1.6), (103.65, 1.38), (103.95, 1.41)),
    (["sunda"], (104, -8, 108, -5), (104.5, -6.5), (107, -5.5)),
    (["lombok"], (114.9, -9.5, 116.3, -7.9), (115.5, -9.2), (115.7, -8.1)),
    (["makassar"], (116, -3, 120, 1), (118.5, -2), (119, 0.5)),
    (["torres"], (140, -12, 145, -8), (141, -10), (144, -10)),
    (["bass"], (143, -41.5, 149, -38), (143.3, -40), (148.8, -39.5)),
    (["cook"], (172.6, -42, 176, -40), (173.6, -40.5), (174.8, -41.8)),
    (["taiwan"], (118, 23, 121.6, 26.2), (119, 24.2), (120.8, 25.9)),
    (["luzon"], (120.2, 18, 123, 22.8), (120.4, 20), (122.6, 20)),
    (["san-bernardino"], (123.8, 12.2, 125, 13.1), (124, 12.35), (124.5, 12.9)),
    (["surigao"], (124.7, 9.5, 125.6, 10.3), (124.85, 9.7), (125.45, 10.2)),
    (["korea"], (128.4, 33.2, 131, 36), (129, 34), (130, 35)),
    (["tsugaru"], (139.5, 40.4, 141.8, 42.6), (139.8, 41), (141.6, 41.7)),
    (["la-perouse"], (141, 45, 143.5, 46.8), (141.3, 45.7), (143, 46)),
    (["bering"], (-172, 64, -165, 67), (-169, 64.7), (-168.5, 66.6)),
    (["windward"], (-76, 19.3, -72.6, 20.7), (-74.6, 19.5), (-73, 20.5)),
    (["mona"], (-69.2, 17.9, -66.4, 18.8), (-68.3, 18), (-67.7, 18.7)),
    (["yucatan", "florida", "florida-keys"], (-98, 18, -79, 31), (-90, 25), (-79.5, 27)),
    (["cabot", "belle-isle", "canso"], (-70, 45, -52, 53), (-61.5, 48.3), (-56, 46)),
    (["magellan", "cape-horn"], (-85, -75, -40, -40), (-78, -48), (-60, -48)),
    (["good-hope"], (0, -75, 40, -20), (8, -38), (32, -38)),
]
# The same around the pole.
ARCTIC = [(["northwest", "northeast"], (0, 76), (-150, 72)), (["northwest", "northeast"], (75, 76), (125, 77)), (["northwest", "northeast"], (-105.2, 69), (-172, 69))]
# Gates that are known to leave a way through other straits of the same group of islands.
OPEN_ROUND = {"singapore", "anegada"}


def line_km(points):
    return sum(GEOD.inv(*a, *b)[2] for a, b in zip(points, points[1:])) / 1000


class Land:
    def __init__(self, path):
        self.polygons = []
        for record in shapefile.Reader(path).shapes():
            polygon = make_valid(shape(record.__geo_interface__))
            self.polygons += list(getattr(polygon, "geoms", [polygon]))
        self.tree = STRtree(self.polygons)

    def within(self, region):
        return [self.polygons[i].intersection(region) for i in self.tree.query(region)]

    def water(self, region):
        return region.difference(unary_union(self.within(region)))

    def inland_km(self, lon, lat):
        """Distance to the coast, negative on the water; None beyond 10 degrees."""
        narrow = math.cos(math.radians(lat))
        for reach in (0.2, 1, 3, 10):
            region, best = box(lon - reach / narrow, lat - reach, lon + reach / narrow, lat + reach), math.inf
            for i in self.tree.query(region):
                coast = self.polygons[i].boundary.intersection(region)
                if not coast.is_empty:
                    flat = transform(coast, lambda p: (p - [lon, lat]) * [narrow * 111.2, 111.2])
                    best = min(best, flat.distance(Point(0, 0)))
            if best < reach * 111:
                return best if any(self.polygons[i].covers(Point(lon, lat)) for i in self.tree.query(Point(lon, lat))) else -best
        return None

    def over_land_km(self, line):
        parts = [part for piece in self.within(line) for part in getattr(piece, "geoms", [piece])]
        return sum(line_km(list(part.coords)) for part in parts if part.geom_type == "LineString")


def joined(water, a, b):
    """Whether one piece of water touches both places."""
    tree = STRtree(list(getattr(water, "geoms", [water])))
    piece_of = [tree.query(place, predicate="dwithin", distance=1e-6) for place in (a, b)]
    if not all(len(found) for found in piece_of):
        print(f"one of {a}, {b} is not on the water")
        return None
    return bool(piece_of[0][0] == piece_of[1][0])


def check_gates(land, lines):
    for gates, region, a, b in SEPARATIONS:
        water = land.water(box(*region))
        if joined(water, Point(a), Point(b)) is not True:
            yield f"{gates}: nothing joins the two sides even when they are open"
            continue
        for gate in gates:
            water = water.difference(lines[gate].buffer(1e-6, cap_style="flat"))
        if joined(water, Point(a), Point(b)):
            yield f"{gates}: water leads round them"
    plane = Transformer.from_crs(4326, "+proj=laea +lat_0=90 +lon_0=0", always_xy=True)
    flat = lambda g, step: transform(segmentize(g, step), lambda p: [plane.transform(x, y) for x, y in p])
    pieces = [make_valid(flat(piece, 0.1)) for piece in land.within(box(-180, 62, 180, 90)) if piece.area > 0]
    water = Point(0, 0).buffer(3.0e6, 256).difference(unary_union(pieces))
    for gates, a, b in ARCTIC:
        closed = water
        for gate in gates:
            closed = closed.difference(flat(lines[gate], 0.05).buffer(20))
        if joined(closed, Point(plane.transform(*a)), Point(plane.transform(*b))):
            yield f"{gates}: the Arctic Ocean leads round them from {a} to {b}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    land, features = Land(sys.argv[1]), json.load(open(sys.argv[2], encoding="utf-8"))["features"]
    lines, wrong = {}, []
    for feature in features:
        properties, points = feature["properties"], [tuple(p) for p in feature["geometry"]["coordinates"]]
        line = LineString(points)
        if properties["id"] in lines:
            wrong.append(f"{properties['id']}: twice")
        lines[properties["id"]] = line
        first, last = (land.inland_km(*p) if abs(p[1]) < 89 else None for p in (points[0], points[-1]))
        over = f", {land.over_land_km(line):.0f} km over land" if properties["kind"] != "strait" else ""
        show = lambda end: "pole" if end is None else f"{end:.1f}"
        print(f"{properties['id']:15} {properties['kind']:8} {line_km(points):7.1f} km{over}; inland at its ends {show(first)}, {show(last)} km")
        if not line.is_simple:
            wrong.append(f"{properties['id']}: crosses itself")
        if properties["kind"] == "strait" and any(end is not None and end < 0.4 for end in (first, last)):
            wrong.append(f"{properties['id']}: a gate must end on land")
        if properties["kind"] != "strait" and first is not None and first > -1 or properties["kind"] == "canal" and last > -1:
            wrong.append(f"{properties['id']}: must begin in open water")
    names = sorted(lines)
    wrong += [f"{a} and {b} cross" for i, a in enumerate(names) for b in names[i + 1 :] if lines[a].intersects(lines[b])]
    wrong += list(check_gates(land, lines))
    gates = {p["properties"]["id"] for p in features if p["properties"]["kind"] == "strait"}
    wrong += [f"{gate}: not checked" for gate in sorted(gates - {g for row in [*SEPARATIONS, *ARCTIC] for g in row[0]} - OPEN_ROUND)]
    if len(lines) > MOST:
        wrong.append(f"{len(lines)} passages, at most {MOST}")
    print(f"{len(lines)} passages", *wrong, sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
