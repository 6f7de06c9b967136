/* Fused compositing of 8-bit 4:2:0 planes. Integer arithmetic only, and both paths below do the same steps with the same rounding,
 * so that every CPU gives the same bytes.
 *
 * rs_layer: for each pixel of a rectangle: sub-pixel sample, bilinear or a sum over more (rows of resample.c) -> tone curve -> vignette ->
 * mix over what is there.
 * rs_stamp: premultiplied ink over what is there.
 *
 * Samples are Q6 between the steps (255 << 6 = 16320 fits 15 bits); weights, gains and mixes are Q15, at most 32767.
 * A tone curve has 16 straight pieces over 0..1023 (input in Q2): 16 values at the start of each, then 16 rises to its end.
 */
#include "resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#define AVX2_INLINE static inline __attribute__((target("avx2"), always_inline))
#if !defined(__clang__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#endif
#endif
#ifndef CLONES
#define CLONES
#endif

#define ONE_Q15 32767
#define UNIT ((int64_t)1 << 32)
#define BLOCK 32
#define MARGIN 64 /* samples that may be read, not used, behind a row */

/* `struct.pack` of kernel.py fills it: all members are 8 bytes wide. */
typedef struct {
    const uint8_t *source;
    int64_t source_stride, source_width, source_height;
    uint8_t *target;
    int64_t target_stride, width, height;
    int64_t scale_x, offset_x, scale_y, offset_y; /* Q32: target sample i lies at i * scale + offset of the source */
    const int16_t *curve;                         /* null for none */
    const int16_t *gain_x, *gain_y;               /* the vignette's gain is their sum; null for none */
    int64_t pivot;                                /* the level that the vignette leaves alone: black, or no colour */
    int64_t sampling;
} Plane;

enum { BILINEAR, CUBIC, AREA }; /* of `Plane.sampling` */
#define SHARPNESS (-0.75)       /* the parameter of the cubic */

/* How the samples of a row lie in the source. The vector path works on blocks of 32 pixels held in two registers: the first has pixels
 * 0-7 and 16-23, the second 8-15 and 24-31, which is what packing to bytes puts in order again. `weight`, `near` and `far` lie so. */
typedef struct {
    int count, blocks;
    int vector;      /* 0 where the picture is shrunk so much that 8 pixels do not lie in 16 samples */
    int unit;        /* neighbours lie side by side: no need to pick them */
    int whole;       /* no weights at all */
    int reaches_far; /* 8 pixels do not lie in 8 samples */
    int32_t *index;
    int16_t *weight, *ordered_weight, *ordered_gain;
    uint16_t *near, *far; /* byte masks: where the 8 pixels lie in the 8 samples from the first one's, and in the 8 after */
    int16_t *row, *left, *right, *table;
} Across;

static inline int16_t product(int16_t a, int16_t b) { return (int16_t)(((int32_t)a * b + (1 << 14)) >> 15); }

static inline int64_t tap(int64_t scale, int64_t offset, int64_t i, int64_t limit) {
    int64_t at = i * scale + offset, last = (limit - 1) << 32;
    return at < 0 ? 0 : at > last ? last : at;
}

static inline int16_t weight_of(int64_t at) {
    int64_t weight = ((at & (UNIT - 1)) + (1 << 16)) >> 17;
    return (int16_t)(weight > ONE_Q15 ? ONE_Q15 : weight);
}

static inline int in_block(int i) { /* where pixel i of a block of 32 lies in its registers */
    return (i & 7) | ((i & 8) << 1) | ((i & 16) >> 1);
}

static void *room(Across *across, const Plane *plane) {
    int padded = across->blocks * BLOCK;
    size_t each = (size_t)padded, row = (size_t)(plane->source_width > padded ? plane->source_width : padded) + MARGIN + BLOCK;
    char *at = malloc(each * (sizeof(int32_t) + 7 * sizeof(int16_t)) + row * sizeof(int16_t) + 1028 * sizeof(int16_t)), *memory = at;
    if (!memory) return 0;
    across->index = (int32_t *)at, at += each * sizeof(int32_t);
    int16_t **words[] = {&across->weight, &across->ordered_weight, &across->ordered_gain, (int16_t **)&across->near,
                         (int16_t **)&across->far, &across->left, &across->right};
    for (int i = 0; i < 7; i++) *words[i] = (int16_t *)at, at += each * sizeof(int16_t);
    across->table = (int16_t *)at, at += 1028 * sizeof(int16_t);
    across->row = (int16_t *)at;
    return memory;
}

