use std::time::{Duration, Instant};

use sayso_text::{Block, BlockKind, GoldLayers, Span, Token, TokenId, TokenRange};

use super::*;
use crate::{Attribution, EntityKind, Name, Word};
use EntityKind::{Organization, Person, Place};

/// A text with a sentence a line, its words as `form/upos/head/deprel`: heads count from 1 in the
/// sentence, 0 is the root. Numbers and relative pronouns go by the form.
struct Text {
    document: Document,
    analysis: Analysis<'static>,
}

fn text(lines: &'static str) -> Text {
    let (mut text, mut layers, mut words) = (String::new(), GoldLayers::default(), Vec::new());
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let first = layers.tokens.len();
        for cell in line.split(' ') {
            let fields: Vec<&'static str> = cell.split('/').collect();
            let [form, upos, head, deprel] = fields[..] else { panic!("{cell}") };
            if !text.is_empty() {
                text.push(' ');
            }
            let span = Span::new(text.len(), text.len() + form.len());
            text.push_str(form);
            layers.tokens.push(Token { span });
            let head: usize = head.parse().unwrap();
            let head = head.checked_sub(1).map(|it| TokenId(u32::try_from(first + it).unwrap()));
            let feats = match form {
                "which" | "who" => "PronType=Rel",
                _ if upos == "NOUN" && form.ends_with('s') => "Number=Plur",
                _ => "Number=Sing",
            };
            let lemma = form.to_lowercase().into();
            words.push(Word { upos, feats, lemma, head, deprel, ..Word::default() });
        }
        layers.sentences.push(TokenRange::new(first, layers.tokens.len()));
    }
    layers.blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
    let document = Document::from_tokens(text, layers);
    Text { document, analysis: Analysis { words, ..Analysis::default() } }
}

impl Text {
    fn name(mut self, start: usize, end: usize, kind: EntityKind) -> Self {
        let tokens = TokenRange::new(start, end);
        self.analysis.names.push(Name { tokens, kind, probability: 0.9 });
        self.analysis.names.sort_by_key(|name| name.tokens);
        self
    }

    /// The words of each entity that is mentioned more than once.
    fn entities(mut self) -> Vec<Vec<String>> {
        resolve(&self.document, &mut self.analysis);
        let words = |&at: &usize| {
            let range = self.analysis.mentions[at].tokens.range();
            let tokens = self.document.tokens[range].iter();
            let words: Vec<&str> = tokens.map(|it| it.span.of(&self.document.text)).collect();
            words.join(" ")
        };
        let several = self.analysis.entities.iter().filter(|entity| entity.mentions.len() > 1);
        several.map(|entity| entity.mentions.iter().map(words).collect()).collect()
    }
}

/// Names apart from each other, each in a sentence of its own.
fn names(names: &'static str, kind: EntityKind) -> Vec<Vec<String>> {
    let mut text = text(names);
    let mut tokens = Vec::new();
    for sentence in &text.document.sentences {
        let range = sentence.tokens.range();
        let is_name = |at: &usize| text.analysis.words[*at].upos == "PROPN";
        let start = range.clone().find(is_name).unwrap();
        let end = range.rev().find(is_name).unwrap() + 1;
        tokens.push((start, end));
    }
    for (start, end) in tokens {
        text = text.name(start, end, kind);
    }
    text.entities()
}

#[test]
fn a_last_name_is_the_full_name() {
    let found = names(
        "Claudia/PROPN/3/nsubj Sheinbaum/PROPN/1/flat left/VERB/0/root\n\
         Sheinbaum/PROPN/2/nsubj spoke/VERB/0/root",
        Person,
    );
    assert_eq!(found, [["Claudia Sheinbaum", "Sheinbaum"]]);
}

const CLINTONS: &str = "Hillary/PROPN/3/nsubj Clinton/PROPN/1/flat left/VERB/0/root\n\
    Bill/PROPN/3/nsubj Clinton/PROPN/1/flat stayed/VERB/0/root\n\
    Clinton/PROPN/2/nsubj spoke/VERB/0/root";

#[test]
fn two_persons_of_one_last_name_stay_apart() {
    assert_eq!(names(CLINTONS, Person), [["Bill Clinton", "Clinton"]]);
}

#[test]
fn a_title_tells_which_of_them() {
    let found = text(
        "Hillary/PROPN/3/nsubj Clinton/PROPN/1/flat left/VERB/0/root\n\
         Bill/PROPN/3/nsubj Clinton/PROPN/1/flat stayed/VERB/0/root\n\
         Mrs./PROPN/2/nmod:desc Clinton/PROPN/3/nsubj spoke/VERB/0/root",
    )
    .name(0, 2, Person)
    .name(3, 5, Person)
    .name(7, 8, Person)
    .entities();
    assert_eq!(found, [["Hillary Clinton", "Mrs. Clinton"]]);
}

