//! What the loader gives, and what it refuses.

use proptest::prelude::*;

use super::{Verify, Weights};
use crate::toy::{Random, Toy};
use crate::{Codes, Dtype, Kernels, ModelError};

fn toy() -> Toy {
    Toy::new(1)
        .dense("encoder.0", 6, 10)
        .layer_norm("encoder.0.norm", 6)
        .table("words", Dtype::F16, 20, 6)
        .table("grams", Dtype::I8, 30, 6)
        .table("shapes", Dtype::F32, 5, 6)
        .labels("upos", &["NOUN", "VERB", "\"quoted\""])
        .number("width", 6.0)
        .number("rate", -0.5)
}

fn load(toy: Toy) -> Result<Weights, ModelError> {
    let (description, bytes) = toy.finish();
    Weights::from_parts(&description, bytes, Verify::Full)
}

/// The message of the error that `toy` gives once `change` is made to its description.
fn refusal(toy: Toy, change: impl Fn(&str) -> String) -> String {
    let (description, bytes) = toy.finish();
    let changed = change(&description);
    assert_ne!(changed, description, "the change applies");
    let error = Weights::from_parts(&changed, bytes, Verify::Full).map(drop);
    error.expect_err("the change is refused").to_string()
}

#[test]
fn gives_what_was_put_in() {
    let weights = load(toy()).expect("the toy is whole");
    assert_eq!((weights.name(), weights.version()), ("toy", "0"));
    assert_eq!(weights.labels("upos").expect("it is there"), ["NOUN", "VERB", "\"quoted\""]);
    assert_eq!(weights.size("width").expect("it is there"), 6);
    assert!((weights.number("rate").expect("it is there") + 0.5).abs() < 1e-9);
    assert_eq!(weights.shape("encoder.0.weight").expect("it is there"), [10, 6]);

    let dense = weights.dense("encoder.0", 6, 10).expect("it is there");
    let matrix = weights.matrix("encoder.0.weight", 10, 6).expect("it is there");
    let bias = weights.vector("encoder.0.bias", 10).expect("it is there");
    let (mut codes, mut out) = (Codes::new(), [0.0; 10]);
    Kernels::detect().quantize(&[0.0, 0.0, 1.0, 0.0, 0.0, 0.0], 6, &mut codes);
    Kernels::detect().dense(&dense, &codes, &mut out);
    for i in 0..10 {
        assert!((out[i] - matrix[6 * i + 2] - bias[i]).abs() < 1e-3);
    }
    assert_eq!(weights.layer_norm("encoder.0.norm", 6).expect("it is there").width(), 6);
}

#[test]
fn tables_give_the_values_of_their_tensors() {
    let weights = load(toy()).expect("the toy is whole");
    for (name, n_rows) in [("words", 20), ("grams", 30), ("shapes", 5)] {
        let table = weights.table(name, n_rows, 6).expect("it is there");
        let values = weights.matrix(name, n_rows, 6).expect("it is there");
        for (row, values) in values.chunks_exact(6).enumerate() {
            for kernels in Kernels::available() {
                let mut out = [1.0; 6];
                kernels.add_row(&table, row, 2.0, &mut out);
                let expected = values.iter().map(|value| 1.0 + 2.0 * value);
                for (out, expected) in out.iter().zip(expected) {
                    assert!((out - expected).abs() < 1e-5, "{name}: {out} {expected}");
                }
            }
        }
    }
}

#[test]
fn half_precision_is_read_exactly() {
    // One; the largest; the smallest normal; the two smallest; minus one and a half.
    let bits = [0x3c00_u16, 0x7bff, 0x0400, 0x0001, 0x0002, 0xbe00];
    let bytes = bits.iter().flat_map(|bits| bits.to_le_bytes()).collect();
    let weights = load(Toy::new(1).bytes("halves", Dtype::F16, &[6], bytes)).expect("it is whole");
    let found = weights.vector("halves", 6).expect("it is there");
    let small = 2.0_f32.powi(-24);
    let expected = [1.0, 65_504.0, 2.0_f32.powi(-14), small, 2.0 * small, -1.5];
    assert_eq!(found.iter().map(|x| x.to_bits()).collect::<Vec<_>>(), expected.map(f32::to_bits));
}

