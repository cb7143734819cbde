//! Lemmas as edits of the word's spelling.

use std::fmt::Write as _;

use sayso_text::norm;

/// Finds the edit that turns `form` into `lemma`.
///
/// An edit is written `C-n+s`: `C` says what happens to capitals (`l` lower-case the form, `k`
/// keep it, `t` lower-case all but the first letter), `n` characters are cut from the end, and `s`
/// is put there. A lemma that shares no first letter with its form is written out: `=be`.
///
/// # Examples
///
/// *studies* to *study* is `l-3+y`; *was* to *be* is `=be`.
pub(crate) fn edit_of(form: &str, lemma: &str) -> String {
    let mut plain = String::new();
    norm(form, &mut plain);
    let mut best: Option<(usize, String)> = None;
    for case in ['l', 'k', 't'] {
        let cased = set_case(&plain, case);
        let shared: usize = cased
            .chars()
            .zip(lemma.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        if shared == 0 && !cased.is_empty() {
            continue;
        }
        let (_, rest) = cased.split_at(shared);
        let (_, added) = lemma.split_at(shared);
        let cost = rest.chars().count() + added.chars().count();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, format!("{case}-{}+{added}", rest.chars().count())));
        }
    }
    best.map_or_else(|| format!("={lemma}"), |(_, edit)| edit)
}

/// Writes to `out` what `edit` makes of `form`; the form itself if the edit does not fit it.
pub(crate) fn apply_edit(form: &str, edit: &str, out: &mut String) {
    out.clear();
    if let Some(lemma) = edit.strip_prefix('=') {
        out.push_str(lemma);
        return;
    }
    norm(form, out);
    let mut parts = edit.chars();
    let case = parts.next().unwrap_or('k');
    let cased = set_case(out, case);
    out.clear();
    let (cut, added) = edit.get(2..).and_then(|rest| rest.split_once('+')).unwrap_or(("0", ""));
    let cut: usize = cut.parse().unwrap_or(0);
    let kept = if cut == 0 {
        Some(cased.len())
    } else {
        cased.char_indices().rev().nth(cut - 1).map(|(at, _)| at)
    };
    let Some(kept) = kept else {
        out.push_str(&cased);
        return;
    };
    let lemma = cased.get(..kept).unwrap_or(&cased);
    // Three letters and more off a single one: the edit belongs to longer words.
    let is_stub = cut > 2 && added.is_empty() && lemma.chars().count() < 2;
    let lemma = if is_stub { &cased } else { lemma };
    write!(out, "{lemma}{added}").expect("writing to a string does not fail");
    if out.is_empty() {
        out.push_str(form);
    }
}

fn set_case(form: &str, case: char) -> String {
    match case {
        'l' => form.to_lowercase(),
        't' => {
            let mut letters = form.chars();
            letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
        }
        _ => form.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_gives_its_lemma_back() {
        for (form, lemma, edit) in [
            ("Studies", "study", "l-3+y"),
            ("was", "be", "=be"),
            ("Reyes", "Reyes", "k-0+"),
            ("REYES", "Reyes", "t-0+"),
            ("n’t", "not", "l-2+ot"),
            ("geese", "goose", "l-4+oose"),
        ] {
            assert_eq!(edit_of(form, lemma), edit, "{form}");
            let mut out = String::new();
            apply_edit(form, edit, &mut out);
            assert_eq!(out, lemma);
        }
    }

    #[test]
    fn an_edit_that_does_not_fit_leaves_the_form() {
        let mut out = String::new();
        apply_edit("a", "l-3+y", &mut out);
        assert_eq!(out, "a");
        apply_edit("a", "l-1+", &mut out);
        assert_eq!(out, "a");
        apply_edit("drone", "l-4+", &mut out);
        assert_eq!(out, "drone");
        apply_edit("an", "l-1+", &mut out);
        assert_eq!(out, "a");
    }
}
