/* What the trainer does for each word on a processor, in one pass over memory each. kernels.py calls it.
 * All arrays are row-major single precision; rows beyond a window's length are padding. */
#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

/* The gated recurrence of `Recurrence` over windows. pre [B, T, 3 d] holds z, c, r and is left with s(z), c, s(r);
 * h, y [B, T, d]. */
void recurrence_forward(float *restrict pre, const float *restrict x, const int64_t *lengths, float *restrict h,
                        float *restrict y, int64_t B, int64_t T, int64_t d) {
    const int64_t half = d / 2;
    for (int64_t b = 0; b < B; b++) {
        const int64_t n = lengths[b];
        memset(h + (b * T + n) * d, 0, (T - n) * d * sizeof(float));
        memcpy(y + (b * T + n) * d, x + (b * T + n) * d, (T - n) * d * sizeof(float));
        for (int side = 0; side < 2; side++) {
            const int64_t from = side ? half : 0, to = side ? d : half;
            for (int64_t step = 0; step < n; step++) {
                const int64_t t = side ? n - 1 - step : step, row = (b * T + t) * d;
                float *z = pre + 3 * row, *c = z + d, *r = c + d;
                const float *last = step ? h + (side ? row + d : row - d) : h;
                if (step == 0) {
                    for (int64_t j = from; j < to; j++) {
                        z[j] = sigmoid(z[j]), r[j] = sigmoid(r[j]);
                        h[row + j] = (1 - z[j]) * c[j];
                        y[row + j] = r[j] * h[row + j] + (1 - r[j]) * x[row + j];
                    }
                } else {
                    for (int64_t j = from; j < to; j++) {
                        z[j] = sigmoid(z[j]), r[j] = sigmoid(r[j]);
                        h[row + j] = z[j] * last[j] + (1 - z[j]) * c[j];
                        y[row + j] = r[j] * h[row + j] + (1 - r[j]) * x[row + j];
                    }
                }
            }
        }
    }
}

/* From dy to dx, dpre; `gates` is what the forward pass has left of pre. */
void recurrence_backward(const float *restrict gates, const float *restrict x, const float *restrict h,
                         const float *restrict dy, const int64_t *lengths, float *restrict dx, float *restrict dpre,
                         float *restrict carry, int64_t B, int64_t T, int64_t d) {
    const int64_t half = d / 2;
    for (int64_t b = 0; b < B; b++) {
        const int64_t n = lengths[b];
        memcpy(dx + (b * T + n) * d, dy + (b * T + n) * d, (T - n) * d * sizeof(float));
        memset(dpre + (b * T + n) * 3 * d, 0, (T - n) * 3 * d * sizeof(float));
        memset(carry, 0, d * sizeof(float));
        for (int side = 0; side < 2; side++) {
            const int64_t from = side ? half : 0, to = side ? d : half;
            for (int64_t step = n - 1; step >= 0; step--) {
                const int64_t t = side ? n - 1 - step : step, row = (b * T + t) * d;
                const float *z = gates + 3 * row, *c = z + d, *r = c + d;
                const float *last = step ? h + (side ? row + d : row - d) : h;
                float *dz = dpre + 3 * row, *dc = dz + d, *dr = dc + d;
                for (int64_t j = from; j < to; j++) {
                    const float up = dy[row + j], dh = up * r[j] + carry[j];
                    const float before = step ? last[j] : 0;
                    dr[j] = up * (h[row + j] - x[row + j]) * r[j] * (1 - r[j]);
                    dx[row + j] = up * (1 - r[j]);
                    dz[j] = dh * (before - c[j]) * z[j] * (1 - z[j]);
                    dc[j] = dh * (1 - z[j]);
                    carry[j] = dh * z[j];
                }
            }
        }
    }
}

/* The convolution of `Convolution`: taps [K, 6 d] of types, three products of 2 d each, for the word before, the word
 * and the word after; ids [B, T] into them. sums [B, T, 2 d], y [B, T, d]. */
void convolution_forward(const float *restrict taps, const int64_t *ids, const int64_t *lengths,
                         const float *restrict bias, float *restrict sums, float *restrict y, int64_t B, int64_t T,
                         int64_t d) {
    const int64_t d2 = 2 * d;
    for (int64_t b = 0; b < B; b++) {
        const int64_t n = lengths[b];
        memset(y + (b * T + n) * d, 0, (T - n) * d * sizeof(float));
        for (int64_t t = 0; t < n; t++) {
            const int64_t at = b * T + t;
            float *s = sums + at * d2;
            const float *mid = taps + ids[at] * 3 * d2 + d2;
            for (int64_t j = 0; j < d2; j++) s[j] = bias[j] + mid[j];
            if (t > 0) {
                const float *other = taps + ids[at - 1] * 3 * d2;
                for (int64_t j = 0; j < d2; j++) s[j] += other[j];
            }
            if (t + 1 < n) {
                const float *other = taps + ids[at + 1] * 3 * d2 + 2 * d2;
                for (int64_t j = 0; j < d2; j++) s[j] += other[j];
            }
            for (int64_t j = 0; j < d; j++) {
                s[d + j] = sigmoid(s[d + j]);
                y[at * d + j] = s[j] * s[d + j];
            }
        }
    }
}

