//! Relations off hand-built trees, each beside a near miss.

use sayso_analysis::{Analysis, Entity as Cluster, EntityKind, Mention, MentionForm};
use sayso_text::{Document, TokenId};

use crate::{RelationKind, Rows, toy};

const PERSON: EntityKind = EntityKind::Person;
const BODY: EntityKind = EntityKind::Organization;
const PLACE: EntityKind = EntityKind::Place;

/// The rows of a text whose names stand for an entity each; the head of a name is the token that hangs
/// on one outside of it.
fn rows(text: &str, tree: &'static str, names: &[(&str, EntityKind)]) -> Rows {
    let (document, mut analysis) = toy::read(text, tree);
    add_names(&document, &mut analysis, names);
    Rows::new(&document, &analysis, None)
}

fn add_names(document: &Document, analysis: &mut Analysis<'_>, names: &[(&str, EntityKind)]) {
    for &(words, kind) in names {
        let name = toy::name(document, words, kind);
        let outside = |at: &usize| {
            let head = analysis.words[*at].head;
            head.is_none_or(|head| !name.tokens.range().contains(&head.index()))
        };
        let head = name.tokens.range().find(outside).unwrap();
        analysis.names.push(name);
        analysis.mentions.push(Mention {
            tokens: name.tokens,
            head: TokenId(u32::try_from(head).unwrap()),
            form: MentionForm::Name,
            name: Some(analysis.names.len() - 1),
        });
        let mentions = vec![analysis.mentions.len() - 1];
        analysis.entities.push(Cluster { mentions, kind: Some(kind), probability: 1.0 });
    }
    analysis.names.sort_by_key(|it| it.tokens.start);
}

/// `kind subject value object by`, with `-` for what a row lacks.
fn told(rows: &Rows) -> Vec<String> {
    let name = |id: &Option<String>| {
        let entity = rows.entities.iter().find(|it| Some(&it.id) == id.as_ref());
        entity.map_or("-", |it| it.name.as_str()).to_owned()
    };
    let row = |it: &crate::Relation| {
        let subject = name(&Some(it.subject.clone()));
        let value = it.value.as_deref().unwrap_or("-");
        let kind = it.kind.name();
        format!("{kind} | {subject} | {value} | {} | {}", name(&it.object), name(&it.by))
    };
    rows.relations.iter().map(row).collect()
}

#[test]
fn a_title_before_a_name_is_a_role_of_its_country() {
    let found = rows(
        "Turkish President Ana Reyes left Turkey .",
        "Turkish/ADJ/3/amod President/PROPN/3/nmod:desc Ana/PROPN/5/nsubj Reyes/PROPN/3/flat \
         left/VERB/0/root/leave Turkey/PROPN/5/obj ./PUNCT/5/punct",
        &[("Ana Reyes", PERSON), ("Turkey", PLACE)],
    );
    assert_eq!(told(&found), ["role | Ana Reyes | President | Turkey | -"]);
    assert_eq!(found.relations[0].id, "r8-17");
    let person = &found.entities[0];
    assert_eq!((person.country.as_deref(), person.sector.as_deref()), (Some("TUR"), Some("GOV")));
    let place = &found.entities[1];
    assert_eq!((place.country.as_deref(), place.sector.as_deref()), (Some("TUR"), None));
}

#[test]
fn an_ambassador_is_of_the_country_that_sends() {
    let found = rows(
        "U.S. Ambassador to Kenya Paul Ross left .",
        "U.S./PROPN/2/compound Ambassador/PROPN/5/nmod:desc to/ADP/4/case Kenya/PROPN/2/nmod \
         Paul/PROPN/7/nsubj Ross/PROPN/5/flat left/VERB/0/root/leave ./PUNCT/7/punct",
        &[("U.S.", PLACE), ("Kenya", PLACE), ("Paul Ross", PERSON)],
    );
    assert_eq!(told(&found), ["role | Paul Ross | Ambassador to Kenya | U.S. | -"]);
    assert_eq!(found.entities[2].country.as_deref(), Some("USA"));
}

#[test]
fn an_apposition_goes_to_the_nearest_name() {
    let found = rows(
        "Ida Holm met Ana Reyes , the director of Norvex .",
        "Ida/PROPN/3/nsubj Holm/PROPN/1/flat met/VERB/0/root/meet Ana/PROPN/3/obj \
         Reyes/PROPN/4/flat ,/PUNCT/8/punct the/DET/8/det director/NOUN/1/appos of/ADP/10/case \
         Norvex/PROPN/8/nmod ./PUNCT/3/punct",
        &[("Ida Holm", PERSON), ("Ana Reyes", PERSON), ("Norvex", BODY)],
    );
    assert!(
        told(&found).is_empty(),
        "the tree hangs it on the first name, which is not next to it"
    );
}

