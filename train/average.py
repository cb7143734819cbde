"""Writes the mean of checkpoints that were trained from the same one: better than each, and no dearer.

    python train/average.py train/runs/a.pt train/runs/b.pt --out train/runs/mean.pt

Wortsman et al. (2022), *Model soups*, arXiv:2203.05482.
"""
import argparse

import torch


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoints", nargs="+")
    p.add_argument("--out", required=True)
    args = p.parse_args()
    loaded = [torch.load(path, weights_only=False) for path in args.checkpoints]
    mean = {name: torch.stack([each["net"][name].float() for each in loaded]).mean(0) for name in loaded[0]["net"]}
    torch.save(loaded[0] | dict(net=mean), args.out)


if __name__ == "__main__":
    main()
