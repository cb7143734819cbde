//! The computing: dense layers in 16-bit integers, everything else in `f32`.

mod codes;
mod dense;
mod math;
mod norm;
mod recurrence;
mod reduce;
mod rows;
#[cfg(test)]
mod tests;

pub use codes::Codes;
pub(crate) use codes::MAX_WIDTH;
pub use dense::Dense;
pub use norm::LayerNorm;
pub(crate) use rows::f16_to_f32;

use crate::Table;

/// Compiles a portable body once more with AVX2 and with AVX-512, and runs the one that the
/// processor can run.
///
/// The body and all that it calls must be `#[inline(always)]`: only code inlined into a function is
/// compiled with its instructions.
macro_rules! vectorized {
    ($kernels:expr, $body:path, ($($arg:ident: $type:ty),*) $(-> $result:ty)?) => {{
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        fn avx2($($arg: $type),*) $(-> $result)? {
            $body($($arg),*)
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512bw,avx512dq,avx512vl")]
        fn avx512($($arg: $type),*) $(-> $result)? {
            $body($($arg),*)
        }
        match $kernels.path {
            Path::Portable => $body($($arg),*),
            // SAFETY: the processor has AVX2, by the invariant of `path`.
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 | Path::AvxVnni => unsafe { avx2($($arg),*) },
            // SAFETY: the processor has these parts of AVX-512, by the invariant of `path`.
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => unsafe { avx512($($arg),*) },
        }
    }};
}

/// Computes with the instructions of one processor.
///
/// All kernels of all paths give identical bits for identical input; the paths differ in speed
/// alone.
///
/// # Examples
///
/// ```
/// use sayso_model::Kernels;
///
/// let mut values = [0.0, 3.0_f32.ln()];
/// Kernels::detect().softmax(&mut values);
/// assert!((values[1] - 0.75).abs() < 1e-6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernels {
    // Invariant: the processor has the instructions of this path.
    path: Path,
}

