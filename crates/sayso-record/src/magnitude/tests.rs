//! Amounts and what is none, over hand-made trees.

use proptest::prelude::*;
use sayso_analysis::Analysis;
use sayso_text::{Document, Offsets};

use super::magnitudes;
use crate::Bound;
use crate::text::Text;
use crate::toy::read as toy;

/// The magnitudes as `value unit bound: words | head`.
fn read(text: &str, tree: &'static str) -> Vec<String> {
    let (document, analysis) = toy(text, tree);
    of(&document, &analysis)
}

fn of(document: &Document, analysis: &Analysis<'_>) -> Vec<String> {
    let at = Offsets::new(&document.text);
    let text = Text::new(document, analysis, &at, &[]);
    let times = crate::times::times(&text, Some("2025-03-13")).rows;
    let rows = magnitudes(&text, &times).into_iter().map(|it| {
        let bound = match it.row.bound {
            Bound::About => "about",
            Bound::AtLeast => "at least",
            Bound::AtMost => "at most",
            Bound::Exact => "exact",
        };
        let words = text.span(it.tokens).unwrap().of(&document.text);
        let unit = it.row.unit.as_deref().unwrap_or("-");
        format!("{} {unit} {bound}: {words} | {}", it.row.value, text.form(it.head))
    });
    rows.collect()
}

/// Without tags and tree: what digits and the words beside them tell alone.
fn plain(text: &str) -> Vec<String> {
    of(&Document::read(text.to_owned()), &Analysis::default())
}

#[test]
fn a_number_counts_the_noun_it_hangs_on() {
    let found = read(
        "More than 40 young people died .",
        "More/ADJ/3/advmod than/ADP/1/fixed 40/NUM/5/nummod young/ADJ/5/amod \
         people/NOUN/6/nsubj/person died/VERB/0/root ./PUNCT/6/punct",
    );
    assert_eq!(found, ["40 person at least: More than 40 young people | people"]);
}

#[test]
fn many_of_something_are_at_least_two_of_the_scale() {
    let found = read(
        "Hundreds of troops left .",
        "Hundreds/NOUN/4/nsubj of/ADP/3/case troops/NOUN/1/nmod left/VERB/0/root ./PUNCT/4/punct",
    );
    assert_eq!(found, ["200 troops at least: Hundreds of troops | Hundreds"]);
    assert_eq!(plain("Tens of thousands fled."), ["20000 - at least: Tens of thousands | Tens"]);
}

#[test]
fn bounds_on_either_side() {
    assert_eq!(plain("Up to 5,000 fled."), ["5000 - at most: Up to 5,000 | 5,000"]);
    assert_eq!(plain("Nearly 300 fled."), ["300 - about: Nearly 300 | 300"]);
    assert_eq!(plain("At least six fled."), ["6 - at least: At least six | six"]);
    assert_eq!(plain("About a dozen fled."), ["12 - about: About a dozen | a"]);
    assert_eq!(plain("Forty or more fled."), ["40 - at least: Forty or more | Forty"]);
    assert_eq!(
        plain("Fewer than twenty-one fled."),
        ["21 - at most: Fewer than twenty-one | twenty"]
    );
    assert_eq!(
        plain("Between 10 and 20 fled."),
        ["10 - at least: 10 | 10", "20 - at most: 20 | 20"]
    );
}

#[test]
fn shares_and_money() {
    assert_eq!(plain("It fell by 4.5 percent."), ["4.5 percent exact: 4.5 percent | 4.5"]);
    assert_eq!(plain("It fell by 10 per cent."), ["10 percent exact: 10 per cent | 10"]);
    assert_eq!(plain("About a third of them left."), ["33.3 percent about: About a third | a"]);
    assert_eq!(plain("Two-thirds of them left."), ["66.7 percent exact: Two-thirds | Two"]);
    assert_eq!(plain("Half of them left."), ["50 percent exact: Half | Half"]);
    assert_eq!(plain("It cost $3.5 billion."), ["3500000000 USD exact: $3.5 billion | 3.5"]);
    assert_eq!(plain("It cost over €5m."), ["5000000 EUR at least: over €5m | 5"]);
    assert_eq!(plain("It cost US$5 million."), ["5000000 USD exact: US$5 million | US"]);
    assert_eq!(plain("It cost 8.2 millions."), ["8200000 - exact: 8.2 millions | 8.2"]);
    assert_eq!(plain("A $5 million deal."), ["5000000 USD exact: $5 million | 5"]);
    assert_eq!(plain("It cost AUD $500."), ["500 AUD exact: $500 | 500"]);
    assert_eq!(plain("It cost 2 million rubles."), ["2000000 RUB exact: 2 million rubles | 2"]);
    assert_eq!(
        plain("It cost 300 Canadian dollars."),
        ["300 CAD exact: 300 Canadian dollars | 300"]
    );
}

