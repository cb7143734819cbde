"""Writes what the network makes of the example articles, for the test that the program makes the same of them.

    cargo xtask export
    python train/parity.py models/en

Reads the weights as they ship, computes in 64 bits, and writes `parity.safetensors` beside them: for each token the
state of the text around it, the log-odds of the universal tags, the probabilities of the name and cue tags, and the best
head with its probability; how likely it is a predicate, how certain what it tells is, and its likeliest sense; for some
words, taken as cues, the log-odds of the tags around them; and for each predicate with a word around it (both as tokens of
all articles) the likeliest role and its probability.
"""
import argparse
import os

import numpy as np
import torch

import data as D
import roles as R
import slices as S
import weights as W
from model import Network
from train import N_NAME_TAGS, certainty, forward, head_rows, log_odds

# In the fixture of attributions every so many words one is taken for a cue, the fourth of a window first.
CUE_EVERY = 40


def load(folder, labels):
    """The network of a model folder, and the keys of its word vectors."""
    description = W.describe(folder)
    sizes, sets = description["numbers"], description["labels"]
    config = {key: sizes[key] for key in W.SIZES}
    config |= {key: labels[key] for key in ("n_rows", "last_norm_row", "n_contexts")}
    config |= dict(dropout=0.0, hide=0.0, n_upos=len(sets["upos"]), n_xpos=len(sets["xpos"]), n_feats=len(sets["feats"]),
                   n_deprels=len(sets["deprel"]), n_edits=len(sets["edit"]), n_names=N_NAME_TAGS,
                   n_rolesets=len(sets["roleset"]), n_roles=len(sets["role"]))
    arrays = W.read(folder)
    keys = arrays.pop("embedding.keys")
    vectors = torch.from_numpy(arrays.pop("embedding.vectors"))
    net = Network(config, vectors).double().eval()
    net.load_state_dict({name: torch.from_numpy(values) for name, values in arrays.items()}, strict=True)
    return net, keys


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("folder")
    p.add_argument("--data", default="train/data")
    args = p.parse_args()
    net, keys = load(args.folder, D.label_names(args.data))
    found = {int(key): row + 1 for row, key in enumerate(keys)}
    all_keys = np.load(os.path.join(args.data, "type.vector_keys.npy"))
    types = D.Types(args.data, np.array([found.get(int(key), 0) for key in all_keys]))
    data = D.DataSet(args.data, "examples")
    labels = W.describe(args.folder)["labels"]
    verb, root = labels["upos"].index("VERB"), labels["deprel"].index("root")
    parts = {}
    for window in data.windows(None, most=10**9):
        batch = D.collate(data, [window], types)
        batch["features"] = tuple(f.double() if f.is_floating_point() else f for f in batch["features"])
        with torch.no_grad():
            h, vectors = forward(net, batch)
            logits = log_odds(net, batch, h, None)
        column, upos = logits["arcs"].argmax(-1), logits["upos"].argmax(-1)
        out = dict(upos=logits["upos"], names=logits["names"].softmax(-1), head=column[:, None],
                   head_probability=logits["arcs"].softmax(-1).max(-1, keepdim=True)[0],
                   context=torch.from_numpy(data.contexts[batch["tokens"].numpy()].astype(np.float64))[:, None])
        cues = np.arange(3, len(column), CUE_EVERY)
        attributed = S.Attributed([(0, len(column))], [], data.contexts[batch["tokens"].numpy()])
        other = np.zeros(len(column), dtype=bool)
        other[cues] = True
        if len(cues):
            sliced = attributed.slices([(cue, cue + 1) for cue in cues], other)
            with torch.no_grad():
                out["slices"] = net.attribution.tags(h, sliced)[sliced["mask"]]
        heads = head_rows(batch, column)
        own = net.roles.read(h, batch)
        state = net.roles.states(own, heads).detach()
        out["predicates"] = torch.stack([state[:, 0].sigmoid(), certainty(state, net.roles.kind(own, batch).detach(), batch)], 1)
        out["rolesets"] = net.roles.rolesets(own, vectors[batch["type_of_word"]]).argmax(-1, keepdim=True)
        # Roles of the words around the predicates, in trees of each word's best head.
        rows = torch.from_numpy(np.flatnonzero(((state[:, 0] > 0) | (state[:, 3] > R.LEAST_EVENT) | (upos == verb)).numpy()))
        pairs = torch.from_numpy(R.candidates(heads.numpy(), rows.numpy()))
        deprel = net.tree.relations(h, heads)
        deprel[:, root] = torch.where(heads == len(h), 1e9, -1e9)
        roles = net.roles.roles(own, vectors[batch["type_of_word"]], pairs, out["rolesets"][:, 0], deprel.argmax(-1))
        first = batch["tokens"][0]
        out["roles"] = torch.cat([pairs[:, :2] + first, roles.argmax(-1, keepdim=True), roles.softmax(-1).max(-1, keepdim=True)[0]], 1).detach()
        out["cues"] = net.attribution.cue(h).softmax(-1).detach()
        for name, values in out.items():
            parts.setdefault(name, []).append(values.float().numpy())
    arrays = {name: np.concatenate(values) for name, values in parts.items()}
    with open(os.path.join(args.folder, "parity.safetensors"), "wb") as file:
        file.write(W.safetensors(arrays))
    print({name: values.shape for name, values in arrays.items()})


if __name__ == "__main__":
    main()
