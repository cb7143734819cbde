//! Events of hand-built trees.

use sayso_analysis::{Analysis, EntityKind};
use sayso_text::{Document, Offsets};

use super::pattern::{PATTERNS, Sense};
use crate::toy::{name, read};
use crate::{CharSpan, Event};

/// The rows with a type, written `TYPE anchor: actors > recipients`.
fn typed(text: &str, tree: &'static str, names: &[(&str, EntityKind)]) -> Vec<String> {
    let (document, mut analysis) = read(text, tree);
    analysis.names = names.iter().map(|(words, kind)| name(&document, words, *kind)).collect();
    let rows = events(&document, &analysis);
    rows.iter().filter_map(|row| written(&document, row)).collect()
}

fn events(document: &Document, analysis: &Analysis<'_>) -> Vec<Event> {
    crate::Rows::new(document, analysis, None).events
}

fn written(document: &Document, row: &Event) -> Option<String> {
    let at = Offsets::new(&document.text);
    let words = |span: &CharSpan| span.bytes(&at).of(&document.text).to_owned();
    let side = |side: &[crate::Reference]| {
        let parties: Vec<String> = side.iter().map(|it| words(&it.span[0])).collect();
        parties.join(", ")
    };
    let kind = row.kind.as_ref()?;
    let (actors, recipients) = (side(&row.actors), side(&row.recipients));
    Some(format!("{kind} {}: {actors} > {recipients}", words(&row.anchor)))
}

const PLACE: EntityKind = EntityKind::Place;
const PERSON: EntityKind = EntityKind::Person;

#[test]
fn a_support_verb_leaves_the_event_to_its_noun() {
    let tree = "Norland/PROPN/2/nsubj launched/VERB/0/root/launch air/NOUN/4/compound \
                strikes/NOUN/2/obj/strike on/ADP/6/case Kordia/PROPN/4/nmod ./PUNCT/2/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland launched air strikes on Kordia.", tree, &names);
    assert_eq!(found, ["ASSAULT strikes: Norland > Kordia"]);
}

#[test]
fn nurses_strike_otherwise_than_armies() {
    let tree = "Nurses/NOUN/2/nsubj/nurse staged/VERB/0/root/stage a/DET/4/det \
                strike/NOUN/2/obj ./PUNCT/2/punct";
    let found = typed("Nurses staged a strike.", tree, &[]);
    assert_eq!(found, ["PROTEST strike: Nurses > "]);
}

#[test]
fn a_passive_turns_the_sides_round() {
    let tree = "Two/NUM/2/nummod pilots/NOUN/4/nsubj:pass/pilot/NNS were/AUX/4/aux:pass/be \
                arrested/VERB/0/root/arrest/VBN by/ADP/6/case police/NOUN/4/obl:agent \
                ./PUNCT/4/punct";
    let found = typed("Two pilots were arrested by police.", tree, &[]);
    assert_eq!(found, ["COERCE arrested: police > Two pilots"]);
}

#[test]
fn without_its_agent_a_passive_has_no_actor() {
    let tree = "Two/NUM/2/nummod pilots/NOUN/4/nsubj:pass/pilot/NNS were/AUX/4/aux:pass/be \
                arrested/VERB/0/root/arrest/VBN ./PUNCT/4/punct";
    assert_eq!(typed("Two pilots were arrested.", tree, &[]), ["COERCE arrested:  > Two pilots"]);
}

#[test]
fn what_is_promised_is_not_told_twice() {
    let tree = "Norland/PROPN/2/nsubj promised/VERB/0/root/promise to/PART/4/mark \
                send/VERB/2/xcomp food/NOUN/4/obj to/ADP/7/case Kordia/PROPN/4/obl ./PUNCT/2/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland promised to send food to Kordia.", tree, &names);
    assert_eq!(found, ["AGREE promised: Norland > Kordia"]);
}

