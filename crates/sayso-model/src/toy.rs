//! Small models made in code, for tests: no files, no training, the same for the same seed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use safetensors::tensor::TensorView;

use crate::Dtype;
use crate::weights::hash;

/// Random numbers for tests: the same for the same seed, on every machine.
///
/// # Source
///
/// `SplitMix64`, of Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Starts at a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// The next value, from 0 to below 1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1 << 24) as f32
    }

    /// The next value of a bell curve, nearly normal: mean 0, variance 1, none beyond ±6.
    pub fn bell(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }

    /// The next `n` values of the bell curve.
    pub fn bells(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| self.bell()).collect()
    }
}

/// Builds a model of random weights.
///
/// # Examples
///
/// ```
/// use sayso_model::toy::Toy;
/// use sayso_model::{Dtype, Verify, Weights};
///
/// let (description, bytes) = Toy::new(7)
///     .dense("encoder.0", 8, 24)
///     .table("embedding", Dtype::I8, 100, 8)
///     .labels("upos", &["NOUN", "VERB"])
///     .finish();
/// let weights = Weights::from_parts(&description, bytes, Verify::Full)?;
/// assert_eq!(weights.labels("upos")?, ["NOUN", "VERB"]);
/// assert_eq!(weights.table("embedding", 100, 8)?.width(), 8);
/// # Ok::<(), sayso_model::ModelError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Toy {
    random: Random,
    tensors: BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>,
    labels: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, f64>,
}

impl Toy {
    /// No tensors; the weights to come depend on the seed and on the order of the calls.
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            tensors: BTreeMap::new(),
            labels: BTreeMap::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// Adds the tensors `<name>.weight` and `<name>.bias` of a dense layer; results are about as
    /// large as inputs.
    #[must_use]
    pub fn dense(mut self, name: &str, n_in: usize, n_out: usize) -> Self {
        let spread = 1.0 / (n_in as f32).sqrt();
        let weights = self.random.bells(n_out * n_in).into_iter().map(|x| x * spread).collect();
        let bias = self.random.bells(n_out).into_iter().map(|x| x * 0.1).collect();
        self.tensor(&format!("{name}.weight"), &[n_out, n_in], weights).tensor(
            &format!("{name}.bias"),
            &[n_out],
            bias,
        )
    }

    /// Adds the tensors `<name>.weight` and `<name>.bias` of a layer norm.
    #[must_use]
    pub fn layer_norm(mut self, name: &str, width: usize) -> Self {
        let gain = self.random.bells(width).into_iter().map(|x| 1.0 + 0.1 * x).collect();
        let bias = self.random.bells(width).into_iter().map(|x| 0.1 * x).collect();
        self.tensor(&format!("{name}.weight"), &[width], gain).tensor(
            &format!("{name}.bias"),
            &[width],
            bias,
        )
    }

    /// Adds an embedding table; with dtype I8, its scales too.
    ///
    /// Tables of F16 hold random bits of finite numbers of either sign, of 2^−14 to 4.
    #[must_use]
    pub fn table(mut self, name: &str, dtype: Dtype, n_rows: usize, width: usize) -> Self {
        match dtype {
            Dtype::F32 => {
                let values = self.random.bells(n_rows * width);
                self.tensor(name, &[n_rows, width], values)
            }
            Dtype::F16 => {
                let bits = (0..n_rows * width).map(|_| self.random.bits().to_le_bytes());
                let bytes = bits.flat_map(|[low, high, ..]| [low, high & 0xbf]).collect();
                self.bytes(name, dtype, &[n_rows, width], bytes)
            }
            Dtype::U64 => {
                let bytes = (0..n_rows * width).flat_map(|_| self.random.bits().to_le_bytes());
                let bytes = bytes.collect();
                self.bytes(name, dtype, &[n_rows, width], bytes)
            }
            Dtype::I8 => {
                let bytes = (0..n_rows * width).map(|_| self.random.bits().to_le_bytes()[0]);
                let bytes = bytes.collect();
                let scales = (0..n_rows).map(|_| (1.0 + self.random.unit()) / 64.0).collect();
                self.bytes(name, dtype, &[n_rows, width], bytes).tensor(
                    &format!("{name}.scale"),
                    &[n_rows],
                    scales,
                )
            }
        }
    }

    /// Adds a tensor of given F32 values.
    #[must_use]
    pub fn tensor(self, name: &str, shape: &[usize], values: Vec<f32>) -> Self {
        let bytes = values.into_iter().flat_map(f32::to_le_bytes).collect();
        self.bytes(name, Dtype::F32, shape, bytes)
    }

    /// Adds a tensor of given bytes.
    #[must_use]
    pub fn bytes(mut self, name: &str, dtype: Dtype, shape: &[usize], bytes: Vec<u8>) -> Self {
        self.tensors.insert(name.to_owned(), (dtype, shape.to_vec(), bytes));
        self
    }

    /// Adds a label set.
    #[must_use]
    pub fn labels(mut self, name: &str, labels: &[&str]) -> Self {
        let labels = labels.iter().map(|&label| label.to_owned()).collect();
        self.labels.insert(name.to_owned(), labels);
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn number(mut self, name: &str, value: f64) -> Self {
        self.numbers.insert(name.to_owned(), value);
        self
    }

    /// The text of `model.toml` and the bytes of the weights file.
    ///
    /// # Panics
    ///
    /// If the bytes of a tensor do not fit its dtype and shape.
    pub fn finish(self) -> (String, Vec<u8>) {
        let views = self.tensors.iter().map(|(name, (dtype, shape, bytes))| {
            let dtype = match dtype {
                Dtype::F32 => safetensors::Dtype::F32,
                Dtype::F16 => safetensors::Dtype::F16,
                Dtype::I8 => safetensors::Dtype::I8,
                Dtype::U64 => safetensors::Dtype::U64,
            };
            let view = TensorView::new(dtype, shape.clone(), bytes);
            (name, view.expect("as many bytes as dtype and shape say"))
        });
        let bytes = safetensors::serialize(views, None).expect("tensors in memory can be written");
        (self.describe(&bytes), bytes)
    }

    /// The description of the model whose weights file is `bytes`.
    fn describe(&self, bytes: &[u8]) -> String {
        let (n, sha256) = (bytes.len(), hash(bytes));
        let mut text = format!(
            "name = \"toy\"\nversion = \"0\"\n\n\
             [weights]\nfile = \"toy.safetensors\"\nbytes = {n}\nsha256 = \"{sha256}\"\n"
        );
        text.push_str("\n[numbers]\n");
        for (name, value) in &self.numbers {
            let _ = writeln!(text, "{name:?} = {value:?}");
        }
        text.push_str("\n[labels]\n");
        for (name, labels) in &self.labels {
            let _ = writeln!(text, "{name:?} = {labels:?}");
        }
        text.push_str("\n[tensors]\n");
        for (name, (dtype, shape, _)) in &self.tensors {
            let _ = writeln!(text, "{name:?} = {{ dtype = \"{dtype}\", shape = {shape:?} }}");
        }
        text
    }
}
