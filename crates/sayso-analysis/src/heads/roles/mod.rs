//! Predicates, their senses, arguments and certainty, as `PropBank` and UDS have them.
//!
//! The words around a predicate in the tree are scored as heads of its arguments; `Roles` in
//! `train/model.py` is the same network.

mod candidates;
mod phrase;

use std::hash::BuildHasherDefault;

use hashbrown::HashMap;
use rustc_hash::FxHasher;
use sayso_model::{Codes, Dense, Kernels, LayerNorm, ModelError, Weights};
use sayso_text::{TokenId, TokenRange};

use super::tags::{argmax, stack};
use super::{Buffers, Head, Window};
use crate::encoder::Layer;
use crate::{Analysis, Argument, Predicate, Word};
use candidates::{Dependents, N_PLACES, Place, candidates};
use phrase::phrase;

/// Of a list of siblings so many are looked at: tables and lists have sentences with hundreds.
const MOST_SIBLINGS: usize = 24;

/// What the second layer of the states tells of a word.
#[derive(Clone, Copy, Debug)]
enum State {
    /// Log-odds of being a predicate.
    Predicate,
    /// How certain what it tells is, before its `tanh`, as readers of web text see it (UDS).
    InWeb,
    /// The same for newswire (UW).
    InNews,
    /// Log-odds of telling an event, as `TimeML` has them.
    Event,
}

impl State {
    const COUNT: usize = 4;
}

/// Reads predicates off the encoder's vectors and the trees.
#[derive(Debug)]
pub(super) struct Roles {
    /// Layers of its own, from the encoder's vectors to those that all else here reads.
    enter: Dense,
    layers: Vec<Layer>,
    norm: LayerNorm,
    /// What a word, the one above it in the tree, and those below it add to the first layer of the
    /// states.
    states: Dense,
    /// From that layer to [`State`].
    state_out: Dense,
    /// From a word to whether its window is newswire.
    news: Dense,
    sense: Dense,
    sense_type: Dense,
    senses: Dense,
    predicate: Dense,
    word: Dense,
    argument: Dense,
    /// `[rolesets, role]`
    roleset: Vec<f32>,
    /// By place, side and relation of the argument: `[2 · N_PLACES · relations, role]`.
    to_argument: Vec<f32>,
    /// By place of the argument and relation of the predicate.
    to_predicate: Vec<f32>,
    out: Dense,
    /// The first stands for all senses that are seldom seen.
    rolesets: Vec<String>,
    /// The first is no role.
    labels: Vec<String>,
    deprels: HashMap<String, usize, BuildHasherDefault<FxHasher>>,
}

/// Working memory of the predicates of a window.
#[derive(Debug, Default)]
pub(super) struct RoleBuffers {
    x: Vec<f32>,
    next: Vec<f32>,
    pre: Vec<f32>,
    /// The words of the window, `[n, role_width]`.
    own: Codes,
    hidden: Vec<f32>,
    codes: Codes,
    /// What each word adds to its own state, to those below and to that above: `[n, 3, state]`.
    added: Vec<f32>,
    /// By [`State`]: `[n, State::COUNT]`.
    states: Vec<f32>,
    /// Log-odds of newswire against web text, a word each; of a window the mean counts.
    news: Vec<f32>,
    /// The predicates' vectors and those of their types.
    words: Codes,
    types: Codes,
    type_codes: Codes,
    senses: Vec<f32>,
    log_odds: Vec<f32>,
    /// What each predicate, and each word of the window, adds to a pair.
    of_predicate: Vec<f32>,
    of_type: Vec<f32>,
    of_argument: Vec<f32>,
    deprels: Vec<usize>,
    dependents: Dependents,
    candidates: Vec<(usize, Place)>,
    pairs: Vec<(usize, Place)>,
    summed: Vec<f32>,
    scores: Vec<f32>,
    open: Vec<usize>,
}

