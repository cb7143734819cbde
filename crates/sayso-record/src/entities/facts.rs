//! The country and the sector of each entity, by what the text says of it.

use sayso_analysis::{Analysis, Mention, MentionForm};
use sayso_text::TokenRange;

use super::title::{self, Title};
use super::{Entities, country, sector};
use crate::EntityKind;
use crate::lexicon::LEXICON;
use crate::text::Text;

/// What the mentions of one entity tell, each with how often.
#[derive(Debug, Default)]
struct Votes(Vec<(&'static str, usize)>);

impl Votes {
    fn add(&mut self, code: Option<&'static str>) {
        let Some(code) = code else { return };
        match self.0.iter_mut().find(|it| it.0 == code) {
            Some((_, times)) => *times += 1,
            None => self.0.push((code, 1)),
        }
    }

    /// What is told most often; nothing if two are told equally often.
    fn most(&self) -> Option<&'static str> {
        let most = self.0.iter().map(|it| it.1).max()?;
        let mut top = self.0.iter().filter(|it| it.1 == most);
        let first = top.next()?;
        top.next().is_none().then_some(first.0)
    }

    /// What is told most often, and first of these.
    fn first_of_most(&self) -> Option<&'static str> {
        let most = self.0.iter().map(|it| it.1).max()?;
        self.0.iter().find(|it| it.1 == most).map(|it| it.0)
    }
}

/// Fills in the country and the sector of each entity; they stay empty where nothing tells.
///
/// A country by itself has no sector: *\[Turkey\] signed*. A capital that speaks has that of its
/// government: *\[Ankara\] denied it*.
///
/// # Cost
///
/// Linear in the mentions, and in what hangs on each.
pub(crate) fn fill(text: &Text<'_>, entities: &mut Entities) {
    let analysis = text.analysis;
    for (entity, place) in analysis.entities.iter().zip(&entities.of) {
        let Some(row) = place.and_then(|at| entities.rows.get_mut(at)) else { continue };
        let mentions: Vec<&Mention> =
            entity.mentions.iter().filter_map(|&at| analysis.mentions.get(at)).collect();
        let reading = Reading { text, analysis, kind: row.kind, mentions: &mentions };
        row.country = reading.country().map(str::to_owned);
        row.sector = reading.sector().map(str::to_owned);
    }
}

/// One entity.
struct Reading<'t, 'a> {
    text: &'t Text<'a>,
    analysis: &'a Analysis<'a>,
    kind: EntityKind,
    mentions: &'t [&'a Mention],
}

