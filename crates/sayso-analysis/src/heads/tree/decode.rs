//! The best tree over scored arcs: Chu and Liu (1965), Edmonds (1967).

/// The score of an arc that must not be taken.
pub(super) const NO_ARC: f32 = -1e4;

/// What a second root costs: more than any tree of log-probabilities differs from another, so
/// that exactly one word hangs on the root.
const SECOND_ROOT: f64 = 1e7;

/// Finds maximum spanning trees; its memory is used again.
#[derive(Debug, Default)]
pub(super) struct TreeDecoder {
    /// `[nodes, nodes]`, the score of the arc from a row's node to the column's as its head; node 0
    /// is the root.
    scores: Vec<f64>,
    /// Which node of the cycle an arc into (column) or out of (row) a contracted node stands for.
    steps: Vec<Contraction>,
}

/// A cycle made into one node.
#[derive(Debug)]
struct Contraction {
    /// The nodes of the cycle; the first stands for all.
    cycle: Vec<usize>,
    /// Each cycle node's head inside the cycle.
    inner: Vec<usize>,
    /// For every node: the cycle node that its best arc into the cycle ends at.
    into: Vec<usize>,
    /// For every head: the cycle node that its best arc out to that head starts from.
    out_of: Vec<usize>,
}

impl TreeDecoder {
    /// The tree of highest score with one root.
    ///
    /// # Shapes
    ///
    /// `arcs` is `[n, n + 1]`: a row for each word as dependent, column 0 the root, column `j + 1`
    /// word `j` as head. `tree` receives each word's head in those columns.
    ///
    /// # Cost
    ///
    /// `O(n²)`: a cycle of `k` nodes is contracted in `O(k · n)`, and takes `k − 1` nodes away.
    pub(super) fn decode(&mut self, arcs: &[f32], n: usize, tree: &mut Vec<usize>) {
        tree.clear();
        tree.extend(arcs.chunks_exact(n + 1).map(super::argmax));
        if is_tree(tree) {
            return;
        }
        self.fill(arcs, n);
        let nodes = n + 1;
        let mut alive: Vec<usize> = (0..nodes).collect();
        self.steps.clear();
        let mut heads = vec![0];
        heads.extend((1..nodes).map(|node| self.best_head(node, &alive, nodes)));
        while let Some(cycle) = find_cycle(&alive, &heads) {
            self.contract(&cycle, &mut heads, &mut alive, nodes);
        }
        for step in self.steps.iter().rev() {
            step.expand(&mut heads, &alive);
            alive.extend(step.cycle.iter().skip(1));
        }
        tree.copy_from_slice(&heads[1..]);
    }

    fn fill(&mut self, arcs: &[f32], n: usize) {
        let nodes = n + 1;
        self.scores.clear();
        self.scores.resize(nodes * nodes, f64::NEG_INFINITY);
        for (at, row) in arcs.chunks_exact(nodes).enumerate() {
            let scores = &mut self.scores[(at + 1) * nodes..(at + 2) * nodes];
            for (score, &arc) in scores.iter_mut().zip(row) {
                *score = f64::from(arc);
            }
            scores[0] -= SECOND_ROOT;
            scores[at + 1] = f64::NEG_INFINITY;
        }
    }

    /// A node's best living head.
    fn best_head(&self, node: usize, alive: &[usize], nodes: usize) -> usize {
        let scores = &self.scores[node * nodes..(node + 1) * nodes];
        let heads = alive.iter().copied().filter(|&head| head != node);
        heads.reduce(|a, b| if scores[b] > scores[a] { b } else { a }).expect("the root is alive")
    }

    /// Makes the first node of the cycle stand for all of it.
    ///
    /// A node whose best head is in the cycle has the contracted node as its best head; no other's
    /// changes, but the contracted node's own.
    fn contract(
        &mut self,
        cycle: &[usize],
        heads: &mut [usize],
        alive: &mut Vec<usize>,
        nodes: usize,
    ) {
        let mut in_cycle = vec![false; nodes];
        for &node in cycle {
            in_cycle[node] = true;
        }
        let inside = |node: usize| in_cycle[node];
        let (mut into, mut out_of) = (vec![0; nodes], vec![0; nodes]);
        let first = cycle[0];
        for &node in alive.iter().filter(|&&node| !inside(node)) {
            let best = cycle.iter().copied().reduce(|a, b| {
                if self.at(node, b, nodes) > self.at(node, a, nodes) { b } else { a }
            });
            into[node] = best.expect("a cycle has nodes");
            self.scores[node * nodes + first] = self.at(node, into[node], nodes);
            let gain = |from: usize| self.at(from, node, nodes) - self.at(from, heads[from], nodes);
            let best = cycle.iter().copied().reduce(|a, b| if gain(b) > gain(a) { b } else { a });
            out_of[node] = best.expect("a cycle has nodes");
        }
        // Arcs that leave the cycle are worth what they gain over the cycle's own.
        let gains: Vec<(usize, f64)> = alive
            .iter()
            .filter(|&&node| !inside(node))
            .map(|&node| {
                let from = out_of[node];
                (node, self.at(from, node, nodes) - self.at(from, heads[from], nodes))
            })
            .collect();
        for (node, gain) in gains {
            self.scores[first * nodes + node] = gain;
        }
        alive.retain(|&node| node == first || !inside(node));
        let inner = cycle.iter().map(|&node| heads[node]).collect();
        for &node in alive.iter().filter(|&&node| node != 0 && node != first) {
            if inside(heads[node]) {
                heads[node] = first;
            }
        }
        heads[first] = self.best_head(first, alive, nodes);
        self.steps.push(Contraction { cycle: cycle.to_vec(), inner, into, out_of });
    }