impl Roles {
    pub(super) fn load(weights: &Weights) -> Result<Box<dyn Head>, ModelError> {
        let [width, state, sense, role] =
            ["width", "state", "sense", "role"].map(|name| weights.size(name));
        let (types, state, sense, role) = (width?, state?, sense?, role?);
        let width = weights.size("role_width")?;
        let [rolesets, roles, deprels] =
            ["roleset", "role", "deprel"].map(|set| weights.labels(set));
        let (rolesets, roles, deprels) = (rolesets?.to_vec(), roles?.to_vec(), deprels?);
        let dense = |name: &str, n_in, n_out| weights.dense(&format!("roles.{name}"), n_in, n_out);
        let matrix =
            |name: &str, n_rows| weights.matrix(&format!("roles.{name}.weight"), n_rows, role);
        let n_relations = N_PLACES * deprels.len();
        let layers = (0..weights.size("role_layers")?)
            .map(|at| Layer::from_weights(weights, &format!("roles.layers.{at}"), width))
            .collect::<Result<_, ModelError>>()?;
        Ok(Box::new(Self {
            enter: dense("enter", types, width)?,
            layers,
            norm: weights.layer_norm("roles.norm", width)?,
            states: stack(
                weights,
                &[
                    ("roles.state", state),
                    ("roles.state_above", state),
                    ("roles.state_below", state),
                ],
                width,
            )?,
            state_out: dense("state_out", state, State::COUNT)?,
            news: dense("news", width, 1)?,
            sense: dense("sense", width, sense)?,
            sense_type: dense("sense_type", types, sense)?,
            senses: dense("senses", sense, rolesets.len())?,
            predicate: dense("predicate", width, role)?,
            word: dense("word", types, role)?,
            argument: dense("argument", width, role)?,
            roleset: matrix("roleset", rolesets.len())?,
            to_argument: matrix("to_argument", 2 * n_relations)?,
            to_predicate: matrix("to_predicate", n_relations)?,
            out: dense("out", role, roles.len())?,
            deprels: deprels.iter().cloned().zip(0..).collect(),
            rolesets,
            labels: roles,
        }))
    }

    /// Reads the encoder's vectors of a window into this head's own.
    fn read_words(&self, window: &Window<'_>, buffers: &mut RoleBuffers) {
        let RoleBuffers { x, next, pre, own, codes, .. } = buffers;
        let (kernels, width) = (window.kernels, self.enter.n_out());
        let n = window.surfaces.len() * width;
        x.resize(n, 0.0);
        next.resize(n, 0.0);
        pre.resize(3 * n, 0.0);
        kernels.dense(&self.enter, &window.encoding.codes, x);
        for layer in &self.layers {
            layer.project(kernels, x, codes, pre);
            kernels.gated_recurrence(pre, x, next, width);
            std::mem::swap(x, next);
        }
        kernels.layer_norm_quantized(&self.norm, x, own);
    }

