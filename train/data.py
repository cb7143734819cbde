"""Reads what `cargo xtask export` wrote, and cuts it into windows and batches. Numbers only."""
import json
import os

import numpy as np
import torch

import roles as R
import slices as S

NO_LABEL = 65535
NO_NAMES = 255
# The columns of labels that the description of a model lists.
LABELLED = ("upos", "xpos", "feats", "edit", "deprel")
COLUMNS = ("types", "contexts", "upos", "xpos", "feats", "edit", "head", "deprel", "names")


class DataSet:
    """Arrays with an entry a token (COLUMNS), `sentence_ends` in tokens and `document_ends` in sentences."""

    def __init__(self, folder, name):
        for column in COLUMNS + ("sentence_ends", "document_ends"):
            values = np.load(os.path.join(folder, f"{name}.{column}.npy"))
            setattr(self, column, values if values.dtype == np.uint8 else values.astype(np.int64))
        path = os.path.join(folder, f"{name}.attributions.npy")
        self.attributions = Attributions(np.load(path).astype(np.int64)) if os.path.exists(path) else None
        self.predicates = self.rolesets = self.factuality = None
        load = lambda column: np.load(os.path.join(folder, f"{name}.{column}.npy"))
        if os.path.exists(os.path.join(folder, f"{name}.predicates.npy")):
            self.predicates, self.rolesets = load("predicates").astype(np.int64), load("rolesets").astype(np.int64)
            triples = load("arguments").astype(np.int64).reshape(-1, 3)
            self.roles = {(p, a): role for p, a, role in triples.tolist()}
        if os.path.exists(os.path.join(folder, f"{name}.factuality.npy")):
            self.factuality = load("factuality")
        # UW is newswire, in which every word that tells an event has been judged; UDS is web text and asks of verbs alone.
        self.is_news = name.startswith("uw-")
        self.name = name
        self.starts = np.concatenate([[0], self.sentence_ends[:-1]])
        self.lengths = self.sentence_ends - self.starts

    def windows(self, rng, longest=128, single=0.3, most=160):
        """Runs of whole sentences of one document, as (first, one past the last) sentence.

        With an rng: of random length, a share of `single` sentences alone. A sentence of more than `most` tokens is
        left out. Attributions cross sentences: with them, runs are longer.
        """
        shortest = 20
        if self.attributions is not None:
            shortest, longest, single, most = 96, 224, 0.05, 256
        out, first = [], 0
        for end in self.document_ends:
            at = first
            while at < end:
                limit = longest
                if rng is not None:
                    limit = 0 if rng.random() < single else rng.integers(shortest, longest + 1)
                size, stop = self.lengths[at], at + 1
                while stop < end and size + self.lengths[stop] <= limit:
                    size, stop = size + self.lengths[stop], stop + 1
                if size <= most:
                    out.append((at, stop))
                at = stop
            first = end
        return out


    def gold_roles(self, tokens, head_row):
        """The predicates of some tokens [N], whose heads are rows of them.

        predicate [N]: 1, 0, or 255 for not known; roleset [N]; pairs [P, 3] that may be arguments; role [P] of each
        """
        rows = np.flatnonzero(self.predicates[tokens] == 1)
        pairs = R.candidates(head_row, rows)
        role = [self.roles.get((p, a), R.NONE) for p, a in tokens[pairs[:, :2]].tolist()]
        t = torch.from_numpy
        return dict(predicate=t(self.predicates[tokens]), roleset=t(self.rolesets[tokens]), pairs=t(pairs),
                    role=torch.tensor(role, dtype=torch.long))


class Attributions:
    """Gold attributions, as the first token of the cue -> list of (cue, source stretches, content stretches)."""

    def __init__(self, flat):
        roles = {}
        for number, role, start, end in flat.reshape(-1, 4).tolist():
            roles.setdefault(number, ([], [], []))[role].append((start, end))
        found = [((cue[0][0], cue[-1][1]), source, content) for source, cue, content in roles.values() if cue]
        self.by_cue = sorted(found)
        self.cue_starts = np.array([cue[0] for cue, _, _ in self.by_cue], dtype=np.int64)

    def between(self, start, end):
        """Those whose cues lie in a range of tokens."""
        a, b = np.searchsorted(self.cue_starts, [start, end])
        return [found for found in self.by_cue[a:b] if found[0][1] <= end]


