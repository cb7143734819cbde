//! The weights file and its description.

mod description;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use safetensors::SafeTensors;
use sha2::{Digest, Sha256};

use self::description::{Description, Number};
use crate::kernels::{MAX_WIDTH, f16_to_f32};
use crate::table::Format;
use crate::{Dense, Dtype, LayerNorm, ModelError, Table};

/// How closely [`Weights::from_parts`] looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verify {
    /// Everything: also the hash of the file, and that all values are finite.
    Full,
    /// Names, lengths, dtypes and shapes: for bytes that a test has verified in full, as those
    /// that are built into the program. Values are still checked when a layer, a norm or a
    /// vector is made of them; those of tables are not.
    Trusted,
}

/// A model's weights, label sets and numbers, checked against their description.
///
/// # Format
///
/// The weights file is in the safetensors format with tensors of dtype F32, F16 or I8. An I8
/// tensor of shape `[rows, …]` has a companion `<name>.scale`, F32 of shape `[rows]`, and means
/// its values times the scale of their row. The description, `model.toml`:
///
/// ```toml
/// name = "sayso-en"
/// version = "1"
///
/// [weights]
/// file = "weights.safetensors"
/// bytes = 1234
/// sha256 = "64 hexadecimal digits"
///
/// [numbers]                # integers or floats
/// width = 256
///
/// [labels]                 # in the order of their indices
/// upos = ["ADJ", "ADP"]
///
/// [tensors]                # every tensor of the file
/// "encoder.0.weight" = { dtype = "F32", shape = [768, 256] }
/// ```
///
/// Further entries, such as data, licences and scores, are for readers, not for the program.
///
/// # Examples
///
/// ```
/// use sayso_model::toy::Toy;
/// use sayso_model::{Kernels, Codes, Verify, Weights};
///
/// let (description, bytes) = Toy::new(1).dense("tagger", 4, 2).number("width", 4.0).finish();
/// let weights = Weights::from_parts(&description, bytes, Verify::Full)?;
/// let tagger = weights.dense("tagger", weights.size("width")?, 2)?;
///
/// let (kernels, mut codes, mut out) = (Kernels::detect(), Codes::new(), [0.0; 2]);
/// kernels.quantize(&[0.0; 4], 4, &mut codes);
/// kernels.dense(&tagger, &codes, &mut out);
/// assert_eq!(out.as_slice(), weights.vector("tagger.bias", 2)?);
///
/// let error = weights.dense("tagger", 8, 2).unwrap_err();
/// assert_eq!(error.to_string(), "tensor `tagger.weight`: expected shape [2, 8], found [2, 4]");
/// # Ok::<(), sayso_model::ModelError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Weights {
    name: String,
    version: String,
    sha256: String,
    labels: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, Number>,
    bytes: Arc<Cow<'static, [u8]>>,
    // Invariant: each range lies in `bytes` and is as long as dtype and shape say; each I8
    // tensor has its scales.
    tensors: BTreeMap<String, Tensor>,
}

/// Where a tensor lies and what it is.
#[derive(Clone, Debug)]
struct Tensor {
    dtype: Dtype,
    shape: Vec<usize>,
    range: Range<usize>,
    /// Whether it was asked for; clones share the record.
    used: Arc<AtomicBool>,
}

