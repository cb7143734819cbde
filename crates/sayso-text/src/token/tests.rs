use super::{Words, tokenize};
use crate::Span;

/// The words of `text`, divided by spaces; those of a multiword token by `+`.
fn cut(text: &str) -> String {
    let mut words = Words::default();
    tokenize(text, Span::new(0, text.len()), &mut words);
    let mut out = String::new();
    for (at, token) in words.tokens.iter().enumerate() {
        let inside = words.multiword.iter().any(|g| (g.start as usize) < at && at < g.end as usize);
        if at > 0 {
            out.push(if inside { '+' } else { ' ' });
        }
        out.push_str(token.span.of(text));
    }
    out
}

#[track_caller]
fn check(text: &str, words: &str) {
    assert_eq!(cut(text), words);
}

#[test]
fn clitics() {
    check("He didn't say it’s Reyes's.", "He did+n't say it+’s Reyes+'s .");
    check("They cannot, I'm gonna", "They can+not , I+'m gon+na");
    check("We shouldn't've; DON'T", "We should+n't+'ve ; DO+N'T");
    check("dont wont dunno", "do+nt wo+nt du+n+no");
    check("the banks' rates", "the banks+' rates");
    // The marks of names stay inside.
    check("Mr. O'Dowd and Sana'a", "Mr. O'Dowd and Sana'a");
}

#[test]
fn apostrophes_that_begin_a_word() {
    check("the ’90s and '05", "the ’90s and '05");
    check("rock ’n’ roll, get 'em", "rock ’n’ roll , get 'em");
    check("the 1980's", "the 1980's");
}

#[test]
fn single_quotation_marks_are_cut_off() {
    check("Sheinbaum: ‘No Invasion’", "Sheinbaum : ‘ No Invasion ’");
    check("He said 'no rates' twice.", "He said ' no rates ' twice .");
}

#[test]
fn hyphens() {
    check("a well-known co-author", "a well - known co-author");
    check("anti-American, pro-E.U.", "anti-American , pro-E . U .");
    check("an e-mail, twenty-one", "an e-mail , twenty - one");
    check("wait -- no - yes—so", "wait -- no - yes — so");
}

#[test]
fn stops() {
    check("Mr. Bell met U.S. troops.", "Mr. Bell met U.S. troops .");
    check("No. 5 said no.", "No. 5 said no .");
    check("George W. Bell, Jr., left", "George W. Bell , Jr. , left");
    check("at 5 p.m. today", "at 5 p.m. today");
    check("on Oct. 5 in Denver, Colo.", "on Oct. 5 in Denver , Colo .");
    check("oil, gas, etc. and more", "oil , gas , etc. and more");
    check("and so on ... Then", "and so on ... Then");
    check("What?! No!!!", "What ?! No !!!");
}

#[test]
fn numbers() {
    check("$1,200.50 or 45%", "$ 1,200.50 or 45 %");
    check("10-20 men, 555-010-7788", "10 - 20 men , 555-010-7788");
    check("on 9/11 at 7:30pm", "on 9/11 at 7:30 pm");
    check("the 21st, 40km, 3D", "the 21st , 40 km , 3D");
    check("£3.5bn", "£ 3.5 bn");
    check("#1 and #budget", "# 1 and #budget");
}

#[test]
fn addresses() {
    check("See https://example.org/a-b?c=1.", "See https://example.org/a-b?c=1 .");
    check("a.reyes@example.org, @mayor_bell", "a.reyes@example.org , @mayor_bell");
    check("(www.example.com)", "( www.example.com )");
    check("(http://a.org/b_(c)).", "( http://a.org/b_(c)) .");
    check("http://a.org/b).,), no", "http://a.org/b ) . , ) , no");
    check("(http://a.org/b_(c),http://d", "( http://a.org/b_(c),http://d");
    check("www.x.org/(y)!”", "www.x.org/(y)! ”");
    check("(example.com/news).", "( example.com/news ) .");
    check("Open budget-2.xls", "Open budget-2.xls");
    // A missing space makes no domain.
    check("It ended.In May", "It ended . In May");
    check("and/or w/o", "and / or w/o");
    check("AT&T and R&D; salt&pepper", "AT&T and R&D ; salt & pepper");
}

#[test]
fn emoticons_and_emoji() {
    check("Thanks :) and (see this)", "Thanks :) and ( see this )");
    check("yes 👍🏽👩‍🚒!", "yes 👍🏽 👩‍🚒 !");
    check("12:Done", "12 : Done");
}

#[test]
fn long_chains_take_linear_time() {
    for unit in ["a-", "a.", "a'", "1-", "@", "a@", "U.", "http://", "..", "a&", "😀"] {
        let text = unit.repeat(200_000);
        let start = std::time::Instant::now();
        cut_only(&text);
        assert!(start.elapsed().as_secs() < 5, "{unit}");
    }
}

#[test]
fn many_closing_marks_take_linear_time() {
    for unit in ["http://x", "http://x”", "a.com/b\"", "(http://x”", "www.(x\"", "a.com/bé"] {
        for mark in [")", ".", "),"] {
            let text = unit.repeat(100_000) + &mark.repeat(400_000);
            let start = std::time::Instant::now();
            cut_only(&text);
            assert!(start.elapsed().as_secs() < 5, "{unit} {mark}");
        }
    }
    let start = std::time::Instant::now();
    cut_only(&("http://x".to_owned() + &")".repeat(400_000)));
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn a_stretch_of_many_megabytes_takes_linear_time() {
    for unit in ["a", "7", "é", "x_", "O'", "anti-", "-", "’", "\u{1}", "\u{301}", "a\u{301}"] {
        let text = unit.repeat(4_000_000 / unit.len());
        let start = std::time::Instant::now();
        cut_only(&text);
        assert!(start.elapsed().as_secs() < 5, "{unit:?}");
    }
}

fn cut_only(text: &str) {
    let mut words = Words::default();
    tokenize(text, Span::new(0, text.len()), &mut words);
}