static void find_taps(Across *across, const Plane *plane) {
    int padded = across->blocks * BLOCK;
    across->unit = across->whole = across->vector = 1;
    across->reaches_far = 0;
    for (int i = 0; i < padded; i++) {
        int64_t at = tap(plane->scale_x, plane->offset_x, i, plane->source_width);
        across->index[i] = (int32_t)(at >> 32);
        across->weight[i] = weight_of(at);
    }
    for (int i = 0; i < across->count; i++) {
        int step = across->index[i] - across->index[i & ~7];
        if (step != (i & 7)) across->unit = 0;
        if (step > 7) across->reaches_far = 1;
        if (step > 15) across->vector = 0;
        if (across->weight[i]) across->whole = 0;
    }
    for (int i = 0; i < padded; i++) {
        int at = (across->index[i] - across->index[i & ~7]) & 15, to = (i & ~31) | in_block(i & 31);
        uint16_t pair = (uint16_t)((2 * (at & 7)) | ((2 * (at & 7) + 1) << 8));
        across->near[to] = at < 8 ? pair : 0x8080;
        across->far[to] = at < 8 ? 0x8080 : pair;
        across->ordered_weight[to] = across->weight[i];
    }
}

CLONES static void blend_rows(const uint8_t *restrict a, const uint8_t *restrict b, int16_t weight, int n, int16_t *restrict out) {
    for (int i = 0; i < n; i++) out[i] = (int16_t)((a[i] << 6) + product((int16_t)((b[i] - a[i]) * 64), weight));
}

/* The path for every CPU: what a compiler cannot make vectors of (picking, the table) stands apart from what it can. */
CLONES static void finish_row(const Plane *plane, const Across *across, int y, int16_t mix, uint8_t *restrict out) {
    int n = across->count;
    const int32_t *restrict index = across->index;
    const int16_t *restrict weight = across->weight, *restrict row = across->row, *restrict table = across->table;
    int16_t *restrict value = across->left, *restrict right = across->right;
    for (int i = 0; i < n; i++) value[i] = row[index[i]], right[i] = row[index[i] + 1];
    for (int i = 0; i < n; i++) value[i] = (int16_t)(value[i] + product((int16_t)(right[i] - value[i]), weight[i]));
    if (plane->curve)
        for (int i = 0; i < n; i++) value[i] = table[(value[i] + 8) >> 4];
    if (plane->gain_x) {
        int16_t pivot = (int16_t)(plane->pivot << 6), gain_y = plane->gain_y[y];
        const int16_t *restrict gain_x = plane->gain_x;
        for (int i = 0; i < n; i++) value[i] = (int16_t)(pivot + product((int16_t)(value[i] - pivot), (int16_t)(gain_x[i] + gain_y)));
    }
    if (mix < ONE_Q15)
        for (int i = 0; i < n; i++) {
            int16_t under = (int16_t)(out[i] << 6);
            value[i] = (int16_t)(under + product((int16_t)(value[i] - under), mix));
        }
    for (int i = 0; i < n; i++) out[i] = (uint8_t)((value[i] + 32) >> 6);
}

CLONES static void clip_row(const int16_t *restrict from, int n, int16_t *restrict to) {
    for (int i = 0; i < n; i++) {
        int16_t value = from[i] > 0 ? from[i] : 0;
        to[i] = value < 255 << 6 ? value : 255 << 6;
    }
}

static void fill_table(int16_t *table, const int16_t *curve) {
    for (int level = 0; level < 1024; level++)
        table[level] = (int16_t)(curve[level >> 6] + product(curve[16 + (level >> 6)], (int16_t)((level & 63) << 9)));
}

#ifdef AVX2
AVX2_INLINE __m256i load_halves(const int16_t *a, const int16_t *b) {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)a)), _mm_loadu_si128((const __m128i *)b), 1);
}

