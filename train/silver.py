"""Labels text without attributions by what several networks say together, as a further data set.

    python train/silver.py wikinews --data train/data --networks train/runs/a.pt,train/runs/b.pt --names models/en

writes `wikinews-silver`: the attributions by the mean of the networks, the names by the model folder `--names`.
"""
import argparse
import os

import numpy as np
import torch

import data as D
import slices as S
import train as T
from model import Network

# A word is part of a cue if the networks give it this probability in the mean; a cue counts if its likeliest word
# has the second.
LEAST_PART, LEAST_CUE = 0.3, 0.35


def load(path, vectors=None, config=None):
    """The network of a checkpoint, or of a model folder in the shape of another network."""
    if os.path.isdir(path):
        net = Network(config, vectors)
        net.load_state_dict(T.started(path)[0], strict=False)
        return net.eval(), None
    checkpoint = torch.load(path, weights_only=False)
    net = Network(checkpoint["config"] | dict(dropout=0.0, hide=0.0), checkpoint["vectors"])
    net.load_state_dict(checkpoint["net"], strict=False)
    return net.eval(), checkpoint


def attributions(nets, batch, attributed):
    """(cue, source words, content words) of the outermost attributions in a batch."""
    hidden = [T.forward(net, batch)[0] for net in nets]
    tags = sum(net.attribution.cue(h).softmax(-1) for net, h in zip(nets, hidden)).numpy() / len(nets)
    part = 1 - tags[:, 0]
    cues = [cue for run in T.runs(part > LEAST_PART, attributed) for cue in parted(run, tags)]
    if not cues:
        return []
    other = np.zeros(attributed.n, dtype=bool)
    for start, end in cues:
        other[start:end] = part[start:end].max() >= 0.5
    sliced = attributed.slices(cues, other)
    logits = sum(net.attribution.tags(h, sliced) for net, h in zip(nets, hidden)) / len(nets)
    chain = sum(net.attribution.transitions for net in nets) / len(nets)
    best = nets[0].attribution.decode(logits, sliced["mask"], chain).numpy()
    found = []
    for cue, (first, _), row in zip(cues, sliced["bounds"], best):
        row[cue[0] - first:cue[1] - first] = 0
        source, content = (first + np.flatnonzero((row == tag) | (row == tag + 1)) for tag in (1, 3))
        if len(content) and part[cue[0]:cue[1]].max() >= LEAST_CUE:
            found.append((cue, source, content))
    return outermost(found, part)


def parted(run, tags):
    """A run of cue words, parted where a word rather begins a cue than goes on with one."""
    start, end = run
    begins = [start] + [at for at in range(start + 1, end) if tags[at, 1] > tags[at, 2]] + [end]
    return list(zip(begins, begins[1:]))


def outermost(found, part):
    """Those whose cues do not stand in the content of a surer one."""
    kept, said = [], set()
    for cue, source, content in sorted(found, key=lambda it: -part[it[0][0]:it[0][1]].max()):
        if not said.issuperset(range(*cue)):
            kept.append((cue, source, content))
            said.update(content.tolist())
    return kept


def stretches(words):
    """Rising numbers as (first, one past the last) of each run."""
    cut = np.flatnonzero(np.diff(words) != 1) + 1
    return [(run[0], run[-1] + 1) for run in np.split(words, cut) if len(run)]


@torch.no_grad()
def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("set")
    p.add_argument("--data", default="train/data")
    p.add_argument("--networks", required=True)
    p.add_argument("--names", required=True)
    p.add_argument("--share", type=float, default=0.36, help="of the windows")
    p.add_argument("--seed", type=int, default=5)
    args = p.parse_args()
    torch.set_flush_denormal(True)
    torch.set_num_threads(1)
    nets, checkpoints = zip(*(load(path) for path in args.networks.split(",")))
    first = checkpoints[0]
    names, _ = load(args.names, first["vectors"], nets[0].config)
    row = {int(key): at + 1 for at, key in enumerate(first["keys"])}
    keys = np.load(os.path.join(args.data, "type.vector_keys.npy"))
    types = D.Types(args.data, np.array([row.get(int(key), 0) for key in keys]))
    data = D.DataSet(args.data, args.set)
    windows = data.windows(None, longest=150)
    chosen = np.random.default_rng(args.seed).permutation(len(windows))[:int(args.share * len(windows))]
    windows = [windows[i] for i in sorted(chosen)]
    tags, rows = np.full(len(data.types), D.NO_NAMES, dtype=np.uint8), []
    sizes = [data.sentence_ends[b - 1] - data.starts[a] for a, b in windows]
    for group in D.batches(windows, sizes, 4000, None):
        batch = D.collate(data, group, types)
        tokens = batch["tokens"].numpy()
        ends = np.cumsum([data.sentence_ends[b - 1] - data.starts[a] for a, b in group])
        spans = list(zip(np.concatenate([[0], ends[:-1]]), ends))
        found = attributions(nets, batch, S.Attributed(spans, [], data.contexts[tokens]))
        tags[tokens] = names.names(T.forward(names, batch)[0]).argmax(-1).numpy()
        for cue, source, content in found:
            number = len(rows) and rows[-1][0] + 1
            for role, words in enumerate((source, np.arange(*cue), content)):
                rows += [(number, role, tokens[a], tokens[b - 1] + 1) for a, b in stretches(words)]
    data.names = tags
    write(args, data, windows, np.array(rows))


def write(args, data, windows, rows):
    """The windows as a data set of their own, each a document."""
    place, sentence_ends, document_ends, n = np.full(len(data.types), -1), [], [], 0
    for first, last in windows:
        for sentence in range(first, last):
            size = data.lengths[sentence]
            place[data.starts[sentence]:data.starts[sentence] + size] = np.arange(n, n + size)
            n += size
            sentence_ends.append(n)
        document_ends.append(len(sentence_ends))
    rows[:, 2:] = np.stack([place[rows[:, 2]], place[rows[:, 3] - 1] + 1], 1)
    path = lambda column: os.path.join(args.data, f"{args.set}-silver.{column}.npy")
    for column in D.COLUMNS:
        old = np.load(os.path.join(args.data, f"{args.set}.{column}.npy"), mmap_mode="r")
        np.save(path(column), getattr(data, column)[place >= 0].astype(old.dtype))
    for column, values in dict(
            sentence_ends=sentence_ends, document_ends=document_ends, attributions=rows.ravel()).items():
        np.save(path(column), np.array(values, dtype=np.int32))
    print(f"{args.set}-silver: {n} words, {len(set(rows[:, 0].tolist()))} attributions")


if __name__ == "__main__":
    main()
