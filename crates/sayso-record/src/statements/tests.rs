//! Statements of hand-built analyses.

use sayso_analysis::{Analysis, Attribution, Entity, EntityKind, Mention, MentionForm};
use sayso_text::TokenId;

use sayso_text::{Document, Offsets};

use super::*;
use crate::toy::{name, read, tokens};
use crate::{Act, Manner, SourceKind};

fn attribution(document: &Document, source: &str, cue: &str, content: &[&str]) -> Attribution {
    Attribution {
        cue: tokens(document, cue),
        source: (!source.is_empty()).then(|| tokens(document, source)),
        content: content.iter().map(|piece| tokens(document, piece)).collect(),
        cue_probability: 0.9,
        source_probability: 0.8,
        content_probability: 1.0,
        ..Attribution::default()
    }
}

/// The statements, with an entity for each name.
fn rows(document: &Document, analysis: &Analysis<'_>) -> Vec<Statement> {
    let mut analysis = analysis.clone();
    for (at, name) in analysis.names.iter().enumerate() {
        // In these trees a name's first word is its head.
        let head = TokenId(name.tokens.start);
        let (tokens, form) = (name.tokens, MentionForm::Name);
        analysis.mentions.push(Mention { tokens, head, form, name: Some(at) });
        let kind = Some(name.kind);
        analysis.entities.push(Entity { mentions: vec![at], kind, probability: 1.0 });
    }
    crate::Rows::new(document, &analysis, None).statements
}

fn words(document: &Document, spans: &[CharSpan]) -> Vec<String> {
    let at = Offsets::new(&document.text);
    spans.iter().map(|span| span.bytes(&at).of(&document.text).to_owned()).collect()
}

/// The act of a cue in a text without trees.
fn act(text: &str, source: &str, cue: &str, content: &str) -> Act {
    let (document, mut analysis) = read(text, "");
    analysis.attributions = vec![attribution(&document, source, cue, &[content])];
    rows(&document, &analysis)[0].act
}

#[test]
fn acts_follow_the_words_of_the_cue() {
    let of = |cue: &str| {
        let text = format!("The mayor {cue} the plan would fail.");
        act(&text, "The mayor", cue, "the plan would fail")
    };
    assert_eq!(of("say"), Act::Say);
    assert_eq!(of("deny"), Act::Deny);
    assert_eq!(of("did not deny"), Act::Other);
    assert_eq!(of("never say"), Act::Other);
    assert_eq!(of("would not say"), Act::Reject);
    assert_eq!(of("refuse to confirm"), Act::Reject);
    assert_eq!(of("decline to comment"), Act::Reject);
    assert_eq!(of("falsely claim"), Act::Claim);
    assert_eq!(of("make a promise"), Act::Promise);
    assert_eq!(of("issue a denial"), Act::Deny);
    assert_eq!(of("express hope"), Act::Believe);
    assert_eq!(of("does not believe"), Act::Believe);
    assert_eq!(of("call on the council to"), Act::Order);
    assert_eq!(of("go on to promise"), Act::Promise);
    assert_eq!(of("agree to"), Act::Other);
    assert_eq!(of("agree"), Act::Confirm);
    assert_eq!(of("gargle"), Act::Other);
}

#[test]
fn acts_follow_the_content_and_the_source() {
    assert_eq!(
        act("Reyes ask whether it was safe.", "Reyes", "ask", "whether it was safe"),
        Act::Ask
    );
    assert_eq!(act("Reyes ask him to leave.", "Reyes", "ask", "to leave"), Act::Order);
    assert_eq!(act("“Is it safe?” Reyes say.", "Reyes", "say", "“Is it safe?”"), Act::Ask);
    assert_eq!(act("“It is safe.” Reyes say.", "Reyes", "say", "“It is safe.”"), Act::Say);
    let tree = "The/DET/2/det survey/NOUN/3/nsubj says/VERB/0/root/say rents/NOUN/5/nsubj rose/VERB/3/ccomp ./PUNCT/3/punct";
    let (document, mut analysis) = read("The survey says rents rose.", tree);
    analysis.attributions = vec![attribution(&document, "The survey", "says", &["rents rose"])];
    assert_eq!(rows(&document, &analysis)[0].act, Act::Report);
}

