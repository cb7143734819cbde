"""The network, in PyTorch. `encoder.rs` and `heads/` of crates/sayso-analysis compute the same from the same weights.

    word type -> rows + vector -> x                                 (cached per type when reading)
    x         -> gated convolution over three words, context state  (its products cached per type, too)
    x         -> gated recurrences, both directions
    h         -> heads: tags, lemma edit, tree, names, attributions; layers of their own: predicates, roles, certainty

Shapes: B windows of T words; d = width. A window holds whole sentences.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

import kernels
import roles as R
import slices as S


POOL = 8_000_000


class Drop(nn.Module):
    """Dropout from a pool of random masks: drawing new ones costs as much as half a matrix product on a processor."""
    pools = {}

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        n = x.numel()
        if x.device.type != "cpu" or n >= POOL:
            return F.dropout(x, self.p)
        if (self.p, x.dtype) not in Drop.pools:
            Drop.pools[self.p, x.dtype] = (torch.rand(POOL) > self.p).to(x.dtype) / (1 - self.p)
        start = int(torch.randint(0, POOL - n, ()))
        return x * Drop.pools[self.p, x.dtype][start:start + n].view(x.shape)


class Scan(torch.autograd.Function):
    """h_t = f_t h_{t-1} + i_t along dimension 0, from zero."""

    @staticmethod
    def forward(ctx, f, i):
        h = torch.empty_like(i)
        last = torch.zeros_like(i[0])
        for t in range(len(i)):
            last = torch.addcmul(i[t], f[t], last, out=h[t])
        ctx.save_for_backward(f, h)
        return h

    @staticmethod
    def backward(ctx, grad):
        f, h = ctx.saved_tensors
        di = torch.empty_like(grad)
        last = di[-1].copy_(grad[-1])
        for t in range(len(f) - 2, -1, -1):
            last = torch.addcmul(grad[t], f[t + 1], last, out=di[t])
        df = torch.zeros_like(f)
        torch.mul(di[1:], h[:-1], out=df[1:])
        return df, di


class WordEmbedding(nn.Module):
    """A vector of width d for each word type: hashed rows and a frozen word vector."""

    def __init__(self, n_rows, row_width, vectors, d, last_norm_row, hide):
        super().__init__()
        self.rows = nn.EmbeddingBag(n_rows, row_width, mode="sum")
        nn.init.normal_(self.rows.weight, std=0.15)
        self.register_buffer("vectors", vectors, persistent=False)
        self.project = nn.Linear(row_width + vectors.shape[1], d)
        self.norm = nn.LayerNorm(d)
        self.last_norm_row, self.hide = last_norm_row, hide

    def forward(self, rows, weights, starts, vector):
        """rows, weights: features of the types, one after the other; starts: where each type's begin."""
        if self.training:
            # Hide the whole-word rows of some types, so that affixes and n-grams learn to stand alone.
            lengths = torch.diff(starts, append=starts.new_tensor([len(rows)]))
            hidden = (torch.rand(len(starts), device=starts.device) < self.hide).repeat_interleave(lengths)
            weights = weights.masked_fill(hidden & (rows <= self.last_norm_row), 0)
        v = self.vectors[vector]
        if self.training:
            v = v * (torch.rand(len(v), 1, device=v.device) >= self.hide)
        e = self.rows(rows, starts, per_sample_weights=weights)
        return self.norm(self.project(torch.cat([e, v], 1)))


class Convolution(nn.Module):
    """x + GLU over the word and its two neighbours. No norm inside: its products are cached per type when reading."""

    def __init__(self, d):
        super().__init__()
        self.taps = nn.Linear(d, 6 * d, bias=False)
        self.bias = nn.Parameter(torch.zeros(2 * d))
        nn.init.normal_(self.taps.weight, std=(3 * d) ** -0.5)

    def forward(self, types, inverse, mask):
        """types [K, d]; inverse [B, T] into them."""
        B, T = inverse.shape
        d2 = self.bias.shape[0]
        taps = F.linear(types, self.taps.weight)
        if taps.device.type == "cpu" and taps.dtype != torch.float64:
            return kernels.Convolution.apply(taps, inverse, mask.sum(1), self.bias)
        taps = taps.index_select(0, inverse.flatten()).view(B, T, -1) * mask[..., None]
        y = taps[..., d2:2 * d2] + self.bias
        y = y + F.pad(taps[:, :-1, :d2], (0, 0, 1, 0)) + F.pad(taps[:, 1:, 2 * d2:], (0, 0, 0, 1))
        return F.glu(y, -1)


