"""Trains the network on exported arrays. `python train/train.py --help`; CONTRIBUTING.md has the whole recipe.

On a processor the result depends on the arguments, the data and the number of threads alone.
"""
import argparse
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import data as D
import weights as W
from model import Drop, Network

N_NAME_TAGS = 21
# Weight of each head's loss beside the tree's, whose arcs and relations count 1 each.
WEIGHTS = dict(upos=0.5, xpos=0.3, feats=0.3, edit=0.3, names=0.7)

# Hidden words are asked for among so many, at this weight.
HIDDEN_CLASSES, HIDDEN_WEIGHT = 12_000, 0.25
# Weight of names that another program has marked.
SILVER = 0.4

DEVELOPMENT = ("ewt-dev", "gum-dev", "crossner-dev", "polnear-dev", "udsih2-dev", "uw-dev")
# Of the predicates' losses: the arguments' is a mean over pairs, of which most are none.
PREDICATE_WEIGHT, SENSE_WEIGHT, ROLE_WEIGHT, FACTUALITY_WEIGHT, EVENT_WEIGHT = 0.3, 0.15, 1.0, 0.7, 0.6
# Below this difference the loss of a certainty is quadratic, above it linear.
CERTAINTY_BEND = 0.3
# Of telling newswire from web text.
NEWS_WEIGHT = 0.1
# A share of the senses is not told to the arguments' scorer, as of those that are seldom seen.
UNTOLD = 0.15
# Labels that the training data have fewer times are left out: they are mostly slips.
LEAST_COUNT = dict(feats=3, edit=2)


# Of the attributions' losses: the cue tags' mean over words, and the mean of the slices.
CUE_WEIGHT, SLICE_WEIGHT = 3.0, 0.12
# A share of the cues is marked a word too far or too short when its slice is read, as predicted ones will be.
MISPLACED = 0.12
# Words that are part of a cue with this probability and are none are read as cues without source and content.
DOUBTFUL = 0.15


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", default="train/data", help="folder written by `cargo xtask export`")
    p.add_argument("--out", required=True, help="checkpoint to write")
    p.add_argument("--vectors", default="", help="word vectors from vectors.py, or a model folder that has them; none: the model has none")
    p.add_argument("--sets", default="ewt-train,gum-train,crossner-train=3,polnear-train=0.12",
                   help="data sets, each with an optional `=share` per epoch")
    p.add_argument("--width", type=int, default=256)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--row-width", type=int, default=128)
    p.add_argument("--arc", type=int, default=128)
    p.add_argument("--rel", type=int, default=128)
    p.add_argument("--edit", type=int, default=64)
    p.add_argument("--names", type=int, default=64)
    p.add_argument("--cue", type=int, default=96)
    p.add_argument("--attribution", type=int, default=128)
    p.add_argument("--attribution-layers", type=int, default=2)
    p.add_argument("--state", type=int, default=160)
    p.add_argument("--sense", type=int, default=96)
    p.add_argument("--role", type=int, default=128)
    p.add_argument("--role-width", type=int, default=256)
    p.add_argument("--role-layers", type=int, default=3)
    p.add_argument("--bf16", action="store_true", help="products in 16-bit floats: fast where the processor has AMX")
    p.add_argument("--masked", default="", help="sets without labels, whose hidden words are asked for, as in --sets")
    p.add_argument("--lower", type=float, default=0.0, help="share of windows read in lower case")
    p.add_argument("--hide", type=float, default=0.1, help="share of word types whose whole-word rows are hidden")
    p.add_argument("--dropout", type=float, default=0.3)
    p.add_argument("--epochs", type=float, default=18)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--batch", type=int, default=1500, help="words a batch")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--names-weight", type=float, default=WEIGHTS["names"])
    p.add_argument("--start", default="", help="checkpoint or model folder to go on from")
    p.add_argument("--only", default="", help="train only the parameters whose names begin with one of these, commas between them")
    p.add_argument("--anew", default="", help="begin with random numbers for the parameters whose names begin with one of these")
    p.add_argument("--evals", type=int, default=6)
    return p.parse_args()


def mean_loss(logits, target, ignore):
    keep = target != ignore
    return F.cross_entropy(logits[keep].float(), target[keep]) if keep.any() else logits.sum() * 0


