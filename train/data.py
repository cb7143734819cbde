"""Reads what `cargo xtask export` wrote, and cuts it into windows and batches. Numbers only."""
import json
import os

import numpy as np
import torch

NO_LABEL = 65535
NO_NAMES = 255
COLUMNS = ("types", "contexts", "upos", "xpos", "feats", "edit", "head", "deprel", "names")


class DataSet:
    """Arrays with an entry a token (COLUMNS), `sentence_ends` in tokens and `document_ends` in sentences."""

    def __init__(self, folder, name):
        for column in COLUMNS + ("sentence_ends", "document_ends"):
            values = np.load(os.path.join(folder, f"{name}.{column}.npy"))
            setattr(self, column, values if values.dtype == np.uint8 else values.astype(np.int64))
        self.name = name
        self.starts = np.concatenate([[0], self.sentence_ends[:-1]])
        self.lengths = self.sentence_ends - self.starts

    def windows(self, rng, longest=128, single=0.3, most=160):
        """Runs of whole sentences of one document, as (first, one past the last) sentence.

        With an rng: of random length, a share of `single` sentences alone. A sentence of more than `most` tokens is
        left out.
        """
        out, first = [], 0
        for end in self.document_ends:
            at = first
            while at < end:
                limit = longest
                if rng is not None:
                    limit = 0 if rng.random() < single else rng.integers(20, longest + 1)
                size, stop = self.lengths[at], at + 1
                while stop < end and size + self.lengths[stop] <= limit:
                    size, stop = size + self.lengths[stop], stop + 1
                if size <= most:
                    out.append((at, stop))
                at = stop
            first = end
        return out


class Types:
    """Features of all word types; `vector` is each type's row in the table of word vectors, 0 for none."""

    def __init__(self, folder, vector_row):
        load = lambda name: np.load(os.path.join(folder, f"type.{name}.npy"))
        self.rows, self.weights = load("rows").astype(np.int64), load("weights")
        ends = load("ends").astype(np.int64)
        self.starts = np.concatenate([[0], ends[:-1]])
        self.lengths = ends - self.starts
        self.vector = vector_row[load("vector_word")]
        self.lower = load("lower").astype(np.int64)

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


def collate(data, windows, types, rng=None, lower=0.0):
    """A batch of windows as tensors; with an rng, a share `lower` of them in lower case.

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
    labels = {column: t(getattr(data, column)[flat].astype(np.int64)) for column in COLUMNS[2:]}
    return dict(
        features=types.features(unique), inverse=t(inverse.reshape(token.shape)), mask=t(mask),
        context=t(np.where(mask, data.contexts[token], 0).astype(np.int64)), words=t(np.flatnonzero(mask)),
        type_of_word=t(inverse.reshape(token.shape)[mask]), sentences=t(sentences), head_row=t(head_row), labels=labels,
        lengths=t(lengths), tokens=t(flat))


def moved(batch, device):
    """The batch with its tensors on a device."""
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {name: moved(part, device) for name, part in batch.items()}
    return tuple(moved(part, device) for part in batch) if isinstance(batch, tuple) else batch


def label_names(folder):
    """The label sets in the order of their numbers, and the sizes of the features."""
    with open(os.path.join(folder, "labels.json"), encoding="utf-8") as file:
        return json.load(file)


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
