"""Trains the coreference ranker on GUM and writes its weights to crates/sayso-analysis/data/coreference.bin.

    cargo xtask export --coreference --out train/data
    python train/coreference.py --data train/data

Each question of the export is a mention with its options: a new entity, or one of those before it. An option's rows of the
table are summed with those that all options share; one hidden layer (ReLU, no bias) gives its log-odds; the loss is the log of
the probability of all right options together, wrong ones made likelier by their costs (Durrett and Klein 2013), as a missed
link costs more than a false one.
"""
import argparse
import json
import os

import numpy as np
import torch

OUT = os.path.join(os.path.dirname(__file__), "..", "crates", "sayso-analysis", "data", "coreference.bin")
# As in coreference/ranker.rs.
SCALE = 512


class Questions:
    def __init__(self, folder, split):
        shared, ends, rows, row_ends, option_ends, right = (
            torch.from_numpy(np.load(os.path.join(folder, f"coreference-{split}.{column}.npy")).astype(np.int64))
            for column in ("shared", "shared_ends", "rows", "row_ends", "option_ends", "right"))
        self.shared, self.shared_starts = shared, torch.cat([torch.zeros(1, dtype=torch.long), ends])
        self.rows, self.row_starts = rows, torch.cat([torch.zeros(1, dtype=torch.long), row_ends])
        self.option_starts = torch.cat([torch.zeros(1, dtype=torch.long), option_ends])
        self.right = right.bool()

    def __len__(self):
        return len(self.option_starts) - 1


class Ranker(torch.nn.Module):
    def __init__(self, n_rows, hidden):
        super().__init__()
        self.table = torch.nn.EmbeddingBag(n_rows, hidden, mode="sum")
        torch.nn.init.normal_(self.table.weight, std=0.05)
        self.output = torch.nn.Parameter(torch.randn(hidden) * 0.5)

    def forward(self, questions, which, drop):
        """Log-odds of all options of a run of questions, and the question of each option."""
        first, last = which
        options = slice(questions.option_starts[first], questions.option_starts[last])
        shared = bags(questions.shared, questions.shared_starts, first, last)
        own = bags(questions.rows, questions.row_starts, options.start, options.stop)
        counts = questions.option_starts[first + 1:last + 1] - questions.option_starts[first:last]
        question = torch.repeat_interleave(torch.arange(last - first), counts)
        hidden = torch.relu(self.sum(shared, drop)[question] + self.sum(own, drop))
        hidden = torch.nn.functional.dropout(hidden, drop, self.training)
        return hidden @ self.output, question, questions.right[options]

    def sum(self, bag, drop):
        rows, starts = bag
        kept = (torch.rand(len(rows)) >= drop).float() / (1 - drop) if self.training else torch.ones(len(rows))
        return self.table(rows, starts, per_sample_weights=kept)


def bags(rows, starts, first, last):
    begin = starts[first]
    return rows[begin:starts[last]], starts[first:last] - begin


def log_sum_exp(values, question, n):
    top = torch.full((n,), -1e9).scatter_reduce(0, question, values, "amax").detach()
    total = torch.zeros(n).index_add(0, question, (values - top[question]).exp())
    return total.clamp_min(1e-30).log() + top


def loss_of(model, questions, which, drop, costs=None):
    log_odds, question, right = model(questions, which, drop)
    n = which[1] - which[0]
    if costs:
        missed, wrong, false = costs
        firsts = questions.option_starts[which[0]:which[1]] - questions.option_starts[which[0]]
        is_new = torch.zeros(len(right), dtype=torch.bool)
        is_new[firsts] = True
        anaphoric = ~right[firsts][question]
        cost = torch.where(anaphoric, torch.where(is_new, missed, wrong), false)
        log_odds = log_odds + cost * (~right).float()
    return log_sum_exp(log_odds, question, n) - log_sum_exp(log_odds.masked_fill(~right, -1e9), question, n)


def accuracy(model, questions):
    model.eval()
    with torch.no_grad():
        log_odds, question, right = model(questions, (0, len(questions)), 0)
        n = len(questions)
        best = torch.full((n,), -1e9).scatter_reduce(0, question, log_odds, "amax")
        hit = torch.zeros(n).index_add(0, question, ((log_odds == best[question]) & right).float()) > 0
        new = right[questions.option_starts[:-1]]
        loss = loss_of(model, questions, (0, n), 0).mean()
    return loss.item(), hit.float().mean().item(), hit[new].float().mean().item(), hit[~new].float().mean().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="train/data")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--drop", type=float, default=0.15)
    # Missed links, wrong links, false links; tried on GUM dev.
    parser.add_argument("--costs", type=float, nargs=3, default=[1.8, 0.5, 0.0])
    parser.add_argument("--decay", type=float, default=1e-2)
    parser.add_argument("--out", default=OUT)
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    with open(os.path.join(options.data, "coreference.json"), encoding="utf-8") as file:
        sizes = json.load(file)
    train, dev = (Questions(options.data, split) for split in ("train", "dev"))
    model = Ranker(sizes["n_rows"], sizes["hidden"])
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=options.decay)
    step = 64
    starts = torch.arange(0, len(train), step)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=options.epochs * len(starts))
    for epoch in range(options.epochs):
        model.train()
        for first in starts[torch.randperm(len(starts))].tolist():
            loss = loss_of(model, train, (first, min(first + step, len(train))), options.drop, options.costs).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        if epoch % 3 == 2 or epoch + 1 == options.epochs:
            print(epoch + 1, "dev loss %.4f, right %.4f, new %.4f, linked %.4f" % accuracy(model, dev), flush=True)
    weights = torch.cat([model.table.weight.detach().flatten(), model.output.detach()])
    rounded = (weights * SCALE).round().clamp(-32768, 32767)
    rounded.numpy().astype("<i2").tofile(options.out)
    print(f"{options.out}: {len(rounded)} weights")


if __name__ == "__main__":
    main()
