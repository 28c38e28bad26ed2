#!/usr/bin/env python3
"""Compares `sealane route` with the PyPI package searoute on random pairs of ports: length, land crossed, time.

Not part of `cargo test`. In a throw-away environment:

    python3 -m venv compare-env && compare-env/bin/pip install searoute shapely pyshp
    compare-env/bin/python benches/compare_searoute.py --land ne_10m_land.shp --sealane target/release/sealane

--land is the land of Natural Earth 1:10m as a shapefile. The pairs are drawn from searoute's own list of ports with a fixed seed.

Both lines are measured the same way: geodesics of WGS 84 between their vertices (Vincenty), land on great circles between their vertices,
except near canals and river approaches (within 10 km of their lines in assets/passages.geojson) and within 15 km of both ends.
searoute is asked twice: with the ends appended, which is the whole voyage, and without, which leaves out the way between port and network.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import time
import warnings

NM = 1852.0
END_KM = 15.0
FAIRWAY_KM = 10.0
STEP_KM = 20.0
# Equal within this share: rounding of coordinates and of the geodesic.
TOLERANCE = 1e-4


# --- measures ---------------------------------------------------------------------------------------------------------------------

def distance_m(p, q):
    """WGS 84 geodesic (Vincenty's inverse); on the sphere where it does not converge, near antipodes."""
    if p == q:
        return 0.0
    a, f = 6378137.0, 1 / 298.257223563
    b = a * (1 - f)
    lon = math.radians((q[0] - p[0] + 180.0) % 360.0 - 180.0)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(x[1]))) for x in (p, q))
    s1, c1, s2, c2 = math.sin(u1), math.cos(u1), math.sin(u2), math.cos(u2)
    lam = lon
    for _ in range(200):
        sl, cl = math.sin(lam), math.cos(lam)
        ss = math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl)
        if ss == 0.0:
            return 0.0
        cs = s1 * s2 + c1 * c2 * cl
        sigma = math.atan2(ss, cs)
        sa = c1 * c2 * sl / ss
        ca2 = 1 - sa * sa
        cm = cs - 2 * s1 * s2 / ca2 if ca2 else 0.0
        c = f / 16 * ca2 * (4 + f * (4 - 3 * ca2))
        before, lam = lam, lon + (1 - c) * f * sa * (sigma + c * ss * (cm + c * cs * (2 * cm * cm - 1)))
        if abs(lam - before) < 1e-12:
            break
    else:
        return haversine_m(p, q)
    u = ca2 * (a * a - b * b) / (b * b)
    k1 = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    k2 = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    ds = k2 * ss * (cm + k2 / 4 * (cs * (2 * cm * cm - 1) - k2 / 6 * cm * (4 * ss * ss - 3) * (4 * cm * cm - 3)))
    return b * k1 * (sigma - ds)


def haversine_m(p, q):
    y1, y2 = math.radians(p[1]), math.radians(q[1])
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin(math.radians(q[0] - p[0]) / 2) ** 2
    return 2 * 6371008.8 * math.asin(min(1.0, math.sqrt(h)))


def length_m(line):
    return sum(distance_m(p, q) for p, q in zip(line, line[1:]))


def wrapped(lon):
    return (lon + 180.0) % 360.0 - 180.0


def vector(p):
    x, y = math.radians(p[0]), math.radians(p[1])
    return (math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y))


def densified(line):
    """The line with great-circle steps of at most STEP_KM, in parts that do not cross ±180°."""
    points = [(wrapped(line[0][0]), line[0][1])]
    for p, q in zip(line, line[1:]):
        steps = max(1, math.ceil(haversine_m(p, q) / 1000 / STEP_KM))
        a, b = vector(p), vector(q)
        angle = math.acos(max(-1.0, min(1.0, sum(i * j for i, j in zip(a, b)))))
        for i in range(1, steps):
            if angle < 1e-9:
                break
            t = i / steps
            wa, wb = math.sin((1 - t) * angle) / math.sin(angle), math.sin(t * angle) / math.sin(angle)
            x, y, z = (wa * i + wb * j for i, j in zip(a, b))
            points.append((math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))))
        points.append((wrapped(q[0]), q[1]))
    parts, part = [], [points[0]]
    for p, q in zip(points, points[1:]):
        if abs(q[0] - p[0]) > 180.0:
            parts.append(part)
            part = []
        part.append(q)
    parts.append(part)
    return [part for part in parts if len(part) > 1]


