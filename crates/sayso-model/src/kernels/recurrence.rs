//! Gated recurrence over time, all lanes of one direction at once.

#![expect(clippy::inline_always, reason = "only inlined code is compiled with vector instructions")]

use super::math::sigmoid;

/// Lanes that run through time together; their state lies on the stack.
const BLOCK: usize = 128;

/// See [`super::Kernels::gated_recurrence`].
#[inline(always)]
pub(super) fn apply(pre: &[f32], x: &[f32], out: &mut [f32], d: usize) {
    assert!(d > 0 && d.is_multiple_of(2), "half of the lanes run each way, not of {d}");
    assert!(x.len().is_multiple_of(d), "whole rows of {d} values");
    assert_eq!(pre.len(), 3 * x.len(), "three values before activation for each of the input");
    assert_eq!(out.len(), x.len(), "one result for each value of the input");
    let n_steps = x.len() / d;
    let half = d / 2;
    let mut state = [0.0; BLOCK];
    for from in (0..half).step_by(BLOCK) {
        let width = BLOCK.min(half - from);
        state.fill(0.0);
        for t in 0..n_steps {
            step(&pre[t * 3 * d..][..3 * d], x, out, Lanes { t, d, from, width }, &mut state);
        }
        state.fill(0.0);
        for t in (0..n_steps).rev() {
            let lanes = Lanes { t, d, from: half + from, width };
            step(&pre[t * 3 * d..][..3 * d], x, out, lanes, &mut state);
        }
    }
}

/// Some lanes at one point in time.
#[derive(Clone, Copy)]
struct Lanes {
    t: usize,
    d: usize,
    from: usize,
    width: usize,
}

/// Moves the state of some lanes on by one step and writes their results.
#[inline(always)]
fn step(pre: &[f32], x: &[f32], out: &mut [f32], lanes: Lanes, state: &mut [f32; BLOCK]) {
    let Lanes { t, d, from, width } = lanes;
    let z = &pre[from..][..width];
    let c = &pre[d + from..][..width];
    let r = &pre[2 * d + from..][..width];
    let x = &x[t * d + from..][..width];
    let out = &mut out[t * d + from..][..width];
    let state = &mut state[..width];
    for i in 0..width {
        let keep = sigmoid(z[i]);
        let show = sigmoid(r[i]);
        state[i] = keep * state[i] + (1.0 - keep) * c[i];
        out[i] = show * state[i] + (1.0 - show) * x[i];
    }
}