#[test]
fn initials_are_an_organization_and_other_initials_are_not() {
    let found = names(
        "World/PROPN/3/compound Health/PROPN/3/compound Organization/PROPN/4/nsubj met/VERB/0/root\n\
         WHO/PROPN/2/nsubj spoke/VERB/0/root\n\
         WTO/PROPN/2/nsubj spoke/VERB/0/root",
        Organization,
    );
    assert_eq!(found, [["World Health Organization", "WHO"]]);
}

#[test]
fn an_alias_in_brackets() {
    let found = |kind| {
        text(
            "Mara/PROPN/6/nsubj Salvatrucha/PROPN/1/flat (/PUNCT/4/punct MS-13/PROPN/1/appos \
             )/PUNCT/4/punct grew/VERB/0/root\n\
             MS-13/PROPN/2/nsubj shrank/VERB/0/root",
        )
        .name(0, 2, kind)
        .name(3, 4, kind)
        .name(6, 7, kind)
        .entities()
    };
    assert_eq!(found(Organization), [["Mara Salvatrucha", "MS-13", "MS-13"]]);
    assert_ne!(found(Person), found(Organization), "of a person it is a party or state");
}

#[test]
fn a_demonym_is_its_country() {
    let found = names(
        "Mexico/PROPN/2/nsubj won/VERB/0/root\n\
         Mexican/PROPN/2/nsubj won/VERB/0/root\n\
         Peruvian/PROPN/2/nsubj lost/VERB/0/root",
        Place,
    );
    assert_eq!(found, [["Mexico", "Mexican"]]);
}

#[test]
fn part_of_a_place_is_another_place() {
    let found = names(
        "North/PROPN/2/compound Korea/PROPN/3/nsubj won/VERB/0/root\n\
         Korea/PROPN/2/nsubj lost/VERB/0/root",
        Place,
    );
    assert_eq!(found, [[""; 0]; 0]);
}

#[test]
fn she_is_the_woman_and_not_the_man() {
    let found = text(
        "Ana/PROPN/3/nsubj Reyes/PROPN/1/flat met/VERB/0/root John/PROPN/3/obj Park/PROPN/4/flat\n\
         She/PRON/2/nsubj smiled/VERB/0/root",
    )
    .name(0, 2, Person)
    .name(3, 5, Person)
    .entities();
    assert_eq!(found, [["Ana Reyes", "She"]]);
}

#[test]
fn the_same_description_and_another() {
    let found = text(
        "A/DET/2/det company/NOUN/3/nsubj sued/VERB/0/root a/DET/5/det bank/NOUN/3/obj\n\
         The/DET/2/det company/NOUN/3/nsubj won/VERB/0/root",
    )
    .entities();
    assert_eq!(found, [["A company", "The company"]]);
}

#[test]
fn it_that_stands_for_nothing_is_no_mention() {
    let mut text = text("It/PRON/2/expl rained/VERB/0/root");
    resolve(&text.document, &mut text.analysis);
    assert!(text.analysis.mentions.is_empty());
}

#[test]
fn which_is_the_noun_before_it() {
    let found = text(
        "the/DET/2/det agency/NOUN/6/nsubj ,/PUNCT/2/punct which/PRON/5/nsubj \
         declined/VERB/2/acl:relcl closed/VERB/0/root",
    )
    .entities();
    assert_eq!(found, [["the agency , which declined", "which"]]);
}

#[test]
fn a_name_beside_its_office_is_one_person() {
    let found = |noun| {
        let lines = format!(
            "The/DET/2/det {noun}/NOUN/5/nsubj Ana/PROPN/2/appos Reyes/PROPN/3/flat spoke/VERB/0/root"
        );
        text(lines.leak()).name(2, 4, Person).entities()
    };
    assert_eq!(found("minister"), [["The minister", "Ana Reyes"]]);
    assert_eq!(found("harbor"), [[""; 0]; 0], "a harbor is nobody");
}

#[test]
fn offices_without_an_article_are_one_person() {
    let found = text(
        "Mayor/NOUN/5/nsubj and/CCONJ/3/cc Ana/PROPN/1/conj Reyes/PROPN/3/flat spoke/VERB/0/root",
    );
    assert_eq!(found.name(2, 4, Person).entities(), [["Mayor", "Ana Reyes"]]);
    let two = text(
        "The/DET/2/det mayor/NOUN/6/nsubj and/CCONJ/4/cc Ana/PROPN/2/conj Reyes/PROPN/4/flat \
         spoke/VERB/0/root",
    );
    assert_eq!(two.name(3, 5, Person).entities(), [[""; 0]; 0], "the mayor is another");
}

