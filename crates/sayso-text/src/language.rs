//! Which language a text is in, and whether it is English at all.

use whatlang::{Lang, Script};

use crate::Note;

/// Bytes of the text that are looked at.
const SAMPLE: usize = 8192;
/// Texts with fewer letters are too short to tell.
const MIN_LETTERS: usize = 60;
/// English text has at least this share of its commonest words; other languages have less.
/// Measured: sentences of 20 and more words in UD English GUM dev have more than 0.12.
const MIN_SHARE: f32 = 0.08;

/// Words that make up a third of English text and are rare in other languages' text.
const COMMON: [&str; 36] = [
    "the", "of", "and", "to", "that", "for", "is", "was", "with", "as", "it", "by", "are", "this",
    "from", "have", "has", "he", "his", "her", "they", "their", "you", "said", "not", "we", "be",
    "but", "which", "or", "had", "were", "will", "would", "she", "what",
];

/// ISO 639-3 codes of the languages told apart, with their ISO 639-1 codes.
const TWO_LETTERS: [(&str, &str); 70] = [
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];

/// The language that `text` is evidently in; none when in doubt.
pub(crate) fn language(text: &str) -> Option<Lang> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end)?;
    let n_letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if n_letters < MIN_LETTERS {
        return None;
    }
    // Most texts end here; telling languages apart costs ten times as much.
    if common_share(sample) >= MIN_SHARE {
        return Some(Lang::Eng);
    }
    let info = whatlang::detect(sample)?;
    let evident = info.script() != Script::Latin || info.is_reliable();
    evident.then(|| info.lang())
}

/// A language's ISO 639-1 code, or its ISO 639-3 code if it has no other.
pub(crate) fn code(lang: Lang) -> &'static str {
    let code = lang.code();
    TWO_LETTERS.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| two)
}

/// A note if a text is in another language than English.
pub(crate) fn note(lang: Lang) -> Option<Note> {
    let message = format!("the text is not in English but, it seems, in {}", lang.eng_name());
    (lang != Lang::Eng).then_some(Note { code: "not-english", message, span: None })
}

fn common_share(sample: &str) -> f32 {
    let mut n_words = 0;
    let mut n_common = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        n_words += 1;
        n_common += usize::from(COMMON.iter().any(|common| word.eq_ignore_ascii_case(common)));
    }
    n_common as f32 / n_words.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_noted() {
        let spanish = "La presidenta anunció el viernes que el gobierno no aceptará la propuesta \
                       y que las negociaciones continuarán durante la próxima semana.";
        assert_eq!(language(spanish), Some(Lang::Spa));
        let message = note(Lang::Spa).expect("not English").message;
        assert!(message.contains("Spanish"), "{message}");
        let russian = "Правительство сообщило в пятницу, что переговоры продолжатся на следующей \
                       неделе, несмотря на протесты.";
        assert_eq!(language(russian), Some(Lang::Rus));
    }

    #[test]
    fn short_texts_are_not_judged() {
        assert_eq!(language(""), None);
        assert_eq!(language("Ja."), None);
        assert_eq!(language("Bundestag, Landtag, Reichstag"), None);
    }

    #[test]
    fn english_with_foreign_names_is_english() {
        let names = "Müller, Schröder and Fernández met in São Paulo with Prime Minister Orbán \
                     and the mayors of Łódź and Kraków on Monday.";
        assert_eq!(language(names), Some(Lang::Eng));
        assert_eq!(note(Lang::Eng), None);
    }

    #[test]
    fn every_language_has_two_letters() {
        for lang in Lang::all() {
            assert_eq!(code(*lang).len(), 2, "{lang}");
        }
    }
}
