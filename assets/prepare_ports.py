#!/usr/bin/env python3
"""Makes `assets/ports.tsv`, the ports of the world, from three sources. Needs `pyarrow` to read parquet.

    python3 assets/prepare_ports.py HARBORLY_DATA_DIR GEONAMES_DIR routes/ports.geojson assets/ports.tsv

HARBORLY_DATA_DIR holds port_registry.parquet and port_aliases.parquet, GEONAMES_DIR countries.json and cities1000.json of the packages
that assets/README.md names. Of the first are taken: the World Port Index whole, and of GeoNames the features of class L.PRT. Records of one
port are joined; the atlas decides name, place and UN/LOCODE of its own ports. The same inputs give the same bytes.
"""

import json
import math
import os
import re
import sys
import unicodedata

import pyarrow.parquet

# Letters that do not fall apart into a base and a mark; as `model::fold_for_search` has them.
LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "’": "'", "ʼ": "'"})
# Words that say "port" and do not tell one port from another.
GENERIC = {
    "port", "porto", "puerto", "harbour", "harbor", "ferry", "limani", "limenas", "liman", "limani", "luka", "hafen", "haven", "havn", "hamn",
    "gang", "ko", "hang", "pelabuhan", "pristan", "pristanishte", "satama", "of", "de", "di", "do", "da", "du", "the", "mina", "al", "el", "terminal",
}
# Codes of the registry that ISO 3166-1 does not have: Johnston Atoll, Midway, Wake.
COUNTRIES = {"XU": "UM", "QM": "UM", "QW": "UM"}
# Names as the atlas has them.
COUNTRY_NAMES = {"NL": "Netherlands", "TR": "Türkiye"}
# How far apart records of one port may lie.
SAME_NAME_KM, SAME_CODE_KM, TOWN_KM = 15.0, 60.0, 25.0
MAX_OTHER_NAMES = 6


# Codes of large ports that neither source has, by country and name; UN/LOCODE code list (UNECE). A port with another code keeps that, too.
MORE_CODES = {
    ("AE", "Port of Jebel Ali"): "AEJEA", ("CN", "Ningbo"): "CNNGB", ("CN", "Shanghai"): "CNSHA", ("EE", "Tallinn Port"): "EETLL",
    ("FI", "Helsinki Port"): "FIHEL", ("GE", "Poti"): "GEPTI", ("LB", "Port of Beirut"): "LBBEY", ("LT", "Klaipeda Port"): "LTKLJ",
    ("MX", "Veracruz"): "MXVER", ("NO", "Oslo Port"): "NOOSL", ("SE", "Göteborgs Hamn"): "SEGOT", ("SG", "Singapore Container Terminal"): "SGSIN",
}


def fold(text):
    """Lower case without marks."""
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower().translate(LETTERS)
    return " ".join(re.findall(r"[^\W_]+", text))


def core(text):
    """The folded name without the words for "port"; the folded name if nothing else is left."""
    folded = fold(text)
    return " ".join(word for word in folded.split() if word not in GENERIC) or folded


def km(a, b):
    """Rough distance of two (lon, lat)."""
    lon = (b[0] - a[0] + 180.0) % 360.0 - 180.0
    return math.hypot(lon * math.cos(math.radians((a[1] + b[1]) / 2)), b[1] - a[1]) * 111.2


class Index:
    """Ports of one country by the core of any of their names."""

    def __init__(self):
        self.by_name = {}

    def add(self, port):
        for name in [port["name"], *port["others"]]:
            ports = self.by_name.setdefault((port["country"], core(name)), [])
            if port not in ports:
                ports.append(port)

    def find(self, country, names, place, within_km):
        """The nearest port with one of the names."""
        near = [port for name in names for port in self.by_name.get((country, core(name)), []) if km(port["place"], place) <= within_km]
        return min(near, key=lambda port: (km(port["place"], place), port["name"])) if near else None


def registry(directory):
    """World Port Index and GeoNames ports as two lists, in the order of their numbers."""
    others = {}
    for row in pyarrow.parquet.read_table(os.path.join(directory, "port_aliases.parquet")).to_pylist():
        if row["alias_type"] != "primary":
            others.setdefault(row["registry_id"], []).append(row["alias"])
    index, geonames = [], []
    for row in pyarrow.parquet.read_table(os.path.join(directory, "port_registry.parquet")).to_pylist():
        wpi = row["provider"] == "NGA_WPI"
        if not wpi and (row["function_code"] != "L.PRT" or not row["country_code"]):
            continue  # six features at sea without a country
        port = {
            "class": "w" if wpi else "g", "number": int(row["provider_id"]),
            "country": COUNTRIES.get(row["country_code"], row["country_code"]), "name": row["canonical_name"].strip(),
            "locode": row["unlocode"] or "", "place": (row["longitude"], row["latitude"]), "others": sorted(others.get(row["registry_id"], [])),
        }
        (index if wpi else geonames).append(port)
    return sorted(index, key=lambda p: p["number"]), sorted(geonames, key=lambda p: p["number"])


def atlas_ports(path):
    """The ports of the atlas that are places, not countries."""
    ports = []
    for feature in json.load(open(path, encoding="utf-8"))["features"]:
        properties = feature["properties"]
        if properties.get("precision") == "country" or feature["geometry"] is None:
            continue
        name, _, more = properties["name"].partition(" (")
        ports.append({
            "class": "a", "number": 0, "country": properties["country"], "name": name, "locode": properties.get("locode", ""),
            "place": tuple(feature["geometry"]["coordinates"][:2]), "others": [more.rstrip(")")] if more else [],
        })
    return ports


