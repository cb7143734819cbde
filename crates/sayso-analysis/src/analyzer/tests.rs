//! The analyzer with a small network of random weights: what holds whatever the weights are.

use sayso_model::toy::Toy;
use sayso_model::{Dtype, Verify};

use super::*;
use crate::features::N_ROWS;

const WIDTH: usize = 16;

/// A network with every tensor that the shipped one has, made from a seed.
fn toy(seed: u64) -> Weights {
    let (arc, rel, edit, names, cue, attribution) = (8, 8, 8, 8, 8, 6);
    let (state, sense, role, own) = (8, 8, 8, 12);
    let numbers = [
        ("width", WIDTH),
        ("layers", 1),
        ("row_width", 8),
        ("vector_width", 4),
        ("arc", arc),
        ("rel", rel),
        ("edit", edit),
        ("names", names),
        ("cue", cue),
        ("attribution", attribution),
        ("attribution_layers", 1),
        ("state", state),
        ("sense", sense),
        ("role", role),
        ("role_width", own),
        ("role_layers", 1),
    ];
    let toy = Toy::new(seed)
        .table("embedding.rows.weight", Dtype::I8, N_ROWS as usize, 8)
        .table("embedding.vectors", Dtype::I8, 1, 4)
        .bytes("embedding.keys", Dtype::U64, &[0], Vec::new())
        .dense("embedding.project", 12, WIDTH)
        .layer_norm("embedding.norm", WIDTH)
        .dense("convolution.taps", WIDTH, 6 * WIDTH)
        .tensor("convolution.bias", &[2 * WIDTH], vec![0.1; 2 * WIDTH])
        .table("context.weight", Dtype::F32, 32, WIDTH)
        .layer_norm("layers.0.norm", WIDTH)
        .dense("layers.0.project", WIDTH, 3 * WIDTH)
        .layer_norm("norm", WIDTH)
        .dense("upos", WIDTH, 3)
        .dense("xpos", WIDTH, 2)
        .dense("feats", WIDTH, 2)
        .dense("edit_type", WIDTH, edit)
        .table("edit_upos.weight", Dtype::F32, 3, edit)
        .table("edit_xpos.weight", Dtype::F32, 2, edit)
        .table("edit_feats.weight", Dtype::F32, 2, edit)
        .dense("edit_out", edit, 3)
        .dense("tree.arc_dep.0", WIDTH, arc)
        .dense("tree.arc_head.0", WIDTH, arc)
        .dense("tree.rel_dep", WIDTH, rel)
        .dense("tree.rel_head", WIDTH, rel)
        .dense("tree.bilinear", arc, arc)
        .tensor("tree.root", &[WIDTH], vec![0.5; WIDTH])
        .table("tree.distance.weight", Dtype::F32, 65, 1)
        .dense("tree.rel_out", rel, 3)
        .dense("names.0", WIDTH, names)
        .dense("names.2", names, 21)
        .dense("attribution.cue.0", WIDTH, cue)
        .dense("attribution.cue.3", cue, 3)
        .dense("attribution.word", WIDTH, attribution)
        .dense("attribution.first", WIDTH, attribution)
        .dense("attribution.last", WIDTH, attribution)
        .table("attribution.place.weight", Dtype::F32, 17, attribution)
        .table("attribution.sentence.weight", Dtype::F32, 5, attribution)
        .table("attribution.other.weight", Dtype::F32, 2, attribution)
        .layer_norm("attribution.layers.0.norm", attribution)
        .dense("attribution.layers.0.project", attribution, 3 * attribution)
        .layer_norm("attribution.norm", attribution)
        .dense("attribution.out", attribution, 5)
        .table("attribution.transitions", Dtype::F32, 5, 5)
        .dense("roles.enter", WIDTH, own)
        .layer_norm("roles.layers.0.norm", own)
        .dense("roles.layers.0.project", own, 3 * own)
        .layer_norm("roles.norm", own)
        .dense("roles.state", own, state)
        .table("roles.state_above.weight", Dtype::F32, state, own)
        .table("roles.state_below.weight", Dtype::F32, state, own)
        .dense("roles.state_out", state, 4)
        .dense("roles.news", own, 1)
        .dense("roles.sense", own, sense)
        .table("roles.sense_type.weight", Dtype::F32, sense, WIDTH)
        .dense("roles.senses", sense, 3)
        .dense("roles.predicate", own, role)
        .table("roles.word.weight", Dtype::F32, role, WIDTH)
        .table("roles.argument.weight", Dtype::F32, role, own)
        .table("roles.roleset.weight", Dtype::F32, 3, role)
        .table("roles.to_argument.weight", Dtype::F32, 30, role)
        .table("roles.to_predicate.weight", Dtype::F32, 15, role)
        .dense("roles.out", role, 4)
        .labels("upos", &["NOUN", "VERB", "PUNCT"])
        .labels("xpos", &["NN", "VB"])
        .labels("feats", &["_", "Number=Sing"])
        .labels("edit", &["k-0+", "l-1+", "=be"])
        .labels("deprel", &["root", "nsubj", "obj"])
        .labels("roleset", &["_", "be.01", "go.02"])
        .labels("role", &["_", "ARG0", "ARG1", "ARGM-TMP"]);
    let toy = numbers.iter().fold(toy, |toy, &(name, number)| toy.number(name, number as f64));
    let (description, bytes) = toy.finish();
    Weights::from_parts(&description, bytes, Verify::Full).expect("the toy holds together")
}

