#!/usr/bin/env python3
"""Turns the packages that the basemap is made of into plain JSON for `examples/build_basemap`. Standard library only.

    python3 assets/prepare_inputs.py WOOF_DIR WORLD_DATA_DIR ATLAS_DIR GEONAMES_DIR OUT_DIR

The directories are the unpacked packages that assets/README.md names. Writes into OUT_DIR: land.json, lakes.json (rings), borders.json
(lines), countries.json (name, iso, area, polygons), towns.json. Coordinates are degrees, longitude first, as the packages have them.
"""

import json
import math
import os
import re
import struct
import sys
import zlib

# GeoNames gives many large towns their English name; labels carry the local one. Pristina has two official spellings and keeps the neutral one.
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "endonyms.tsv"), encoding="utf-8") as table:
    LOCAL_NAMES = {(iso, name): local for iso, name, local in (line.rstrip("\n").split("\t") for line in list(table)[1:])}

BALKANS = {"AL", "BA", "BG", "GR", "HR", "ME", "MK", "RS", "SI", "XK"}
NEAR = {"ES", "PT", "IT", "MT", "TR", "CY", "RO", "NL", "BE"}
LATIN_AMERICA = {
    "AG", "AR", "AW", "BB", "BO", "BR", "BS", "BZ", "CL", "CO", "CR", "CU", "CW", "DM", "DO", "EC", "GD", "GF", "GP", "GT", "GY", "HN", "HT",
    "JM", "KN", "LC", "MQ", "MX", "NI", "PA", "PE", "PR", "PY", "SR", "SV", "TT", "UY", "VC", "VE",
}
# Port towns that are too small for the limits above.
PORT_TOWNS = {
    ("ME", "Bar"), ("ME", "Kotor"), ("ME", "Tivat"), ("ME", "Budva"), ("ME", "Ulcinj"), ("ME", "Herceg Novi"), ("HR", "Ploče"), ("HR", "Dubrovnik"),
    ("BA", "Neum"), ("AL", "Shëngjin"), ("AL", "Sarandë"), ("SI", "Koper"), ("SI", "Piran"), ("GR", "Igoumenítsa"), ("IT", "Gioia Tauro"), ("IT", "Monfalcone"),
    ("ES", "Algeciras"), ("PT", "Sines"), ("GI", "Gibraltar"), ("CO", "Turbo"), ("CO", "Tumaco"), ("CO", "Buenaventura"), ("CO", "Necoclí"),
    ("EC", "Puerto Bolívar"), ("EC", "Esmeraldas"), ("EC", "Posorja"), ("PE", "Paita"), ("PE", "Callao"), ("BR", "Santos"), ("BR", "Paranaguá"),
    ("BR", "Itajaí"), ("BR", "Navegantes"), ("BR", "Rio Grande"), ("PA", "Colón"), ("PA", "Balboa"),
    ("CR", "Limón"), ("GY", "New Amsterdam"), ("CV", "Mindelo"), ("CV", "Praia"), ("SN", "Dakar"), ("GM", "Banjul"),
    ("GW", "Bissau"), ("DE", "Bremerhaven"), ("BE", "Zeebrugge"), ("NL", "Vlissingen"), ("FR", "Le Havre"), ("FR", "Dunkirk"), ("MA", "Tangier"),
}
# Parts of a town that GeoNames lists as towns, too far from the middle for the rule below.
NO_TOWNS = {("IT", "Acilia-Castel Fusano-Ostia Antica"), ("AL", "Fier-Çifçi"), ("AL", "Patos Fshat"), ("AL", "Rrashbull"), ("HU", "Pest")}


def shapefile_parts(path):
    """All parts of all records of a polygon or polyline shapefile."""
    data = open(path, "rb").read()
    at, parts = 100, []
    while at < len(data):
        words = struct.unpack_from(">2i", data, at)[1]
        body, at = at + 8, at + 8 + 2 * words
        if struct.unpack_from("<i", data, body)[0] not in (3, 5):
            continue
        n_parts, n_points = struct.unpack_from("<2i", data, body + 36)
        starts = [*struct.unpack_from(f"<{n_parts}i", data, body + 44), n_points]
        flat = struct.unpack_from(f"<{2 * n_points}d", data, body + 44 + 4 * n_parts)
        points = list(zip(flat[::2], flat[1::2]))
        parts += [points[a:b] for a, b in zip(starts, starts[1:])]
    return parts


def dbf_rows(path):
    """The rows of a dBASE table as dictionaries of text."""
    data = open(path, "rb").read()
    count, head, width = struct.unpack_from("<IHH", data, 4)
    fields = []
    for at in range(32, head - 1, 32):
        if data[at] == 0x0D:
            break
        fields.append((data[at:at + 11].split(b"\0")[0].decode(), data[at + 16]))
    for row in range(count):
        at, values = head + row * width + 1, {}
        for name, size in fields:
            values[name] = data[at:at + size].decode("utf-8").strip("\0 ")
            at += size
        yield values