class Types:
    """Features of all word types; `vector` is each type's row in the table of word vectors, 0 for none."""

    def __init__(self, folder, vector_row):
        load = lambda name: np.load(os.path.join(folder, f"type.{name}.npy"))
        self.rows, self.weights = load("rows").astype(np.int64), load("weights")
        ends = load("ends").astype(np.int64)
        self.starts = np.concatenate([[0], ends[:-1]])
        self.lengths = ends - self.starts
        self.word = load("vector_word")
        self.vector = vector_row[self.word]
        self.lower = load("lower").astype(np.int64)

    def add_mask(self):
        """A type without features, which stands for a hidden word -> its number."""
        self.starts = np.append(self.starts, len(self.rows))
        self.lengths = np.append(self.lengths, 0)
        self.vector = np.append(self.vector, 0)
        self.lower = np.append(self.lower, len(self.lower))
        return len(self.lower) - 1

    def features(self, types):
        """(rows, weights, starts, vector) of some types, for `WordEmbedding`."""
        lengths = self.lengths[types]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        index = np.repeat(self.starts[types] - starts, lengths) + np.arange(lengths.sum())
        return tuple(map(torch.from_numpy, (self.rows[index], self.weights[index], starts, self.vector[types])))


def batches(windows, sizes, most_words, rng):
    """Groups windows of like length; sizes are in words. In order of length without an rng."""
    order = np.arange(len(windows))
    key = np.asarray(sizes, dtype=float)
    if rng is not None:
        key = key + rng.random(len(key)) * 8
    out, batch = [], []
    for i in order[np.argsort(key, kind="stable")]:
        if batch and sizes[i] * (len(batch) + 1) > most_words:
            out.append(batch)
            batch = []
        batch.append(windows[i])
    if batch:
        out.append(batch)
    if rng is not None:
        rng.shuffle(out)
    return out


class Masked:
    """What is asked of text without labels: which word stands in a place where it is hidden.

    `number`: the class of each word by its vector word, -1 for rare ones, which are not hidden.
    """

    def __init__(self, sets, types, classes, share=0.15):
        counts = np.zeros(types.word.max() + 1, dtype=np.int64)
        for data in sets:
            counts += np.bincount(types.word[data.types], minlength=len(counts))
        self.number = np.full(len(counts), -1)
        self.number[np.argsort(-counts, kind="stable")[:classes]] = np.arange(classes)
        self.mask, self.share = types.add_mask(), share

    def hide(self, data, word_types, inside, types, rng):
        """Hides some of the words [B, T] in place -> the classes of those hidden, -1 for all others."""
        target = np.full(word_types.shape, -1)
        chosen = inside & (rng.random(word_types.shape) < self.share)
        target[chosen] = self.number[types.word[word_types[chosen]]]
        word_types[(target >= 0) & (rng.random(word_types.shape) < 0.9)] = self.mask
        return target


def collate(data, windows, types, rng=None, lower=0.0, masked=None):
    """A batch of windows as tensors; with an rng, a share `lower` of them in lower case.

    With `masked`, some words are hidden, and `hidden` [N] tells which.

    inverse, context, mask  [B, T]
    words                   [N] place of each word in the flattened [B * T]
    sentences               [S, n] rows of the N words, N for padding
    labels                  column -> [N]; head -> [N] rows of the N words, N for the root, -1 for none
    """
    spans = [(data.starts[a], data.sentence_ends[b - 1]) for a, b in windows]
    T = max(e - s for s, e in spans)
    token = np.zeros((len(spans), T), dtype=np.int64)
    mask = np.zeros((len(spans), T), dtype=bool)
    for row, (s, e) in enumerate(spans):
        token[row, :e - s] = np.arange(s, e)
        mask[row, :e - s] = True
    word_types = data.types[token]
    if rng is not None:
        lowered = rng.random(len(spans)) < lower
        word_types[lowered] = types.lower[word_types[lowered]]
    hidden = None
    if masked is not None:
        hidden = torch.from_numpy(masked.hide(data, word_types, mask, types, rng)[mask])
    unique, inverse = np.unique(word_types, return_inverse=True)
    flat = token[mask]
    N = len(flat)
    lengths = np.concatenate([data.lengths[a:b] for a, b in windows])
    firsts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    place = np.arange(lengths.max())[None]
    sentences = np.where(place < lengths[:, None], firsts[:, None] + place, N)
    head = data.head[flat]
    sentence_first = np.repeat(firsts, lengths)
    head_row = np.where(head == NO_LABEL, -1, np.where(head == 0, N, sentence_first + head - 1))
    t = torch.from_numpy
    attributions = None
    if data.attributions is not None:
        row = np.concatenate([[0], np.cumsum([e - s for s, e in spans])])
        attributions = S.Attributed(
            [(at, at + e - s) for at, (s, e) in zip(row, spans)],
            [shifted(found, at - s) for at, (s, e) in zip(row, spans) for found in data.attributions.between(s, e)],
            data.contexts[flat])
    roles = data.gold_roles(flat, head_row) if data.predicates is not None else None
    factuality = None if data.factuality is None else t(data.factuality[flat])
    labels = {column: t(getattr(data, column)[flat].astype(np.int64)) for column in COLUMNS[2:]}
    return dict(
        features=types.features(unique), inverse=t(inverse.reshape(token.shape)), mask=t(mask),
        context=t(np.where(mask, data.contexts[token], 0).astype(np.int64)), words=t(np.flatnonzero(mask)),
        type_of_word=t(inverse.reshape(token.shape)[mask]), sentences=t(sentences), head_row=t(head_row), labels=labels,
        lengths=t(lengths), tokens=t(flat), attributions=attributions, hidden=hidden, roles=roles, factuality=factuality, is_news=data.is_news)


