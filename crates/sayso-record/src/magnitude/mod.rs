//! How many and how much: numbers with what they count and how they bound it.

mod lexicon;
#[cfg(test)]
mod tests;

use lexicon::{Beside, LEXICON};
use sayso_text::TokenRange;

use crate::numbers::{Form, Number, digits_of, number};
use crate::text::Text;
use crate::times::Timed;
use crate::{Bound, Magnitude};

/// Tokens between a number and the noun that it counts where there is no tree.
const MAX_BETWEEN: usize = 4;

/// A number as it counts or measures something.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Counted {
    /// The token on which the phrase hangs: the noun that is counted (*40 \[people\] died*), the
    /// number where none is (*more than \[40\] killed*, *\[hundreds\] of troops*), the symbol of money.
    pub(crate) head: usize,
    /// From the bound to what is counted: *more than 40 people*.
    pub(crate) tokens: TokenRange,
    pub(crate) row: Magnitude,
}

/// The magnitudes of a document, in text order, disjoint: how many or how much of what.
///
/// - *more than 40 people*: at least 40, `person` as the analysis has the lemma; *hundreds of
///   troops*: at least 200; *between 10 and 20* is two, at least 10 and at most 20.
/// - *45 percent of women*, *a third of voters*: in `percent`; *$3.5 billion*: in `USD`, the
///   currency's ISO 4217 code.
/// - *40 killed*: no unit, as nothing is named that is counted.
///
/// Left out are numbers that are no amounts: those in `times`, which have to be of the same text,
/// ordinals, ages (*Ann Bell, 45,*), names (*Article 5*, *F-16*), scores (*3-1*), and *several*,
/// which tells no number.
///
/// An event's magnitudes are those whose `head` lies in one of its arguments or is its anchor's
/// dependent.
///
/// # Cost
///
/// Linear in the text.
pub(crate) fn magnitudes(text: &Text<'_>, times: &[Timed]) -> Vec<Counted> {
    let mut found: Vec<Counted> = Vec::new();
    let mut times = times.iter().map(|it| it.tokens).peekable();
    let mut at = 0;
    while at < text.n_tokens() {
        while times.next_if(|it| it.end as usize <= at).is_some() {}
        if let Some(time) = times.peek().filter(|it| it.start as usize <= at) {
            at = time.end as usize;
            continue;
        }
        let floor = found.last().map_or(0, |it| it.tokens.end as usize);
        let Some(mut amount) = amount(text, at) else {
            at += 1;
            continue;
        };
        amount.grow(text, floor);
        let end = amount.end;
        if times.peek().is_none_or(|it| it.start as usize >= end) {
            found.push(amount.counted(text));
        }
        at = end.max(at + 1);
    }
    ranges(text, &mut found);
    found
}

/// A number on its way to a row.
#[derive(Clone, Debug)]
struct Amount {
    start: usize,
    end: usize,
    value: f64,
    bound: Bound,
    unit: Option<String>,
    head: usize,
}

impl Amount {
    /// Takes the bound on either side in.
    fn grow(&mut self, text: &Text<'_>, floor: usize) {
        let before = LEXICON.bound_before(text, self.start, floor);
        if let Some((bound, start)) = before {
            self.start = start;
            // *about two dozen* stays about, *at least hundreds* at least.
            self.bound = if bound == Bound::About && self.bound == Bound::AtLeast {
                self.bound
            } else {
                bound
            };
        }
        let after = |it| match it {
            Beside::After(bound) => Some(bound),
            _ => None,
        };
        // *5,000 or more people*
        let within = (self.start + 1..self.end).find_map(|at| LEXICON.from(text, at, after));
        if let Some((bound, _)) = within.filter(|(_, end)| *end <= self.end) {
            self.bound = bound;
        }
        if let Some((bound, end)) = LEXICON.from(text, self.end, after) {
            (self.bound, self.end) = (bound, end);
        }
        // *As much as $2 billion*, which hangs on *much*.
        let whole = TokenRange::new(self.start, self.end).range();
        if text.head(self.head).is_some_and(|above| whole.contains(&above)) {
            self.head = text.head_of(TokenRange::new(self.start, self.end));
        }
    }