#[test]
fn integer_tensors_are_scaled_by_row() {
    let toy = Toy::new(1).bytes("d.weight", Dtype::I8, &[2, 2], vec![1, 255, 127, 128]).tensor(
        "d.weight.scale",
        &[2],
        vec![0.5, 0.25],
    );
    let found = load(toy).and_then(|weights| weights.matrix("d.weight", 2, 2));
    let expected = [0.5, -0.5, 31.75, -32.0_f32];
    assert_eq!(
        found.expect("it is whole").iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
        expected.map(f32::to_bits)
    );
}

#[test]
fn a_layer_may_lack_its_bias() {
    let toy = Toy::new(1).tensor("d.weight", &[1, 1], vec![1.0]);
    assert!(load(toy).and_then(|weights| weights.dense("d", 1, 1)).is_ok());
}

#[test]
fn refuses_what_the_description_does_not_say() {
    let shape = refusal(toy(), |text| text.replace("[10, 6]", "[6, 10]"));
    assert_eq!(shape, "tensor `encoder.0.weight`: expected shape [6, 10], found [10, 6]");
    let dtype = refusal(toy(), |text| text.replace("\"F16\"", "\"F32\""));
    assert_eq!(dtype, "tensor `words`: expected dtype F32, found F16");
    let missing = refusal(toy(), |text| text.replace("\"words\"", "\"terms\""));
    assert_eq!(missing, "tensor `terms`: expected in the weights file, found none");
    let unlisted = refusal(toy(), |text| {
        let kept = text.lines().filter(|line| !line.starts_with("\"words\""));
        kept.collect::<Vec<_>>().join("\n")
    });
    assert_eq!(
        unlisted,
        "tensor `words`: found in the weights file, expected none, as model.toml lists none"
    );
    let length = refusal(toy(), |text| text.replace("bytes = ", "bytes = 1"));
    assert!(length.starts_with("weights file: expected 1"), "{length}");
    let hash = refusal(toy(), |text| text.replace("sha256 = \"", "sha256 = \"0"));
    assert!(hash.starts_with("weights file: expected sha256 0"), "{hash}");
    let description = refusal(toy(), |text| text.replace("version = ", "revision = "));
    assert!(description.contains("missing field `version`"), "{description}");
}

#[test]
fn refuses_values_that_are_not_finite() {
    for (odd, name) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf"), (f32::NEG_INFINITY, "-inf")] {
        let mut values = vec![0.0; 3000];
        values[2345] = odd;
        let error = load(Toy::new(1).tensor("v", &[3000], values)).expect_err("it is not finite");
        let expected = format!("tensor `v`: expected finite values, found {name} at 2345");
        assert_eq!(error.to_string(), expected);
    }
    let toy = Toy::new(1).bytes("v", Dtype::F16, &[2], vec![0, 0x7b, 0, 0xfc]);
    let error = load(toy).expect_err("it is not finite");
    assert_eq!(error.to_string(), "tensor `v`: expected finite values, found -inf at 1");
}

#[test]
fn trusted_values_are_checked_when_layers_are_made_of_them() {
    let (description, bytes) = Toy::new(1).tensor("d.weight", &[1, 1], vec![f32::NAN]).finish();
    let weights = Weights::from_parts(&description, bytes, Verify::Trusted).expect("it is trusted");
    assert!(matches!(weights.dense("d", 1, 1), Err(ModelError::NotFinite { .. })));
}

#[test]
fn refuses_integers_without_scales() {
    let without = Toy::new(1).bytes("t", Dtype::I8, &[2, 1], vec![1, 2]);
    let missing = load(without.clone()).expect_err("there are no scales");
    assert_eq!(missing.to_string(), "tensor `t.scale`: expected in the weights file, found none");
    let short = load(without.clone().tensor("t.scale", &[1], vec![1.0]));
    let short = short.expect_err("there is one scale too few").to_string();
    assert_eq!(short, "tensor `t.scale`: expected shape [2], found [1]");
    let half = load(without.bytes("t.scale", Dtype::F16, &[2], vec![0; 4]));
    let half = half.expect_err("scales are in single precision").to_string();
    assert_eq!(half, "tensor `t.scale`: expected dtype F32, found F16");
}