impl Reading<'_, '_> {
    fn country(&self) -> Option<&'static str> {
        let mut by_name = Votes::default();
        let mut by_context = Votes::default();
        for mention in self.mentions {
            if let Some(tokens) = self.name(mention)
                && (self.kind != EntityKind::Person || self.is_bare_country(tokens))
            {
                if let Some(form) = country::form_of(self.text, tokens) {
                    let after = self.country_after(tokens);
                    // Of two countries with the name, the text tells which: *Georgia, \[U.S.\]*.
                    by_name.add(Some(after.or(form.code)?));
                    continue;
                }
                by_name.add(self.country_after(tokens).or_else(|| self.country_in(tokens)));
            }
            by_context.add(self.country_beside(mention));
        }
        by_name.most().or_else(|| by_context.most())
    }

    /// Whether a person's name is that of a country or a capital, without a title or another name:
    /// *\[Peru\] has agreed*, but not *Mr. \[Jordan\]*, nor *\[Jordan\]* after *Dana Jordan*.
    fn is_bare_country(&self, name: TokenRange) -> bool {
        let is_country = |tokens: TokenRange| {
            country::form_of(self.text, tokens).is_some_and(|it| {
                matches!(it.class, country::Class::Name | country::Class::Capital)
            })
        };
        let start = name.range().start;
        let title = start.checked_sub(1).is_some_and(|at| self.text.upos(at) == "PROPN");
        let mut names = self.mentions.iter().filter_map(|it| self.name(it));
        !title && names.all(is_country)
    }

    /// The name of a mention.
    fn name(&self, mention: &Mention) -> Option<TokenRange> {
        let name = self.analysis.names.get(mention.name?)?;
        Some(name.tokens)
    }

    /// The country behind a place: *Paris, \[Texas\]*.
    fn country_after(&self, name: TokenRange) -> Option<&'static str> {
        let comma = name.range().end;
        if self.kind != EntityKind::Place || self.text.form(comma) != "," {
            return None;
        }
        let next = self.text.name_at(comma + 1)?;
        let form = country::form_of(self.text, next.tokens)?;
        form.code.filter(|_| matches!(form.class, country::Class::Name | country::Class::State))
    }

    /// The country in a longer name: *\[U.S.\] Navy*, *Bank of \[England\]*.
    fn country_in(&self, name: TokenRange) -> Option<&'static str> {
        if let Some(entry) = sector::of_name(self.text, name)
            && entry.country.is_some()
        {
            return entry.country;
        }
        if !matches!(self.kind, EntityKind::Organization | EntityKind::Group) {
            return None;
        }
        let forms = name.range().filter_map(|at| country::form_ending_at(self.text, at));
        let mut codes: Vec<_> = forms.filter(|it| it.1.is_country()).map(|it| it.1.code).collect();
        codes.dedup();
        if codes.len() == 1 { codes[0] } else { None }
    }

    /// The country that stands beside a mention, in its title or on its noun.
    ///
    /// *the \[Turkish\] minister*, *police in \[Kenya\]*; none if there are two.
    fn country_beside(&self, mention: &Mention) -> Option<&'static str> {
        if mention.form == MentionForm::Pronoun {
            return None;
        }
        let head = mention.head.index();
        let mut codes = Vec::new();
        let whose = self.titles(mention);
        for title in &whose {
            codes.extend(title.owner.and_then(|owner| self.country_of(owner)));
        }
        if self.kind != EntityKind::Person || mention.form == MentionForm::Nominal {
            codes.extend(self.countries_on(head));
        }
        codes.dedup();
        if codes.len() == 1 { Some(codes[0]) } else { None }
    }

    /// The country of a title's owner: itself, or the one in its name.
    fn country_of(&self, owner: TokenRange) -> Option<&'static str> {
        if let Some(form) = country::form_of(self.text, owner) {
            return form.code;
        }
        let named = sector::of_name(self.text, owner).and_then(|it| it.country);
        named.or_else(|| self.countries_on(owner.range().end.checked_sub(1)?).first().copied())
    }

    /// The countries among the modifiers of a noun.
    fn countries_on(&self, noun: usize) -> Vec<&'static str> {
        let text = self.text;
        let mut codes = Vec::new();
        if text.dependents(noun).any(|it| text.lower(it) == "ethnic") {
            return codes;
        }
        let told = sector::of_noun(text, noun, 0);
        for modifier in text.dependents(noun) {
            let fits = match text.full_relation(modifier) {
                "amod" | "compound" => true,
                // *Turkey's minister*, but not *Turkey's rival*.
                "nmod:poss" => sector::noun(text, noun).is_some(),
                "nmod" if sector::case_of(text, modifier, &["of", "from"]) => true,
                // Soldiers and officials may be abroad.
                "nmod" => {
                    let at_home =
                        told.is_some_and(|it| !matches!(it, "MIL" | "GOV" | "IGO" | "NGO" | "JRN"));
                    at_home && sector::case_of(text, modifier, &["in"])
                }
                _ => false,
            };
            if !fits {
                continue;
            }
            let relation = text.relation(modifier);
            let inner = if relation == "compound" { Some(modifier) } else { None };
            let inner = inner.into_iter().flat_map(|it| text.dependents(it));
            let inner = inner.filter(|&it| matches!(text.relation(it), "amod" | "compound"));
            let conjuncts = text.dependents(modifier).filter(|&it| text.relation(it) == "conj");
            for token in [modifier].into_iter().chain(conjuncts).chain(inner) {
                let form = country::form_ending_at(text, token).map(|it| it.1);
                let is_place = || {
                    text.name_at(token)
                        .is_some_and(|it| it.kind == sayso_analysis::EntityKind::Place)
                };
                codes
                    .extend(form.filter(|it| it.is_country() || is_place()).and_then(|it| it.code));
            }
        }
        codes.dedup();
        codes
    }

    fn titles(&self, mention: &Mention) -> Vec<Title> {
        if self.kind != EntityKind::Person {
            return Vec::new();
        }
        let tokens = self.name(mention).unwrap_or(mention.tokens);
        let mut titles = title::titles(self.text, tokens, mention.head.index());
        if mention.name.is_none() {
            titles.retain(|it| it.how != title::How::Before);
        }
        titles
    }

    fn sector(&self) -> Option<&'static str> {
        let mut votes = Votes::default();
        for mention in self.mentions {
            if mention.form == MentionForm::Pronoun {
                continue;
            }
            match self.name(mention) {
                Some(name) if self.kind != EntityKind::Person => {
                    votes.add(self.of_name(name, mention));
                }
                Some(_) => {}
                None => votes.add(sector::of_noun(self.text, mention.head.index(), 0)),
            }
            // *\[Minister\] Ana Reyes, a member of the Labour Party*: the title before the name goes first.
            let mut titles = self.titles(mention);
            titles.sort_by_key(|it| it.how != title::How::Before);
            for title in &titles {
                votes.add(self.of_title(title));
            }
        }
        votes.first_of_most()
    }

    fn of_title(&self, title: &Title) -> Option<&'static str> {
        sector::of_noun(self.text, title.noun, 0).or_else(|| {
            let owner = title.owner?;
            if country::form_of(self.text, owner).is_some() {
                let word = self.text.lemma(title.noun);
                return sector::entry(&word, sector::Class::Country).and_then(|it| it.sector);
            }
            sector::of_name(self.text, owner).and_then(|it| it.sector)
        })
    }

    fn of_name(&self, name: TokenRange, mention: &Mention) -> Option<&'static str> {
        match country::form_of(self.text, name) {
            Some(form) if form.class == country::Class::Capital => {
                self.speaks(mention).then_some("GOV")
            }
            Some(_) => None,
            None if self.kind == EntityKind::Place => {
                let whole = self.text.spelled(name).to_lowercase();
                let whole = whole.strip_prefix("the ").unwrap_or(&whole);
                sector::entry(whole, sector::Class::Name).and_then(|it| it.sector)
            }
            None => sector::of_name(self.text, name).and_then(|it| it.sector),
        }
    }

    /// Whether a place says, promises or denies something: then its government does.
    fn speaks(&self, mention: &Mention) -> bool {
        let head = mention.head.index();
        let Some(verb) = self.text.head(head) else { return false };
        self.text.full_relation(head) == "nsubj"
            && self.text.upos(verb) == "VERB"
            && LEXICON.act('v', &self.text.lemma(verb), |_| true).is_some()
    }
}