    fn counted(self, text: &Text<'_>) -> Counted {
        let tokens = TokenRange::new(self.start, self.end);
        let row = Magnitude {
            span: vec![text.chars(tokens)],
            value: self.value,
            unit: self.unit,
            bound: self.bound,
        };
        Counted { head: self.head, tokens, row }
    }
}

/// The amount that begins at a token, without its bounds.
fn amount(text: &Text<'_>, at: usize) -> Option<Amount> {
    let part = || one_in(text, at).or_else(|| fraction(text, at));
    if let Some(found) = money_first(text, at).or_else(part) {
        return Some(found);
    }
    let number = number(text, at).filter(|it| counts(text, at, *it))?;
    let bound = match number.form {
        Form::Many => Bound::AtLeast,
        Form::Vague => Bound::About,
        _ => Bound::Exact,
    };
    let end = number.end;
    let plain = Amount {
        start: at,
        end,
        value: number.value,
        bound,
        unit: None,
        head: text.head_of(TokenRange::new(at, end)),
    };
    Some(
        share(text, &plain)
            .or_else(|| money_last(text, &plain))
            .unwrap_or_else(|| of_noun(text, plain)),
    )
}

/// Whether a number is an amount at all.
fn counts(text: &Text<'_>, at: usize, number: Number) -> bool {
    let is_listed = match number.form {
        Form::Article => false,
        // *some*, *many*, *several*, *a few* tell no number; *several hundred*, *a couple* do.
        Form::Vague => {
            number.value >= 100.0
                || text.form(number.end - 1).eq_ignore_ascii_case("couple")
                || text.form(number.end - 1).eq_ignore_ascii_case("of")
        }
        Form::Digits => text.form(at).len() == 1 || !is_padded(text.form(at)),
        // *high scores*, *scores of people*
        Form::Many => {
            !["scores", "tens"].contains(&text.lower(at).as_str())
                || text.form(at + 1).eq_ignore_ascii_case("of")
        }
        Form::Words => true,
    };
    is_listed
        && !is_name(text, at, number.end)
        && !is_age(text, at, number.end)
        && !is_pronoun(text, at, number)
}

/// *007*, which is a label.
fn is_padded(form: &str) -> bool {
    form.starts_with('0') && !form.starts_with("0.")
}

/// A number that is a part of a name or a compound: *Article 5*, *F-16*, *a three-storey house*, the
/// score *3-1*.
fn is_name(text: &Text<'_>, at: usize, end: usize) -> bool {
    let is_dash = |at: usize| matches!(text.form(at), "-" | "–" | "/" | ":");
    let is_number = |at: usize| digits_of(text.form(at)).is_some();
    let Some(before) = at.checked_sub(1) else {
        return is_dash(end) && touches(text, end - 1) && !is_number(end + 1);
    };
    let joined_before = is_dash(before)
        && touches(text, before)
        && !(before > 0 && is_number(before - 1) && has_noun(text, end));
    let joined_after =
        is_dash(end) && touches(text, end - 1) && !(is_number(end + 1) && has_noun(text, end + 2));
    let label = |it| matches!(it, Beside::Label).then_some(());
    let is_label =
        LEXICON.from(text, before, label).is_some() || matches!(text.form(before), "#" | "No.");
    let follows_its_head = matches!(text.relation(at), "nummod" | "appos" | "flat" | "compound")
        && text.head(at) == Some(before)
        && (text.upos(before) == "PROPN" || text.form(before).starts_with(char::is_uppercase));
    joined_before || joined_after || is_label || follows_its_head
}

/// Whether a token stands without a blank before the next.
fn touches(text: &Text<'_>, at: usize) -> bool {
    let span = |at: usize| text.document.tokens.get(at).map(|it| it.span);
    span(at).zip(span(at + 1)).is_some_and(|(a, b)| a.end() == b.start())
}

/// Whether a noun, percent or scale stands behind: *10-20 \[soldiers\]*.
fn has_noun(text: &Text<'_>, at: usize) -> bool {
    matches!(text.upos(at), "NOUN" | "PROPN" | "ADJ" | "SYM" | "NUM") && text.is_word(at)
        || text.form(at) == "%"
}