    fn at(&self, node: usize, head: usize, nodes: usize) -> f64 {
        self.scores[node * nodes + head]
    }
}

impl Contraction {
    /// Gives every node of the cycle its head, once those of the contracted tree are known.
    fn expand(&self, heads: &mut [usize], alive: &[usize]) {
        let first = self.cycle[0];
        for &node in alive.iter().filter(|&&node| node != first && node != 0) {
            if heads[node] == first {
                heads[node] = self.into[node];
            }
        }
        let outer = heads[first];
        for (&node, &head) in self.cycle.iter().zip(&self.inner) {
            heads[node] = head;
        }
        heads[self.out_of[outer]] = outer;
    }
}

/// Whether the heads make one tree with one root.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    let all: Vec<usize> = (0..=heads.len()).collect();
    let with_root: Vec<usize> = std::iter::once(0).chain(heads.iter().copied()).collect();
    find_cycle(&all, &with_root).is_none()
}

/// A cycle among the heads, if there is one.
fn find_cycle(alive: &[usize], heads: &[usize]) -> Option<Vec<usize>> {
    // Which walk visited a node first; 0 is the root's.
    let mut walk = vec![usize::MAX; heads.len()];
    walk[0] = 0;
    for &start in alive {
        let mut node = start;
        while walk[node] == usize::MAX {
            walk[node] = start;
            node = heads[node];
        }
        if node != 0 && walk[node] == start && start != 0 {
            let mut cycle = vec![node];
            let mut next = heads[node];
            while next != node {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best tree with one root, by trying all.
    fn by_trying(arcs: &[f32], n: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let powers: Vec<usize> =
            std::iter::successors(Some(1), |power| Some(power * (n + 1))).take(n + 1).collect();
        for code in 0..powers[n] {
            let heads: Vec<usize> = (0..n).map(|at| code / powers[at] % (n + 1)).collect();
            if heads.iter().enumerate().all(|(at, &head)| head != at + 1) && is_tree(&heads) {
                best = best.max(score(arcs, &heads));
            }
        }
        best
    }

    fn score(arcs: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(at, head)| arcs[at * (heads.len() + 1) + head]).sum()
    }

    #[test]
    fn finds_the_best_of_all_trees() {
        let mut random = sayso_model::toy::Random::new(7);
        let mut decoder = TreeDecoder::default();
        let mut tree = Vec::new();
        for n in [1, 2, 3, 4, 5].repeat(40) {
            let mut arcs: Vec<f32> = (0..n * (n + 1)).map(|_| -5.0 * random.unit()).collect();
            (0..n).for_each(|at| arcs[at * (n + 1) + at + 1] = NO_ARC);
            decoder.decode(&arcs, n, &mut tree);
            assert!(is_tree(&tree), "{tree:?}");
            assert!((score(&arcs, &tree) - by_trying(&arcs, n)).abs() < 1e-4, "{tree:?}");
        }
    }

    #[test]
    fn two_words_that_want_the_root_get_one() {
        let arcs = [0.0, NO_ARC, -3.0, 0.0, -1.0, NO_ARC];
        let mut tree = Vec::new();
        TreeDecoder::default().decode(&arcs, 2, &mut tree);
        assert_eq!(tree, [0, 1]);
    }

    #[test]
    fn a_long_sentence_is_decoded() {
        let n = 512;
        let mut random = sayso_model::toy::Random::new(1);
        let arcs: Vec<f32> = (0..n * (n + 1)).map(|_| -random.unit()).collect();
        let mut tree = Vec::new();
        TreeDecoder::default().decode(&arcs, n, &mut tree);
        assert!(is_tree(&tree));
    }
}
