//! Numbers only: weights, and the kernels that compute with them. No linguistics.
//!
//! A model is a weights file in the safetensors format and a `model.toml` that describes it;
//! [`Weights`] holds both, checked. From it come the parts that a network is built of: [`Dense`]
//! layers, [`LayerNorm`]s, embedding [`Table`]s, vectors, label sets. All are immutable and may be
//! shared between threads; what a computation needs beside them belongs to the caller.
//!
//! [`Kernels`] does the computing, on the widest instructions of the processor at hand. Every
//! path (portable, AVX2, AVX-512) gives the same bits: dense layers multiply 16-bit integers and
//! sum them exactly, and everything in `f32` keeps one order of operations and never fuses a
//! multiplication with an addition. A model therefore gives the same labels on every machine.

mod error;
#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "vector instructions; the only place in the workspace")
)]
mod kernels;
mod table;
pub mod toy;
mod weights;

pub use error::{Dtype, ModelError};
pub use kernels::{Codes, Dense, Kernels, LayerNorm};
pub use table::Table;
pub use weights::{Verify, Weights};