#[test]
fn names_what_is_asked_for_in_vain() {
    let weights = load(toy()).expect("the toy is whole");
    let message = |error: ModelError| error.to_string();
    assert_eq!(
        weights.labels("xpos").map_err(message),
        Err("model.toml: expected a label set `xpos`, found none".to_owned())
    );
    assert_eq!(
        weights.size("depth").map_err(message),
        Err("model.toml: expected a number `depth`, found none".to_owned())
    );
    assert_eq!(
        weights.size("rate").map_err(message),
        Err("model.toml: number `rate`: expected a whole number from 0 on, found -0.5".to_owned())
    );
    assert_eq!(
        weights.table("words", 21, 6).map(drop).map_err(message),
        Err("tensor `words`: expected shape [21, 6], found [20, 6]".to_owned())
    );
}

#[test]
fn refuses_layers_without_values_or_too_wide() {
    let empty = |name: &str, shape: &[usize]| {
        let shape = format!("found shape {shape:?}");
        Err(format!("tensor `{name}`: expected at least 1 in every dimension, {shape}"))
    };
    let toy = Toy::new(1)
        .tensor("in.weight", &[2, 0], Vec::new())
        .tensor("out.weight", &[0, 2], Vec::new())
        .tensor("v", &[0], Vec::new())
        .layer_norm("norm", 0)
        .table("t", Dtype::I8, 0, 3)
        .dense("wide", 65_537, 1)
        .layer_norm("wide.norm", 65_537);
    let weights = load(toy).expect("it is whole");
    let message = |error: ModelError| error.to_string();
    let dense = |name, n_in, n_out| weights.dense(name, n_in, n_out).map(drop).map_err(message);
    assert_eq!(dense("in", 0, 2), empty("in.weight", &[2, 0]));
    assert_eq!(dense("out", 2, 0), empty("out.weight", &[0, 2]));
    let norm = |name, width| weights.layer_norm(name, width).map(drop).map_err(message);
    assert_eq!(norm("norm", 0), empty("norm.weight", &[0]));
    assert_eq!(weights.vector("v", 0).map(drop).map_err(message), empty("v", &[0]));
    let matrix = weights.matrix("in.weight", 2, 0).map(drop).map_err(message);
    assert_eq!(matrix, empty("in.weight", &[2, 0]));
    assert_eq!(weights.table("t", 0, 3).map(drop).map_err(message), empty("t", &[0, 3]));

    let most = "expected at most 65536 values a row, found 65537";
    assert_eq!(dense("wide", 65_537, 1), Err(format!("tensor `wide.weight`: {most}")));
    assert_eq!(norm("wide.norm", 65_537), Err(format!("tensor `wide.norm.weight`: {most}")));
}

#[test]
fn keys_increase() {
    let keys = |keys: &[u64]| {
        let bytes = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
        let toy = Toy::new(1).bytes("keys", Dtype::U64, &[keys.len()], bytes);
        load(toy).expect("it is whole").keys("keys").map_err(|error| error.to_string())
    };
    assert_eq!(keys(&[]), Ok(Vec::new()));
    assert_eq!(keys(&[0, 7, u64::MAX]), Ok(vec![0, 7, u64::MAX]));
    let refused = |before, found| {
        Err(format!("tensor `keys`: expected a key above {before} at 2, found {found}"))
    };
    assert_eq!(keys(&[1, 7, 5, 9]), refused(7, 5));
    assert_eq!(keys(&[1, 7, 7]), refused(7, 7));
}

#[test]
fn label_sets_have_labels() {
    let weights = load(toy().labels("xpos", &[])).expect("the toy is whole");
    let index = |set, label| weights.label_index(set, label).map_err(|error| error.to_string());
    assert_eq!(index("upos", "VERB"), Ok(1));
    let absent = "model.toml: label set `upos`: expected a label `root`, found none";
    assert_eq!(index("upos", "root"), Err(absent.to_owned()));
    let empty = "model.toml: label set `xpos`: expected at least 1 label, found none";
    assert_eq!(index("xpos", "NN"), Err(empty.to_owned()));
    assert!(matches!(weights.labels("xpos"), Err(ModelError::NoLabels { name }) if name == "xpos"));
}

