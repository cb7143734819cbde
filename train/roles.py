"""Which words may be arguments of a predicate, by their place in the tree. `heads/roles/` of sayso-analysis has the same."""
import numpy as np

# Where the argument's head stands: below the predicate, beside it, above it, above that, beside what is above it.
CHILD, SIBLING, HEAD, GRANDHEAD, UNCLE = range(5)
N_PLACES = 5
# No argument; the labels follow.
NONE = 0
# Log-odds of telling an event from which a word is read as a predicate.
LEAST_EVENT = -3.0


def candidates(head, predicates):
    """Pairs of words that may be a predicate and the head of its argument: 99 of 100 are in gold trees.

    head [N]: each word's head as a row, N for the root; predicates: rows. -> (predicate, word, place) [P, 3], each
    predicate's in order.
    """
    n = len(head)
    below = [[] for _ in range(n + 1)]
    for word, above in enumerate(head.tolist()):
        below[above].append(word)
    out = []
    for p in predicates:
        above = int(head[p])
        found = [(word, CHILD) for word in below[p]]
        if above < n:
            beyond = int(head[above])
            found += [(word, SIBLING) for word in below[above] if word != p] + [(above, HEAD)]
            if beyond < n:
                found += [(word, UNCLE) for word in below[beyond] if word != above] + [(beyond, GRANDHEAD)]
        out += [(p, word, place) for word, place in sorted(found)]
    return np.array(out, dtype=np.int64).reshape(-1, 3)