AVX2_INLINE __m256i load(const void *from) { return _mm256_loadu_si256((const __m256i *)from); }

AVX2_INLINE __m256i lerp(__m256i from, __m256i to, __m256i weight) {
    return _mm256_add_epi16(from, _mm256_mulhrs_epi16(_mm256_sub_epi16(to, from), weight));
}

AVX2_INLINE __m256i sampled(const Across *across, int i, int half, int unit, int far, int whole) {
    const int16_t *a = across->row + across->index[i + 8 * half], *b = across->row + across->index[i + 16 + 8 * half];
    int at = i + 16 * half;
    __m256i left = load_halves(a, b);
    if (unit && whole) return left;
    __m256i right = load_halves(a + 1, b + 1);
    if (!unit) {
        __m256i near = load(across->near + at);
        left = _mm256_shuffle_epi8(left, near), right = _mm256_shuffle_epi8(right, near);
        if (far) {
            __m256i mask = load(across->far + at);
            left = _mm256_or_si256(left, _mm256_shuffle_epi8(load_halves(a + 8, b + 8), mask));
            right = _mm256_or_si256(right, _mm256_shuffle_epi8(load_halves(a + 9, b + 9), mask));
        }
    }
    return lerp(left, right, load(across->ordered_weight + at));
}

/* 16 words as 16 low bytes and 16 high bytes, the same in both halves of a register. */
typedef struct {
    __m256i base_low, base_high, rise_low, rise_high;
} Pieces;

AVX2_INLINE void split(const int16_t *words, __m256i *low, __m256i *high) {
    uint8_t bytes[2][16];
    for (int i = 0; i < 16; i++) bytes[0][i] = (uint8_t)words[i], bytes[1][i] = (uint8_t)((uint16_t)words[i] >> 8);
    *low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes[0]));
    *high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes[1]));
}

AVX2_INLINE void follow(const Pieces *pieces, __m256i *one, __m256i *two) {
    const __m256i half = _mm256_set1_epi16(8), within = _mm256_set1_epi16(63);
    __m256i a = _mm256_srai_epi16(_mm256_add_epi16(*one, half), 4), b = _mm256_srai_epi16(_mm256_add_epi16(*two, half), 4);
    __m256i piece = _mm256_packus_epi16(_mm256_srai_epi16(a, 6), _mm256_srai_epi16(b, 6));
    __m256i low = _mm256_shuffle_epi8(pieces->base_low, piece), high = _mm256_shuffle_epi8(pieces->base_high, piece);
    __m256i up = _mm256_shuffle_epi8(pieces->rise_low, piece), far_up = _mm256_shuffle_epi8(pieces->rise_high, piece);
    a = _mm256_slli_epi16(_mm256_and_si256(a, within), 9), b = _mm256_slli_epi16(_mm256_and_si256(b, within), 9);
    a = _mm256_mulhrs_epi16(_mm256_unpacklo_epi8(up, far_up), a), b = _mm256_mulhrs_epi16(_mm256_unpackhi_epi8(up, far_up), b);
    *one = _mm256_add_epi16(_mm256_unpacklo_epi8(low, high), a), *two = _mm256_add_epi16(_mm256_unpackhi_epi8(low, high), b);
}

typedef struct {
    Pieces pieces;
    __m256i pivot, gain_y, mix;
} Vectors;

AVX2_INLINE void finish_block(const Across *across, const Vectors *v, int i, uint8_t *out, int unit, int far, int whole, int curve,
                              int gain, int mix) {
    __m256i one = sampled(across, i, 0, unit, far, whole), two = sampled(across, i, 1, unit, far, whole);
    if (curve) follow(&v->pieces, &one, &two);
    if (gain) {
        __m256i a = _mm256_add_epi16(load(across->ordered_gain + i), v->gain_y);
        __m256i b = _mm256_add_epi16(load(across->ordered_gain + i + 16), v->gain_y);
        one = lerp(v->pivot, one, a), two = lerp(v->pivot, two, b);
    }
    if (mix) {
        __m256i under = load(out), zero = _mm256_setzero_si256();
        one = lerp(_mm256_slli_epi16(_mm256_unpacklo_epi8(under, zero), 6), one, v->mix);
        two = lerp(_mm256_slli_epi16(_mm256_unpackhi_epi8(under, zero), 6), two, v->mix);
    }
    const __m256i half = _mm256_set1_epi16(32);
    one = _mm256_srai_epi16(_mm256_add_epi16(one, half), 6), two = _mm256_srai_epi16(_mm256_add_epi16(two, half), 6);
    _mm256_storeu_si256((__m256i *)out, _mm256_packus_epi16(one, two));
}