#[test]
fn help_to_come_is_an_agreement() {
    let will = "Norland/PROPN/3/nsubj will/AUX/3/aux send/VERB/0/root food/NOUN/3/obj \
                to/ADP/6/case Kordia/PROPN/3/obl ./PUNCT/3/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland will send food to Kordia.", will, &names);
    assert_eq!(found, ["AGREE send: Norland > Kordia"]);
    let sent = "Norland/PROPN/2/nsubj sent/VERB/0/root/send food/NOUN/2/obj to/ADP/5/case \
                Kordia/PROPN/2/obl ./PUNCT/2/punct";
    let found = typed("Norland sent food to Kordia.", sent, &names);
    assert_eq!(found, ["AID sent: Norland > Kordia"]);
}

#[test]
fn what_somebody_says_he_will_block_is_a_threat() {
    let tree = "Farmers/NOUN/2/nsubj/farmer/NNS said/VERB/0/root/say they/PRON/5/nsubj \
                would/AUX/5/aux blockade/VERB/2/ccomp Kordia/PROPN/5/obj ./PUNCT/2/punct";
    let found = typed("Farmers said they would blockade Kordia.", tree, &[("Kordia", PLACE)]);
    assert_eq!(found, ["THREATEN blockade: Farmers > Kordia"]);
}

#[test]
fn what_another_must_do_is_a_request() {
    let tree = "Norland/PROPN/2/nsubj said/VERB/0/root/say Kordia/PROPN/5/nsubj must/AUX/5/aux \
                pay/VERB/2/ccomp ./PUNCT/2/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland said Kordia must pay.", tree, &names);
    assert_eq!(found, ["REQUEST pay: Norland > Kordia"]);
}

#[test]
fn to_lift_a_ban_is_a_concession_and_to_cut_aid_a_sanction() {
    let lifted = "Norland/PROPN/2/nsubj lifted/VERB/0/root/lift the/DET/4/det \
                  curfew/NOUN/2/obj in/ADP/6/case Kordia/PROPN/4/nmod ./PUNCT/2/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland lifted the curfew in Kordia.", lifted, &names);
    assert_eq!(found, ["CONCEDE lifted: Norland > Kordia"]);
    let cut = "Norland/PROPN/2/nsubj cut/VERB/0/root its/PRON/4/nmod:poss aid/NOUN/2/obj \
               to/ADP/6/case Kordia/PROPN/4/nmod ./PUNCT/2/punct";
    let found = typed("Norland cut its aid to Kordia.", cut, &names);
    assert_eq!(found, ["SANCTION cut: Norland > Kordia"]);
}

#[test]
fn words_attack_a_person_and_arms_a_camp() {
    let words = "Lund/PROPN/2/nsubj attacked/VERB/0/root/attack Reyes/PROPN/2/obj over/ADP/5/case \
                 taxes/NOUN/2/obl/tax ./PUNCT/2/punct";
    let names = [("Lund", PERSON), ("Reyes", PERSON)];
    let found = typed("Lund attacked Reyes over taxes.", words, &names);
    assert_eq!(found, ["ACCUSE attacked: Lund > Reyes"]);
    let arms = "Rebels/NOUN/2/nsubj/rebel/NNS attacked/VERB/0/root/attack a/DET/5/det \
                Kordian/ADJ/5/amod outpost/NOUN/2/obj ./PUNCT/2/punct";
    let found =
        typed("Rebels attacked a Kordian outpost.", arms, &[("Kordian", EntityKind::Group)]);
    assert_eq!(found, ["ASSAULT attacked: Rebels > Kordian"]);
}

#[test]
fn a_storm_a_virus_and_an_idea_take_no_part() {
    let storm = "A/DET/2/det storm/NOUN/3/nsubj hit/VERB/0/root Kordia/PROPN/3/obj ./PUNCT/3/punct";
    assert!(typed("A storm hit Kordia.", storm, &[("Kordia", PLACE)]).is_empty());
    let poverty = "Norland/PROPN/2/nsubj fights/VERB/0/root/fight poverty/NOUN/2/obj \
                   ./PUNCT/2/punct";
    assert!(typed("Norland fights poverty.", poverty, &[("Norland", PLACE)]).is_empty());
}