fn manner_of(text: &str, content: &[&str]) -> Manner {
    let document = Document::read(text.to_owned());
    let analysis = Analysis {
        attributions: vec![attribution(&document, "", "said", content)],
        ..Analysis::default()
    };
    rows(&document, &analysis)[0].manner
}

#[test]
fn manners() {
    assert_eq!(manner_of("“We will appeal,” she said.", &["“We will appeal,”"]), Manner::Direct);
    assert_eq!(manner_of("“We will appeal,” she said.", &["We will appeal"]), Manner::Direct);
    assert_eq!(manner_of("She said: ‘No deal.’", &["‘No deal.’"]), Manner::Direct);
    let split = ["“We will,”", "“appeal.”"];
    assert_eq!(manner_of("“We will,” she said, “appeal.”", &split), Manner::Direct);
    let part = "it “made no sense”";
    assert_eq!(manner_of("She said it “made no sense”.", &[part]), Manner::Mixed);
    let two = "“yes” and then “no”";
    assert_eq!(manner_of("She said “yes” and then “no”.", &[two]), Manner::Mixed);
    assert_eq!(manner_of("She said it would fail.", &["it would fail"]), Manner::Indirect);
    let inner = "it would fail";
    assert_eq!(manner_of("“They said it would fail.”", &[inner]), Manner::Indirect);
}

#[test]
fn scare_quotes_are_hedges_and_quotations_are_not() {
    let text = "She said the “expert” had “made it all up”.";
    let document = Document::read(text.to_owned());
    let content = "the “expert” had “made it all up”";
    let analysis = Analysis {
        attributions: vec![attribution(&document, "She", "said", &[content])],
        ..Analysis::default()
    };
    let found = rows(&document, &analysis);
    assert_eq!(words(&document, &found[0].hedge), ["“expert”"]);
    assert_eq!(found[0].manner, Manner::Mixed);
    // One word that is all that is said is a quotation.
    let document = Document::read("“Never,” she said.".to_owned());
    let analysis = Analysis {
        attributions: vec![attribution(&document, "she", "said", &["“Never,”"])],
        ..Analysis::default()
    };
    assert_eq!(rows(&document, &analysis)[0].hedge, []);
}

#[test]
fn sources_are_named_or_not() {
    let tree = "Mayor/NOUN/4/nsubj Ana/PROPN/1/flat Reyes/PROPN/1/flat told/VERB/0/root/tell \
        reporters/NOUN/4/iobj the/DET/7/det plan/NOUN/8/nsubj failed/VERB/4/ccomp ./PUNCT/4/punct";
    let (document, mut analysis) = read("Mayor Ana Reyes told reporters the plan failed.", tree);
    analysis.names = vec![name(&document, "Ana Reyes", EntityKind::Person)];
    analysis.attributions =
        vec![attribution(&document, "Mayor Ana Reyes", "told", &["the plan failed"])];
    let found = rows(&document, &analysis);
    assert_eq!(found[0].source.kind, SourceKind::Named);
    assert_eq!(found[0].source.entity.as_deref(), Some("e6-15"));
    assert_eq!(words(&document, &found[0].addressee.as_ref().unwrap().span), ["reporters"]);
    assert_eq!(found[0].id, "s16-20");
    assert!(found[0].score > 0.5 && found[0].score < 1.0);

    let tree = "U.S./PROPN/2/compound officials/NOUN/3/nsubj said/VERB/0/root/say it/PRON/5/nsubj \
        failed/VERB/3/ccomp ./PUNCT/3/punct";
    let (document, mut analysis) = read("U.S. officials said it failed.", tree);
    analysis.names = vec![name(&document, "U.S.", EntityKind::Place)];
    analysis.attributions = vec![attribution(&document, "U.S. officials", "said", &["it failed"])];
    let source = &rows(&document, &analysis)[0].source;
    assert_eq!((source.kind, &source.entity), (SourceKind::Unnamed, &None));
    let role = source.description.unwrap().role.unwrap();
    assert_eq!(words(&document, &[role]), ["U.S. officials"]);
}