#[test]
fn who_is_no_judge_has_no_role() {
    let tree = "Reyes/PROPN/4/nsubj is/AUX/4/cop/be a/DET/4/det judge/NOUN/0/root ./PUNCT/4/punct";
    let found = rows("Reyes is a judge .", tree, &[("Reyes", PERSON)]);
    assert_eq!(told(&found), ["role | Reyes | judge | - | -"]);
    let tree = "Reyes/PROPN/4/nsubj is/AUX/4/cop/be no/DET/4/det judge/NOUN/0/root ./PUNCT/4/punct";
    assert!(told(&rows("Reyes is no judge .", tree, &[("Reyes", PERSON)])).is_empty());
}

#[test]
fn brackets_hold_a_party_or_an_abbreviation() {
    let found = rows(
        "Rosa Lund ( D-Ohio ) joined Red Hand Men ( RHM ) .",
        "Rosa/PROPN/8/nsubj Lund/PROPN/1/flat (/PUNCT/4/punct D/PROPN/1/appos -/PUNCT/6/punct \
         Ohio/PROPN/4/flat )/PUNCT/4/punct joined/VERB/0/root/join Red/PROPN/11/compound \
         Hand/PROPN/11/compound Men/PROPN/8/obj (/PUNCT/13/punct RHM/PROPN/11/appos \
         )/PUNCT/13/punct ./PUNCT/8/punct",
        &[("Rosa Lund", PERSON), ("Red Hand Men", BODY)],
    );
    assert_eq!(
        told(&found),
        ["membership | Rosa Lund | D-Ohio | - | -", "alias | Red Hand Men | RHM | - | -"]
    );
}

#[test]
fn a_designation_has_who_what_and_by_whom() {
    let names = [("Norland", PLACE), ("Red Hand", BODY), ("Blue Men", BODY)];
    let found = rows(
        "Norland designated Red Hand and Blue Men as criminal groups .",
        "Norland/PROPN/2/nsubj designated/VERB/0/root/designate Red/PROPN/4/compound \
         Hand/PROPN/2/obj and/CCONJ/7/cc Blue/PROPN/7/compound Men/PROPN/4/conj as/ADP/10/case \
         criminal/ADJ/10/amod groups/NOUN/2/obl/group ./PUNCT/2/punct",
        &names,
    );
    assert_eq!(
        told(&found),
        [
            "designation | Red Hand | criminal groups | - | Norland",
            "designation | Blue Men | criminal groups | - | Norland"
        ]
    );
    let found = rows(
        "Red Hand was listed by Norland .",
        "Red/PROPN/2/compound Hand/PROPN/4/nsubj:pass was/AUX/4/aux:pass/be \
         listed/VERB/0/root/list by/ADP/6/case Norland/PROPN/4/obl:agent ./PUNCT/4/punct",
        &names[..2],
    );
    assert!(told(&found).is_empty(), "it is not said as what");
}

#[test]
fn a_seat_and_a_birthplace() {
    let found = rows(
        "Norvex , based in Lima , hired Ida Holm , born in Oslo .",
        "Norvex/PROPN/7/nsubj ,/PUNCT/3/punct based/VERB/1/acl/base in/ADP/5/case Lima/PROPN/3/obl \
         ,/PUNCT/3/punct hired/VERB/0/root/hire Ida/PROPN/7/obj Holm/PROPN/8/flat ,/PUNCT/11/punct \
         born/VERB/8/acl/bear in/ADP/13/case Oslo/PROPN/11/obl ./PUNCT/7/punct",
        &[("Norvex", BODY), ("Lima", PLACE), ("Ida Holm", PERSON), ("Oslo", PLACE)],
    );
    assert_eq!(
        told(&found),
        ["location | Norvex | based | Lima | -", "origin | Ida Holm | born | Oslo | -"]
    );
}

#[test]
fn a_comma_tells_where_a_place_lies_unless_it_lists() {
    let tree = "in/ADP/2/case Tucson/PROPN/0/root ,/PUNCT/4/punct Arizona/PROPN/2/appos \
                ./PUNCT/2/punct";
    let places = [("Tucson", PLACE), ("Arizona", PLACE)];
    let found = rows("in Tucson , Arizona .", tree, &places);
    assert_eq!(told(&found), ["location | Tucson | - | Arizona | -"]);
    assert_eq!(found.relations[0].kind, RelationKind::Location);
    let tree = "in/ADP/2/case Tucson/PROPN/0/root ,/PUNCT/4/punct Arizona/PROPN/2/conj \
                and/CCONJ/6/cc Oslo/PROPN/2/conj ./PUNCT/2/punct";
    let places = [("Tucson", PLACE), ("Arizona", PLACE), ("Oslo", PLACE)];
    assert!(told(&rows("in Tucson , Arizona and Oslo .", tree, &places)).is_empty());
}

#[test]
fn nothing_tells_nothing() {
    assert!(told(&rows("", "", &[])).is_empty());
}