AVX2_INLINE void finish_blocks(const Across *across, const Vectors *v, uint8_t *target, int unit, int far, int whole, int curve, int gain,
                               int mix) {
    int i = 0, n = across->count;
    for (; i + BLOCK <= n; i += BLOCK) finish_block(across, v, i, target + i, unit, far, whole, curve, gain, mix);
    if (i < n) {
        uint8_t edge[BLOCK] = {0};
        if (mix) memcpy(edge, target + i, (size_t)(n - i));
        finish_block(across, v, i, edge, unit, far, whole, curve, gain, mix);
        memcpy(target + i, edge, (size_t)(n - i));
    }
}

/* One copy of the loop for each of what a layer usually is; constants take the branches out. */
#define SHAPES(curve, gain, mix)                                                                        \
    do {                                                                                                \
        if (across->unit && across->whole) finish_blocks(across, v, target, 1, 0, 1, curve, gain, mix); \
        else if (across->unit) finish_blocks(across, v, target, 1, 0, 0, curve, gain, mix);             \
        else if (across->reaches_far) finish_blocks(across, v, target, 0, 1, 0, curve, gain, mix);      \
        else finish_blocks(across, v, target, 0, 0, 0, curve, gain, mix);                               \
    } while (0)

AVX2 static void finish_row_avx2(const Across *across, const Vectors *v, uint8_t *target, int kind) {
    switch (kind) {
    case 0: SHAPES(0, 0, 0); break;
    case 1: SHAPES(1, 0, 0); break;
    case 2: SHAPES(0, 1, 0); break;
    case 3: SHAPES(1, 1, 0); break;
    case 4: SHAPES(0, 0, 1); break;
    case 5: SHAPES(1, 0, 1); break;
    case 6: SHAPES(0, 1, 1); break;
    default: SHAPES(1, 1, 1);
    }
}

AVX2 static void blend_rows_avx2(const uint8_t *a, const uint8_t *b, int16_t weight, int n, int16_t *out) {
    const __m256i by = _mm256_set1_epi16(weight);
    int i = 0;
    for (; i + 16 <= n; i += 16) {
        __m256i upper = _mm256_slli_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(a + i))), 6);
        __m256i lower = _mm256_slli_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(b + i))), 6);
        _mm256_storeu_si256((__m256i *)(out + i), lerp(upper, lower, by));
    }
    for (; i < n; i++) out[i] = (int16_t)((a[i] << 6) + product((int16_t)((b[i] - a[i]) * 64), weight));
}

/* What is done to each row: 1 the tone curve, 2 the vignette, 4 the mix. */
AVX2 static int prepare_finish(const Plane *plane, const Across *across, int16_t mix, Vectors *v) {
    v->pivot = _mm256_set1_epi16((int16_t)(plane->pivot << 6)), v->mix = _mm256_set1_epi16(mix);
    if (plane->curve) {
        split(plane->curve, &v->pieces.base_low, &v->pieces.base_high);
        split(plane->curve + 16, &v->pieces.rise_low, &v->pieces.rise_high);
    }
    if (plane->gain_x)
        for (int i = 0; i < across->count; i++) across->ordered_gain[(i & ~31) | in_block(i & 31)] = plane->gain_x[i];
    return (plane->curve ? 1 : 0) | (plane->gain_x ? 2 : 0) | (mix < ONE_Q15 ? 4 : 0);
}