class Bincode:
    """Reads the few shapes of bincode 1 that the crate `world-data` uses."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def raw(self):
        size = self.take("Q")[0]
        self.at += size
        return self.data[self.at - size:self.at]

    def text(self):
        return self.raw().decode()

    def many(self, read):
        return [read() for _ in range(self.take("Q")[0])]

    def ring(self):
        flat = self.take(f"{2 * self.take('Q')[0]}f")
        return list(zip(flat[::2], flat[1::2]))

    def polygon(self):
        return [self.ring(), *self.many(self.ring)]

    def country(self):
        name, _official, _region = self.text(), self.text(), self.text()
        if self.take("B")[0]:
            self.text()
        self.many(self.text), self.many(self.text)
        area, _population = self.take("2I")
        iso, _iso3 = self.text(), self.text()
        self.take("4B")
        self.many(self.text), self.many(self.text), self.raw()
        return {"iso": iso, "name": name, "area_km2": area, "polygons": self.many(self.polygon)}


def world_data_countries(path):
    reader = Bincode(zlib.decompress(open(path, "rb").read()))
    return [(reader.text(), reader.country())[1] for _ in range(reader.take("Q")[0])]


def atlas_polygons(path, a3):
    """The polygons of one country of a quantised TopoJSON file."""
    atlas = json.load(open(path, encoding="utf-8"))
    (kx, ky), (dx, dy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)

    def ring(indices):
        points = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    shape = next(g for g in atlas["objects"]["countries"]["geometries"] if g["properties"]["a3"] == a3)
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [[ring(indices) for indices in polygon] for polygon in polygons]


def countries(woof, world_data, atlas, geonames):
    result = world_data_countries(f"{world_data}/data.bin")
    taiwan = json.load(open(f"{geonames}/countries.json", encoding="utf-8"))["TW"]
    result.append({"iso": "TW", "name": "Taiwan", "area_km2": taiwan["areakm2"], "polygons": atlas_polygons(f"{atlas}/world/50m.json", "TWN")})
    places = {}
    for row in dbf_rows(f"{woof}/natural_earth_110m/ne_110m_admin_0_countries.dbf"):
        iso = "XK" if row["ADM0_A3"] == "KOS" else row["ISO_A2_EH"]
        places[iso] = [float(row["LABEL_X"]), float(row["LABEL_Y"])]
    for country in result:
        country["label"] = places.get(country["iso"])
    return sorted(result, key=lambda country: country["iso"])


def town_limit(iso):
    if iso in BALKANS:
        return 20_000
    return 100_000 if iso in LATIN_AMERICA or iso in NEAR else 300_000


def plain(name):
    """A name without the spellings of apostrophes that keep GeoNames' own tables from matching."""
    return name.strip().replace("’", "'").replace("‘", "'")


def distance_km(a, b):
    """Flat-earth distance; good enough within a city."""
    dx = (a["lon"] - b["lon"]) * math.cos(math.radians(a["lat"]))
    return 111.2 * math.hypot(dx, a["lat"] - b["lat"])


def is_part_of_a_city(town, larger):
    """GeoNames lists boroughs as towns of their own, and some towns twice."""
    if town["capital"] or town["port"]:
        return any(big["label"] == town["label"] for big in larger)
    return bool(re.search(r"^(Sector|Circoiscrizione|Distrito|District) ", town["name"])) or any(
        (big["population"] >= max(300_000, 3 * town["population"]) and distance_km(big, town) < (40 if big["population"] > 5_000_000 else 15))
        or (big["label"] == town["label"] and distance_km(big, town) < 40)
        for big in larger
    )


def towns(geonames):
    tables = json.load(open(f"{geonames}/countries.json", encoding="utf-8"))
    capitals = {(iso, plain(country["capital"])) for iso, country in tables.items()}
    found = []
    for town in json.load(open(f"{geonames}/cities500.json", encoding="utf-8")).values():
        iso, name, people = town["countrycode"], town["name"], town["population"]
        names = {plain(n) for n in ([name] if people < 8_000 else [name, *town["alternatenames"]])}
        capital = any((iso, n) in capitals for n in names)
        port = (iso, name) in PORT_TOWNS
        if (iso, name) in NO_TOWNS or not (capital or port or people >= town_limit(iso)):
            continue
        label = LOCAL_NAMES.get((iso, name), name)
        if iso == "RO":
            label = label.translate(str.maketrans("ŞşŢţ", "ȘșȚț"))
        found.append({
            "id": town["geonameid"], "name": name, "label": label, "iso": iso, "lon": town["longitude"], "lat": town["latitude"],
            "population": people, "capital": capital, "port": port,
        })
    found.sort(key=lambda t: (-t["population"], t["id"]))
    with_capital, kept = set(), {}
    for town in found:
        # One capital a country: the largest town of that name.
        town["capital"] = town["capital"] and town["iso"] not in with_capital
        if town["capital"]:
            with_capital.add(town["iso"])
        elif not town["port"] and town["population"] < town_limit(town["iso"]):
            continue
        larger = kept.setdefault(town["iso"], [])
        if not is_part_of_a_city(town, larger):
            larger.append(town)
    return sorted((t for towns in kept.values() for t in towns), key=lambda t: (-t["population"], t["id"]))


def main():
    woof, world_data, atlas, geonames, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    fine = f"{woof}/natural_earth_10m/ne_10m"
    outputs = {
        "land": shapefile_parts(f"{fine}_land.shp"),
        "lakes": shapefile_parts(f"{fine}_lakes.shp"),
        "borders": shapefile_parts(f"{fine}_admin_0_boundary_lines_land.shp"),
        "countries": countries(woof, world_data, atlas, geonames),
        "towns": towns(geonames),
    }
    for name, value in outputs.items():
        with open(f"{out}/{name}.json", "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, separators=(",", ":"))
        print(f"{name}: {len(value)}")


if __name__ == "__main__":
    main()
