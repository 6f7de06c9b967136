/* Fused compositing of 8-bit 4:2:0 planes. Integer arithmetic only, and both paths below do the same steps with the same rounding,
 * so that every CPU gives the same bytes.
 *
 * rs_layer: for each pixel of a rectangle: sub-pixel bilinear sample -> tone curve -> vignette -> mix over what is there.
 * rs_stamp: premultiplied ink over what is there.
 *
 * Samples are Q6 between the steps (255 << 6 = 16320 fits 15 bits); weights, gains and mixes are Q15, at most 32767.
 * A tone curve has 16 straight pieces over 0..1023 (input in Q2): `base` is the value at the start of each, `rise` the way to its end.
 */
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#if !defined(__clang__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#endif
#endif
#ifndef CLONES
#define CLONES
#endif

#define MAX_WIDTH 8192
#define LANES 16

typedef struct {
    const uint8_t *source;
    int source_stride, source_width, source_height;
    uint8_t *target;
    int target_stride, width, height;
    const uint16_t *index_x, *index_y; /* left and upper neighbour of each pixel; padded to a multiple of 16 */
    const int16_t *weight_x, *weight_y;
    const int16_t *base, *rise;
    const int16_t *gain_x, *gain_y; /* the vignette's gain is their sum; gain_x is null for none */
    int pivot;                      /* the level that the vignette leaves alone: black, or no colour */
    int mix;
} Layer;

static inline int16_t product(int16_t a, int16_t b) { return (int16_t)(((int32_t)a * b + (1 << 14)) >> 15); }

CLONES static void blend_rows(const uint8_t *restrict a, const uint8_t *restrict b, int16_t weight, int n, int16_t *restrict out) {
    for (int i = 0; i < n; i++) out[i] = (int16_t)((a[i] << 6) + product((int16_t)((b[i] - a[i]) * 64), weight));
}

CLONES static void finish_row(const Layer *layer, const int16_t *restrict row, int y, uint8_t *restrict out) {
    int16_t pivot = (int16_t)(layer->pivot << 6);
    for (int i = 0; i < layer->width; i++) {
        int16_t left = row[layer->index_x[i]], right = row[layer->index_x[i] + 1];
        int16_t sample = (int16_t)(left + product((int16_t)(right - left), layer->weight_x[i]));
        int level = (sample + 8) >> 4;
        int16_t value = (int16_t)(layer->base[level >> 6] + product(layer->rise[level >> 6], (int16_t)((level & 63) << 9)));
        if (layer->gain_x)
            value = (int16_t)(pivot + product((int16_t)(value - pivot), (int16_t)(layer->gain_x[i] + layer->gain_y[y])));
        if (layer->mix < 32767) {
            int16_t under = (int16_t)(out[i] << 6);
            value = (int16_t)(under + product((int16_t)(value - under), (int16_t)layer->mix));
        }
        out[i] = (uint8_t)((value + 32) >> 6);
    }
}

#ifdef AVX2
/* Byte masks for vpshufb: how the 8 pixels of each half register lie in the 8 source samples from the first one's, and in the 8 after. */
typedef struct {
    uint16_t near[MAX_WIDTH], far[MAX_WIDTH];
    int reaches_far;
} Masks;

/* 0 where the picture is shrunk to less than half: then 8 pixels do not lie in 16 samples. */
static int find_masks(const Layer *layer, Masks *masks) {
    masks->reaches_far = 0;
    for (int i = 0; i < layer->width; i++) {
        int at = layer->index_x[i] - layer->index_x[i & ~7];
        if (at > 15) return 0;
        if (at > 7) masks->reaches_far = 1;
    }
    int padded = (layer->width + LANES - 1) / LANES * LANES;
    for (int i = 0; i < padded; i++) {
        int at = layer->index_x[i] - layer->index_x[i & ~7];
        uint16_t pair = (uint16_t)((2 * (at & 7)) | ((2 * (at & 7) + 1) << 8));
        masks->near[i] = at < 8 ? pair : 0x8080;
        masks->far[i] = at < 8 ? 0x8080 : pair;
    }
    return 1;
}

AVX2 static inline __m256i load_halves(const int16_t *a, const int16_t *b) {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)a)), _mm_loadu_si128((const __m128i *)b), 1);
}

AVX2 static inline __m256i pick(const int16_t *a, const int16_t *b, const Masks *masks, int i) {
    __m256i near = _mm256_loadu_si256((const __m256i *)(masks->near + i));
    __m256i picked = _mm256_shuffle_epi8(load_halves(a, b), near);
    if (masks->reaches_far) {
        __m256i far = _mm256_loadu_si256((const __m256i *)(masks->far + i));
        picked = _mm256_or_si256(picked, _mm256_shuffle_epi8(load_halves(a + 8, b + 8), far));
    }
    return picked;
}

/* A table of 16 words by the piece's byte mask: a byte index with its top bit set gives 0. */
AVX2 static inline __m256i look_up(__m256i lower, __m256i upper, __m256i mask) {
    __m256i in_lower = _mm256_add_epi8(mask, _mm256_set1_epi8(0x70)), in_upper = _mm256_sub_epi8(mask, _mm256_set1_epi8(0x10));
    return _mm256_or_si256(_mm256_shuffle_epi8(lower, in_lower), _mm256_shuffle_epi8(upper, in_upper));
}