/// *Ann Bell, 45, said*; *aged 45*; *45 years old*.
fn is_age(text: &Text<'_>, at: usize, end: usize) -> bool {
    let units = ["year", "years", "month", "months", "week", "weeks", "day", "days"];
    let old = units.contains(&text.lower(end).as_str())
        && matches!(text.lower(end + 1).as_str(), "old" | "-" | "of");
    let Some(before) = at.checked_sub(1) else { return old };
    let is_set_off = text.form(before) == ","
        && matches!(text.form(end), "," | "." | ")" | "(")
        && before > 0
        && text.upos(before - 1) == "PROPN";
    let is_aged = matches!(text.lower(before).as_str(), "aged" | "age" | "ages");
    is_set_off || is_aged || old
}

/// *One* that counts nothing: *no one*, *this one*, *one another*.
fn is_pronoun(text: &Text<'_>, at: usize, number: Number) -> bool {
    let is_one = number.end == at + 1 && text.form(at).eq_ignore_ascii_case("one");
    is_one
        && !text.form(number.end).eq_ignore_ascii_case("of")
        && !(text.relation(at) == "nummod" && text.head(at).is_some_and(|head| head > at))
}

/// *$3.5 billion*, *US$5m*, *EUR 200*.
fn money_first(text: &Text<'_>, at: usize) -> Option<Amount> {
    let money = |it| match it {
        Beside::Money(code) => Some(code),
        _ => None,
    };
    let (code, end) = country_dollar(text, at).or_else(|| {
        let form = text.form(at);
        let is_code = form.len() == 3 && form.bytes().all(|it| it.is_ascii_uppercase())
            || !form.is_ascii()
            || form.contains('$');
        LEXICON.from(text, at, money).filter(|_| is_code)
    })?;
    // *AUD $600,000*: the letters say whose dollars.
    let told =
        at.checked_sub(1).filter(|it| text.form(*it).bytes().all(|it| it.is_ascii_uppercase()));
    let told = told.and_then(|it| LEXICON.from(text, it, money)).filter(|_| text.form(at) == "$");
    let code = told.map_or(code, |(code, _)| code);
    let number = number(text, end).filter(|it| it.form == Form::Digits)?;
    let head = text.head_of(TokenRange::new(at, number.end));
    Some(Amount {
        start: at,
        end: number.end,
        value: number.value,
        bound: Bound::Exact,
        unit: Some(code.to_owned()),
        head,
    })
}

/// The country's letters where the tokenizer parts them from the sign: *US$5 million*, *A$5*; but
/// *A $5 million deal*.
fn country_dollar(text: &Text<'_>, at: usize) -> Option<(&'static str, usize)> {
    let is_country = text.form(at + 1) == "$"
        && touches(text, at)
        && text.form(at).bytes().all(|it| it.is_ascii_uppercase());
    let dollar = |it| match it {
        Beside::Dollar(code) => Some(code),
        _ => None,
    };
    let (code, _) = LEXICON.from(text, at, dollar).filter(|_| is_country)?;
    Some((code, at + 2))
}

/// *200 rubles*, *5 million Canadian dollars*.
fn money_last(text: &Text<'_>, amount: &Amount) -> Option<Amount> {
    let money = |it| match it {
        Beside::Money(code) => Some(code),
        _ => None,
    };
    let (code, end) = LEXICON.from(text, amount.end, money)?;
    // *11 pounds of flour*, *11 pounds (5 kg)* weigh.
    if matches!(text.form(end), "of" | "(") {
        return None;
    }
    let head = text.head_of(TokenRange::new(amount.start, end));
    Some(Amount { end, head, unit: Some(code.to_owned()), ..amount.clone() })
}

/// *45 percent*, *10.5 per cent*.
fn share(text: &Text<'_>, amount: &Amount) -> Option<Amount> {
    let percent = |it| matches!(it, Beside::Percent).then_some(());
    let is_two = text.lower(amount.end) == "per" && text.lower(amount.end + 1) == "cent";
    let end = match LEXICON.from(text, amount.end, percent) {
        Some(((), end)) => end,
        None if is_two => amount.end + 2,
        None => return None,
    };
    let head = text.head_of(TokenRange::new(amount.start, end));
    Some(Amount { end, head, unit: Some("percent".to_owned()), ..amount.clone() })
}

