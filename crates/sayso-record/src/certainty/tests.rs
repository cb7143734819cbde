//! Commitments in hand-built analyses.

use proptest::prelude::*;
use sayso_analysis::{Analysis, Attribution, Word};
use sayso_text::{Document, Offsets, TokenId, TokenRange};

use super::*;
use crate::CertaintyValue::{self, Asserted, Denied, Doubtful, Open, Possible, Probable};
use crate::entities::Links;
use crate::statements::statements;
use crate::toy::{read, tokens};

/// What `ask` finds in the commitments of a document.
fn with<T>(
    document: &Document,
    analysis: &Analysis<'_>,
    ask: impl FnOnce(&Commitments<'_>, &Statements) -> T,
) -> T {
    let at = Offsets::new(&document.text);
    let text = Text::new(document, analysis, &at, &[]);
    let links = Links::new(&text, &[]);
    let found = statements(&text, &links);
    ask(&Commitments::new(&text, &found), &found)
}

/// What the author commits to about `word`, without statements.
#[track_caller]
fn author(text: &str, word: &str, tree: &'static str) -> CertaintyValue {
    let (document, analysis) = read(text, tree);
    let token = tokens(&document, word).range().start;
    with(&document, &analysis, |found, _| found.of(token).last().unwrap().row.value)
}

/// What each voice commits to about `word` below the cue `cue` with the content `content`.
fn voices(
    text: &str,
    (cue, content): (&str, &str),
    word: &str,
    tree: &'static str,
) -> Vec<CertaintyValue> {
    let (document, mut analysis) = read(text, tree);
    analysis.attributions = vec![Attribution {
        cue: tokens(&document, cue),
        content: vec![tokens(&document, content)],
        cue_probability: 0.9,
        source_probability: 0.9,
        content_probability: 0.9,
        ..Attribution::default()
    }];
    let token = tokens(&document, word).range().start;
    with(&document, &analysis, |found, _| found.of(token).iter().map(|it| it.row.value).collect())
}

#[test]
fn a_negation_reaches_its_clause_and_its_empty_arguments() {
    let not =
        "They/PRON/4/nsubj did/AUX/4/aux/do not/PART/4/advmod leave/VERB/0/root ./PUNCT/4/punct";
    assert_eq!(author("They did not leave.", "leave", not), Denied);
    let nobody = "Nobody/PRON/2/nsubj left/VERB/0/root/leave/VBD ./PUNCT/2/punct";
    assert_eq!(author("Nobody left.", "left", nobody), Denied);
    let no = "No/DET/2/det guards/NOUN/3/nsubj left/VERB/0/root/leave/VBD ./PUNCT/3/punct";
    assert_eq!(author("No guards left.", "left", no), Denied);
    assert_eq!(author("No guards left.", "guards", no), Denied, "one word negates once");
    let only = "Not/PART/2/advmod only/ADV/4/advmod they/PRON/4/nsubj left/VERB/0/root/leave/VBD ./PUNCT/4/punct";
    assert_eq!(author("Not only they left.", "left", only), Asserted);
}

#[test]
fn a_reason_lies_outside_of_the_negation() {
    let tree = "He/PRON/4/nsubj did/AUX/4/aux/do not/PART/4/advmod leave/VERB/0/root \
        because/SCONJ/7/mark he/PRON/7/nsubj slept/VERB/4/advcl/sleep/VBD ./PUNCT/4/punct";
    assert_eq!(author("He did not leave because he slept.", "leave", tree), Denied);
    assert_eq!(author("He did not leave because he slept.", "slept", tree), Asserted);
}

#[test]
fn modals_weaken_and_can_stands_within_its_negation() {
    let of = |modal: &str, tree| author(&format!("They {modal} not leave."), "leave", tree);
    let may = "They/PRON/4/nsubj may/AUX/4/aux not/PART/4/advmod leave/VERB/0/root ./PUNCT/4/punct";
    assert_eq!(of("may", may), Doubtful);
    let could =
        "They/PRON/4/nsubj could/AUX/4/aux not/PART/4/advmod leave/VERB/0/root ./PUNCT/4/punct";
    assert_eq!(of("could", could), Denied);
    let must = "They/PRON/4/nsubj must/AUX/4/aux have/AUX/4/aux left/VERB/0/root/leave/VBN ./PUNCT/4/punct";
    assert_eq!(author("They must have left.", "left", must), Probable);
    let should = "They/PRON/4/nsubj should/AUX/4/aux have/AUX/4/aux left/VERB/0/root/leave/VBN ./PUNCT/4/punct";
    assert_eq!(author("They should have left.", "left", should), Denied);
}

#[test]
fn implicatives_tell_what_was_done() {
    let fail = "They/PRON/2/nsubj failed/VERB/0/root/fail/VBD to/PART/4/mark leave/VERB/2/xcomp/leave/VB ./PUNCT/2/punct";
    assert_eq!(author("They failed to leave.", "leave", fail), Denied);
    let not_fail = "They/PRON/4/nsubj did/AUX/4/aux/do not/PART/4/advmod fail/VERB/0/root \
        to/PART/6/mark leave/VERB/4/xcomp/leave/VB ./PUNCT/4/punct";
    assert_eq!(author("They did not fail to leave.", "leave", not_fail), Asserted);
    let plan = "They/PRON/2/nsubj planned/VERB/0/root/plan/VBD to/PART/4/mark leave/VERB/2/xcomp/leave/VB ./PUNCT/2/punct";
    assert_eq!(author("They planned to leave.", "leave", plan), Open);
    let from = "Guards/NOUN/2/nsubj stopped/VERB/0/root/stop/VBD them/PRON/2/obj from/SCONJ/5/mark \
        leaving/VERB/2/advcl/leave/VBG ./PUNCT/2/punct";
    assert_eq!(author("Guards stopped them from leaving.", "leaving", from), Denied);
    let stop = "They/PRON/2/nsubj stopped/VERB/0/root/stop/VBD leaving/VERB/2/xcomp/leave/VBG ./PUNCT/2/punct";
    assert_eq!(author("They stopped leaving.", "leaving", stop), Asserted);
}

#[test]
fn adjectives_and_nouns_govern_as_verbs_do() {
    let likely = "They/PRON/3/nsubj are/AUX/3/cop/be likely/ADJ/0/root to/PART/5/mark leave/VERB/3/xcomp/leave/VB ./PUNCT/3/punct";
    assert_eq!(author("They are likely to leave.", "leave", likely), Probable);
    let threat = "The/DET/2/det possibility/NOUN/5/nsubj of/ADP/4/case war/NOUN/2/nmod grew/VERB/0/root/grow/VBD ./PUNCT/5/punct";
    assert_eq!(author("The possibility of war grew.", "war", threat), Possible);
    let alleged = "An/DET/3/det alleged/ADJ/3/amod theft/NOUN/4/nsubj hurt/VERB/0/root/hurt/VBD ./PUNCT/4/punct";
    assert_eq!(author("An alleged theft hurt.", "theft", alleged), Open);
}

#[test]
fn both_sides_of_a_condition_are_open() {
    let tree = "If/SCONJ/3/mark they/PRON/3/nsubj leave/VERB/7/advcl/leave/VBP ,/PUNCT/3/punct \
        we/PRON/7/nsubj will/AUX/7/aux stay/VERB/0/root ./PUNCT/7/punct";
    for word in ["leave", "stay"] {
        assert_eq!(author("If they leave, we will stay.", word, tree), Open, "{word}");
    }
}

#[test]
fn a_question_of_yes_or_no_is_open_and_a_wh_question_takes_as_given() {
    let yes = "Did/AUX/3/aux/do they/PRON/3/nsubj leave/VERB/0/root ?/PUNCT/3/punct";
    assert_eq!(author("Did they leave?", "leave", yes), Open);
    let why =
        "Why/ADV/4/advmod did/AUX/4/aux/do they/PRON/4/nsubj leave/VERB/0/root ?/PUNCT/4/punct";
    assert_eq!(author("Why did they leave?", "leave", why), Asserted);
}

const SAID: &str = "She/PRON/2/nsubj said/VERB/0/root/say/VBD they/PRON/4/nsubj left/VERB/2/ccomp/leave/VBD ./PUNCT/2/punct";

#[test]
fn a_cue_leaves_the_author_open_unless_it_commits() {
    let of = |cue: &str, tree| {
        voices(&format!("She {cue} they left."), (cue, "they left"), "left", tree)
    };
    assert_eq!(of("said", SAID), [Asserted, Open]);
    let denied = "She/PRON/2/nsubj denied/VERB/0/root/deny/VBD they/PRON/4/nsubj left/VERB/2/ccomp/leave/VBD ./PUNCT/2/punct";
    assert_eq!(of("denied", denied), [Denied, Open]);
    let revealed = "She/PRON/2/nsubj revealed/VERB/0/root/reveal/VBD they/PRON/4/nsubj left/VERB/2/ccomp/leave/VBD ./PUNCT/2/punct";
    assert_eq!(of("revealed", revealed), [Asserted, Asserted]);
    let doubted = "She/PRON/2/nsubj doubted/VERB/0/root/doubt/VBD they/PRON/4/nsubj left/VERB/2/ccomp/leave/VBD ./PUNCT/2/punct";
    assert_eq!(of("doubted", doubted), [Doubtful, Open]);
    let falsely = "She/PRON/3/nsubj falsely/ADV/3/advmod said/VERB/0/root/say/VBD they/PRON/5/nsubj left/VERB/3/ccomp/leave/VBD ./PUNCT/3/punct";
    assert_eq!(of("falsely said", falsely), [Asserted, Denied]);
}

#[test]
fn a_verb_of_saying_counts_where_no_statement_was_found() {
    assert_eq!(author("She said they left.", "left", SAID), Open);
    let we = "We/PRON/2/nsubj know/VERB/0/root/know/VBP they/PRON/4/nsubj left/VERB/2/ccomp/leave/VBD ./PUNCT/2/punct";
    assert_eq!(author("We know they left.", "left", we), Asserted);
    let think = "We/PRON/2/nsubj think/VERB/0/root/think/VBP they/PRON/4/nsubj left/VERB/2/ccomp/leave/VBD ./PUNCT/2/punct";
    assert_eq!(author("We think they left.", "left", think), Probable, "the author's own voice");
}

#[test]
fn a_claim_that_is_turned_down_is_denied_by_who_does_it() {
    let tree = "She/PRON/2/nsubj rejected/VERB/0/root/reject/VBD claims/NOUN/2/obj/claim/NNS \
        that/SCONJ/6/mark they/PRON/6/nsubj left/VERB/3/acl/leave/VBD ./PUNCT/2/punct";
    let text = "She rejected claims that they left.";
    let content = ("rejected", "claims that they left");
    assert_eq!(voices(text, content, "left", tree), [Denied, Open]);
}

#[test]
fn what_decided_is_told_the_outermost_first() {
    let tree = "They/PRON/3/nsubj may/AUX/3/aux fail/VERB/0/root to/PART/5/mark leave/VERB/3/xcomp/leave/VB ./PUNCT/3/punct";
    let (document, analysis) = read("They may fail to leave.", tree);
    let contexts = with(&document, &analysis, |found, _| found.of(4)[0].contexts.clone());
    assert_eq!(contexts, [(1, "possibly"), (2, "not done")]);
}

#[test]
fn what_is_presented_follows_the_words_and_not_who_says_so() {
    let (document, analysis) = read("She said they left.", SAID);
    let number =
        |token| with(&document, &analysis, |it, _| it.presented(token, crate::Tense::Past));
    assert!(number(3) > 2.0, "{}", number(3));
    let not =
        "They/PRON/4/nsubj did/AUX/4/aux/do not/PART/4/advmod leave/VERB/0/root ./PUNCT/4/punct";
    let (document, analysis) = read("They did not leave.", not);
    let number = with(&document, &analysis, |it, _| it.presented(3, crate::Tense::Past));
    assert!(number < 0.0, "{number}");
}

const UPOS: [&str; 6] = ["VERB", "NOUN", "PRON", "ADV", "ADJ", "AUX"];
const DEPREL: [&str; 9] =
    ["nsubj", "obj", "advmod", "acl", "nsubj:pass", "conj", "ccomp", "advcl", "acl:relcl"];

proptest! {
    #[test]
    fn every_voice_around_a_token_has_one_entry_and_the_author_the_last(
        text in "(say|not|plan|[a-z]{1,6})( said| not| may| if| to| [a-z]{1,6}){0,30}",
        words in prop::collection::vec((0..6_usize, 0..9_usize, prop::option::of(0..40_u32)), 0..40),
        attributions in prop::collection::vec((0..40_u32, 0..40_u32, 0..12_u32), 0..6),
    ) {
        let document = Document::read(text);
        let word = |&(upos, deprel, head): &(usize, usize, Option<u32>)| Word {
            upos: UPOS[upos],
            deprel: DEPREL[deprel],
            head: head.map(TokenId),
            ..Word::default()
        };
        let attribution = |&(cue, start, len): &(u32, u32, u32)| Attribution {
            cue: TokenRange { start: cue, end: cue + 1 },
            content: vec![TokenRange { start, end: start + len }],
            ..Attribution::default()
        };
        let analysis = Analysis {
            words: words.iter().map(word).collect(),
            attributions: attributions.iter().map(attribution).collect(),
            ..Analysis::default()
        };
        with(&document, &analysis, |found, statements| {
            for token in 0..document.tokens.len() + 2 {
                let rows = found.of(token);
                let parent = |&at: &usize| statements.parts[at].parent;
                let chain = std::iter::successors(found.within(token), parent);
                let mut holders: Vec<_> =
                    chain.map(|at| statements.rows[at].id.clone()).collect();
                holders.push("author".to_owned());
                let told: Vec<_> = rows.iter().map(|it| it.row.holder.clone()).collect();
                assert_eq!(told, holders);
                let number = found.presented(token, crate::Tense::Past);
                assert!((-3.0..=3.0).contains(&number));
                let _ = crate::tense::tense(found.text, token);
                let _ = crate::tense::is_background(found.text, token, Some("2025-08-08"), None);
            }
        });
    }
}