#[cfg(test)]
mod tests {
    use sayso_analysis::{Entity, EntityKind as Kind};
    use sayso_text::TokenId;

    use crate::{Rows, toy};
    use sayso_analysis::{Mention, MentionForm};

    /// Country and sector of the one entity whose words are `words`, with their last as head.
    fn told(text: &str, tree: &'static str, words: &str, kind: Kind, named: bool) -> String {
        let (document, mut analysis) = toy::read(text, tree);
        let tokens = toy::tokens(&document, words);
        let name = named.then(|| {
            analysis.names.push(toy::name(&document, words, kind));
            0
        });
        let form = if named { MentionForm::Name } else { MentionForm::Nominal };
        let head = TokenId(tokens.end - 1);
        analysis.mentions.push(Mention { tokens, head, form, name });
        let entity = Entity { mentions: vec![0], kind: Some(kind), probability: 1.0 };
        analysis.entities.push(entity);
        let rows = Rows::new(&document, &analysis, None);
        let entity = &rows.entities[0];
        let code = |code: &Option<String>| code.as_deref().unwrap_or("-").to_owned();
        format!("{} {}", code(&entity.country), code(&entity.sector))
    }

    #[test]
    fn a_country_has_no_sector_and_a_capital_that_speaks_is_a_government() {
        let tree = "Ankara/PROPN/2/nsubj denied/VERB/0/root/deny it/PRON/2/obj ./PUNCT/2/punct";
        assert_eq!(told("Ankara denied it .", tree, "Ankara", Kind::Place, true), "TUR GOV");
        let tree = "Ankara/PROPN/2/nsubj grew/VERB/0/root/grow fast/ADV/2/advmod ./PUNCT/2/punct";
        assert_eq!(told("Ankara grew fast .", tree, "Ankara", Kind::Place, true), "TUR -");
        let tree = "Turkey/PROPN/2/nsubj denied/VERB/0/root/deny it/PRON/2/obj ./PUNCT/2/punct";
        assert_eq!(told("Turkey denied it .", tree, "Turkey", Kind::Place, true), "TUR -");
        let tree = "Georgia/PROPN/2/nsubj denied/VERB/0/root/deny it/PRON/2/obj ./PUNCT/2/punct";
        assert_eq!(told("Georgia denied it .", tree, "Georgia", Kind::Place, true), "- -");
    }

