"""Trains word vectors on the exported text: skip-gram with negative sampling (Mikolov et al. 2013) on word numbers.

    python train/vectors.py --data train/data --out train/runs/vectors.npz

With one worker the result depends on the seed alone; more workers are faster and differ from run to run.
"""
import argparse
import os
import time

import numpy as np
from gensim.models import Word2Vec


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", default="train/data")
    p.add_argument("--out", required=True)
    p.add_argument("--width", type=int, default=128)
    p.add_argument("--window", type=int, default=3)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--words", type=int, default=50_000, help="most words to keep, by frequency")
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    args = p.parse_args()
    began = time.time()
    model = Word2Vec(
        corpus_file=os.path.join(args.data, "vector-text.txt"), vector_size=args.width, window=args.window, sg=1,
        negative=5, sample=1e-4, min_count=5, epochs=args.epochs, workers=args.workers, seed=args.seed,
        max_final_vocab=args.words)
    words = np.array([int(word) for word in model.wv.index_to_key], dtype=np.int64)
    keys = np.load(os.path.join(args.data, "type.vector_keys.npy"))[words]
    vectors = model.wv.vectors
    vectors /= np.sqrt((vectors ** 2).mean())
    np.savez(args.out, keys=keys, vectors=vectors.astype(np.float16))
    print(f"{len(keys)} vectors of width {args.width} in {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