AVX2 static inline __m256i both_halves(const int16_t *table) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

AVX2 static void finish_row_avx2(const Layer *layer, const Masks *masks, const int16_t *row, int y, uint8_t *target) {
    __m256i base_low = both_halves(layer->base), base_high = both_halves(layer->base + 8);
    __m256i rise_low = both_halves(layer->rise), rise_high = both_halves(layer->rise + 8);
    __m256i pivot = _mm256_set1_epi16((int16_t)(layer->pivot << 6)), mix = _mm256_set1_epi16((int16_t)layer->mix);
    __m256i gain_y = _mm256_set1_epi16(layer->gain_y ? layer->gain_y[y] : 0);
    for (int i = 0; i < layer->width; i += LANES) {
        int rest = layer->width - i;
        uint8_t edge[LANES] = {0}, *out = rest >= LANES ? target + i : edge;
        if (rest < LANES) memcpy(edge, target + i, rest);
        const int16_t *a = row + layer->index_x[i], *b = row + layer->index_x[i + 8];
        __m256i left = pick(a, b, masks, i), right = pick(a + 1, b + 1, masks, i);
        __m256i weight = _mm256_loadu_si256((const __m256i *)(layer->weight_x + i));
        __m256i value = _mm256_add_epi16(left, _mm256_mulhrs_epi16(_mm256_sub_epi16(right, left), weight));
        __m256i level = _mm256_srai_epi16(_mm256_add_epi16(value, _mm256_set1_epi16(8)), 4);
        __m256i piece = _mm256_srai_epi16(level, 6);
        __m256i mask = _mm256_add_epi16(_mm256_mullo_epi16(piece, _mm256_set1_epi16(0x0202)), _mm256_set1_epi16(0x0100));
        __m256i part = _mm256_slli_epi16(_mm256_and_si256(level, _mm256_set1_epi16(63)), 9);
        value = _mm256_add_epi16(look_up(base_low, base_high, mask), _mm256_mulhrs_epi16(look_up(rise_low, rise_high, mask), part));
        if (layer->gain_x) {
            __m256i gain = _mm256_add_epi16(_mm256_loadu_si256((const __m256i *)(layer->gain_x + i)), gain_y);
            value = _mm256_add_epi16(pivot, _mm256_mulhrs_epi16(_mm256_sub_epi16(value, pivot), gain));
        }
        if (layer->mix < 32767) {
            __m256i under = _mm256_slli_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)out)), 6);
            value = _mm256_add_epi16(under, _mm256_mulhrs_epi16(_mm256_sub_epi16(value, under), mix));
        }
        value = _mm256_srai_epi16(_mm256_add_epi16(value, _mm256_set1_epi16(32)), 6);
        __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(value, value), 0x08);
        _mm_storeu_si128((__m128i *)out, _mm256_castsi256_si128(bytes));
        if (rest < LANES) memcpy(target + i, edge, rest);
    }
}
#endif

/* `portable` takes the path without AVX2: tests compare the two. */
void rs_layer(const Layer *layer, int portable) {
    int16_t row[MAX_WIDTH + 2 * LANES];
    int first = layer->index_x[0], last = layer->index_x[layer->width - 1] + 1;
    int inside = last < layer->source_width ? last : layer->source_width - 1;
#ifdef AVX2
    Masks masks;
    int shuffles = !portable && __builtin_cpu_supports("avx2") && find_masks(layer, &masks);
#else
    (void)portable;
#endif
    for (int y = 0; y < layer->height; y++) {
        int top = layer->index_y[y], bottom = top + 1 < layer->source_height ? top + 1 : top;
        const uint8_t *upper = layer->source + (long)top * layer->source_stride + first;
        const uint8_t *lower = layer->source + (long)bottom * layer->source_stride + first;
        uint8_t *out = layer->target + (long)y * layer->target_stride;
        blend_rows(upper, lower, layer->weight_y[y], inside - first + 1, row + first);
        row[inside + 1] = row[inside];
#ifdef AVX2
        if (shuffles) {
            finish_row_avx2(layer, &masks, row, y, out);
            continue;
        }
#endif
        finish_row(layer, row, y, out);
    }
}

/* target = ink * opacity + target * (1 - alpha * opacity). Ink is premultiplied, `keep` is 255 - alpha, opacity is Q8 (0..256). */
CLONES void rs_stamp(const uint8_t *ink, const uint8_t *keep, int stride, uint8_t *target, int target_stride, int width, int height,
                     int opacity) {
    for (int y = 0; y < height; y++) {
        const uint8_t *restrict colour = ink + (long)y * stride;
        const uint8_t *restrict left = keep + (long)y * stride;
        uint8_t *restrict out = target + (long)y * target_stride;
        for (int i = 0; i < width; i++) {
            uint32_t stays = 65280u - (255u - left[i]) * (uint32_t)opacity;           /* 255 * 256 is all */
            uint32_t value = colour[i] * (uint32_t)opacity + out[i] * stays / 255u + 128u;
            out[i] = (uint8_t)(value >> 8 > 255 ? 255 : value >> 8);
        }
    }
}