#[test]
fn tensors_that_nothing_was_made_of_are_named() {
    let keys = 7_u64.to_le_bytes().to_vec();
    let weights = load(toy().bytes("keys", Dtype::U64, &[1], keys)).expect("the toy is whole");
    let unused = || match weights.check_all_used() {
        Err(ModelError::Unused { tensor }) => tensor,
        other => panic!("a tensor is unused, not {other:?}"),
    };
    assert_eq!(unused(), "encoder.0.bias");
    let _ = weights.dense("encoder.0", 6, 10);
    assert_eq!(unused(), "encoder.0.norm.bias");
    let _ = weights.layer_norm("encoder.0.norm", 6);
    assert!(weights.has("grams") && weights.shape("grams").is_ok());
    assert_eq!(unused(), "grams", "neither question reads the tensor");
    assert!(weights.table("grams", 31, 6).is_err());
    assert_eq!(unused(), "grams", "a refused table is not made");
    let _ = weights.clone().table("grams", 30, 6);
    assert_eq!(unused(), "keys", "the scales went with the table");
    let _ = weights.keys("keys");
    let _ = weights.matrix("shapes", 5, 6);
    let error = weights.check_all_used().expect_err("the words are left").to_string();
    assert_eq!(
        error,
        "tensor `words`: found in the weights file, expected none, as the network asks for none"
    );
    let _ = weights.table("words", 20, 6);
    assert!(weights.check_all_used().is_ok());
}

/// The file of a header and some data, and a description of its length with one tensor.
fn forged(header: &str, n_data: usize) -> (String, Vec<u8>) {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(header.as_bytes());
    bytes.resize(bytes.len() + n_data, 0);
    (describe(bytes.len()), bytes)
}

fn describe(n: usize) -> String {
    format!(
        "name = \"\"\nversion = \"\"\nweights = {{ bytes = {n}, sha256 = \"\" }}\n\
         tensors = {{ a = {{ dtype = \"F32\", shape = [2] }} }}"
    )
}

#[test]
fn refuses_hostile_headers() {
    let max = u64::MAX;
    let entry = |shape: &str, offsets: &str| {
        format!("{{\"a\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}")
    };
    let headers = [
        entry("[2]", &format!("[0,{max}]")),
        entry("[2]", &format!("[{max},8]")),
        entry("[2]", "[8,0]"),
        entry("[2]", "[4,12]"),
        entry(&format!("[{max},{max}]"), "[0,8]"),
        entry("[1000000000000]", "[0,4000000000000]"),
        "{\"a\":{}}".to_owned(),
        "[".repeat(100_000),
        String::new(),
    ];
    for header in headers {
        let (description, bytes) = forged(&header, 8);
        let found = Weights::from_parts(&description, bytes, Verify::Trusted);
        assert!(matches!(found, Err(ModelError::Format(_))), "{header:.80}");
    }
    let (description, mut bytes) = forged(&entry("[2]", "[0,8]"), 8);
    assert!(Weights::from_parts(&description, bytes.clone(), Verify::Trusted).is_ok());
    for length in [max, max - 8, 1 << 40, 99_999_999] {
        bytes[..8].copy_from_slice(&length.to_le_bytes());
        let found = Weights::from_parts(&description, bytes.clone(), Verify::Trusted);
        assert!(matches!(found, Err(ModelError::Format(_))), "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_is_an_error_and_never_a_panic(seed: u64, n_flips in 1_usize..5, cut in 0_usize..200) {
        let mut random = Random::new(seed);
        let (description, mut bytes) = toy().finish();
        // Most flips go to the header, where they do more harm.
        for _ in 0..n_flips {
            let at = usize::from(random.bits().to_le_bytes()[0]) * bytes.len().min(1024) / 256;
            bytes[at + cut % 4] ^= 1 << (random.bits() % 8);
        }
        bytes.truncate(bytes.len() - cut * usize::from(random.unit() < 0.5));
        let full = Weights::from_parts(&description, bytes.clone(), Verify::Full);
        prop_assert!(full.is_err() || bytes == toy().finish().1);

        let length = format!("bytes = {}\n", bytes.len());
        let description = description
            .lines()
            .map(|line| if line.starts_with("bytes = ") { length.trim_end() } else { line })
            .collect::<Vec<_>>()
            .join("\n");
        if let Ok(weights) = Weights::from_parts(&description, bytes, Verify::Trusted) {
            let _ = weights.dense("encoder.0", 6, 10);
            if let Ok(table) = weights.table("grams", 30, 6) {
                Kernels::detect().add_row(&table, 29, 1.0, &mut [0.0; 6]);
            }
        }
    }

    #[test]
    fn noise_is_an_error(bytes: Vec<u8>) {
        let description = describe(bytes.len());
        prop_assert!(Weights::from_parts(&description, bytes, Verify::Trusted).is_err());
    }
}