AVX2 static void draw_avx2(const Plane *plane, const Across *across, int16_t mix) {
    int first = across->index[0], last = across->index[across->count - 1] + 1;
    int inside = last < plane->source_width ? last : (int)plane->source_width - 1;
    int16_t *row = across->row;
    Vectors v;
    int kind = prepare_finish(plane, across, mix, &v);
    for (int64_t y = 0; y < plane->height; y++) {
        int64_t at = tap(plane->scale_y, plane->offset_y, y, plane->source_height), top = at >> 32;
        const uint8_t *upper = plane->source + top * plane->source_stride;
        const uint8_t *lower = top + 1 < plane->source_height ? upper + plane->source_stride : upper;
        uint8_t *out = plane->target + y * plane->target_stride;
        int16_t weight = weight_of(at);
        if (!kind && !weight && across->unit && across->whole) {
            memcpy(out, upper + first, (size_t)across->count);
            continue;
        }
        blend_rows_avx2(upper + first, lower + first, weight, inside - first + 1, row + first);
        row[inside + 1] = row[inside];
        v.gain_y = _mm256_set1_epi16(plane->gain_y ? plane->gain_y[y] : 0);
        finish_row_avx2(across, &v, out, kind);
    }
}

AVX2 static void finish_rows_avx2(const Plane *plane, const Across *across, RowMaker *maker, int16_t mix) {
    Vectors v;
    int kind = prepare_finish(plane, across, mix, &v);
    for (int64_t y = 0; y < plane->height; y++) {
        clip_row(rs_row(maker, y), across->count, across->row);
        v.gain_y = _mm256_set1_epi16(plane->gain_y ? plane->gain_y[y] : 0);
        finish_row_avx2(across, &v, plane->target + y * plane->target_stride, kind);
    }
}
#endif

static void draw_portable(const Plane *plane, const Across *across, int16_t mix) {
    int first = across->index[0], last = across->index[across->count - 1] + 1;
    int inside = last < plane->source_width ? last : (int)plane->source_width - 1;
    if (plane->curve) fill_table(across->table, plane->curve);
    for (int64_t y = 0; y < plane->height; y++) {
        int64_t at = tap(plane->scale_y, plane->offset_y, y, plane->source_height), top = at >> 32;
        const uint8_t *upper = plane->source + top * plane->source_stride;
        const uint8_t *lower = top + 1 < plane->source_height ? upper + plane->source_stride : upper;
        blend_rows(upper + first, lower + first, weight_of(at), inside - first + 1, across->row + first);
        across->row[inside + 1] = across->row[inside];
        finish_row(plane, across, (int)y, mix, plane->target + y * plane->target_stride);
    }
}

static double keys(double x) { /* the cubic at the distance x of a sample, 0 to 2 */
    if (x <= 1) return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
    return ((SHARPNESS * x - 5 * SHARPNESS) * x + 8 * SHARPNESS) * x - 4 * SHARPNESS;
}

/* One axis as sums: at the cubic's four samples, or over the area that a target sample covers, at least one sample wide. 0 where there is
 * no memory; `axis->start` is freed by the caller, the weights lie behind. */
static int find_sums(Axis *axis, int64_t sampling, int64_t scale, int64_t offset, int64_t count, int64_t limit) {
    double wide = scale > UNIT ? (double)scale / (double)UNIT : 1;
    axis->count = count, axis->padded = (count + 15) & ~(int64_t)15;
    axis->taps = sampling == CUBIC ? 4 : (int64_t)ceil(wide) + 1;
    int32_t *start = malloc((size_t)axis->padded * (sizeof(int32_t) + (size_t)axis->taps * sizeof(int16_t)));
    if (!start) return 0;
    int16_t *weights = (int16_t *)(start + axis->padded);
    axis->start = start, axis->weight = weights;
    for (int64_t i = 0; i < axis->padded; i++) {
        int64_t q32 = (i < count ? i : count - 1) * scale + offset, last = limit << 32;
        double at = (double)(q32 < -UNIT ? -UNIT : q32 > last ? last : q32) / (double)UNIT;
        double begin = sampling == CUBIC ? at : at + 0.5 - wide / 2, first = floor(begin);
        start[i] = (int32_t)first - (sampling == CUBIC);
        for (int64_t t = 0; t < axis->taps; t++) {
            double sample = (double)start[i] + (double)t, weight;
            if (sampling == CUBIC) weight = keys(fabs(sample - at));
            else {
                double from = begin > sample ? begin : sample, to = begin + wide < sample + 1 ? begin + wide : sample + 1;
                weight = to > from ? (to - from) / wide : 0;
            }
            int q15 = (int)floor(weight * 32768 + 0.5);
            weights[t * axis->padded + i] = (int16_t)(q15 > ONE_Q15 ? ONE_Q15 : q15);
        }
    }
    return 1;
}