#[test]
fn the_reason_for_not_naming_a_source() {
    let tree = "Two/NUM/3/nummod senior/ADJ/3/amod aides/NOUN/9/nsubj/aide who/PRON/7/nsubj \
        were/AUX/7/aux not/PART/7/advmod authorized/VERB/3/acl:relcl/authorize publicly/ADV/7/advmod \
        said/VERB/0/root/say it/PRON/11/nsubj failed/VERB/9/ccomp ./PUNCT/9/punct";
    let text = "Two senior aides who were not authorized publicly said it failed.";
    let (document, mut analysis) = read(text, tree);
    analysis.attributions =
        vec![attribution(&document, "Two senior aides", "said", &["it failed"])];
    let found = rows(&document, &analysis)[0].source.description.unwrap();
    let found = [found.number, found.role, found.reason].map(|it| words(&document, &[it.unwrap()]));
    let reason = "who were not authorized publicly";
    assert_eq!(found.concat(), ["Two", "senior aides", reason]);
}

#[test]
fn the_first_person_is_the_writer_outside_of_quotations() {
    let source = |text: &str| {
        let document = Document::read(text.to_owned());
        let analysis = Analysis {
            attributions: vec![attribution(&document, "I", "think", &["it failed"])],
            ..Analysis::default()
        };
        rows(&document, &analysis)[0].source.kind
    };
    assert_eq!(source("I think it failed."), SourceKind::Author);
    assert_eq!(source("“I think it failed.”"), SourceKind::Unnamed);
}

#[test]
fn the_source_goes_on() {
    let tree = "Reyes/PROPN/2/nsubj said/VERB/0/root/say it/PRON/4/nsubj failed/VERB/2/ccomp \
        ,/PUNCT/2/punct adding/VERB/2/advcl/add that/SCONJ/9/mark nobody/PRON/9/nsubj cared/VERB/6/ccomp \
        ./PUNCT/2/punct";
    let text = "Reyes said it failed, adding that nobody cared.";
    let (document, mut analysis) = read(text, tree);
    analysis.names = vec![name(&document, "Reyes", EntityKind::Person)];
    analysis.attributions = vec![
        attribution(&document, "Reyes", "said", &["it failed"]),
        attribution(&document, "", "adding", &["that nobody cared"]),
    ];
    let found = rows(&document, &analysis);
    assert_eq!(found[1].source.kind, SourceKind::Implicit);
    assert_eq!(found[1].source.entity, found[0].source.entity);
    assert_eq!(found[1].act, Act::Say);
}

#[test]
fn the_passive_has_an_addressee() {
    let tree = "She/PRON/3/nsubj:pass was/AUX/3/aux:pass assured/VERB/0/root/assure/VBN it/PRON/5/nsubj \
        failed/VERB/3/ccomp ./PUNCT/3/punct";
    let (document, mut analysis) = read("She was assured it failed.", tree);
    analysis.attributions = vec![attribution(&document, "", "assured", &["it failed"])];
    let found = rows(&document, &analysis);
    assert_eq!(found[0].source.kind, SourceKind::Unnamed);
    assert_eq!(words(&document, &found[0].addressee.as_ref().unwrap().span), ["She"]);
}