/// *One in \[five\] voters*, *two out of \[three\] mayors*: a share.
fn one_in(text: &Text<'_>, at: usize) -> Option<Amount> {
    let small = |it: &Number| it.value >= 1.0 && it.value.fract() == 0.0;
    let first = number(text, at).filter(|it| it.form != Form::Article && small(it))?;
    let out = usize::from(text.lower(first.end) == "out");
    let (between, next) = (first.end + out, first.end + out + 1);
    let joined = text.lower(between) == if out > 0 { "of" } else { "in" };
    let whole = number(text, next).filter(|it| matches!(it.form, Form::Digits | Form::Words))?;
    // *Four in 2019*, *one in two days*.
    let is_share = joined && whole.value > first.value && whole.value <= 100.0;
    let person = text.word(whole.end).is_some_and(|word| word.xpos == "NNS");
    let plain = Amount {
        start: at,
        end: whole.end,
        value: (first.value / whole.value * 1000.0).round() / 10.0,
        bound: Bound::Exact,
        unit: Some("percent".to_owned()),
        head: text.head_of(TokenRange::new(at, whole.end)),
    };
    (is_share && (person || out > 0) && !is_age(text, next, whole.end)).then(|| {
        let noun = noun_of(text, &Amount { head: whole.end - 1, ..plain.clone() });
        Amount { head: noun.unwrap_or(plain.head), ..plain }
    })
}

/// *a third of*, *two-thirds of*, *half of*, *three quarters of*; without *of* they are other
/// things: *a third man*, *half time*.
fn fraction(text: &Text<'_>, at: usize) -> Option<Amount> {
    let part = |at: usize| {
        LEXICON.from(text, at, |it| match it {
            Beside::Fraction(percent) => Some(percent),
            _ => None,
        })
    };
    let first = number(text, at).filter(|it| it.value <= 9.0 && it.value.fract() == 0.0);
    let (times, at_part) = match first {
        Some(it) => (it.value, it.end + usize::from(text.form(it.end) == "-")),
        None => (1.0, at),
    };
    let (percent, end) = part(at_part)?;
    let is_half = text.form(at_part).eq_ignore_ascii_case("half");
    let of = text.form(end).eq_ignore_ascii_case("of");
    let is_whole = of
        || is_half && matches!(text.lower(end).as_str(), "the" | "its" | "their" | "his" | "her");
    // *the third of May*, *the first half of the game*
    let is_first = at > 0
        && (text.upos(at - 1) == "ADJ"
            || matches!(text.lower(at - 1).as_str(), "the" | "first" | "second"));
    if !is_whole || first.is_none() && (!is_half || is_first) {
        return None;
    }
    let value = ((times * percent) * 10.0).round() / 10.0;
    // Three thirds are a hundred.
    let value = if (99.0..100.0).contains(&value) { 100.0 } else { value };
    let value = if times > 1.0 && (percent - 33.3).abs() < 0.1 {
        (times * 1000.0 / 3.0).round() / 10.0
    } else {
        value
    };
    Some(Amount {
        start: at,
        end,
        value,
        bound: Bound::Exact,
        unit: Some("percent".to_owned()),
        head: text.head_of(TokenRange::new(at, end)),
    })
}