fn document() -> Document {
    let text = "“We will appeal,” Mayor Ana Reyes told reporters on Monday. No one else spoke.\n\n\
                The U.S. ambassador’s office didn’t comment. It’s “under review”, a spokesman said.";
    Document::read(text.to_owned())
}

#[test]
fn every_sentence_has_one_root_and_no_cycle() {
    let document = document();
    for seed in 0..5 {
        let analyzer = Analyzer::from_weights(&toy(seed)).unwrap();
        let analysis = analyzer.analyze(&document, &mut Scratch::default());
        assert_eq!(analysis.words.len(), document.tokens.len());
        for sentence in &document.sentences {
            let words = &analysis.words[sentence.tokens.range()];
            assert_eq!(words.iter().filter(|word| word.head.is_none()).count(), 1);
            for word in words {
                assert_eq!(word.head.is_none(), word.deprel == "root");
                assert!((0.0..=1.001).contains(&word.head_probability), "{word:?}");
                let mut steps = 0;
                let mut at = word.head;
                while let Some(head) = at {
                    assert!(sentence.tokens.contains(head));
                    at = analysis.words[head.index()].head;
                    steps += 1;
                    assert!(steps <= words.len(), "a cycle");
                }
            }
        }
    }
}

#[test]
fn names_are_disjoint_and_inside_sentences() {
    let document = document();
    for seed in 0..5 {
        let analyzer = Analyzer::from_weights(&toy(seed)).unwrap();
        let analysis = analyzer.analyze(&document, &mut Scratch::default());
        let mut end = 0;
        for name in &analysis.names {
            assert!(name.tokens.start >= end && !name.tokens.is_empty());
            end = name.tokens.end;
            assert!(document.sentences.iter().any(|sentence| {
                sentence.tokens.start <= name.tokens.start && name.tokens.end <= sentence.tokens.end
            }));
            assert!((0.0..=1.0).contains(&name.probability));
        }
    }
}

#[test]
fn attributions_lie_in_the_text_and_children_in_their_parents() {
    let document = document();
    let mut n_found = 0;
    for seed in 0..20 {
        let analyzer = Analyzer::from_weights(&toy(seed)).unwrap();
        let found = analyzer.analyze(&document, &mut Scratch::default()).attributions;
        n_found += found.len();
        for (at, attribution) in found.iter().enumerate() {
            let inside = |range: TokenRange| {
                range.start < range.end && range.end as usize <= document.tokens.len()
            };
            assert!(inside(attribution.cue) && !attribution.content.is_empty());
            assert!(attribution.source.is_none_or(inside));
            assert!(attribution.content.is_sorted_by(|a, b| a.end <= b.start), "{attribution:?}");
            assert!(attribution.content.iter().all(|&piece| inside(piece)));
            let own = attribution.content.iter().chain(&attribution.source);
            if let Some(parent) = attribution.parent {
                assert_ne!(parent, at);
                let outer = &found[parent].content;
                let holds = |word| outer.iter().any(|piece| piece.range().contains(&word));
                assert!(own.chain([&attribution.cue]).all(|range| range.range().all(holds)));
            }
        }
    }
    assert!(n_found > 0, "some toy finds an attribution");
}