/// A set of instructions, the slowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX2 with the vector neural network instructions for its registers.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// With the vector neural network instructions and the parts for bytes and words, double words
    /// and shorter registers.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Kernels {
    /// The fastest path of this processor.
    pub fn detect() -> Self {
        Self::available().pop().unwrap_or_else(Self::portable)
    }

    /// The path that every processor has.
    pub fn portable() -> Self {
        Self { path: Path::Portable }
    }

    /// Every path of this processor, the slowest first: for comparing them.
    pub fn available() -> Vec<Self> {
        let mut paths = vec![Path::Portable];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            paths.push(Path::Avx2);
            if is_x86_feature_detected!("avxvnni") {
                paths.push(Path::AvxVnni);
            }
            if is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                paths.push(Path::Avx512);
            }
        }
        paths.into_iter().map(|path| Self { path }).collect()
    }

    /// Applies a dense layer to every row of `codes`: `out = codes · weightsᵀ + bias`.
    ///
    /// # Shapes
    ///
    /// | name    | shape        | meaning                  |
    /// |---------|--------------|--------------------------|
    /// | `codes` | `[n, n_in]`  | quantised rows           |
    /// | `out`   | `[n, n_out]` | row-major, overwritten   |
    ///
    /// # Panics
    ///
    /// If the shapes disagree.
    ///
    /// # Cost
    ///
    /// `n · n_in · n_out` multiplications and no allocation. With AVX2, 32 a clock cycle at
    /// best, with AVX-512 64.
    pub fn dense(self, dense: &Dense, codes: &Codes, out: &mut [f32]) {
        dense.check(codes, out);
        match self.path {
            Path::Portable => dense::portable::apply(dense, codes, out),
            // SAFETY: the processor has AVX2, by the invariant of `path`.
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => unsafe { dense::avx2::plain::apply(dense, codes, out) },
            // SAFETY: the processor has AVX2 and AVX-VNNI, by the invariant of `path`.
            #[cfg(target_arch = "x86_64")]
            Path::AvxVnni => unsafe { dense::avx2::vnni::apply(dense, codes, out) },
            // SAFETY: the processor has AVX-512BW and VNNI, by the invariant of `path`.
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => unsafe { dense::avx512::apply(dense, codes, out) },
        }
    }

    /// Quantises rows of `width` values each, for [`Kernels::dense`].
    ///
    /// # Panics
    ///
    /// If `values` is not a whole number of rows, or `width` is 0 or beyond 65,536.
    pub fn quantize(self, values: &[f32], width: usize, codes: &mut Codes) {
        vectorized!(self, codes::quantize, (values: &[f32], width: usize, codes: &mut Codes));
    }

    /// Normalises every row of `values` to mean 0 and variance 1, then applies gain and bias.
    ///
    /// # Panics
    ///
    /// If `values` is not a whole number of rows or `out` has another length.
    pub fn layer_norm(self, norm: &LayerNorm, values: &[f32], out: &mut [f32]) {
        vectorized!(self, norm::apply, (norm: &LayerNorm, values: &[f32], out: &mut [f32]));
    }

    /// [`Kernels::layer_norm`], then [`Kernels::quantize`], a row at a time.
    ///
    /// # Panics
    ///
    /// If `values` is not a whole number of rows.
    pub fn layer_norm_quantized(self, norm: &LayerNorm, values: &[f32], codes: &mut Codes) {
        vectorized!(self, norm::quantize, (norm: &LayerNorm, values: &[f32], codes: &mut Codes));
    }

    /// One layer of gated recurrence over a window, half of the lanes forwards in time and half
    /// backwards, with a highway from the layer's input.
    ///
    /// For each lane, with `σ` the logistic function and `h` starting at 0:
    ///
    /// ```text
    /// h_t = σ(z_t) · h_{t-1} + (1 − σ(z_t)) · c_t
    /// y_t = σ(r_t) · h_t     + (1 − σ(r_t)) · x_t
    /// ```
    ///
    /// # Shapes
    ///
    /// | name  | shape       | meaning                                           |
    /// |-------|-------------|---------------------------------------------------|
    /// | `pre` | `[t, 3, d]` | `z`, `c`, `r` before any activation               |
    /// | `x`   | `[t, d]`    | the layer's input                                 |
    /// | `out` | `[t, d]`    | `y`, overwritten                                  |
    ///
    /// Lanes `0..d / 2` run from the first row to the last, lanes `d / 2..d` from the last to the
    /// first.
    ///
    /// # Panics
    ///
    /// If `d` is odd or 0, or a length does not fit it.
    ///
    /// # Source
    ///
    /// The simple recurrent unit of Lei et al. (2018), arXiv:1709.02755, without the connection
    /// from the state to the gates.
    pub fn gated_recurrence(self, pre: &[f32], x: &[f32], out: &mut [f32], d: usize) {
        vectorized!(self, recurrence::apply, (pre: &[f32], x: &[f32], out: &mut [f32], d: usize));
    }

    /// `out += weight · table[row]`.
    ///
    /// # Panics
    ///
    /// If the table has no such row, or `out` is not as wide as the table.
    pub fn add_row(self, table: &Table, row: usize, weight: f32, out: &mut [f32]) {
        vectorized!(self, rows::add, (table: &Table, row: usize, weight: f32, out: &mut [f32]));
    }

    /// `values[i] += addend[i]`.
    ///
    /// # Panics
    ///
    /// If the lengths differ.
    pub fn add(self, addend: &[f32], values: &mut [f32]) {
        vectorized!(self, reduce::add, (addend: &[f32], values: &mut [f32]));
    }

    /// `values[i] += codes[row][i]`, each code times its row's scale.
    ///
    /// # Panics
    ///
    /// If there is no such row, or it has another length.
    pub fn add_codes(self, codes: &Codes, row: usize, values: &mut [f32]) {
        vectorized!(self, codes::add, (codes: &Codes, row: usize, values: &mut [f32]));
    }

    /// `Σ a[i] · b[i]`, in 32 partial sums.
    ///
    /// # Panics
    ///
    /// If the lengths differ.
    pub fn dot(self, a: &[f32], b: &[f32]) -> f32 {
        vectorized!(self, reduce::dot, (a: &[f32], b: &[f32]) -> f32)
    }

    /// The dot product of every row of `a` with every row of `b`, both of the given width.
    ///
    /// # Shapes
    ///
    /// `a` is `[n, width]`, `b` is `[m, width]`, `out` is `[n, m]` and overwritten.
    ///
    /// # Panics
    ///
    /// If the lengths disagree.
    pub fn dots(self, a: &[f32], b: &[f32], width: usize, out: &mut [f32]) {
        vectorized!(self, reduce::dots, (a: &[f32], b: &[f32], width: usize, out: &mut [f32]));
    }

    /// `e` to the power of each value.
    ///
    /// Relative error below 5e-7. Below −87.3 the result is 0; above 88.3 it stays at `e^88.3`
    /// instead of becoming infinite.
    pub fn exp(self, values: &mut [f32]) {
        vectorized!(self, math::exp_all, (values: &mut [f32]));
    }

    /// The logistic function `1 / (1 + e^−x)` of each value; relative error below 5e-7.
    pub fn sigmoid(self, values: &mut [f32]) {
        vectorized!(self, math::sigmoid_all, (values: &mut [f32]));
    }

    /// The hyperbolic tangent of each value; relative error below 5e-7.
    pub fn tanh(self, values: &mut [f32]) {
        vectorized!(self, math::tanh_all, (values: &mut [f32]));
    }

    /// `x · sigmoid(x)` of each value.
    pub fn silu(self, values: &mut [f32]) {
        vectorized!(self, math::silu_all, (values: &mut [f32]));
    }

    /// The larger of each value and 0.
    pub fn relu(self, values: &mut [f32]) {
        vectorized!(self, math::relu_all, (values: &mut [f32]));
    }

    /// Turns log-odds into probabilities that sum to 1. Large values do not overflow.
    ///
    /// Values of minus infinity get probability 0, unless all are: then every result is NaN.
    pub fn softmax(self, values: &mut [f32]) {
        vectorized!(self, math::softmax, (values: &mut [f32]));
    }

    /// `ln Σ e^x`, without overflow; minus infinity for no values.
    pub fn log_sum_exp(self, values: &[f32]) -> f32 {
        vectorized!(self, math::log_sum_exp, (values: &[f32]) -> f32)
    }
}