#[test]
fn a_title_is_no_part_of_a_name() {
    let found = names(
        "Honor/PROPN/3/nsubj Pettifer/PROPN/1/flat left/VERB/0/root\n\
         Dame/PROPN/2/nmod:desc Honor/PROPN/3/nsubj spoke/VERB/0/root\n\
         Dame/PROPN/2/nmod:desc Judith/PROPN/3/nsubj spoke/VERB/0/root",
        Person,
    );
    assert_eq!(found, [["Honor Pettifer", "Dame Honor"]]);
}

#[test]
fn another_title_is_another_of_two() {
    let found = text(
        "Anna/PROPN/3/nsubj Kessler/PROPN/1/flat left/VERB/0/root\n\
         Paul/PROPN/3/nsubj Kessler/PROPN/1/flat stayed/VERB/0/root\n\
         Mr./PROPN/2/nmod:desc Kessler/PROPN/3/nsubj spoke/VERB/0/root\n\
         Dr./PROPN/2/nmod:desc Kessler/PROPN/3/nsubj spoke/VERB/0/root",
    )
    .name(0, 2, Person)
    .name(3, 5, Person)
    .name(7, 8, Person)
    .name(10, 11, Person)
    .entities();
    assert_eq!(found, [["Anna Kessler", "Dr. Kessler"], ["Paul Kessler", "Mr. Kessler"]]);
}

#[test]
fn she_goes_on_from_the_one_who_spoke_last() {
    let lines = "Ana/PROPN/2/nsubj said/VERB/0/root no/INTJ/2/obj\n\
        Maria/PROPN/2/nsubj said/VERB/0/root yes/INTJ/2/obj to/ADP/5/case Ana/PROPN/2/obl\n\
        She/PRON/2/nsubj added/VERB/0/root why/ADV/2/obj";
    let mut text = text(lines).name(0, 1, Person).name(3, 4, Person).name(7, 8, Person);
    for start in [0, 3, 8] {
        text.analysis.attributions.push(Attribution {
            cue: TokenRange::new(start + 1, start + 2),
            source: Some(TokenRange::new(start, start + 1)),
            content: vec![TokenRange::new(start + 2, start + 3)],
            ..Attribution::default()
        });
    }
    assert_eq!(text.entities(), [["Ana", "Ana"], ["Maria", "She"]]);
}

#[test]
fn which_is_the_name_before_it_though_the_clause_hangs_on_the_verb() {
    let found = text(
        "They/PRON/2/nsubj sued/VERB/0/root the/DET/4/det agency/NOUN/2/obj ,/PUNCT/4/punct \
         which/PRON/7/nsubj declined/VERB/2/advcl:relcl",
    )
    .entities();
    assert_eq!(found, [["the agency", "which"]]);
}

const QUOTED: &str = "“/PUNCT/3/punct I/PRON/3/nsubj appeal/VERB/7/ccomp ”/PUNCT/3/punct \
    ,/PUNCT/7/punct Reyes/PROPN/7/nsubj said/VERB/0/root\n\
    I/PRON/2/nsubj laughed/VERB/0/root";

#[test]
fn i_in_a_quotation_is_its_speaker() {
    let mut text = text(QUOTED).name(5, 6, Person);
    text.analysis.attributions.push(Attribution {
        cue: TokenRange::new(6, 7),
        source: Some(TokenRange::new(5, 6)),
        content: vec![TokenRange::new(0, 4)],
        ..Attribution::default()
    });
    assert_eq!(text.entities(), [["I", "Reyes"]], "and outside it is the author");
}

/// Names, pronouns and nouns without end: the time must not grow with their square.
#[test]
fn time_is_linear_in_the_mentions() {
    let line = "Reyes/PROPN/2/nsubj told/VERB/0/root him/PRON/2/iobj the/DET/5/det \
                mayor/NOUN/2/obj left/VERB/2/ccomp Varna/PROPN/6/obj yesterday/NOUN/6/obl\n";
    let read = |n: usize| {
        let lines: &'static str = line.repeat(n).leak();
        let mut text = text(lines);
        for at in 0..n {
            let first = 8 * at;
            for (start, kind) in [(first, Person), (first + 6, Place)] {
                let tokens = TokenRange::new(start, start + 1);
                text.analysis.names.push(Name { tokens, kind, probability: 0.9 });
            }
        }
        let start = Instant::now();
        resolve(&text.document, &mut text.analysis);
        assert_eq!(text.analysis.mentions.len(), 5 * n);
        start.elapsed()
    };
    let short = read(2_000).max(Duration::from_millis(1));
    let long = read(20_000);
    assert!(long < 40 * short, "10,000 mentions take {short:?}, 100,000 take {long:?}");
}