#[test]
fn the_ends_of_a_range_count_the_same() {
    let found = read(
        "Between 10 and 20 soldiers died .",
        "Between/ADP/2/case 10/NUM/5/nummod and/CCONJ/4/cc 20/NUM/2/conj \
         soldiers/NOUN/6/nsubj/soldier died/VERB/0/root ./PUNCT/6/punct",
    );
    let expected =
        ["10 soldier at least: 10 | soldiers", "20 soldier at most: 20 soldiers | soldiers"];
    assert_eq!(found, expected);
    let found = read(
        "Prices rose 5 to 10 percent .",
        "Prices/NOUN/2/nsubj rose/VERB/0/root 5/NUM/6/nummod to/ADP/5/case 10/NUM/3/nmod \
         percent/NOUN/2/obj ./PUNCT/2/punct",
    );
    assert_eq!(found[0], "5 percent at least: 5 | percent");
    assert_eq!(found[1], "10 percent at most: 10 percent | percent");
}

#[test]
fn what_is_no_amount() {
    for text in [
        "He died on 4 May 2021, three days later.",
        "It was the third time.",
        "He cited Article 5 and Section 230.",
        "An F-16 crashed.",
        "They won 3-1.",
        "A three-storey house burned.",
        "A man aged 45 left.",
        "The girl is 12 years old.",
        "Ten days old rolls are dry.",
        "They had high scores.",
        "A boy came.",
        "Several left.",
        "No one came.",
        "Agent 007 came.",
        "Version 1.2.3 is out.",
        "She came first in the second half of the game.",
    ] {
        assert_eq!(plain(text), Vec::<String>::new(), "{text}");
    }
    let age = read(
        "Ann Bell , 45 , left .",
        "Ann/PROPN/6/nsubj Bell/PROPN/1/flat ,/PUNCT/4/punct 45/NUM/1/appos ,/PUNCT/4/punct \
         left/VERB/0/root ./PUNCT/6/punct",
    );
    assert_eq!(age, Vec::<String>::new());
}

#[test]
fn a_row_of_numbers_is_read_in_one_go() {
    let text = "12 ".repeat(10_000);
    assert!(plain(&text).len() <= 10_000);
    let text = "two hundred ".repeat(10_000);
    assert!(!plain(&text).is_empty());
    assert_eq!(plain("9999999999999999999999999999 came.").len(), 0);
}

proptest! {
    #[test]
    fn rows_lie_in_the_text(
        text in "((more than|[0-9]{1,6}|[0-9],[0-9]{3}|\\$|€|two|hundred|million|a|half|of|-|third|about|May|the|last|year|years|days|ago|BC|'9[0-9]|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|Monday|é|percent|\\.|,|pm|Q[1-5]|morning|in|next)( |-|)){0,40}",
        published in prop::option::of("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    ) {
        let document = Document::read(text);
        let analysis = Analysis::default();
        let at = Offsets::new(&document.text);
        let text = Text::new(&document, &analysis, &at, &[]);
        let n_tokens = text.n_tokens();
        let times = crate::times::times(&text, published.as_deref()).rows;
        let mut last = 0;
        for time in &times {
            prop_assert!(last <= time.tokens.start as usize && time.tokens.start < time.tokens.end);
            last = time.tokens.end as usize;
            prop_assert!(last <= n_tokens);
        }
        let mut last = 0;
        for found in magnitudes(&text, &times) {
            prop_assert!(last <= found.tokens.start as usize);
            prop_assert!(found.tokens.start < found.tokens.end);
            last = found.tokens.end as usize;
            prop_assert!(last <= n_tokens && found.tokens.range().contains(&found.head));
            prop_assert!(found.row.value.is_finite() && found.row.value >= 0.0);
        }
    }
}

#[test]
fn digits_in_groups_bounds_in_the_middle_and_shares() {
    assert_eq!(plain("It cost 30 000."), ["30000 - exact: 30 000 | 30"]);
    assert_eq!(plain("It cost 1 200 000."), ["1200000 - exact: 1 200 000 | 1"]);
    assert_eq!(plain("two out of three left"), ["66.7 percent exact: two out of three | two"]);
    let found = read(
        "5,000 or more people left .",
        "5,000/NUM/4/nummod or/CCONJ/3/cc more/ADJ/1/conj people/NOUN/5/nsubj/person \
         left/VERB/0/root ./PUNCT/5/punct",
    );
    assert_eq!(found, ["5000 person at least: 5,000 or more people | people"]);
}

#[test]
fn a_number_ends_with_its_sentence() {
    let found = plain("The vote was lost in 12\n\n500 rebels attacked.");
    assert_eq!(found.iter().filter(|it| it.starts_with("500 ")).count(), 1, "{found:?}");
    assert!(!found.iter().any(|it| it.starts_with("12500")), "{found:?}");
}