def names_loss(logits, target):
    """Cross entropy; where 128 is added to the tag, a group or another name is as right as none."""
    keep = target != D.NO_NAMES
    if not keep.any():
        return logits.sum() * 0
    log_p, target = logits[keep].float().log_softmax(-1), target[keep]
    loose = target >= 128
    right = log_p.gather(1, (target % 128)[:, None])[:, 0]
    either = torch.cat([log_p[:, :1], log_p[:, 13:]], 1).logsumexp(1)
    return -torch.where(loose, either, right).mean()


def forward(net, batch):
    h, types = net.encode(batch)
    return h.flatten(0, 1)[batch["words"]], types


def log_odds(net, batch, h, heads):
    """Log-odds of all heads but lemmas: [N, labels]; `arcs` [N, longest sentence + 1]; `deprel` to given heads [N]."""
    dropped = net.drop_head(h)
    out = {head: getattr(net, head)(dropped) for head in ("upos", "xpos", "feats", "names")}
    out["arcs"] = net.tree.arcs(h, batch["sentences"])[batch["sentences"] < len(h)]
    if heads is None:
        heads = head_rows(batch, out["arcs"].argmax(-1))
    out["deprel"] = net.tree.relations(h, heads)
    return out


def head_rows(batch, column):
    """From columns of the arc scores to rows of the batch's words, N for the root."""
    return torch.where(column == 0, len(column), first_of(batch) + column - 1)


def losses(net, batch):
    """Each head's weighted loss over the words that have its label."""
    h, types = forward(net, batch)
    if batch["hidden"] is not None:
        asked = batch["hidden"] >= 0
        guessed = net.guess(net.drop_head(h)[asked]).float()
        return dict(hidden=HIDDEN_WEIGHT * F.cross_entropy(guessed, batch["hidden"][asked]))
    N, labels, known = len(h), batch["labels"], batch["head_row"] >= 0
    logits = log_odds(net, batch, h, batch["head_row"].clamp(min=0))
    out = {}
    for head in ("upos", "xpos", "feats"):
        out[head] = WEIGHTS[head] * mean_loss(logits[head], labels[head], D.NO_LABEL)
    out["names"] = net.config["names_weight"] * names_loss(logits["names"], labels["names"])
    if batch["attributions"] is not None:
        # Their names are silver.
        out["names"] = SILVER * out["names"]
        out |= attribution_losses(net, h, batch["attributions"])
    if batch["roles"] is not None or batch["factuality"] is not None:
        # In trees as they are read.
        own = net.drop_head(net.roles.read(net.drop_head(h), batch))
        states = net.roles.states(own, head_rows(batch, logits["arcs"].detach().argmax(-1))).float()
    if batch["roles"] is not None:
        out |= role_losses(net, own, states, types[batch["type_of_word"]], batch["roles"], labels["deprel"])
    if batch["factuality"] is not None:
        judged, is_news = ~batch["factuality"].isnan(), batch["is_news"]
        found = 3 * torch.tanh(states[judged, 2 if is_news else 1])
        out["factuality"] = FACTUALITY_WEIGHT * F.smooth_l1_loss(found, batch["factuality"][judged], beta=CERTAINTY_BEND)
        odds = net.roles.kind(own, batch).float()
        out["news"] = NEWS_WEIGHT * F.binary_cross_entropy_with_logits(odds, torch.full_like(odds, float(is_news)))
        if is_news:
            # What was not judged is no event.
            out["event"] = EVENT_WEIGHT * F.binary_cross_entropy_with_logits(states[:, 3], judged.float())
    tagged = torch.stack([labels[column] != D.NO_LABEL for column in ("edit", "upos", "xpos", "feats")]).all(0)
    if tagged.any():
        # Half of the words with the tags that the network gives them, as when reading.
        own = torch.rand(int(tagged.sum())) < 0.5
        tags = [torch.where(own, logits[head][tagged].argmax(-1), labels[head][tagged])
                for head in ("upos", "xpos", "feats")]
        edits = net.edits(types[batch["type_of_word"][tagged]], *tags)
        out["edit"] = WEIGHTS["edit"] * F.cross_entropy(edits.float(), labels["edit"][tagged])
    column = torch.where(batch["head_row"] == N, 0, batch["head_row"] - first_of(batch) + 1)
    out["arcs"] = mean_loss(logits["arcs"], torch.where(known, column, -1), -1)
    out["deprel"] = mean_loss(logits["deprel"], torch.where(known, labels["deprel"], D.NO_LABEL), D.NO_LABEL)
    return out