def join(port, other):
    """Adds the names of another record of the same port, and its code where there is none."""
    port["others"] += [other["name"], *other["others"]]
    port["locode"] = port["locode"] or other["locode"]


def merge(atlas, index, geonames):
    """One list; each port once."""
    ports, names = list(atlas), Index()
    for port in atlas:
        names.add(port)
    by_code = {port["locode"]: port for port in atlas if port["locode"]}
    for record in [*index, *geonames]:
        same = by_code.get(record["locode"]) if record["locode"] else None
        if same and km(same["place"], record["place"]) > SAME_CODE_KM:
            print(f"{record['name']} ({record['locode']}) lies {km(same['place'], record['place']):.0f} km from {same['name']}: kept without the code")
            record["locode"], same = "", None
        if same and same["class"] == "w" and core(same["name"]) != core(record["name"]):
            record["locode"], same = "", None  # two harbors of one code: the first in the index has it
        # Two records of the World Port Index are two ports, whatever their names.
        wpi_twice = lambda found: found and record["class"] == "w" and found["class"] == "w"
        same = same or names.find(record["country"], [record["name"], *record["others"]], record["place"], SAME_NAME_KM)
        if same and not wpi_twice(same):
            join(same, record)
            names.add(same)
        else:
            if record["locode"] in by_code:
                record["locode"] = ""
            ports.append(record)
            names.add(record)
        if record["locode"]:
            by_code.setdefault(record["locode"], same or record)
    return ports


def add_towns(ports, directory):
    """Inhabitants, in thousands, and the name of the town that bears the port's name."""
    towns = {}
    for town in json.load(open(os.path.join(directory, "cities1000.json"), encoding="utf-8")).values():
        for name in {fold(town["name"]), *(fold(name) for name in town["alternatenames"])}:
            towns.setdefault((town["countrycode"], name), []).append(town)
    for port in ports:
        found = []
        for name in [port["name"], *port["others"]]:
            found += [t for t in towns.get((port["country"], core(name)), []) if km(port["place"], (t["longitude"], t["latitude"])) <= TOWN_KM]
        town = max(found, key=lambda t: (t["population"], -t["geonameid"]), default=None)
        port["thousands"] = round(town["population"] / 1000) if town else 0
        # A town may be the namesake of a suburb's harbor; its name is another name of the port only if it is close.
        if town and km(port["place"], (town["longitude"], town["latitude"])) <= SAME_NAME_KM:
            port["others"].append(town["name"])


def add_codes(ports):
    """The codes of MORE_CODES, each once; as another name where the port has a code already."""
    missing = dict(MORE_CODES)
    for port in sorted(ports, key=lambda p: (p["class"] != "w", p["place"])):
        code = missing.pop((port["country"], port["name"]), None)
        if code and port["locode"]:
            port["others"].insert(0, code)
        elif code:
            port["locode"] = code
    if missing:
        sys.exit(f"no such ports: {sorted(missing)}")


def rows(ports, directory):
    """The lines of the file."""
    used = {port["country"] for port in ports}
    countries = json.load(open(os.path.join(directory, "countries.json"), encoding="utf-8"))
    missing = sorted(used - set(countries))
    if missing:
        sys.exit(f"no name for {missing}")
    yield "# Ports of the world. Made by assets/prepare_ports.py; do not edit."
    yield "# country: c, ISO 3166-1 alpha-2, name. port: a (atlas), w (World Port Index) or g (GeoNames), country, UN/LOCODE, longitude, latitude, inhabitants of"
    yield "# the town in thousands, name, other names with | between. Positions of w are whole minutes of arc, so good to about 2 km."
    for code in sorted(used):
        yield f"c\t{code}\t{COUNTRY_NAMES.get(code, countries[code]['name'])}"
    for port in sorted(ports, key=lambda p: (p["country"], fold(p["name"]), p["place"])):
        # "Bar Port" finds nothing that "Bar" does not.
        others, seen = [], {core(port["name"])}
        for name in port["others"]:
            if fold(name) and core(name) not in seen and len(others) < MAX_OTHER_NAMES:
                seen.add(core(name))
                others.append(name.strip())
        lon, lat = port["place"]
        fields = [port["class"], port["country"], port["locode"], f"{lon:.4f}", f"{lat:.4f}", str(port["thousands"] or ""), port["name"], "|".join(others)]
        if any("\t" in field or "\n" in field for field in fields) or any("|" in name for name in others):
            sys.exit(f"a separator within {fields}")
        yield "\t".join(fields)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    harborly, geonames_dir, atlas, out = sys.argv[1:]
    index, geonames = registry(harborly)
    ports = merge(atlas_ports(atlas), index, geonames)
    add_towns(ports, geonames_dir)
    add_codes(ports)
    text = "".join(line + "\n" for line in rows(ports, geonames_dir))
    open(out, "w", encoding="utf-8", newline="\n").write(text)
    counts = {kind: sum(port["class"] == kind for port in ports) for kind in "awg"}
    print(f"{len(ports)} ports {counts}, {sum(bool(p['locode']) for p in ports)} with UN/LOCODE, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