    /// Which words of a window are predicates, and how certain what they tell is.
    fn score_states(&self, window: &Window<'_>, words: &[Word<'_>], buffers: &mut RoleBuffers) {
        let RoleBuffers { own, hidden, added, codes, states, .. } = buffers;
        let (kernels, width) = (window.kernels, self.state_out.n_in());
        added.resize(words.len() * 3 * width, 0.0);
        kernels.dense(&self.states, own, added);
        hidden.clear();
        for row in added.chunks_exact(3 * width) {
            hidden.extend_from_slice(&row[..width]);
        }
        let add = |hidden: &mut Vec<f32>, to: usize, from: usize, part: usize| {
            let part = from * 3 * width + part * width;
            kernels.add(&added[part..part + width], &mut hidden[to * width..(to + 1) * width]);
        };
        for (at, word) in words.iter().enumerate() {
            if let Some(head) = word.head.map(|it| it.index() - window.first) {
                add(hidden, at, head, 1);
                add(hidden, head, at, 2);
            }
        }
        kernels.relu(hidden);
        kernels.quantize(hidden, width, codes);
        states.resize(words.len() * State::COUNT, 0.0);
        kernels.dense(&self.state_out, codes, states);
    }

    /// How likely a window is newswire, from its words.
    ///
    /// The two corpora of certainty asked their readers different questions: of web text whether it
    /// happened, of newswire how sure it is by the text; the kind of text weighs the two answers.
    fn share_of_news(&self, window: &Window<'_>, buffers: &mut RoleBuffers) -> f32 {
        let RoleBuffers { own, news, .. } = buffers;
        news.resize(window.surfaces.len(), 0.0);
        window.kernels.dense(&self.news, own, news);
        let mut share = [news.iter().sum::<f32>() / news.len() as f32];
        window.kernels.sigmoid(&mut share);
        share[0]
    }

    /// Gathers the vectors of some words of a window, and those of their types.
    fn gather(&self, window: &Window<'_>, rows: &[usize], buffers: &mut RoleBuffers) {
        let RoleBuffers { own, words, types, type_codes, .. } = buffers;
        words.clear();
        types.clear();
        for &row in rows {
            words.push(own, row);
            let vector = window.types.vector(window.encoding.types[row]);
            window.kernels.quantize(vector, self.word.n_in(), type_codes);
            types.append(type_codes);
        }
    }

    /// The senses of the gathered words.
    fn rolesets(&self, kernels: Kernels, n: usize, buffers: &mut RoleBuffers) -> Vec<usize> {
        let RoleBuffers { hidden, codes, words, types, senses, log_odds, .. } = buffers;
        let width = self.sense.n_out();
        hidden.resize(n * width, 0.0);
        senses.resize(n * width, 0.0);
        kernels.dense(&self.sense, words, hidden);
        kernels.dense(&self.sense_type, types, senses);
        kernels.add(senses, hidden);
        kernels.relu(hidden);
        kernels.quantize(hidden, width, codes);
        log_odds.resize(n * self.rolesets.len(), 0.0);
        kernels.dense(&self.senses, codes, log_odds);
        log_odds.chunks_exact(self.rolesets.len()).map(argmax).collect()
    }

    /// What the gathered predicates, and all words of the window, add to their pairs.
    fn project(&self, window: &Window<'_>, rolesets: &[usize], buffers: &mut RoleBuffers) {
        let RoleBuffers { own, words, types, of_predicate, of_type, of_argument, .. } = buffers;
        let width = self.out.n_in();
        of_predicate.resize(rolesets.len() * width, 0.0);
        of_type.resize(rolesets.len() * width, 0.0);
        of_argument.resize(window.surfaces.len() * width, 0.0);
        window.kernels.dense(&self.predicate, words, of_predicate);
        window.kernels.dense(&self.word, types, of_type);
        window.kernels.dense(&self.argument, own, of_argument);
        window.kernels.add(of_type, of_predicate);
        for (row, roleset) in of_predicate.chunks_exact_mut(width).zip(rolesets) {
            window.kernels.add(&self.roleset[roleset * width..(roleset + 1) * width], row);
        }
    }

    /// Scores the words around a predicate, the `nth` of the gathered ones, as its arguments.
    ///
    /// Leaves the pairs in `buffers.pairs` and their probabilities in `buffers.scores`.
    fn score_pairs(
        &self,
        window: &Window<'_>,
        nth: usize,
        predicate: usize,
        words: &[Word<'_>],
        buffers: &mut RoleBuffers,
    ) {
        let RoleBuffers { of_predicate, of_argument, deprels, dependents, .. } = buffers;
        let RoleBuffers { candidates: found, pairs, summed: x, codes, scores, .. } = buffers;
        let (width, n_deprels) = (self.out.n_in(), self.deprels.len());
        candidates(predicate, words, dependents, MOST_SIBLINGS, found);
        pairs.clone_from(found);
        x.clear();
        for &(word, place) in pairs.iter() {
            let start = x.len();
            x.extend_from_slice(&of_predicate[nth * width..(nth + 1) * width]);
            let values = &mut x[start..];
            let (row, place) = (word - window.first, place as usize);
            let side = 2 * place + usize::from(word > predicate);
            let by_argument = (side * n_deprels + deprels[row]) * width;
            let by_predicate = place * n_deprels + deprels[predicate - window.first];
            let by_predicate = by_predicate * width;
            window.kernels.add(&of_argument[row * width..(row + 1) * width], values);
            window.kernels.add(&self.to_argument[by_argument..by_argument + width], values);
            window.kernels.add(&self.to_predicate[by_predicate..by_predicate + width], values);
        }
        window.kernels.relu(x);
        window.kernels.quantize(x, width, codes);
        scores.resize(pairs.len() * self.labels.len(), 0.0);
        window.kernels.dense(&self.out, codes, scores);
        for row in scores.chunks_exact_mut(self.labels.len()) {
            window.kernels.softmax(row);
        }
    }

    /// The arguments among the scored pairs: of two with the same numbered role the likelier one.
    fn arguments<'m>(
        &'m self,
        predicate: usize,
        words: &[Word<'_>],
        buffers: &mut RoleBuffers,
    ) -> Vec<Argument<'m>> {
        let RoleBuffers { dependents, pairs, scores, open, .. } = buffers;
        let mut found: Vec<Argument<'m>> = Vec::new();
        for (&(head, _), row) in pairs.iter().zip(scores.chunks_exact(self.labels.len())) {
            let best = argmax(row);
            if best == 0 {
                continue;
            }
            let role = self.labels[best].as_str();
            let tokens = match role {
                // Of a light verb and its noun, as each other's arguments, the word alone.
                "ARGM-LVB" | "ARGM-PRR" => TokenRange::new(head, head + 1),
                _ => phrase(head, predicate, words, dependents, open),
            };
            let argument = Argument { role, head: token(head), tokens, probability: row[best] };
            let is_numbered = role.starts_with("ARG") && !role.starts_with("ARGM");
            match found.iter_mut().find(|it| is_numbered && it.role == role) {
                Some(other) if other.probability < argument.probability => *other = argument,
                Some(_) => {}
                None => found.push(argument),
            }
        }
        for &complement in dependents.of(predicate) {
            if words[complement].deprel == "xcomp" {
                let tokens = phrase(complement, predicate, words, dependents, open);
                join(&mut found, complement, tokens, words);
            }
        }
        found.sort_by_key(|it| (it.tokens.start, it.head));
        found
    }

    /// Reads the predicates of a sentence, which are the gathered words from the `nth` on.
    fn read_sentence<'m>(
        &'m self,
        window: &Window<'_>,
        sentence: TokenRange,
        gathered: &[(usize, usize)],
        news: f32,
        buffers: &mut RoleBuffers,
        analysis: &mut Analysis<'m>,
    ) {
        buffers.dependents.read(sentence, &analysis.words);
        for &(nth, row) in gathered {
            let at = window.first + row;
            self.score_pairs(window, nth, at, &analysis.words, buffers);
            let arguments = self.arguments(at, &analysis.words, buffers);
            let state = |state: State| buffers.states[State::COUNT * row + state as usize];
            let mut probabilities = [state(State::Predicate), state(State::Event)];
            window.kernels.sigmoid(&mut probabilities);
            let [probability, event_probability] = probabilities;
            let mut certainty = [state(State::InWeb), state(State::InNews)];
            window.kernels.tanh(&mut certainty);
            let [in_web, in_news] = certainty;
            let factuality = Some(HIGHEST * (in_web + news * (in_news - in_web)));
            let predicate = Predicate {
                token: token(at),
                roleset: "",
                arguments,
                factuality,
                probability,
                event_probability,
            };
            analysis.predicates.push(predicate);
        }
    }
}