/// The noun that is counted: *40 young \[people\]*, *hundreds of \[troops\]*, *100 of its \[soldiers\]*.
fn of_noun(text: &Text<'_>, amount: Amount) -> Amount {
    if text.form(amount.end).eq_ignore_ascii_case("of") {
        let Some(noun) = noun_after_of(text, &amount) else { return amount };
        let is_noun = matches!(text.upos(noun), "NOUN" | "PROPN");
        let money = LEXICON.from(text, noun, |it| match it {
            Beside::Money(code) => Some(code.to_owned()),
            _ => None,
        });
        let money = money.map(|(code, _)| code).filter(|_| text.form(noun + 1) != "of");
        let unit = is_noun.then(|| money.unwrap_or_else(|| unit_of(text, noun)));
        return Amount { end: noun + 1, unit, ..amount };
    }
    let Some(noun) = noun_of(text, &amount) else { return amount };
    // *10 and 20 soldiers*: the noun is that of both, and belongs to the words of the second.
    let is_first = (amount.end..noun).any(|it| number(text, it).is_some());
    let end = if is_first { amount.end } else { noun + 1 };
    Amount { end, head: noun, unit: Some(unit_of(text, noun)), ..amount }
}

/// A noun's dictionary form; names keep their capitals.
fn unit_of(text: &Text<'_>, noun: usize) -> String {
    match text.word(noun) {
        Some(word) if word.upos == "PROPN" && !word.lemma.is_empty() => word.lemma.to_string(),
        _ => text.lemma(noun),
    }
}

/// The noun that a number before it modifies.
fn noun_of(text: &Text<'_>, amount: &Amount) -> Option<usize> {
    let sentence = text.sentence(amount.start)?.tokens.end as usize;
    // The second of *10 and 20 soldiers* hangs on the first.
    let is_second = |it: &usize| {
        matches!(text.relation(*it), "conj" | "nmod")
            && text.head(*it).is_some_and(|it| text.upos(it) == "NUM")
    };
    let first = Some(amount.head).filter(is_second).and_then(|it| text.head(it));
    let hung = first.unwrap_or(amount.head);
    let head = text.head(hung).filter(|head| {
        matches!(text.relation(hung), "nummod" | "compound" | "det" | "amod")
            && (amount.end..sentence.min(amount.end + MAX_BETWEEN + 2)).contains(head)
            && matches!(text.upos(*head), "NOUN" | "PROPN")
    });
    if head.is_some() || text.head(amount.head).is_some() {
        return head;
    }
    nouns_from(text, amount.end, sentence)
}

/// The noun of *of [its 3,000] soldiers*, or the pronoun of *of them*.
fn noun_after_of(text: &Text<'_>, amount: &Amount) -> Option<usize> {
    let sentence = text.sentence(amount.start)?.tokens.end as usize;
    let limit = sentence.min(amount.end + MAX_BETWEEN + 3);
    let hangs = text
        .dependents(amount.head)
        .find(|it| text.relation(*it) == "nmod" && (amount.end..limit).contains(it));
    hangs.or_else(|| nouns_from(text, amount.end + 1, sentence))
}

/// The last of the nouns that follow, behind adjectives and numbers.
fn nouns_from(text: &Text<'_>, at: usize, sentence: usize) -> Option<usize> {
    let range = at..sentence.min(at + MAX_BETWEEN);
    let mut last = None;
    for token in range {
        match text.upos(token) {
            "NOUN" | "PROPN" => last = Some(token),
            "ADJ" | "NUM" | "DET" | "PRON" if last.is_none() => {}
            _ => break,
        }
    }
    last
}

/// Makes two amounts with *and* or *to* between them the ends of a range: *between 10 and 20
/// soldiers*, *10 to 20 soldiers*, *10-20 soldiers*.
fn ranges(text: &Text<'_>, found: &mut [Counted]) {
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (Some(low), Some(high)) = (before.last_mut(), after.first_mut()) else { continue };
        let joint = low.tokens.end as usize;
        if high.tokens.start as usize != joint + 1 || low.row.value >= high.row.value {
            continue;
        }
        let start = low.tokens.start as usize;
        let between = start > 0 && text.lower(start - 1) == "between" && text.lower(joint) == "and";
        // *rose from 5 to 10 percent* is no range.
        let is_change = start > 0 && text.lower(start - 1) == "from";
        let to = matches!(text.lower(joint).as_str(), "to" | "-" | "–") && !is_change;
        let same = low.row.unit.is_none() || low.row.unit == high.row.unit;
        if (between || to) && same {
            low.row.unit.clone_from(&high.row.unit);
            (low.row.bound, high.row.bound) = (Bound::AtLeast, Bound::AtMost);
        }
    }
}