/* The sums of `plane` from the part of its source that they read; `shift` is where that begins. */
static Resample part_of(const Plane *plane, const Axis *across, const Axis *down, int64_t shift) {
    int64_t end = across->start[across->count - 1] + shift + across->taps;
    end = end > plane->source_width ? plane->source_width : end <= shift ? shift + 1 : end;
    return (Resample){.source = plane->source + shift, .stride = plane->source_stride, .width = end - shift,
                      .height = plane->source_height, .across = *across, .down = *down};
}

static int draw_sums(const Plane *plane, Across *across, const Resample *job, int16_t mix, int portable, int vectors) {
    RowMaker *maker = rs_rows_begin(job, plane->scale_y < UNIT, portable);
    if (!maker) return 1;
#ifdef AVX2
    if (vectors) finish_rows_avx2(plane, across, maker, mix);
#endif
    if (!vectors) {
        if (plane->curve) fill_table(across->table, plane->curve);
        for (int64_t y = 0; y < plane->height; y++) {
            clip_row(rs_row(maker, y), across->count, across->row);
            finish_row(plane, across, (int)y, mix, plane->target + y * plane->target_stride);
        }
    }
    rs_rows_end(maker);
    return 0;
}

static void take_as_they_are(Across *across) {
    across->unit = across->whole = across->vector = 1;
    across->reaches_far = 0;
    for (int i = 0; i < across->blocks * BLOCK; i++) across->index[i] = i, across->weight[i] = 0;
    across->row[across->count] = 0;
}

/* Planes that lie alike. */
static int layer_of_sums(const Plane *planes, int count, Across *across, int16_t mix, int portable, int vectors) {
    const Plane *plane = planes;
    Axis wide, down;
    if (!find_sums(&wide, plane->sampling, plane->scale_x, plane->offset_x, plane->width, plane->source_width)) return 1;
    int failed = !find_sums(&down, plane->sampling, plane->scale_y, plane->offset_y, plane->height, plane->source_height);
    if (!failed) {
        int64_t shift = wide.start[0] > 0 ? wide.start[0] : 0;
        shift = shift < plane->source_width ? shift : plane->source_width - 1;
        int32_t *start = (int32_t *)wide.start;
        for (int64_t i = 0; i < wide.padded; i++) start[i] -= (int32_t)shift;
        take_as_they_are(across);
        for (int number = 0; number < count && !failed; number++) {
            Resample job = part_of(planes + number, &wide, &down, shift);
            failed = draw_sums(planes + number, across, &job, mix, portable, vectors);
        }
        free((void *)down.start);
    }
    free((void *)wide.start);
    return failed;
}

/* All three planes of a layer; `u` and `v` (planes 1 and 2) lie alike. `portable` takes the path without AVX2: tests compare the two.
 * 0, or 1 where there is no memory. */
int rs_layer(const Plane *planes, int mix, int portable) {
    Across across;
    void *memory = 0;
#ifdef AVX2
    int vectors = !portable && __builtin_cpu_supports("avx2");
#else
    int vectors = 0;
#endif
    for (int number = 0; number < 3; number++) {
        const Plane *plane = planes + number;
        if (number < 2) {
            free(memory);
            across.count = (int)plane->width;
            across.blocks = (across.count + BLOCK - 1) / BLOCK;
            if (!(memory = room(&across, plane))) return 1;
            if (plane->sampling != BILINEAR) {
                if (layer_of_sums(plane, number + 1, &across, (int16_t)mix, portable, vectors)) {
                    free(memory);
                    return 1;
                }
                continue;
            }
            find_taps(&across, plane);
        }
        if (plane->sampling != BILINEAR) continue; /* drawn with the one before */
#ifdef AVX2
        if (vectors && across.vector) {
            draw_avx2(plane, &across, (int16_t)mix);
            continue;
        }
#endif
        draw_portable(plane, &across, (int16_t)mix);
    }
    free(memory);
    return 0;
}