impl Weights {
    /// Takes a description and the bytes of the weights file.
    ///
    /// # Errors
    ///
    /// - [`ModelError::Description`] if `description` is not as above.
    /// - [`ModelError::Length`], and with [`Verify::Full`] [`ModelError::Hash`], if the bytes are
    ///   not those described.
    /// - [`ModelError::Format`] if they are not in the safetensors format.
    /// - [`ModelError::Missing`], [`ModelError::Unlisted`], [`ModelError::Dtype`],
    ///   [`ModelError::Shape`] if the tensors are not those described, or if an I8 tensor lacks
    ///   its scales.
    /// - [`ModelError::NotFinite`], with [`Verify::Full`] only.
    ///
    /// # Cost
    ///
    /// The header is read and nothing copied; [`Verify::Full`] reads all bytes twice.
    pub fn from_parts(
        description: &str,
        bytes: impl Into<Cow<'static, [u8]>>,
        verify: Verify,
    ) -> Result<Self, ModelError> {
        let description: Description = toml::from_str(description)?;
        let bytes = bytes.into();
        check_length(description.weights.bytes, bytes.len() as u64)?;
        if verify == Verify::Full {
            check_hash(&description.weights.sha256, &bytes)?;
        }
        let weights = Self {
            name: description.name,
            version: description.version,
            sha256: description.weights.sha256,
            labels: description.labels,
            numbers: description.numbers,
            tensors: locate(&bytes, &description.tensors)?,
            bytes: Arc::new(bytes),
        };
        weights.check_scales()?;
        if verify == Verify::Full {
            for (name, tensor) in &weights.tensors {
                weights.check_finite(name, tensor)?;
            }
        }
        Ok(weights)
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The model's version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The SHA-256 of the weights file in hexadecimal, as described.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The dense layer of the tensors `<name>.weight`, `[n_out, n_in]`, and `<name>.bias`,
    /// `[n_out]`, of which the second may be absent.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`], [`ModelError::Shape`], [`ModelError::Dtype`],
    /// [`ModelError::NotFinite`]; [`ModelError::Empty`] if `n_in` or `n_out` is 0 and
    /// [`ModelError::Width`] if `n_in` is beyond 65,536.
    pub fn dense(&self, name: &str, n_in: usize, n_out: usize) -> Result<Dense, ModelError> {
        let weight = format!("{name}.weight");
        let weights = self.read(&weight, &[n_out, n_in])?;
        check_width(&weight, n_in)?;
        let bias = format!("{name}.bias");
        let bias = if self.has(&bias) { Some(self.vector(&bias, n_out)?) } else { None };
        Ok(Dense::new(&weights, bias.as_deref(), n_in))
    }

    /// The layer norm of the tensors `<name>.weight` and `<name>.bias`, both `[width]`.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`], [`ModelError::Shape`], [`ModelError::Dtype`],
    /// [`ModelError::NotFinite`]; [`ModelError::Empty`] if `width` is 0 and
    /// [`ModelError::Width`] if it is beyond 65,536.
    pub fn layer_norm(&self, name: &str, width: usize) -> Result<LayerNorm, ModelError> {
        let weight = format!("{name}.weight");
        let gain = self.vector(&weight, width)?;
        check_width(&weight, width)?;
        let bias = self.vector(&format!("{name}.bias"), width)?;
        Ok(LayerNorm::new(gain, bias))
    }

    /// The values of a tensor of shape `[n]`.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`], [`ModelError::Shape`], [`ModelError::Dtype`],
    /// [`ModelError::NotFinite`]; [`ModelError::Empty`] if `n` is 0.
    pub fn vector(&self, name: &str, n: usize) -> Result<Vec<f32>, ModelError> {
        self.read(name, &[n])
    }

    /// The values of a tensor of shape `[n_rows, width]`, row-major.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`], [`ModelError::Shape`], [`ModelError::Dtype`],
    /// [`ModelError::NotFinite`]; [`ModelError::Empty`] if `n_rows` or `width` is 0.
    pub fn matrix(&self, name: &str, n_rows: usize, width: usize) -> Result<Vec<f32>, ModelError> {
        self.read(name, &[n_rows, width])
    }

    /// A tensor of shape `[n_rows, width]` as a table that is read where it lies.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`], [`ModelError::Shape`], [`ModelError::Dtype`];
    /// [`ModelError::Empty`] if `n_rows` or `width` is 0; for the scales of an I8 tensor
    /// [`ModelError::NotFinite`].
    ///
    /// # Cost
    ///
    /// Copies the scales of an I8 tensor and nothing else.
    pub fn table(&self, name: &str, n_rows: usize, width: usize) -> Result<Table, ModelError> {
        let tensor = self.filled(name, &[n_rows, width])?;
        let format = match tensor.dtype {
            Dtype::F32 => Format::F32,
            Dtype::F16 => Format::F16,
            Dtype::I8 => Format::I8(self.vector(&scale_name(name), n_rows)?.into()),
            Dtype::U64 => return Err(no_numbers(name)),
        };
        Ok(Table::new(Arc::clone(&self.bytes), tensor.range.clone(), format, [n_rows, width]))
    }

    /// The whole numbers of a tensor of dtype U64 and one dimension: each above the one before,
    /// so that they can be looked up by halving. There may be none.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`], [`ModelError::Dtype`], [`ModelError::Shape`],
    /// [`ModelError::Order`].
    pub fn keys(&self, name: &str) -> Result<Vec<u64>, ModelError> {
        let n = self.shape(name)?.iter().product();
        let tensor = self.tensor(name, &[n])?;
        check_dtype(name, Dtype::U64, tensor.dtype.to_string())?;
        let bytes = &self.bytes[tensor.range.clone()];
        let keys: Vec<_> =
            bytes.as_chunks().0.iter().map(|&value| u64::from_le_bytes(value)).collect();
        check_order(name, &keys)?;
        Ok(keys)
    }

    /// The shape of a tensor.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`].
    pub fn shape(&self, name: &str) -> Result<&[usize], ModelError> {
        self.tensors
            .get(name)
            .map(|tensor| tensor.shape.as_slice())
            .ok_or_else(|| ModelError::Missing { tensor: name.to_owned() })
    }

    /// Whether there is a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    /// That every tensor of the file was asked for since it was loaded: by a clone too, and with
    /// an I8 tensor its scales. To be called once the whole network is made; a network that is
    /// smaller than the file would compute, but nonsense.
    ///
    /// # Errors
    ///
    /// [`ModelError::Unused`] names the first tensor, in the order of names, that was not.
    pub fn check_all_used(&self) -> Result<(), ModelError> {
        match self.tensors.iter().find(|(_, tensor)| !tensor.used.load(Ordering::Relaxed)) {
            None => Ok(()),
            Some((name, _)) => Err(ModelError::Unused { tensor: name.clone() }),
        }
    }

    /// The labels of a set, in the order of their indices; at least one.
    ///
    /// # Errors
    ///
    /// [`ModelError::Labels`] if there is no such set, [`ModelError::NoLabels`] if it is empty.
    pub fn labels(&self, name: &str) -> Result<&[String], ModelError> {
        match self.labels.get(name).map(Vec::as_slice) {
            None => Err(ModelError::Labels { name: name.to_owned() }),
            Some([]) => Err(ModelError::NoLabels { name: name.to_owned() }),
            Some(labels) => Ok(labels),
        }
    }

    /// The index of a label in its set.
    ///
    /// # Errors
    ///
    /// As [`Weights::labels`]; [`ModelError::Label`] if the set lacks the label.
    pub fn label_index(&self, set: &str, label: &str) -> Result<usize, ModelError> {
        self.labels(set)?
            .iter()
            .position(|known| known == label)
            .ok_or_else(|| ModelError::Label { set: set.to_owned(), label: label.to_owned() })
    }

    /// A number of the description.
    ///
    /// # Errors
    ///
    /// [`ModelError::Number`] if there is none of this name.
    pub fn number(&self, name: &str) -> Result<f64, ModelError> {
        self.numbers
            .get(name)
            .map(|number| number.as_f64())
            .ok_or_else(|| ModelError::Number { name: name.to_owned() })
    }

    /// A number of the description that is a size.
    ///
    /// # Errors
    ///
    /// [`ModelError::Number`] if there is none of this name, [`ModelError::Size`] if it is
    /// negative or not whole.
    pub fn size(&self, name: &str) -> Result<usize, ModelError> {
        let number =
            self.numbers.get(name).ok_or_else(|| ModelError::Number { name: name.to_owned() })?;
        number
            .as_size()
            .ok_or_else(|| ModelError::Size { name: name.to_owned(), found: number.as_f64() })
    }

    /// A tensor that must have a certain shape and some values; counts as used.
    fn filled(&self, name: &str, expected: &[usize]) -> Result<&Tensor, ModelError> {
        let tensor = self.tensor(name, expected)?;
        if expected.contains(&0) {
            return Err(ModelError::Empty { tensor: name.to_owned(), found: expected.to_vec() });
        }
        Ok(tensor)
    }

    /// A tensor that must have a certain shape; counts as used.
    fn tensor(&self, name: &str, expected: &[usize]) -> Result<&Tensor, ModelError> {
        let tensor = self.find(name, expected)?;
        tensor.used.store(true, Ordering::Relaxed);
        Ok(tensor)
    }

    /// A tensor that must have a certain shape.
    fn find(&self, name: &str, expected: &[usize]) -> Result<&Tensor, ModelError> {
        let tensor = self
            .tensors
            .get(name)
            .ok_or_else(|| ModelError::Missing { tensor: name.to_owned() })?;
        check_shape(name, expected, &tensor.shape)?;
        Ok(tensor)
    }

    /// The values of a tensor that must have a certain shape.
    fn read(&self, name: &str, expected: &[usize]) -> Result<Vec<f32>, ModelError> {
        let tensor = self.filled(name, expected)?;
        self.check_finite(name, tensor)?;
        let bytes = &self.bytes[tensor.range.clone()];
        Ok(match tensor.dtype {
            Dtype::F32 => {
                bytes.as_chunks().0.iter().map(|&value| f32::from_le_bytes(value)).collect()
            }
            Dtype::F16 => {
                let bits = bytes.as_chunks().0.iter().map(|&value| u16::from_le_bytes(value));
                bits.map(f16_to_f32).collect()
            }
            Dtype::I8 => {
                let n_rows = expected.first().copied().unwrap_or(1);
                let scales = self.read(&scale_name(name), &[n_rows])?;
                let width = (bytes.len() / n_rows.max(1)).max(1);
                let rows = bytes.chunks_exact(width).zip(scales);
                rows.flat_map(|(row, scale)| {
                    row.iter().map(move |&value| f32::from(value.cast_signed()) * scale)
                })
                .collect()
            }
            Dtype::U64 => return Err(no_numbers(name)),
        })
    }

    /// That every I8 tensor has one scale for each row.
    fn check_scales(&self) -> Result<(), ModelError> {
        for (name, tensor) in &self.tensors {
            if tensor.dtype == Dtype::I8 {
                let n_rows = tensor.shape.first().copied().unwrap_or(1);
                let name = scale_name(name);
                let scales = self.find(&name, &[n_rows])?;
                check_dtype(&name, Dtype::F32, scales.dtype.to_string())?;
            }
        }
        Ok(())
    }

    /// That a tensor has no infinite value and none that is not a number.
    fn check_finite(&self, name: &str, tensor: &Tensor) -> Result<(), ModelError> {
        let bytes = &self.bytes[tensor.range.clone()];
        let odd = match tensor.dtype {
            Dtype::F32 => odd_f32(bytes.as_chunks().0),
            Dtype::F16 => odd_f16(bytes.as_chunks().0),
            Dtype::I8 | Dtype::U64 => None,
        };
        match odd {
            None => Ok(()),
            Some((index, value)) => {
                Err(ModelError::NotFinite { tensor: name.to_owned(), index, value })
            }
        }
    }
}

/// That a tensor of keys was asked for as numbers.
fn no_numbers(name: &str) -> ModelError {
    let (expected, found) = (Dtype::F32, Dtype::U64.to_string());
    ModelError::Dtype { tensor: name.to_owned(), expected, found }
}

/// The name of the tensor that scales the rows of another.
fn scale_name(name: &str) -> String {
    format!("{name}.scale")
}

/// The first value that is not finite.
fn odd_f32(values: &[[u8; 4]]) -> Option<(usize, f32)> {
    let index = first(values, |&value| !f32::from_le_bytes(value).is_finite())?;
    Some((index, f32::from_le_bytes(values[index])))
}

/// The first value that is not finite: one with all bits of the exponent set.
fn odd_f16(values: &[[u8; 2]]) -> Option<(usize, f32)> {
    const EXPONENT: u16 = 0x7c00;
    let odd = |&value: &[u8; 2]| u16::from_le_bytes(value) & EXPONENT == EXPONENT;
    let index = first(values, odd)?;
    let bits = u16::from_le_bytes(values[index]);
    let value = if bits & !0x8000 == EXPONENT { f32::INFINITY } else { f32::NAN };
    Some((index, if bits & 0x8000 == 0 { value } else { -value }))
}

/// The place of the first value that is odd, looking at whole chunks first: a loop without an
/// exit becomes vector code.
fn first<T>(values: &[T], odd: impl Fn(&T) -> bool) -> Option<usize> {
    const CHUNK: usize = 1024;
    let has_odd = |chunk: &[T]| chunk.iter().fold(false, |any, value| any | odd(value));
    let start = CHUNK * values.chunks(CHUNK).position(has_odd)?;
    Some(start + values[start..].iter().position(odd)?)
}

/// Finds every tensor of the description in the file, and no other.
fn locate(
    bytes: &[u8],
    expected: &BTreeMap<String, description::Tensor>,
) -> Result<BTreeMap<String, Tensor>, ModelError> {
    let (header, metadata) = SafeTensors::read_metadata(bytes)?;
    let start = header + size_of::<u64>();
    let mut found = metadata.tensors();
    let mut tensors = BTreeMap::new();
    for (name, expected) in expected {
        let info =
            found.remove(name).ok_or_else(|| ModelError::Missing { tensor: name.clone() })?;
        check_dtype(name, expected.dtype, format!("{:?}", info.dtype))?;
        check_shape(name, &expected.shape, &info.shape)?;
        let (from, to) = info.data_offsets;
        let range = start + from..start + to;
        let (dtype, shape, used) = (expected.dtype, info.shape.clone(), Arc::default());
        tensors.insert(name.clone(), Tensor { dtype, shape, range, used });
    }
    match found.into_keys().min() {
        None => Ok(tensors),
        Some(tensor) => Err(ModelError::Unlisted { tensor }),
    }
}

fn check_length(expected: u64, found: u64) -> Result<(), ModelError> {
    if expected == found { Ok(()) } else { Err(ModelError::Length { expected, found }) }
}

fn check_hash(expected: &str, bytes: &[u8]) -> Result<(), ModelError> {
    let found = hash(bytes);
    if expected.eq_ignore_ascii_case(&found) {
        return Ok(());
    }
    Err(ModelError::Hash { expected: expected.to_owned(), found })
}

/// The SHA-256 of some bytes in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

fn check_dtype(name: &str, expected: Dtype, found: String) -> Result<(), ModelError> {
    if expected.to_string() == found {
        return Ok(());
    }
    Err(ModelError::Dtype { tensor: name.to_owned(), expected, found })
}

fn check_shape(name: &str, expected: &[usize], found: &[usize]) -> Result<(), ModelError> {
    if expected == found {
        return Ok(());
    }
    Err(ModelError::Shape {
        tensor: name.to_owned(),
        expected: expected.to_vec(),
        found: found.to_vec(),
    })
}

/// That a row is not too wide to be computed with exactly.
fn check_width(name: &str, found: usize) -> Result<(), ModelError> {
    if found <= MAX_WIDTH {
        return Ok(());
    }
    Err(ModelError::Width { tensor: name.to_owned(), most: MAX_WIDTH, found })
}

/// That each key is above the one before.
fn check_order(name: &str, keys: &[u64]) -> Result<(), ModelError> {
    match keys.windows(2).position(|pair| pair[0] >= pair[1]) {
        None => Ok(()),
        Some(at) => Err(ModelError::Order {
            tensor: name.to_owned(),
            index: at + 1,
            before: keys[at],
            found: keys[at + 1],
        }),
    }
}