#[test]
fn those_who_act_together_act_on_each_other() {
    let tree = "Norland/PROPN/4/nsubj and/CCONJ/3/cc Kordia/PROPN/1/conj signed/VERB/0/root/sign \
                a/DET/6/det treaty/NOUN/4/obj ./PUNCT/4/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland and Kordia signed a treaty.", tree, &names);
    assert_eq!(found, ["SUPPORT treaty: Norland, Kordia > Norland, Kordia"]);
}

#[test]
fn a_relative_pronoun_stands_for_those_before_it() {
    let tree = "The/DET/2/det rebels/NOUN/6/nsubj/rebel/NNS who/PRON/4/nsubj \
                killed/VERB/2/acl:relcl/kill Reyes/PROPN/4/obj fled/VERB/0/root/flee \
                ./PUNCT/6/punct";
    let found = typed("The rebels who killed Reyes fled.", tree, &[("Reyes", PERSON)]);
    assert_eq!(found, ["ASSAULT killed: The rebels > Reyes"]);
}

#[test]
fn a_participle_with_an_object_is_no_attribute() {
    let tree = "Norland/PROPN/4/compound mobilized/VERB/4/amod/mobilize/VBD army/NOUN/4/compound \
                reservists/NOUN/0/root/reservist against/ADP/6/case Kordia/PROPN/4/nmod \
                ./PUNCT/4/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland mobilized army reservists against Kordia.", tree, &names);
    assert_eq!(found, ["MOBILIZE mobilized: Norland > Kordia"]);
}

#[test]
fn a_match_is_no_war() {
    let text = "The goalkeeper and the midfielder attacked the rebels.";
    let tree = "The/DET/2/det goalkeeper/NOUN/6/nsubj and/CCONJ/5/cc the/DET/5/det \
                midfielder/NOUN/2/conj attacked/VERB/0/root/attack the/DET/8/det \
                rebels/NOUN/6/obj/rebel/NNS ./PUNCT/6/punct";
    assert!(typed(text, tree, &[]).is_empty());
}

#[test]
fn an_idea_can_be_rejected_but_is_nobody() {
    let plan = "Lund/PROPN/2/nsubj rejected/VERB/0/root/reject Reyes/PROPN/5/nmod:poss 's/PART/3/case \
                plan/NOUN/2/obj ./PUNCT/2/punct";
    let names = [("Lund", PERSON), ("Reyes", PERSON)];
    assert_eq!(
        typed("Lund rejected Reyes's plan.", plan, &names),
        ["REJECT rejected: Lund > Reyes"]
    );
    let idea = "Lund/PROPN/2/nsubj rejected/VERB/0/root/reject the/DET/4/det idea/NOUN/2/obj \
                ./PUNCT/2/punct";
    assert!(typed("Lund rejected the idea.", idea, &[("Lund", PERSON)]).is_empty());
}

#[test]
fn a_party_adjective_is_nobody() {
    let tree = "Lund/PROPN/2/nsubj rejected/VERB/0/root/reject a/DET/5/det Democratic/ADJ/5/amod \
                plan/NOUN/2/obj ./PUNCT/2/punct";
    let names = [("Lund", PERSON), ("Democratic", EntityKind::Group)];
    assert!(typed("Lund rejected a Democratic plan.", tree, &names).is_empty());
}

#[test]
fn to_carry_a_town_in_a_primary_is_no_capture() {
    let tree = "Lund/PROPN/2/nsubj captured/VERB/0/root/capture Kordia/PROPN/2/obj in/ADP/6/case \
                the/DET/6/det primary/NOUN/2/obl ./PUNCT/2/punct";
    let names = [("Lund", PERSON), ("Kordia", PLACE)];
    assert!(typed("Lund captured Kordia in the primary.", tree, &names).is_empty());
}