/// An open complement without a role is part of the object before it: *it made \[them angry\]*.
fn join(found: &mut [Argument<'_>], complement: usize, tokens: TokenRange, words: &[Word<'_>]) {
    if found.iter().any(|it| it.head.index() == complement) {
        return;
    }
    let is_object = |it: &&mut Argument<'_>| {
        words[it.head.index()].deprel == "obj" && it.tokens.end <= tokens.start
    };
    if let Some(object) = found.iter_mut().find(is_object) {
        object.tokens.end = tokens.end;
    }
}

/// Log-odds of an event from which a word is read as a predicate: a probability of 0.05; who reads
/// the analysis may ask for more.
const LEAST_EVENT: f32 = -3.0;

/// Certainty goes from minus this to this.
const HIGHEST: f32 = 3.0;

fn token(at: usize) -> TokenId {
    TokenId(u32::try_from(at).expect("tokens fit 32 bits"))
}

impl Head for Roles {
    fn read<'m>(&'m self, window: &Window<'_>, buffers: &mut Buffers, analysis: &mut Analysis<'m>) {
        let buffers = &mut buffers.roles;
        let words = &analysis.words[window.first..window.first + window.surfaces.len()];
        self.read_words(window, buffers);
        self.score_states(window, words, buffers);
        // A verb that the network takes for none is one with little probability.
        let is_predicate = |row: &usize| {
            let state = |state: State| buffers.states[State::COUNT * row + state as usize];
            state(State::Predicate) > 0.0
                || state(State::Event) > LEAST_EVENT
                || analysis.words[window.first + row].upos == "VERB"
        };
        let rows: Vec<usize> = (0..window.surfaces.len()).filter(is_predicate).collect();
        if rows.is_empty() {
            return;
        }
        self.gather(window, &rows, buffers);
        let rolesets = self.rolesets(window.kernels, rows.len(), buffers);
        self.project(window, &rolesets, buffers);
        let number = |word: &Word<'_>| self.deprels.get(word.deprel).copied().unwrap_or(0);
        buffers.deprels.clear();
        buffers.deprels.extend(words.iter().map(number));
        let news = self.share_of_news(window, buffers);
        let first = analysis.predicates.len();
        let numbered: Vec<(usize, usize)> = rows.iter().copied().enumerate().collect();
        let mut rest = &numbered[..];
        for &sentence in window.sentences {
            let end = sentence.end as usize - window.first;
            let (here, after) = rest.split_at(rest.partition_point(|&(_, row)| row < end));
            self.read_sentence(window, sentence, here, news, buffers, analysis);
            rest = after;
        }
        for (predicate, roleset) in analysis.predicates[first..].iter_mut().zip(rolesets) {
            // The first stands for all that are rare: it is no sense.
            predicate.roleset = if roleset == 0 { "" } else { &self.rolesets[roleset] };
        }
    }
}