def certainty(states, news, batch):
    """How certain what the words tell is, -3 to 3 [N]: as in web text and as in newswire, by the odds of their windows [B]."""
    news = news.sigmoid()[batch["words"] // batch["mask"].shape[1]]
    return 3 * torch.lerp(torch.tanh(states[:, 1]), torch.tanh(states[:, 2]), news)


def role_losses(net, h, states, types, gold, deprel):
    """The losses of predicates, their senses, and the roles around them."""
    head = net.roles
    known, is_predicate = gold["predicate"] != 255, gold["predicate"] == 1
    odds = states[known, 0]
    out = dict(predicate=PREDICATE_WEIGHT * F.binary_cross_entropy_with_logits(odds, is_predicate[known].float()))
    if is_predicate.any():
        senses = head.rolesets(h[is_predicate], types[is_predicate]).float()
        out["sense"] = SENSE_WEIGHT * F.cross_entropy(senses, gold["roleset"][is_predicate])
        told = torch.where(torch.rand(len(h)) < UNTOLD, 0, gold["roleset"]).clamp(max=net.config["n_rolesets"] - 1)
        roles = head.roles(h, types, gold["pairs"], told, deprel).float()
        out["role"] = ROLE_WEIGHT * F.cross_entropy(roles, gold["role"])
    return out


def attribution_losses(net, h, attributed):
    """The losses of the cues, and of source and content around true, misplaced and false cues."""
    head, dropped = net.attribution, net.drop_head(h)
    logits = head.cue(dropped).float()
    tags = torch.from_numpy(attributed.cue_tags())
    out = dict(cue=CUE_WEIGHT * F.cross_entropy(logits, tags))
    part = 1 - logits.detach().softmax(-1)[:, 0].numpy()
    false = list(runs((part > DOUBTFUL) & (tags.numpy() == 0), attributed))
    cues = [misplaced(found[0], attributed) for found in attributed.gold] + false
    if not cues:
        return out
    other = np.zeros(attributed.n, dtype=bool)
    for (start, end), _, _ in attributed.gold:
        other[start:end] |= np.random.random() < 0.9
    for start, end in false:
        other[start:end] |= part[start:end].max() > 0.5
    sliced = attributed.slices(cues, other)
    gold = attributed.tags(sliced, attributed.gold + [None] * len(false))
    losses = head.loss(head.tags(dropped, sliced), gold, sliced["mask"])
    out["slices"] = SLICE_WEIGHT * losses.mean()
    return out


def misplaced(cue, attributed):
    """The cue, or, with a chance of MISPLACED, one that begins or ends a word too far or too short."""
    start, end = cue
    if np.random.random() >= MISPLACED:
        return cue
    first, last = attributed.windows[attributed.window_of[start]]
    start, end = (start, end + np.random.choice([-1, 1])) if np.random.random() < 0.5 else (
        start + np.random.choice([-1, 1]), end)
    start, end = max(start, first), min(end, last)
    return (start, end) if start < end else cue


def runs(marked, attributed):
    """Runs of marked words, each in one window."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        last = attributed.windows[attributed.window_of[start]][1]
        yield start, min(end, last)


def first_of(batch):
    """The row of the first word of each word's sentence [N]."""
    firsts = batch["sentences"][:, 0]
    return firsts.repeat_interleave(batch["lengths"])


def predict(net, batch):
    """Labels without tree decoding: every word takes its best head. -> column -> [N]"""
    h, types = forward(net, batch)
    logits = log_odds(net, batch, h, None)
    out = {head: logits[head].argmax(-1) for head in logits}
    out["head_row"] = head_rows(batch, out["arcs"])
    out["edit"] = net.edits(types[batch["type_of_word"]], out["upos"], out["xpos"], out["feats"]).argmax(-1)
    return out


@torch.no_grad()
def evaluate(net, data, types, universal):
    """Accuracy of each layer on one data set in percent; LAS on relations without subtypes."""
    net.eval()
    right = dict.fromkeys(("upos", "xpos", "feats", "edit", "UAS", "LAS", "names"), 0)
    n, tp, n_gold, n_pred, counted = 0, 0, 0, 0, np.zeros(5)
    asked, values, events = np.zeros(8), [], np.zeros(3)
    windows = data.windows(None)
    sizes = [data.sentence_ends[b - 1] - data.starts[a] for a, b in windows]
    for group in D.batches(windows, sizes, 3000, None):
        batch = D.collate(data, group, types)
        p, labels = predict(net, batch), batch["labels"]
        if batch["attributions"] is not None:
            counted += attributions_right(net, forward(net, batch)[0], batch["attributions"])
        if batch["roles"] is not None:
            asked += roles_right(net, batch, p["head_row"])
        if batch["factuality"] is not None:
            judged = ~batch["factuality"].isnan()
            own = net.roles.read(forward(net, batch)[0], batch)
            states = net.roles.states(own, p["head_row"])
            found = certainty(states, net.roles.kind(own, batch), batch)[judged]
            values.append(torch.stack([found, batch["factuality"][judged]]))
            if data.is_news:
                told = states[:, 3] > 0
                events += np.array([int(it.sum()) for it in (told & judged, told, judged)])
        n += len(p["upos"])
        for head in ("upos", "xpos", "feats", "edit"):
            right[head] += int((p[head] == labels[head]).sum())
        arcs = p["head_row"] == batch["head_row"]
        right["UAS"] += int(arcs.sum())
        gold = universal[labels["deprel"].clamp(max=len(universal) - 1)]
        right["LAS"] += int((arcs & (universal[p["deprel"]] == gold)).sum())
        gold, found = spans(labels["names"].cpu().numpy() % 128), spans(p["names"].cpu().numpy())
        gold = {s for s in gold if s[2] < 3} if (labels["names"] >= 128).any() else gold
        found = {s for s in found if s[2] < 3} if (labels["names"] >= 128).any() else found
        tp, n_gold, n_pred = tp + len(gold & found), n_gold + len(gold), n_pred + len(found)
    scores = {k: 100 * v / n for k, v in right.items()}
    scores["names"] = 200 * tp / max(1, n_gold + n_pred)
    f1 = lambda right, one, other: 200 * right / max(1, one + other)
    if values:
        found, gold = torch.cat(values, 1).numpy()
        return dict(mae=float(np.abs(found - gold).mean()), r=float(np.corrcoef(found, gold)[0, 1]), event=f1(*events))
    if asked.any():
        scores |= dict(predicate=f1(*asked[:3]), sense=100 * asked[3] / asked[4], role=f1(*asked[5:]))
    if counted.any():
        scores |= {name: 200 * right / (counted[3] + counted[4]) for name, right in zip(("cue", "who", "full"), counted)}
    return scores


def roles_right(net, batch, head):
    """Right, found and gold predicates; right and all senses of gold ones; right, found and gold arguments of those."""
    h, types = forward(net, batch)
    h, gold, types = net.roles.read(h, batch), batch["roles"], types[batch["type_of_word"]]
    known = gold["predicate"] != 255
    is_predicate = gold["predicate"] == 1
    found = (net.roles.states(h, head)[:, 0] > 0) & known
    senses = torch.zeros(len(h), dtype=torch.long)
    senses[is_predicate] = net.roles.rolesets(h[is_predicate], types[is_predicate]).argmax(-1)
    roles = net.roles.roles(h, types, gold["pairs"], senses, batch["labels"]["deprel"].clamp(max=net.config["n_deprels"] - 1)).argmax(-1)
    same = (roles == gold["role"]) & (roles > 0)
    right = (senses == gold["roleset"])[is_predicate] & (gold["roleset"][is_predicate] > 0)
    return np.array([int(it.sum()) for it in (found & is_predicate, found, is_predicate, right, is_predicate, same,
                                              roles > 0, gold["role"] > 0)], dtype=float)


def attributions_right(net, h, attributed):
    """Predicted attributions that have the gold's cue; its source and most of its content; all of it. And both counts.

    A quick look, in words and marks: what counts is measured on the program.
    """
    part = net.attribution.cue(h).log_softmax(-1).numpy()
    found = []
    cues = list(runs(np.exp(part[:, 0]) < 0.5, attributed))
    if cues:
        other = np.zeros(attributed.n, dtype=bool)
        for start, end in cues:
            other[start:end] = True
        sliced = attributed.slices(cues, other)
        best = net.attribution.decode(net.attribution.tags(h, sliced), sliced["mask"])
        for cue, (first, _), row in zip(cues, sliced["bounds"], best.numpy()):
            source, content = (set((first + np.flatnonzero((row == b) | (row == b + 1))).tolist()) for b in (1, 3))
            if content:
                found.append((set(range(*cue)), source, content))
    gold = [(set(range(*cue)), *({i for a, b in role for i in range(a, b)} for role in roles))
            for cue, *roles in attributed.gold]
    by_word = {i: g for g in gold for i in g[0]}
    counts = np.array([0, 0, 0, len(found), len(gold)], dtype=float)
    for cue, source, content in found:
        same = next((by_word[i] for i in sorted(cue) if i in by_word), None)
        if same is None:
            continue
        near = len(content & same[2]) >= 0.5 * len(content | same[2])
        touches = bool(source & same[1]) or not (source or same[1])
        counts[:3] += [cue == same[0], near and touches, (cue, source, content) == same]
    return counts


def spans(tags):
    """(first, last, kind) of the names that BIOES tags make; broken ones are dropped."""
    out, start = set(), None
    for i, tag in enumerate(tags):
        if tag == 0 or tag > 20:
            start = None
            continue
        kind, part = divmod(int(tag) - 1, 4)
        if part == 3:
            out.add((i, i, min(kind, 3)))
        elif part == 0:
            start = (i, kind)
        elif start and start[1] == kind and part == 2:
            out.add((start[0], i, min(kind, 3)))
            start = None
        elif part == 2:
            start = None
    return out


def main():
    args = arguments()
    # Before any worker thread is made: they inherit it. Rows that are seldom seen have optimizer states that fade to
    # denormal numbers, which processors handle a hundred times slower.
    torch.set_flush_denormal(True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    np.random.seed(args.seed)
    names = D.label_names(args.data)
    state, known = started(args.start)
    vectors, vector_row, keys = load_vectors(args)
    types = D.Types(args.data, vector_row)
    sets = [data_set(args.data, part) for part in args.sets.split(",")]
    dev = {name: D.DataSet(args.data, name) for name in DEVELOPMENT}
    unlabelled = [data_set(args.data, part) for part in args.masked.split(",") if part]
    masked = D.Masked([data for data, _ in unlabelled], types, HIDDEN_CLASSES) if unlabelled else None
    for column in D.LABELLED:
        if known:
            D.renumber(names, column, known[column], [data for data, _ in sets] + list(dev.values()))
        elif column in LEAST_COUNT:
            D.drop_rare(names, column, LEAST_COUNT[column], [data for data, _ in sets], list(dev.values()))
    wanted = known if "roleset" in known else None
    D.number_roles(names, wanted, [data for data, _ in sets], list(dev.values()))
    config = configuration(args, names)
    net = Network(config, vectors)
    if args.start:
        anew = {name for name in state if args.anew and name.startswith(tuple(args.anew.split(",")))}
        net.load_state_dict(net.state_dict() | {name: state[name] for name in state.keys() - anew})
    if masked:
        # Asked while training only; no part of the network that is kept.
        net.guess = torch.nn.Sequential(
            torch.nn.Linear(args.width, 160), torch.nn.GELU(), torch.nn.Linear(160, HIDDEN_CLASSES))
    for name, parameter in net.named_parameters():
        parameter.requires_grad = name.startswith(tuple(args.only.split(",")))
    print("parameters", {k: sum(p.numel() for p in m.parameters()) for k, m in net.named_children()})
    average = train(net, sets, unlabelled, masked, types, args, lambda net: report(net, dev, types, universal(names)))
    parameters = {name: values.cpu() for name, values in average.items() if not name.startswith("guess.")}
    torch.save(dict(net=parameters, config=config, keys=keys, vectors=vectors, names=names), args.out)


def started(path):
    """The parameters and label sets of the checkpoint or model folder to go on from; none for an empty path."""
    if os.path.isdir(path):
        labels = W.describe(path)["labels"]
        arrays = W.read(path)
        return {name: torch.from_numpy(values).float() for name, values in arrays.items()
                if name not in ("embedding.keys", "embedding.vectors")}, labels
    if path:
        checkpoint = torch.load(path, weights_only=False)
        return checkpoint["net"], checkpoint["names"]
    return {}, {}


def data_set(folder, part):
    """`name` or `name=share` -> the data set and its share of an epoch; a share above 1 repeats it."""
    name, _, share = part.partition("=")
    return D.DataSet(folder, name), float(share or 1)


def universal(names):
    """For each relation, the number of the one without subtype: LAS is by these."""
    number = {name: i for i, name in enumerate(names["deprel"])}
    return torch.tensor([number.get(name.split(":")[0], i) for i, name in enumerate(names["deprel"])])


def train(net, sets, unlabelled, masked, types, args, report):
    """Trains for `args.epochs`, reporting `args.evals` times -> the running mean of the parameters."""
    rng, began = np.random.default_rng(args.seed), time.time()
    optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=args.rate, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    average = {name: values.clone() for name, values in net.state_dict().items()}
    total = args.epochs * sum(share * len(data.types) for data, share in sets + unlabelled)
    hidden = {data.name for data, _ in unlabelled}
    done, steps, reports = 0, 0, 0
    while done < total:
        for data, group in epoch(sets + unlabelled, args, rng):
            asked = masked if data.name in hidden else None
            batch = D.collate(data, group, types, rng, args.lower, asked)
            parts = step(net, optimizer, batch, learning_rate(args.rate, steps, done / total))
            steps, done = steps + 1, done + len(batch["words"])
            if steps % 4 == 0:
                update(average, net, min(0.996, steps / (steps + 40)))
            if steps % 100 == 0:
                seconds = time.time() - began
                shown = {name: round(loss.item(), 3) for name, loss in parts.items()}
                print(f"[{seconds:5.0f} s] {done / 1e6:.2f} M words, {done / seconds:.0f} words/s", shown, flush=True)
            if done >= total * (reports + 1) / args.evals:
                reports += 1
                own = {name: values.clone() for name, values in net.state_dict().items()}
                net.load_state_dict(average)
                report(net)
                net.load_state_dict(own)
            if done >= total:
                break
    return average


def learning_rate(rate, steps, share):
    """Rises over 200 steps, then falls along a cosine to a hundredth; `share` of the training is done."""
    return rate * min(1, (steps + 1) / 200) * max(0.01, 0.5 * (1 + math.cos(math.pi * min(1, share))))


def step(net, optimizer, batch, rate):
    net.train()
    with torch.autocast("cpu", torch.bfloat16, enabled=net.config["bf16"]):
        parts = losses(net, batch)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.zero_grad(set_to_none=True)
    sum(parts.values()).backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    optimizer.step()
    return parts


def update(average, net, decay):
    """Moves the running mean of the parameters, which is what ships."""
    for name, values in net.state_dict().items():
        average[name].lerp_(values, 1 - decay)


def load_vectors(args):
    """Table of word vectors with a first row of zeros, the row of each vector word, and the keys of rows 1…"""
    all_keys = np.load(os.path.join(args.data, "type.vector_keys.npy"))
    if not args.vectors:
        return torch.zeros(1, 4), np.zeros(len(all_keys), dtype=np.int64), np.zeros(0, dtype=np.uint64)
    if os.path.isdir(args.vectors):
        arrays = W.read(args.vectors)
        keys, vectors = arrays["embedding.keys"], arrays["embedding.vectors"][1:]
    else:
        keys, vectors = (np.load(args.vectors)[name] for name in ("keys", "vectors"))
    row = {int(key): at + 1 for at, key in enumerate(keys)}
    vectors = torch.from_numpy(vectors.astype(np.float32))
    rows = np.array([row.get(int(key), 0) for key in all_keys])
    return torch.cat([torch.zeros(1, vectors.shape[1]), vectors]), rows, keys


def configuration(args, names):
    """Sizes of the network."""
    return dict(
        width=args.width, layers=args.layers, row_width=args.row_width, dropout=args.dropout, arc=args.arc, rel=args.rel,
        edit=args.edit, names=args.names, cue=args.cue, attribution=args.attribution,
        attribution_layers=args.attribution_layers, bf16=args.bf16, names_weight=args.names_weight, hide=args.hide, n_rows=names["n_rows"], last_norm_row=names["last_norm_row"], n_contexts=names["n_contexts"],
        n_upos=len(names["upos"]), n_xpos=len(names["xpos"]), n_feats=len(names["feats"]),
        state=args.state, sense=args.sense, role=args.role, role_width=args.role_width,
        role_layers=args.role_layers, n_rolesets=len(names["roleset"]), n_roles=len(names["role"]),
        n_deprels=len(names["deprel"]), n_edits=len(names["edit"]), n_names=N_NAME_TAGS)


def epoch(sets, args, rng):
    """Batches of all data sets, shuffled together."""
    out = []
    for data, share in sets:
        windows = data.windows(rng)
        if share < 1:
            windows = [windows[i] for i in rng.permutation(len(windows))[:int(share * len(windows))]]
        for _ in range(max(1, int(share))):
            sizes = [data.sentence_ends[b - 1] - data.starts[a] for a, b in windows]
            out += [(data, group) for group in D.batches(windows, sizes, args.batch, rng)]
    return [out[i] for i in rng.permutation(len(out))]


def report(net, dev, types, relations):
    for name, data in dev.items():
        print(name, {k: round(v, 2) for k, v in evaluate(net, data, types, relations).items()}, flush=True)


if __name__ == "__main__":
    main()
