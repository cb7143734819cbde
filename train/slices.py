"""The words around a cue that its source and content are sought in. `heads/attribution` cuts the same slices.

A slice is a run of a window's words; the tags of its words are one of TAGS.
"""
import numpy as np
import torch

# Outside, first and later words of the source, first and later words of a piece of the content.
TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
# Slices reach this many words before the first and after the last word of the cue.
BEFORE, AFTER = 64, 96
# Where a word stands: in the cue; 1, 2, 3, 4, up to 8, 16, 32, or more words before it; and as many after it.
N_PLACES = 17
# The block before the cue's, an earlier sentence of its block, its sentence, a later one, the next block.
N_SENTENCES = 5
SENTENCE_STARTS, BLOCK_STARTS = 4, 8


class Attributed:
    """The attributions of a batch, with the words counted through the batch.

    `windows`: first word, one past the last of each; `gold`: (cue, source stretches, content stretches).
    """

    def __init__(self, windows, gold, contexts):
        self.gold = gold
        self.n = len(contexts)
        self.window_of = np.repeat(np.arange(len(windows)), [end - start for start, end in windows])
        self.windows = windows
        firsts = np.zeros(self.n, dtype=bool)
        firsts[[start for start, _ in windows]] = True
        self.sentence = np.cumsum(firsts | ((contexts & SENTENCE_STARTS) > 0))
        self.block = np.cumsum(firsts | ((contexts & BLOCK_STARTS) > 0))
        self.block_first = np.searchsorted(self.block, np.arange(self.block[-1] + 2))

    def cue_tags(self):
        """0 outside, 1 first, 2 later word of a cue."""
        tags = np.zeros(self.n, dtype=np.int64)
        for (start, end), _, _ in self.gold:
            tags[start:end] = 2
            tags[start] = 1
        return tags

    def slice_of(self, cue):
        """First word, one past the last, of a cue's slice.

        The cue's block; the one before if the cue stands at its beginning, the one after if it stands at its end.
        """
        start, end = cue
        window_start, window_end = self.windows[self.window_of[start]]
        first = self.block_first[self.block[start]]
        if start - first <= 1 and first > window_start:
            first = self.block_first[self.block[first - 1]]
        last = self.block_first[self.block[end - 1] + 1]
        if last - end <= 2 and last < window_end:
            last = self.block_first[self.block[last] + 1]
        return max(first, start - BEFORE, window_start), min(last, end + AFTER, window_end)

    def slices(self, cues, other):
        """Features of the slices of some cues; `other` marks the words of any cue.

        words, place, sentence, other [S, L]: words N for padding; cue [S, 2].
        """
        bounds = np.array([self.slice_of(cue) for cue in cues])
        lengths = bounds[:, 1] - bounds[:, 0]
        offset = np.arange(lengths.max())[None]
        inside = offset < lengths[:, None]
        words = np.where(inside, bounds[:, :1] + offset, 0)
        start = np.array([cue[0] for cue in cues])[:, None]
        end = np.array([cue[1] for cue in cues])[:, None]
        before, after = start - words, words - end + 1
        place = np.where(before > 0, bucket(before), np.where(after > 0, 8 + bucket(after), 0))
        sentence = np.clip(self.sentence[words] - self.sentence[start], -1, 1)
        block = np.clip(self.block[words] - self.block[start], -1, 1)
        relation = np.where(block != 0, 2 * block, sentence) + 2
        marked = other[words] & (place > 0)
        t = torch.from_numpy
        return dict(words=t(np.where(inside, words, self.n)), place=t(place), sentence=t(relation),
                    other=t(marked.astype(np.int64)), mask=t(inside), cue=t(np.concatenate([start, end], 1)),
                    bounds=bounds)

    def tags(self, sliced, attributions):
        """Gold tags [S, L] of slices whose cues belong to these attributions; all outside where it is None."""
        tags = np.zeros(sliced["words"].shape, dtype=np.int64)
        for row, (found, (first, last)) in enumerate(zip(attributions, sliced["bounds"])):
            if found is None:
                continue
            for begin, stretches in ((1, found[1]), (3, found[2])):
                for start, end in stretches:
                    start, end = max(start, first), min(end, last)
                    if start < end:
                        tags[row, start - first:end - first] = begin + 1
                        tags[row, start - first] = begin
            (start, end) = found[0]
            tags[row, start - first:end - first] = 0
        # A piece goes on after the cue's words as a new one.
        broken = (tags == 2) | (tags == 4)
        before = np.concatenate([np.zeros((len(tags), 1), dtype=np.int64), tags[:, :-1]], 1)
        tags[broken & (before != tags) & (before != tags - 1)] -= 1
        return torch.from_numpy(tags)


def bucket(distance):
    """1, 2, 3, 4 as they are, then 5 up to 8, 6 up to 16, 7 up to 32, 8 beyond."""
    return np.select([distance <= 4, distance <= 8, distance <= 16, distance <= 32], [distance, 5, 6, 7], 8)