#[test]
fn attributions_of_a_long_text_are_those_of_its_paragraphs() {
    let paragraph =
        "“We will appeal,” Mayor Ana Reyes told reporters on Monday, and then she left.\n\n";
    let document = Document::read(paragraph.repeat(300));
    let n_tokens = document.tokens.len() / 300;
    for seed in 0..20 {
        let analyzer = Analyzer::from_weights(&toy(seed)).unwrap();
        let found = analyzer.analyze(&document, &mut Scratch::default()).attributions;
        // What stands at the same place of a paragraph and of its window reads the same, whichever
        // words are still kept.
        let per_window = WINDOW_WORDS / n_tokens;
        let place =
            |at: u32| (at as usize / n_tokens / per_window, at as usize % (n_tokens * per_window));
        let of_window = |number: usize| {
            let cues = found.iter().map(|it| place(it.cue.start));
            cues.filter(|it| it.0 == number).map(|it| it.1).collect::<Vec<_>>()
        };
        assert_eq!(of_window(5), of_window(40), "seed {seed}");
    }
}

#[test]
fn all_kernels_read_the_same() {
    let (document, weights) = (document(), toy(3));
    let readers: Vec<Analyzer> = Kernels::available()
        .into_iter()
        .map(|kernels| Analyzer::with_kernels(&weights, kernels).unwrap())
        .collect();
    let first = readers[0].analyze(&document, &mut Scratch::default());
    for reader in &readers[1..] {
        assert_eq!(reader.analyze(&document, &mut Scratch::default()), first);
    }
}

#[test]
fn what_was_read_before_changes_nothing() {
    let analyzer = Analyzer::from_weights(&toy(4)).unwrap();
    let mut used = Scratch::default();
    analyzer.analyze(&Document::read("Something else was said here.".to_owned()), &mut used);
    let document = document();
    let fresh = analyzer.analyze(&document, &mut Scratch::default());
    assert_eq!(analyzer.analyze(&document, &mut used), fresh);
}

#[test]
fn a_cache_that_overflows_reads_the_same() {
    let word = |n: usize| match n % 3 {
        0 => "mayor ".to_owned(),
        1 => format!("word{} ", n * n % 311),
        _ => format!("Name{n}. "),
    };
    let document = Document::read((0..1500).map(word).collect());
    let analyzer = Analyzer::from_weights(&toy(2)).unwrap();
    let expected = analyzer.analyze(&document, &mut Scratch::default());
    for bytes in [0, 40 << 10, 80 << 10] {
        let found = analyzer.analyze(&document, &mut Scratch::with_cache(bytes));
        assert_eq!(found, expected, "{bytes} bytes");
    }
}

#[test]
fn a_sentence_without_end_has_one_root() {
    let mut document = Document::read("word ".repeat(1300));
    let tokens = TokenRange::new(0, document.tokens.len());
    let span = document.sentences[0].span;
    document.sentences = vec![sayso_text::Sentence { tokens, span }];
    let analyzer = Analyzer::from_weights(&toy(2)).unwrap();
    let analysis = analyzer.analyze(&document, &mut Scratch::with_cache(0));
    assert_eq!(analysis.words.len(), 1300);
    assert_eq!(analysis.words.iter().filter(|word| word.head.is_none()).count(), 1);
    assert_eq!(analysis.words.iter().filter(|word| word.deprel == "parataxis").count(), 2);
}

#[test]
fn a_missing_tensor_is_named() {
    let (description, bytes) = Toy::new(1).number("width", 16.0).number("layers", 1.0).finish();
    let weights = Weights::from_parts(&description, bytes, Verify::Full).unwrap();
    assert!(Analyzer::from_weights(&weights).is_err());
}

#[test]
fn windows_hold_whole_sentences() {
    let sentences: Vec<TokenRange> = [(0, 100), (100, 128), (128, 129), (129, 700), (700, 701)]
        .map(|(start, end)| TokenRange::new(start, end))
        .to_vec();
    let sizes: Vec<usize> = windows(&sentences).map(<[_]>::len).collect();
    assert_eq!(sizes, [2, 1, 1, 1]);
    assert_eq!(windows(&[]).count(), 0);
}