#[test]
fn a_question_is_no_request() {
    let asked = "Lund/PROPN/2/nsubj asked/VERB/0/root/ask Reyes/PROPN/2/obj to/PART/5/mark \
                 leave/VERB/2/xcomp ./PUNCT/2/punct";
    let names = [("Lund", PERSON), ("Reyes", PERSON)];
    assert_eq!(typed("Lund asked Reyes to leave.", asked, &names), ["REQUEST asked: Lund > Reyes"]);
    let whether = "Lund/PROPN/2/nsubj asked/VERB/0/root/ask Reyes/PROPN/2/obj whether/SCONJ/7/mark \
                   she/PRON/7/nsubj would/AUX/7/aux leave/VERB/2/ccomp ./PUNCT/2/punct";
    assert!(typed("Lund asked Reyes whether she would leave.", whether, &names).is_empty());
}

#[test]
fn a_promise_of_an_act_is_an_agreement() {
    let support = "Lund/PROPN/2/nsubj promised/VERB/0/root/promise to/PART/4/mark \
                   support/VERB/2/xcomp Reyes/PROPN/4/obj ./PUNCT/2/punct";
    let names = [("Lund", PERSON), ("Reyes", PERSON)];
    let found = typed("Lund promised to support Reyes.", support, &names);
    assert_eq!(found, ["AGREE promised: Lund > Reyes"]);
    let beat = "Lund/PROPN/2/nsubj promised/VERB/0/root/promise to/PART/4/mark \
                outrun/VERB/2/xcomp Reyes/PROPN/4/obj ./PUNCT/2/punct";
    assert!(typed("Lund promised to outrun Reyes.", beat, &names).is_empty());
}

#[test]
fn whom_one_goes_after_is_accused() {
    let tree = "Lund/PROPN/2/nsubj went/VERB/0/root/go after/ADP/4/case Reyes/PROPN/2/obl \
                ./PUNCT/2/punct";
    let names = [("Lund", PERSON), ("Reyes", PERSON)];
    assert_eq!(typed("Lund went after Reyes.", tree, &names), ["ACCUSE went: Lund > Reyes"]);
}

#[test]
fn a_threat_hangs_on_what_another_does() {
    let tree = "Norland/PROPN/2/nsubj threatened/VERB/0/root/threaten to/PART/4/mark \
                attack/VERB/2/xcomp unless/SCONJ/7/mark Kordia/PROPN/7/nsubj paid/VERB/4/advcl/pay \
                ./PUNCT/2/punct";
    let names = [("Norland", PLACE), ("Kordia", PLACE)];
    let found = typed("Norland threatened to attack unless Kordia paid.", tree, &names);
    assert_eq!(found, ["THREATEN threatened: Norland > Kordia"]);
}

#[test]
fn nothing_to_read_gives_no_rows() {
    assert!(typed("", "", &[]).is_empty());
    assert!(typed("Rebels attacked a camp.", "", &[]).is_empty());
}

#[test]
fn every_type_has_patterns_for_verbs_with_places() {
    for kind in super::kind::Kind::ALL {
        assert!(PATTERNS.places(kind, 'v').is_some(), "{}", kind.name());
        assert!(PATTERNS.tells(Sense::Type(kind)), "{}", kind.name());
    }
}

#[test]
fn a_counsel_is_no_reflexive() {
    let tree = "Police/NOUN/2/nsubj arrested/VERB/0/root/arrest the/DET/4/det \
                counsel/NOUN/2/obj ./PUNCT/2/punct";
    let found = typed("Police arrested the counsel.", tree, &[]);
    assert_eq!(found, ["COERCE arrested: Police > the counsel"]);
    let tree =
        "Police/NOUN/2/nsubj arrested/VERB/0/root/arrest themselves/PRON/2/obj ./PUNCT/2/punct";
    assert_eq!(typed("Police arrested themselves.", tree, &[]), [""; 0]);
}