/* Ink, and what it leaves of the picture below (255 - alpha), over a target; strides are in bytes. */
typedef struct {
    const uint8_t *ink, *keep;
    int64_t ink_stride, keep_stride;
    uint8_t *target;
    int64_t target_stride, width, height;
} Ink;

/* target = ink * opacity + target * (1 - alpha * opacity), in 16 bits: `stays` is 255 * 256 for all. opacity is Q8 (0..256). */
static inline uint8_t inked(uint8_t ink, uint8_t keep, uint8_t target, int opacity) {
    uint32_t stays = 65280u - (255u - keep) * (uint32_t)opacity;
    uint32_t below = ((uint32_t)target << 8) * stays >> 16;
    uint32_t value = ink * (uint32_t)opacity + below + (below >> 8) + 128u;
    return (uint8_t)((value > 65535u ? 65535u : value) >> 8);
}

CLONES static void stamp_row(const uint8_t *restrict ink, const uint8_t *restrict keep, uint8_t *restrict out, int n, int opacity) {
    for (int i = 0; i < n; i++) out[i] = inked(ink[i], keep[i], out[i], opacity);
}

#ifdef AVX2
AVX2_INLINE __m256i inked_16(__m256i ink, __m256i keep, __m256i target, __m256i opacity) {
    __m256i gone = _mm256_mullo_epi16(_mm256_sub_epi16(_mm256_set1_epi16(255), keep), opacity);
    __m256i stays = _mm256_sub_epi16(_mm256_set1_epi16((int16_t)65280), gone);
    __m256i below = _mm256_mulhi_epu16(_mm256_slli_epi16(target, 8), stays);
    below = _mm256_add_epi16(below, _mm256_srli_epi16(below, 8));
    __m256i value = _mm256_adds_epu16(_mm256_mullo_epi16(ink, opacity), _mm256_adds_epu16(below, _mm256_set1_epi16(128)));
    return _mm256_srli_epi16(value, 8);
}

AVX2 static void stamp_row_avx2(const uint8_t *ink, const uint8_t *keep, uint8_t *out, int n, int opacity) {
    const __m256i by = _mm256_set1_epi16((int16_t)opacity), zero = _mm256_setzero_si256(), all = _mm256_set1_epi8(-1);
    int i = 0;
    for (; i + BLOCK <= n; i += BLOCK) {
        __m256i colour = load(ink + i), left = load(keep + i);
        if (_mm256_testz_si256(colour, colour) && _mm256_testc_si256(left, all)) continue; /* nothing is drawn here */
        __m256i under = load(out + i);
        __m256i low = inked_16(_mm256_unpacklo_epi8(colour, zero), _mm256_unpacklo_epi8(left, zero), _mm256_unpacklo_epi8(under, zero), by);
        __m256i high = inked_16(_mm256_unpackhi_epi8(colour, zero), _mm256_unpackhi_epi8(left, zero), _mm256_unpackhi_epi8(under, zero), by);
        _mm256_storeu_si256((__m256i *)(out + i), _mm256_packus_epi16(low, high));
    }
    for (; i < n; i++) out[i] = inked(ink[i], keep[i], out[i], opacity);
}
#endif

void rs_stamp(const Ink *planes, int opacity, int portable) {
#ifdef AVX2
    int vectors = !portable && __builtin_cpu_supports("avx2");
#else
    (void)portable;
#endif
    for (int number = 0; number < 3; number++) {
        const Ink *plane = planes + number;
        for (int64_t y = 0; y < plane->height; y++) {
            const uint8_t *ink = plane->ink + y * plane->ink_stride, *keep = plane->keep + y * plane->keep_stride;
            uint8_t *out = plane->target + y * plane->target_stride;
#ifdef AVX2
            if (vectors) {
                stamp_row_avx2(ink, keep, out, (int)plane->width, opacity);
                continue;
            }
#endif
            stamp_row(ink, keep, out, (int)plane->width, opacity);
        }
    }
}