#[test]
fn adverbs_that_somebody_else_has_said_it() {
    let tree = "The/DET/2/det order/NOUN/4/nsubj reportedly/ADV/4/advmod targets/VERB/0/root \
        cartels/NOUN/4/obj ,/PUNCT/9/punct though/SCONJ/9/mark doubts/NOUN/9/nsubj remain/VERB/4/advcl \
        ./PUNCT/4/punct";
    let text = "The order reportedly targets cartels, though doubts remain.";
    let (document, mut analysis) = read(text, tree);
    let found = rows(&document, &analysis);
    assert_eq!(found.len(), 1);
    assert_eq!(words(&document, &found[0].content), ["The order", "targets cartels"]);
    assert_eq!(words(&document, &found[0].cue), ["reportedly"]);
    assert_eq!((found[0].act, found[0].source.kind), (Act::Report, SourceKind::Unnamed));
    // The rule yields to the model's row with the same cue.
    analysis.attributions = vec![attribution(&document, "", "reportedly", &["targets cartels"])];
    assert_eq!(rows(&document, &analysis).len(), 1);
}

#[test]
fn an_adverb_on_a_cue_hedges_it() {
    let tree = "Reyes/PROPN/3/nsubj reportedly/ADV/3/advmod said/VERB/0/root/say it/PRON/5/nsubj \
        failed/VERB/3/ccomp ./PUNCT/3/punct";
    let (document, mut analysis) = read("Reyes reportedly said it failed.", tree);
    analysis.attributions = vec![attribution(&document, "Reyes", "said", &["it failed"])];
    let found = rows(&document, &analysis);
    assert_eq!(found.len(), 1);
    assert_eq!(words(&document, &found[0].hedge), ["reportedly"]);
}

/// What the rules take from a text without an analysis: source, cue, content.
fn by_rule(text: &str, names: &[&str]) -> Vec<(String, String, String)> {
    let document = Document::read(text.to_owned());
    let names = names.iter().map(|it| name(&document, it, EntityKind::Person)).collect();
    let found = rows(&document, &Analysis { names, ..Analysis::default() });
    let joined = |spans: &[CharSpan]| words(&document, spans).join(" | ");
    found
        .iter()
        .map(|it| {
            let source = it.source.span.as_deref().map(joined).unwrap_or_default();
            (source, joined(&it.cue), joined(&it.content))
        })
        .collect()
}

#[test]
fn headlines() {
    let body =
        "\n\nThe ferry stayed in port on Monday, and nobody could say for how long it would.\n";
    let of = |title: &str, names: &[&str]| by_rule(&format!("{title}{body}"), names);
    let row = |source: &str, cue: &str, content: &str| {
        vec![(source.to_owned(), cue.to_owned(), content.to_owned())]
    };
    assert_eq!(of("Reyes: ‘No Deal’", &[]), row("Reyes", ":", "‘No Deal’"));
    let found = of("Ana Reyes: ferry will sail in May", &["Ana Reyes"]);
    assert_eq!(found, row("Ana Reyes", ":", "ferry will sail in May"));
    for near_miss in [
        "Analysis: ‘No deal’ is the deal",
        "Live: ferry strike",
        "Update 3: ferry stays in port",
        "Ferry to leave at 10:30",
        "Harbour news: what we know",
    ] {
        assert_eq!(of(near_miss, &[]), [], "{near_miss}");
    }
}

#[test]
fn interviews() {
    let text = "Q: When will the ferry sail again?\n\nA: In May, if the ice lets us sail at all.\n";
    let found = by_rule(text, &[]);
    let contents: Vec<_> = found.iter().map(|it| it.2.as_str()).collect();
    let expected = ["When will the ferry sail again?", "In May, if the ice lets us sail at all."];
    assert_eq!(contents, expected);
    let recipe = "Ingredients: two eggs and some flour.\n\nA ferry: it sails in May, they think.\n";
    assert_eq!(by_rule(recipe, &[]), []);
}