    #[test]
    fn modifiers_tell_of_a_noun() {
        let tree =
            "Danish/ADJ/2/amod officials/NOUN/3/nsubj/official left/VERB/0/root ./PUNCT/3/punct";
        let words = "Danish officials";
        assert_eq!(told("Danish officials left .", tree, words, Kind::Person, false), "DNK GOV");
        let tree =
            "rebel/NOUN/2/compound leaders/NOUN/3/nsubj/leader left/VERB/0/root ./PUNCT/3/punct";
        let words = "rebel leaders";
        assert_eq!(told("rebel leaders left .", tree, words, Kind::Person, false), "- REB");
        let tree = "airline/NOUN/2/compound officials/NOUN/3/nsubj/official left/VERB/0/root \
                    ./PUNCT/3/punct";
        let words = "airline officials";
        assert_eq!(told("airline officials left .", tree, words, Kind::Person, false), "- BUS");
        let tree =
            "pro-Danish/ADJ/2/amod rebels/NOUN/3/nsubj/rebel left/VERB/0/root ./PUNCT/3/punct";
        let words = "pro-Danish rebels";
        assert_eq!(told("pro-Danish rebels left .", tree, words, Kind::Person, false), "- REB");
    }

    #[test]
    fn a_body_tells_by_its_name() {
        let tree = "the/DET/4/det U.S./PROPN/4/compound Supreme/ADJ/4/amod Court/PROPN/5/nsubj \
                    met/VERB/0/root ./PUNCT/5/punct";
        let text = "the U.S. Supreme Court met .";
        assert_eq!(told(text, tree, "U.S. Supreme Court", Kind::Organization, true), "USA JUD");
        let tree = "the/DET/4/det New/PROPN/4/compound York/PROPN/4/compound Ledger/PROPN/5/nsubj \
                    met/VERB/0/root ./PUNCT/5/punct";
        let text = "the New York Ledger met .";
        assert_eq!(told(text, tree, "New York Ledger", Kind::Organization, true), "- -");
        let tree = "the/DET/3/det White/PROPN/3/compound House/PROPN/4/nsubj met/VERB/0/root \
                    ./PUNCT/4/punct";
        let text = "the White House met .";
        assert_eq!(told(text, tree, "White House", Kind::Organization, true), "USA GOV");
    }
}