# --- land -------------------------------------------------------------------------------------------------------------------------

class Land:
    """The land in cells of 5°, so that a line meets small polygons only."""

    def __init__(self, shapefile, passages):
        import shapefile as pyshp
        from shapely import STRtree, make_valid
        from shapely.geometry import box, shape

        cells = []
        with pyshp.Reader(shapefile) as reader:
            for record in reader.iterShapes():
                polygon = make_valid(shape(record.__geo_interface__))
                west, south, east, north = polygon.bounds
                if east - west <= 5 and north - south <= 5:
                    cells.append(polygon)
                    continue
                for part in getattr(polygon, "geoms", [polygon]):
                    cells.extend(self.divided(part, box))
        self.cells = [cell for cell in cells if not cell.is_empty]
        self.tree = STRtree(self.cells)
        with open(passages, encoding="utf-8") as file:
            features = json.load(file)["features"]
        self.closed = {f["properties"]["id"] for f in features if not f["properties"]["open_by_default"]}
        self.straits = {f["properties"]["id"]: f["geometry"]["coordinates"] for f in features if f["properties"]["kind"] == "strait"}
        self.canals = {f["properties"]["id"]: f["geometry"]["coordinates"] for f in features if f["properties"]["kind"] == "canal"}
        fairways = [f["geometry"]["coordinates"] for f in features if f["properties"]["kind"] in ("canal", "approach")]
        self.fairways = [disc(point, FAIRWAY_KM) for line in fairways for point in dense(line, FAIRWAY_KM / 2)]
        self.fairway_tree = STRtree(self.fairways)

    def divided(self, polygon, box):
        west, south, east, north = polygon.bounds
        if max(east - west, north - south) <= 5:
            return [polygon]
        if east - west >= north - south:
            middle = (west + east) / 2
            halves = (box(west, south, middle, north), box(middle, south, east, north))
        else:
            middle = (south + north) / 2
            halves = (box(west, south, east, middle), box(west, middle, east, north))
        found = []
        for half in halves:
            piece = polygon.intersection(half)
            for part in getattr(piece, "geoms", [piece]):
                if part.geom_type == "Polygon" and not part.is_empty:
                    found.extend(self.divided(part, box))
        return found

    def crossed_km(self, line, ends):
        """Kilometers of the line over land, without fairways and the surroundings of the ends."""
        from shapely import union_all
        from shapely.geometry import LineString

        total = 0.0
        exempt_ends = [disc(end, END_KM) for end in ends]
        for part in densified(line):
            whole = LineString(part)
            pieces = [whole.intersection(self.cells[i]) for i in self.tree.query(whole, predicate="intersects")]
            ashore = union_all([piece for piece in pieces if not piece.is_empty])
            if ashore.is_empty:
                continue
            near = [self.fairways[i] for i in self.fairway_tree.query(ashore, predicate="intersects")]
            ashore = ashore.difference(union_all(near + exempt_ends))
            for piece in getattr(ashore, "geoms", [ashore]):
                if piece.geom_type == "LineString" and not piece.is_empty:
                    total += length_m(list(piece.coords)) / 1000
        return total

    def passages_used(self, line):
        """Passages that a line uses: straits whose gates it crosses, canals whose middle it comes within 10 km of."""
        used = set()
        parts = densified(line)
        for name, gate in self.straits.items():
            if any(cross(p, q, c, d) for part in parts for p, q in zip(part, part[1:]) for c, d in zip(gate, gate[1:])):
                used.add(name)
        for name, coordinates in self.canals.items():
            points = dense(coordinates, 1.0)
            middle = points[len(points) // 2]
            if any(haversine_m(p, middle) < 10_000 for part in parts for p in dense_near(part, middle)):
                used.add(name)
        return used


def cross(a, b, c, d):
    """Whether two short segments cross on the plane of longitude and latitude."""

    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def dense(line, step_km):
    points = [tuple(line[0])]
    for p, q in zip(line, line[1:]):
        steps = max(1, math.ceil(haversine_m(p, q) / 1000 / step_km))
        points.extend((p[0] + (q[0] - p[0]) * i / steps, p[1] + (q[1] - p[1]) * i / steps) for i in range(1, steps + 1))
    return points


def dense_near(line, place):
    """Points every kilometer along the segments that come near a place."""
    for p, q in zip(line, line[1:]):
        if min(haversine_m(p, place), haversine_m(q, place)) < max(100_000.0, haversine_m(p, q)):
            yield from dense([p, q], 1.0)


def disc(center, radius_km):
    from shapely.geometry import Polygon

    lat = radius_km / 111.2
    lon = lat / max(0.05, math.cos(math.radians(center[1])))
    turns = [2 * math.pi * i / 24 for i in range(24)]
    return Polygon([(center[0] + lon * math.cos(t), center[1] + lat * math.sin(t)) for t in turns])


# --- the two programs -------------------------------------------------------------------------------------------------------------

def ports_of_searoute():
    import searoute

    path = os.path.join(os.path.dirname(searoute.__file__), "data", "ports.geojson")
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    ports = []
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"][:2]
        properties = feature["properties"]
        ports.append({"name": properties.get("name"), "locode": properties.get("port"), "at": (round(lon, 5), round(lat, 5))})
    return sorted(ports, key=lambda port: (port["at"], str(port["locode"])))


def drawn_pairs(ports, count, seed):
    """Pairs in a fixed order. searoute's list has many ports on rivers and lakes: most pairs with one are refused, so more are drawn."""
    chooser = random.Random(seed)
    pairs = []
    while len(pairs) < count:
        a, b = chooser.choice(ports), chooser.choice(ports)
        # Nearer pairs say more of where a port is put than of the way.
        if haversine_m(a["at"], b["at"]) > 200_000:
            pairs.append((a, b))
    return pairs


def ask_sealane(binary, pairs):
    lines = "".join(f"{a['at'][0]},{a['at'][1]}\t{b['at'][0]},{b['at'][1]}\n" for a, b in pairs)
    run = subprocess.run([binary, "route", "--batch", "-"], input=lines, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(pairs):
        sys.exit(f"{binary} answered {len(answers)} of {len(pairs)} queries: {run.stderr.strip()}")
    return answers


def ask_searoute(pair, append):
    import searoute

    started = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        feature = searoute.searoute(list(pair[0]["at"]), list(pair[1]["at"]), append_orig_dest=append)
    took = (time.perf_counter() - started) * 1000
    return [tuple(point[:2]) for point in feature["geometry"]["coordinates"]], took


def compared(pair, answer, land):
    a, b = pair
    row = {"from": a["locode"] or a["name"], "to": b["locode"] or b["name"], "from_at": a["at"], "to_at": b["at"]}
    whole, took = ask_searoute(pair, True)
    inner, _ = ask_searoute(pair, False)
    if len(whole) < 2 or len(inner) < 2:
        return row | {"status": "searoute has no route"}
    row |= {"theirs_nm": length_m(whole) / NM, "theirs_inner_nm": length_m(inner) / NM, "theirs_ms": took}
    row["theirs_land_km"] = land.crossed_km(whole, (a["at"], b["at"]))
    if "error" in answer:
        return row | {"status": "sealane has no route", "reason": answer["reason"]}
    line = [tuple(point) for point in answer["coordinates"]]
    row |= {"status": "both", "ours_nm": length_m(line) / NM, "ours_ms": answer["search_ms"], "access_km": answer["access_km"]}
    row |= {"passages": answer["passages"], "ours_land_km": land.crossed_km(line, (a["at"], b["at"])), "own_land_km": answer["land_km"]}
    row["longer_by"] = row["ours_nm"] / row["theirs_nm"] - 1 if row["theirs_nm"] else 0.0
    if row["longer_by"] > TOLERANCE:
        used = land.passages_used(whole)
        row["theirs_passages"] = sorted(used)
        closed, others = sorted(used & land.closed), sorted(used - set(answer["passages"]))
        if closed:
            row["why"] = "closed: searoute uses " + " and ".join(closed)
        elif row["theirs_land_km"] > 0.5:
            row["why"] = f"land: searoute crosses {row['theirs_land_km']:.0f} km"
        elif others:
            row["why"] = "other way: searoute goes by " + " and ".join(others)
        else:
            row["why"] = "unexplained"
    return row


# --- the report -------------------------------------------------------------------------------------------------------------------

def middle(values, share=0.5):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def summary(rows):
    both = [row for row in rows if row["status"] == "both"]
    why = {}
    for row in both:
        if "why" in row:
            kind = row["why"].split(":")[0]
            why[kind] = why.get(kind, 0) + 1
    ours, theirs = sum(row["ours_nm"] for row in both), sum(row["theirs_nm"] for row in both)
    return {
        "pairs": len(rows),
        "compared": len(both),
        "searoute_has_no_route": sum(row["status"] == "searoute has no route" for row in rows),
        "sealane_has_no_route": sum(row["status"] == "sealane has no route" for row in rows),
        "sum_ours_nm": ours,
        "sum_theirs_nm": theirs,
        "ours_to_theirs": ours / theirs if theirs else None,
        "ours_shorter_or_equal": sum(row["longer_by"] <= TOLERANCE for row in both),
        "ours_longer": why,
        "ours_to_theirs_median": middle([row["longer_by"] + 1 for row in both]),
        "ours_longer_than_theirs_without_ends": sum(row["ours_nm"] > row["theirs_inner_nm"] * (1 + TOLERANCE) for row in both),
        "ours_land_km": sum(row["ours_land_km"] for row in both),
        "ours_land_pairs": sum(row["ours_land_km"] > 0.05 for row in both),
        "theirs_land_km": sum(row["theirs_land_km"] for row in both),
        "theirs_land_pairs": sum(row["theirs_land_km"] > 0.05 for row in both),
        "ours_ms_median": middle([row["ours_ms"] for row in both]),
        "ours_ms_max": max((row["ours_ms"] for row in both), default=None),
        "theirs_ms_median": middle([row["theirs_ms"] for row in both]),
        "theirs_ms_max": max((row["theirs_ms"] for row in both), default=None),
        "corinth_used": sum("corinth" in row["passages"] for row in both),
    }


def print_table(rows, everything):
    head = f"{'pair':<15} {'ours nm':>9} {'searoute':>9} {'differ':>8} {'land':>7} {'land sr':>8} {'ms':>7} {'ms sr':>7}  why longer"
    print(head)
    both = [row for row in rows if row["status"] == "both"]
    shown = both if everything else sorted(both, key=lambda row: -row["longer_by"])[:25]
    for row in shown:
        pair = f"{row['from']}-{row['to']}"[:15]
        print(
            f"{pair:<15} {row['ours_nm']:>9.0f} {row['theirs_nm']:>9.0f} {row['longer_by'] * 100:>+7.2f}% {row['ours_land_km']:>7.1f} "
            f"{row['theirs_land_km']:>8.1f} {row['ours_ms']:>7.2f} {row['theirs_ms']:>7.1f}  {row.get('why', '')}"
        )
    refused = {}
    for row in rows:
        if row["status"] != "both":
            inland = "navigable water" in row.get("reason", "")
            reason = "an end lies too far inland" if inland else row.get("reason", "")
            refused.setdefault(f"{row['status']}: {reason}", []).append(f"{row['from']}-{row['to']}")
    for reason, pairs in refused.items():
        print(f"{len(pairs):>4} × {reason}: {', '.join(pairs if everything else pairs[:6])}{'' if everything or len(pairs) < 7 else ' …'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--land", required=True, help="shapefile of the land, Natural Earth 1:10m")
    parser.add_argument("--sealane", default=os.path.join(here, "target", "release", "sealane"), help="the program")
    parser.add_argument("--passages", default=os.path.join(here, "assets", "passages.geojson"))
    parser.add_argument("--pairs", type=int, default=250, help="how many pairs are compared; more are drawn, as some have no route")
    parser.add_argument("--seed", type=int, default=20230101)
    parser.add_argument("--json", help="write rows and summary to this file")
    parser.add_argument("--all", action="store_true", help="print every pair, not only the 25 that compare worst")
    args = parser.parse_args()

    pairs = drawn_pairs(ports_of_searoute(), 3 * args.pairs, args.seed)
    answers = ask_sealane(args.sealane, pairs)
    land = Land(args.land, args.passages)
    ask_searoute(pairs[0], True)  # builds searoute's graph, so that no query pays for it
    rows, count = [], 0
    for pair, answer in zip(pairs, answers):
        if count == args.pairs:
            break
        rows.append(compared(pair, answer, land))
        count += rows[-1]["status"] == "both"
    print_table(rows, args.all)
    result = summary(rows)
    print()
    for key, value in result.items():
        print(f"{key:<38} {value:.4f}" if isinstance(value, float) else f"{key:<38} {value}")
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump({"seed": args.seed, "summary": result, "rows": rows}, file, indent=1)


if __name__ == "__main__":
    main()