#[test]
fn a_link_that_does_not_hold_is_dropped_and_the_row_stays() {
    let document = Document::read("Reyes said Lund said it failed.".to_owned());
    let mut outer = attribution(&document, "Reyes", "said", &["Lund said it failed"]);
    let mut inner = attribution(&document, "Lund", "said", &["it failed"]);
    inner.cue = TokenRange::new(3, 4);
    inner.parent = Some(0);
    let analysis = |attributions| Analysis { attributions, ..Analysis::default() };
    let found = rows(&document, &analysis(vec![outer.clone(), inner.clone()]));
    assert_eq!(found[1].parent.as_ref(), Some(&found[0].id));
    outer.content = vec![TokenRange::new(2, 4)];
    outer.parent = Some(1);
    let found = rows(&document, &analysis(vec![outer, inner]));
    assert_eq!(found.iter().filter(|it| it.parent.is_some()).count(), 0);
    assert_eq!(found.len(), 2);
}

#[test]
fn odd_texts_do_no_harm() {
    let deep = format!("She said {}no{}.", "“‘".repeat(200), "’”".repeat(200));
    let long = format!("“{}” she said.", "word ".repeat(10_000));
    for text in [deep.as_str(), long.as_str(), "“said", "said”", "SAID: “NO”", "\"said\" \" said"]
    {
        let document = Document::read(text.to_owned());
        let end = document.tokens.len();
        let mut row =
            attribution(&document, "", if text.contains("SAID") { "SAID" } else { "said" }, &[]);
        row.content = vec![TokenRange::new(0, end)];
        let analysis = Analysis { attributions: vec![row], ..Analysis::default() };
        assert!(!rows(&document, &analysis).is_empty(), "{text}");
    }
}

#[test]
fn signatures() {
    let row = |source: &str, cue: &str, content: &str| {
        vec![(source.to_owned(), cue.to_owned(), content.to_owned())]
    };
    let names = ["Ana Reyes"];
    let found = by_rule("“We need the bridge.” ― Ana Reyes\n", &names);
    assert_eq!(found, row("Ana Reyes", "―", "“We need the bridge.”"));
    let found = by_rule("“We need the bridge.”\n\n— Ana Reyes, Varna\n", &names);
    assert_eq!(found, row("Ana Reyes", "—", "“We need the bridge.”"));
    for near_miss in
        ["We need the bridge ― Ana Reyes\n", "“A” or “B” ― Ana Reyes\n", "― Ana Reyes\n"]
    {
        assert_eq!(by_rule(near_miss, &names), [], "{near_miss}");
    }
}

#[test]
fn per_somebody() {
    let names = ["Ana Reyes"];
    let found = by_rule("The mill will close in May, per Ana Reyes.", &names);
    let expected = ("Ana Reyes", "per", "The mill will close in May");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.as_str(), found[0].2.as_str()), expected);
    for near_miss in ["Reyes sails twice per day.", "Fares are four crowns per head."] {
        assert_eq!(by_rule(near_miss, &[]), [], "{near_miss}");
    }
}

#[test]
fn a_modal_leaves_open_whether_it_was_said() {
    let hedges = |text: &str, tree: &'static str, cue: &str| {
        let (document, mut analysis) = read(text, tree);
        analysis.attributions = vec![attribution(&document, "Reyes", cue, &["it failed"])];
        words(&document, &rows(&document, &analysis)[0].hedge)
    };
    let tree = "Reyes/PROPN/3/nsubj may/AUX/3/aux say/VERB/0/root it/PRON/5/nsubj \
        failed/VERB/3/ccomp ./PUNCT/3/punct";
    assert_eq!(hedges("Reyes may say it failed.", tree, "may say"), ["may"]);
    let tree = "Reyes/PROPN/4/nsubj would/AUX/4/aux not/PART/4/advmod say/VERB/0/root \
        it/PRON/6/nsubj failed/VERB/4/ccomp ./PUNCT/4/punct";
    assert_eq!(hedges("Reyes would not say it failed.", tree, "would not say"), [""; 0]);
    let tree = "If/SCONJ/3/mark Reyes/PROPN/3/nsubj says/VERB/7/advcl it/PRON/5/nsubj \
        failed/VERB/3/ccomp she/PRON/7/nsubj left/VERB/0/root";
    assert_eq!(hedges("If Reyes says it failed she left", tree, "says"), ["If"]);
}