class Recurrence(nn.Module):
    """Gated linear recurrence, half of the lanes forwards and half backwards, with a highway around it.

    z, c, r = W norm(x); h_t = s(z) h_{t-1} + (1 - s(z)) c; y = s(r) h + (1 - s(r)) x
    """

    def __init__(self, d, p):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.project = nn.Linear(d, 3 * d)
        with torch.no_grad():
            self.project.bias[:d].uniform_(-1, 2)
        self.drop = Drop(p)

    def forward(self, x, mask):
        d = x.shape[-1]
        pre = self.project(self.drop(self.norm(x)))
        if pre.device.type == "cpu" and pre.dtype != torch.float64:
            return kernels.Recurrence.apply(pre, x, mask.sum(1))
        z, c, r = pre.chunk(3, -1)
        keep = torch.sigmoid(z)
        new = (1 - keep) * c
        # Padding keeps the state as it is, so that the backward lanes start at the last word.
        m = mask[..., None]
        keep = torch.where(m, keep, 1.0)
        new = new * m
        both = lambda a: torch.cat([a[..., :d // 2], a[..., d // 2:].flip(1)], -1).transpose(0, 1).contiguous()
        h = Scan.apply(both(keep), both(new)).transpose(0, 1)
        h = torch.cat([h[..., :d // 2], h[..., d // 2:].flip(1)], -1)
        r = torch.sigmoid(r)
        return r * h + (1 - r) * x


def mlp(n_in, n_out, p):
    return nn.Sequential(nn.Linear(n_in, n_out), nn.ReLU(), Drop(p))


class Tree(nn.Module):
    """Biaffine heads of every word (Dozat and Manning 2017), and relations from the sum of two projections."""

    def __init__(self, d, n_deprels, arc=128, rel=128, p=0.33):
        super().__init__()
        self.root = nn.Parameter(torch.randn(d) * 0.1)
        self.arc_dep, self.arc_head = mlp(d, arc, p), mlp(d, arc, p)
        self.bilinear = nn.Linear(arc, arc)
        nn.init.normal_(self.bilinear.weight, std=0.5 / arc)
        self.distance = nn.Embedding(65, 1)
        nn.init.zeros_(self.distance.weight)
        self.rel_dep, self.rel_head = nn.Linear(d, rel), nn.Linear(d, rel, bias=False)
        self.rel_out = nn.Linear(rel, n_deprels)
        self.drop = Drop(p)

    def arcs(self, h, index):
        """h [N, d] words; index [S, n] rows of h, one sentence a row, N for padding -> log-odds [S, n, n + 1].

        Column 0 is the root, column j + 1 the sentence's word j.
        """
        S, n = index.shape
        dep = F.pad(self.bilinear(self.arc_dep(h)), (0, 0, 0, 1))[index]
        heads = torch.cat([self.arc_head(h), self.arc_head(self.root[None])])
        heads = heads[torch.cat([index.new_full((S, 1), len(h)), index], 1)]
        scores = dep @ heads.transpose(1, 2)
        i = torch.arange(n, device=h.device)
        distance = torch.cat([index.new_zeros(n, 1), (i[None] - i[:, None]).clamp(-31, 31) + 32], 1)
        scores = scores + self.distance(distance)[..., 0]
        # The root and the sentence's words, but not the word itself.
        real = index < len(h)
        allowed = torch.cat([torch.ones_like(real[:, :1]), real], 1)[:, None]
        allowed = allowed & (torch.arange(n + 1, device=h.device)[None] != i[:, None] + 1)
        return scores.masked_fill(~allowed, -1e4)

    def relations(self, h, head):
        """h [N, d]; head [N] rows of h, N for the root -> log-odds [N, labels]."""
        heads = torch.cat([self.rel_head(h), self.rel_head(self.root[None])])
        return self.rel_out(self.drop(F.relu(self.rel_dep(h) + heads[head])))


class Attribution(nn.Module):
    """Cues, and the source and content of each: the words around a cue are read again with the cue marked."""

    def __init__(self, d, cue, a, layers, p):
        super().__init__()
        self.cue = nn.Sequential(nn.Linear(d, cue), nn.ReLU(), Drop(p), nn.Linear(cue, 3))
        # Products of each word, whichever cue it is read for: as a word, as a cue's first and last.
        self.word, self.first, self.last = nn.Linear(d, a), nn.Linear(d, a, bias=False), nn.Linear(d, a, bias=False)
        self.place, self.sentence = nn.Embedding(S.N_PLACES, a), nn.Embedding(S.N_SENTENCES, a)
        self.other = nn.Embedding(2, a)
        for table in (self.place, self.sentence, self.other):
            nn.init.normal_(table.weight, std=0.2)
        self.layers = nn.ModuleList(Recurrence(a, p) for _ in range(layers))
        self.norm = nn.LayerNorm(a)
        self.out = nn.Linear(a, len(S.TAGS))
        self.transitions = nn.Parameter(torch.zeros(len(S.TAGS), len(S.TAGS)))
        self.drop = Drop(p)
        # Later words follow a first or later word of their own kind only.
        forbidden = torch.zeros(len(S.TAGS), len(S.TAGS), dtype=torch.bool)
        for tag in (2, 4):
            forbidden[[other for other in range(len(S.TAGS)) if other not in (tag - 1, tag)], tag] = True
        self.register_buffer("forbidden", forbidden, persistent=False)

    def tags(self, h, sliced):
        """h [N, d] -> log-odds [S, L, tags] of the words of slices."""
        pad = lambda values: torch.cat([values, values.new_zeros(1, values.shape[1])])
        cue = self.first(h)[sliced["cue"][:, 0]] + self.last(h)[sliced["cue"][:, 1] - 1]
        x = pad(self.word(h))[sliced["words"]] + cue[:, None]
        x = x + self.place(sliced["place"]) + self.sentence(sliced["sentence"]) + self.other(sliced["other"])
        x = x if x.dtype == torch.float64 else x.float()
        for layer in self.layers:
            x = layer(x, sliced["mask"])
        tags = self.out(self.drop(self.norm(x)))
        return tags if tags.dtype == torch.float64 else tags.float()

    def chain(self, transitions=None):
        """Log-odds of a tag after another, [before, after]."""
        transitions = self.transitions if transitions is None else transitions
        return transitions.masked_fill(self.forbidden, -1e4)

    def decode(self, logits, mask, transitions=None):
        """The best tags of each slice [S, L] (Viterbi), by these transitions or its own; 0 beyond its end."""
        chain, L = self.chain(transitions), mask.shape[1]
        best, back = logits[:, 0] + chain[0], []
        for t in range(1, L):
            score, source = (best[:, :, None] + chain).max(1)
            m = mask[:, t, None]
            back.append(torch.where(m, source, torch.arange(len(S.TAGS))))
            best = torch.where(m, score + logits[:, t], best)
        tags = [best.argmax(1)]
        for source in reversed(back):
            tags.append(source.gather(1, tags[-1][:, None])[:, 0])
        return torch.stack(tags[::-1], 1) * mask

    def loss(self, logits, tags, mask):
        """Negative log-likelihood of the tags of each slice [S]: a linear-chain conditional random field."""
        return kernels.Chain.apply(logits, self.chain(), tags, mask.sum(1))


class Roles(nn.Module):
    """Predicates with their senses and certainty, and the roles of the words around them in the tree."""

    def __init__(self, width, config, p):
        super().__init__()
        state, sense, r, d = config["state"], config["sense"], config["role"], config["role_width"]
        # Layers of its own, so that the rest of the network need not bend to it.
        self.enter = nn.Linear(width, d)
        self.layers = nn.ModuleList(Recurrence(d, p) for _ in range(config["role_layers"]))
        self.norm = nn.LayerNorm(d)
        # Whether a word is a predicate, how certain what it tells is as readers of web text see it and as those of
        # newswire do, and whether it tells an event: from the word, the one above it in the tree and those below.
        self.state, self.state_above = nn.Linear(d, state), nn.Linear(d, state, bias=False)
        self.state_below, self.state_out = nn.Linear(d, state, bias=False), nn.Linear(state, 4)
        # Whether the window is newswire: the mean of its words.
        self.news = nn.Linear(d, 1)
        # Senses are told by the word in its sentence and by the word itself; sense 0 stands for all that are rare.
        self.sense, self.sense_type = nn.Linear(d, sense), nn.Linear(width, sense, bias=False)
        self.senses = nn.Linear(sense, config["n_rolesets"])
        self.predicate, self.argument = nn.Linear(d, r), nn.Linear(d, r, bias=False)
        self.word = nn.Linear(width, r, bias=False)
        self.roleset = nn.Embedding(config["n_rolesets"], r)
        # By place, side and relation of the argument; by place and relation of the predicate.
        self.to_argument = nn.Embedding(2 * R.N_PLACES * config["n_deprels"], r)
        self.to_predicate = nn.Embedding(R.N_PLACES * config["n_deprels"], r)
        for table in (self.roleset, self.to_argument, self.to_predicate):
            nn.init.normal_(table.weight, std=0.1)
        self.out = nn.Linear(r, config["n_roles"])
        self.n_deprels, self.drop = config["n_deprels"], Drop(p)

    def read(self, h, batch):
        """The encoder's vectors [N, width] -> this head's own [N, d]."""
        B, T = batch["mask"].shape
        x = self.enter(h)
        x = x.new_zeros(B * T, x.shape[1]).index_copy(0, batch["words"], x).view(B, T, -1)
        x = x if x.dtype == torch.float64 else x.float()
        for layer in self.layers:
            x = layer(x, batch["mask"])
        return self.norm(x).flatten(0, 1)[batch["words"]]

    def states(self, h, head):
        """h [N, d]; head [N] rows of h, N for the root -> [N, 4]: log-odds of being a predicate, certainty before its
        tanh in web text and in newswire, log-odds of telling an event."""
        above = F.pad(self.state_above(h), (0, 0, 0, 1))[head]
        below = self.state_below(h)
        below = below.new_zeros(len(h) + 1, below.shape[1]).index_add(0, head, below)[:-1]
        return self.state_out(self.drop(F.relu(self.state(h) + above + below)))

    def kind(self, h, batch):
        """Log-odds of each window that it is newswire [B]."""
        window = batch["words"] // batch["mask"].shape[1]
        odds = self.news(h)[:, 0]
        return odds.new_zeros(len(batch["mask"])).index_add(0, window, odds) / batch["mask"].sum(1)

    def rolesets(self, h, types):
        """Log-odds of the senses of some words [P, rolesets]; `types` [P, d] are the vectors of their types."""
        return self.senses(self.drop(F.relu(self.sense(h) + self.sense_type(types))))

    def roles(self, h, types, pairs, rolesets, deprel):
        """h [N, d]; pairs [P, 3] of `candidates`; rolesets, deprel [N]; types [N, d] -> log-odds [P, roles]."""
        p, a, place = pairs.T
        side = (a > p).long()
        x = self.predicate(h)[p] + self.argument(h)[a] + self.word(types)[p] + self.roleset(rolesets[p])
        x = x + self.to_argument((2 * place + side) * self.n_deprels + deprel[a])
        x = x + self.to_predicate(place * self.n_deprels + deprel[p])
        return self.out(self.drop(F.relu(x)))


class Network(nn.Module):
    def __init__(self, config, vectors):
        super().__init__()
        d, p = config["width"], config["dropout"]
        self.config = config
        self.embedding = WordEmbedding(config["n_rows"], config["row_width"], vectors, d, config["last_norm_row"],
                                       config["hide"])
        self.convolution = Convolution(d)
        self.context = nn.Embedding(config["n_contexts"], d)
        nn.init.normal_(self.context.weight, std=0.1)
        self.layers = nn.ModuleList(Recurrence(d, p) for _ in range(config["layers"]))
        self.norm = nn.LayerNorm(d)
        self.upos = nn.Linear(d, config["n_upos"])
        self.xpos = nn.Linear(d, config["n_xpos"])
        self.feats = nn.Linear(d, config["n_feats"])
        self.names = nn.Sequential(nn.Linear(d, config["names"]), nn.ReLU(), nn.Linear(config["names"], config["n_names"]))
        self.tree = Tree(d, config["n_deprels"], config["arc"], config["rel"])
        # Lemma edits see the word type and its tags only, so that they are cached per type and tags.
        e = config["edit"]
        self.edit_type = nn.Linear(d, e)
        self.edit_upos, self.edit_feats = nn.Embedding(config["n_upos"], e), nn.Embedding(config["n_feats"], e)
        self.edit_xpos = nn.Embedding(config["n_xpos"], e)
        self.edit_out = nn.Linear(e, config["n_edits"])
        self.attribution = Attribution(d, config["cue"], config["attribution"], config["attribution_layers"], p)
        self.roles = Roles(d, config, p)
        self.drop, self.drop_head = Drop(p), Drop(p)

    def encode(self, batch):
        """-> h [B, T, d] and the vectors of the word types [K, d]."""
        types = self.embedding(*batch["features"])
        types = types if types.dtype == torch.float64 else types.float()
        mask = batch["mask"]
        dropped = self.drop(types)
        B, T = mask.shape
        x = dropped.index_select(0, batch["inverse"].flatten()).view(B, T, -1)
        x = x + self.convolution(dropped, batch["inverse"], mask) + self.context(batch["context"])
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x), types

    def edits(self, types, upos, xpos, feats):
        hidden = self.edit_type(types) + self.edit_upos(upos) + self.edit_xpos(xpos) + self.edit_feats(feats)
        return self.edit_out(F.relu(hidden))