/* From dy to dtaps (set to 0 before) and dbias (likewise); `sums` is what the forward pass has left. */
void convolution_backward(const float *restrict sums, const int64_t *ids, const int64_t *lengths,
                          const float *restrict dy, float *restrict dtaps, float *restrict dbias, float *restrict ds,
                          int64_t B, int64_t T, int64_t d) {
    const int64_t d2 = 2 * d;
    for (int64_t b = 0; b < B; b++) {
        const int64_t n = lengths[b];
        for (int64_t t = 0; t < n; t++) {
            const int64_t at = b * T + t;
            const float *s = sums + at * d2, *up = dy + at * d;
            for (int64_t j = 0; j < d; j++) {
                const float g = s[d + j];
                ds[j] = up[j] * g;
                ds[d + j] = up[j] * s[j] * g * (1 - g);
            }
            float *mid = dtaps + ids[at] * 3 * d2 + d2;
            for (int64_t j = 0; j < d2; j++) mid[j] += ds[j], dbias[j] += ds[j];
            if (t > 0) {
                float *other = dtaps + ids[at - 1] * 3 * d2;
                for (int64_t j = 0; j < d2; j++) other[j] += ds[j];
            }
            if (t + 1 < n) {
                float *other = dtaps + ids[at + 1] * 3 * d2 + 2 * d2;
                for (int64_t j = 0; j < d2; j++) other[j] += ds[j];
            }
        }
    }
}

static float log_sum(const float *values, int n) {
    float most = values[0], sum = 0;
    for (int i = 1; i < n; i++) most = fmaxf(most, values[i]);
    for (int i = 0; i < n; i++) sum += expf(values[i] - most);
    return most + logf(sum);
}

/* Negative log-likelihood of the tags of slices under a linear-chain conditional random field, and its gradient.
 * logits, dlogits [S, L, K]; chain [K, K] (before, after), its row 0 is also the start; loss [S]; dchain [S, K, K] set
 * to 0 before; work [2 L K]. K is at most 8. */
void chain_loss(const float *logits, const float *chain, const int64_t *tags, const int64_t *lengths, float *loss,
                float *dlogits, float *dchain, float *work, int64_t S, int64_t L, int64_t K) {
    for (int64_t s = 0; s < S; s++) {
        const int64_t n = lengths[s];
        const float *e = logits + s * L * K;
        const int64_t *gold = tags + s * L;
        float *a = work, *z = work + L * K, *de = dlogits + s * L * K, *dc = dchain + s * K * K;
        float parts[8];
        memset(de, 0, L * K * sizeof(float));
        if (n == 0) {
            loss[s] = 0;
            continue;
        }
        for (int k = 0; k < K; k++) a[k] = chain[k] + e[k];
        for (int64_t t = 1; t < n; t++)
            for (int k = 0; k < K; k++) {
                for (int i = 0; i < K; i++) parts[i] = a[(t - 1) * K + i] + chain[i * K + k];
                a[t * K + k] = log_sum(parts, K) + e[t * K + k];
            }
        const float total = log_sum(a + (n - 1) * K, K);
        for (int k = 0; k < K; k++) z[(n - 1) * K + k] = 0;
        for (int64_t t = n - 2; t >= 0; t--)
            for (int k = 0; k < K; k++) {
                for (int i = 0; i < K; i++) parts[i] = chain[k * K + i] + e[(t + 1) * K + i] + z[(t + 1) * K + i];
                z[t * K + k] = log_sum(parts, K);
            }
        float score = 0;
        for (int64_t t = 0; t < n; t++) {
            const int64_t before = t ? gold[t - 1] : 0;
            score += chain[before * K + gold[t]] + e[t * K + gold[t]];
            dc[before * K + gold[t]] -= 1;
            de[t * K + gold[t]] -= 1;
            for (int k = 0; k < K; k++) {
                const float here = expf(a[t * K + k] + z[t * K + k] - total);
                de[t * K + k] += here;
                if (t == 0) dc[k] += here;
                else
                    for (int i = 0; i < K; i++)
                        dc[i * K + k] += expf(a[(t - 1) * K + i] + chain[i * K + k] + e[t * K + k] + z[t * K + k] - total);
            }
        }
        loss[s] = total - score;
    }
}