def shifted(attribution, by):
    """An attribution with its tokens counted from elsewhere."""
    move = lambda stretch: (stretch[0] + by, stretch[1] + by)
    cue, source, content = attribution
    return move(cue), [move(stretch) for stretch in source], [move(stretch) for stretch in content]


def label_names(folder):
    """The label sets in the order of their numbers, and the sizes of the features."""
    with open(os.path.join(folder, "labels.json"), encoding="utf-8") as file:
        return json.load(file)


def renumber(names, column, wanted, sets):
    """Renumbers a label set in the order of another one; labels that it lacks become none."""
    place = {name: at for at, name in enumerate(wanted)}
    number = np.full(NO_LABEL + 1, NO_LABEL)
    for at, name in enumerate(names[column]):
        number[at] = place.get(name, NO_LABEL)
    for data in sets:
        setattr(data, column, number[getattr(data, column)])
    names[column] = list(wanted)


def number_roles(names, wanted, train, others, least=2):
    """Renumbers senses and roles: number 0 is every sense that is seldom seen, and no role.

    In the order of `wanted`, the label sets of a description; without them those that the training sets have.
    """
    sets = [data for data in train + others if data.predicates is not None]
    if not wanted:
        seen = sum((np.bincount(data.rolesets[data.predicates == 1], minlength=len(names["roleset"]))
                    for data in train if data.predicates is not None), np.zeros(len(names["roleset"]), dtype=np.int64))
        roles = np.zeros(len(names["role"]), dtype=np.int64)
        for data in train:
            if data.predicates is not None:
                roles += np.bincount(list(data.roles.values()), minlength=len(roles))
        kept = lambda column, counts, least: ["_"] + [
            names[column][i] for i in np.argsort(-counts, kind="stable") if counts[i] >= least]
        wanted = dict(roleset=kept("roleset", seen, least), role=kept("role", roles, 5))
    number = {}
    for column in ("roleset", "role"):
        place = {name: at for at, name in enumerate(wanted[column])}
        number[column] = np.array([place.get(name, 0) for name in names[column]], dtype=np.int64)
        names[column] = list(wanted[column])
    for data in sets:
        known = data.predicates == 1
        data.rolesets[known] = number["roleset"][data.rolesets[known]]
        data.roles = {pair: int(number["role"][role]) for pair, role in data.roles.items()}


def drop_rare(names, column, least, train, others):
    """Renumbers a label set by frequency in the training sets, leaving out what they have fewer than `least` times."""
    counts = np.zeros(len(names[column]), dtype=np.int64)
    for data in train:
        labels = getattr(data, column)
        counts += np.bincount(labels[labels != NO_LABEL], minlength=len(counts))
    kept = [i for i in np.argsort(-counts, kind="stable") if counts[i] >= least]
    number = np.full(NO_LABEL + 1, NO_LABEL)
    number[kept] = np.arange(len(kept))
    for data in train + others:
        setattr(data, column, number[getattr(data, column)])
    names[column] = [names[column][i] for i in kept]
