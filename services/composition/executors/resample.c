/* Planes at another size, each sample of the result a weighted sum of as many samples of the source as the tables of its axes say: down
 * first and then across where the picture gets lower, else the other way round, so that the dearer step has fewer rows.
 * Integer arithmetic only, the same steps and rounding in both paths below and in scaling.py.
 *
 * Samples are Q6 between the steps (sharpening filters overshoot: 16 bits leave room for that); weights are Q15, -32767 to 32767.
 */
#include "resample.h"

#include <stdlib.h>
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

#define LANES 16
#define MARGIN 32
#define FEW 8

static inline int16_t product(int16_t a, int16_t b) { return (int16_t)(((int32_t)a * b + (1 << 14)) >> 15); }

static inline int64_t inside(int64_t at, int64_t count) { return at < 0 ? 0 : at >= count ? count - 1 : at; }

/* Rows of words are summed by the weights of one sample of an axis. */
CLONES static void sum_rows(const int16_t *const *rows, const int16_t *weights, int64_t step, int64_t taps, int64_t n, int16_t *restrict sum) {
    for (int64_t i = 0; i < n; i++) sum[i] = product(rows[0][i], weights[0]);
    for (int64_t t = 1; t < taps; t++) {
        const int16_t *restrict row = rows[t];
        int16_t weight = weights[t * step];
        for (int64_t i = 0; i < n; i++) sum[i] = (int16_t)(sum[i] + product(row[i], weight));
    }
}

CLONES static void widen(const uint8_t *restrict bytes, int64_t n, int16_t *restrict words) {
    for (int64_t i = 0; i < n; i++) words[i] = (int16_t)(bytes[i] << 6);
}

CLONES static void narrow(const int16_t *restrict words, int64_t n, uint8_t *restrict bytes) {
    for (int64_t i = 0; i < n; i++) {
        int value = (words[i] + 32) >> 6;
        bytes[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

static void across_portable(const Axis *axis, const int16_t *row, int16_t *out) {
    for (int64_t i = 0; i < axis->count; i++) {
        int16_t sum = 0;
        for (int64_t t = 0; t < axis->taps; t++) sum = (int16_t)(sum + product(row[axis->start[i] + t], axis->weight[t * axis->padded + i]));
        out[i] = sum;
    }
}

#ifdef AVX2
/* Byte masks: where 8 results lie in the 8 samples from the first one's start, and in the 8 after; 0 where they reach further. */
static int find_masks(const Axis *axis, uint16_t *near, uint16_t *far) {
    int reaches = 1;
    for (int64_t i = 0; i < axis->padded; i++) {
        int at = axis->start[i] - axis->start[i & ~7];
        if (at > 15 || at < 0) return 0;
        if (at > 7) reaches = 2;
        uint16_t pair = (uint16_t)((2 * (at & 7)) | ((2 * (at & 7) + 1) << 8));
        near[i] = at < 8 ? pair : 0x8080;
        far[i] = at < 8 ? 0x8080 : pair;
    }
    return reaches;
}

AVX2 static inline __m256i halves(const int16_t *a, const int16_t *b) {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)a)), _mm_loadu_si128((const __m128i *)b), 1);
}

AVX2 static inline __attribute__((always_inline)) void across_taps(const Axis *axis, const int16_t *row, const uint16_t *near,
                                                                   const uint16_t *far, int reaches, int64_t taps, int16_t *out) {
    for (int64_t i = 0; i < axis->count; i += LANES) {
        const int16_t *a = row + axis->start[i], *b = row + axis->start[i + 8], *weight = axis->weight + i;
        __m256i sum = _mm256_setzero_si256(), mask = _mm256_loadu_si256((const __m256i *)(near + i));
        for (int64_t t = 0; t < taps; t++) {
            __m256i picked = _mm256_shuffle_epi8(halves(a + t, b + t), mask);
            if (reaches > 1) {
                __m256i rest = _mm256_shuffle_epi8(halves(a + t + 8, b + t + 8), _mm256_loadu_si256((const __m256i *)(far + i)));
                picked = _mm256_or_si256(picked, rest);
            }
            sum = _mm256_add_epi16(sum, _mm256_mulhrs_epi16(picked, _mm256_loadu_si256((const __m256i *)(weight + t * axis->padded))));
        }
        _mm256_storeu_si256((__m256i *)(out + i), sum);
    }
}

AVX2 static void across_avx2(const Axis *axis, const int16_t *row, const uint16_t *near, const uint16_t *far, int reaches, int16_t *out) {
    if (reaches == 1 && axis->taps == 4) across_taps(axis, row, near, far, 1, 4, out);
    else across_taps(axis, row, near, far, reaches, axis->taps, out);
}

/* Where samples lie far apart: the few source samples of each, times its weights, added up side by side. */
AVX2 static void across_few(const Axis *axis, const int16_t *row, const int16_t *packed, int16_t *out) {
    for (int64_t i = 0; i < axis->count; i += 8) { /* the tables are padded to whole vectors */
        __m128i part[FEW];
        for (int k = 0; k < 8; k++) {
            __m128i weight = _mm_loadu_si128((const __m128i *)(packed + (i + k) * FEW));
            part[k] = _mm_mulhrs_epi16(_mm_loadu_si128((const __m128i *)(row + axis->start[i + k])), weight);
        }
        for (int step = 8; step > 1; step /= 2)
            for (int k = 0; k < step / 2; k++) part[k] = _mm_hadd_epi16(part[2 * k], part[2 * k + 1]);
        _mm_storeu_si128((__m128i *)(out + i), part[0]);
    }
}

AVX2 static inline __attribute__((always_inline)) void sum_taps(const int16_t *const *rows, const int16_t *weights, int64_t step, int64_t taps,
                                                                int64_t n, int16_t *sum) {
    for (int64_t i = 0; i < n; i += LANES) { /* what is behind the row is room that nobody reads */
        __m256i value = _mm256_setzero_si256();
        for (int64_t t = 0; t < taps; t++) {
            __m256i weight = _mm256_set1_epi16(weights[t * step]);
            value = _mm256_add_epi16(value, _mm256_mulhrs_epi16(_mm256_loadu_si256((const __m256i *)(rows[t] + i)), weight));
        }
        _mm256_storeu_si256((__m256i *)(sum + i), value);
    }
}

AVX2 static void sum_rows_avx2(const int16_t *const *rows, const int16_t *weights, int64_t step, int64_t taps, int64_t n, int16_t *sum) {
    if (taps == 4) sum_taps(rows, weights, step, 4, n, sum);
    else if (taps == 3) sum_taps(rows, weights, step, 3, n, sum);
    else if (taps == 2) sum_taps(rows, weights, step, 2, n, sum);
    else sum_taps(rows, weights, step, taps, n, sum);
}

AVX2 static void narrow_avx2(const int16_t *words, int64_t n, uint8_t *bytes) {
    const __m256i half = _mm256_set1_epi16(32);
    int64_t i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(words + i)), b = _mm256_loadu_si256((const __m256i *)(words + i + LANES));
        a = _mm256_srai_epi16(_mm256_add_epi16(a, half), 6), b = _mm256_srai_epi16(_mm256_add_epi16(b, half), 6);
        _mm256_storeu_si256((__m256i *)(bytes + i), _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xd8));
    }
    if (i < n) narrow(words + i, n - i, bytes + i);
}

AVX2 static void widen_avx2(const uint8_t *bytes, int64_t n, int16_t *words) {
    int64_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        __m256i wide = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(bytes + i)));
        _mm256_storeu_si256((__m256i *)(words + i), _mm256_slli_epi16(wide, 6));
    }
    for (; i < n; i++) words[i] = (int16_t)(bytes[i] << 6);
}
#endif

struct RowMaker {
    const Resample *job;
    int vectors, reaches, grows;
    int64_t margin, length; /* words before and behind a row, and of a row with both */
    int64_t *held;          /* number of the source row in each place, or -1 */
    const int16_t **rows;   /* the rows that the next sum needs, each in the place of its number, as words */
    int16_t *places, *sum, *out;
    uint16_t *near, *far;
    int16_t *packed; /* weights by sample, eight each, where the masks do not reach */
};

static void extend(const RowMaker *maker, int16_t *row) {
    int64_t width = maker->job->width, margin = maker->margin;
    int16_t first = row[0], last = row[width - 1];
    for (int64_t i = 1; i <= margin; i++) row[-i] = first;
    for (int64_t i = 0; i < margin; i++) row[width + i] = last;
}

static void across(const RowMaker *maker, int16_t *row, int16_t *out) {
    extend(maker, row);
#ifdef AVX2
    if (maker->reaches) {
        across_avx2(&maker->job->across, row, maker->near, maker->far, maker->reaches, out);
        return;
    }
    if (maker->packed) {
        across_few(&maker->job->across, row, maker->packed, out);
        return;
    }
#endif
    across_portable(&maker->job->across, row, out);
}

/* Source row `number` in words, taken across already where the picture grows. */
static const int16_t *fetch(RowMaker *maker, int64_t number) {
    const Resample *job = maker->job;
    int64_t place = number % job->down.taps;
    int16_t *row = maker->places + place * maker->length + maker->margin;
    if (maker->held[place] != number) {
        int16_t *wide = maker->grows ? maker->sum + maker->margin : row;
#ifdef AVX2
        if (maker->vectors) widen_avx2(job->source + number * job->stride, job->width, wide);
        else
#endif
            widen(job->source + number * job->stride, job->width, wide);
        if (maker->grows) across(maker, wide, row);
        maker->held[place] = number;
    }
    return row;
}

const int16_t *rs_row(RowMaker *maker, int64_t y) {
    const Resample *job = maker->job;
    const Axis *down = &job->down;
    for (int64_t t = 0; t < down->taps; t++) maker->rows[t] = fetch(maker, inside(down->start[y] + t, job->height));
    int64_t n = maker->grows ? job->across.count : job->width;
    int16_t *sum = maker->grows ? maker->out : maker->sum + maker->margin;
#ifdef AVX2
    if (maker->vectors) sum_rows_avx2(maker->rows, down->weight + y, down->padded, down->taps, n, sum);
    else
#endif
        sum_rows(maker->rows, down->weight + y, down->padded, down->taps, n, sum);
    if (!maker->grows) across(maker, sum, maker->out);
    return maker->out;
}

RowMaker *rs_rows_begin(const Resample *job, int grows, int portable) {
    const Axis *wide = &job->across;
    int64_t taps = job->down.taps, longer = job->width > wide->padded ? job->width : wide->padded;
    int64_t margin = wide->taps + MARGIN, length = longer + 2 * margin;
    size_t tables = (size_t)taps * (sizeof(int64_t) + sizeof(int16_t *));
    size_t words = (size_t)(length * (taps + 2) + (2 + FEW) * wide->padded);
    RowMaker *maker = malloc(sizeof *maker + tables + words * sizeof(int16_t));
    if (!maker) return 0;
    *maker = (RowMaker){.job = job, .margin = margin, .length = length, .grows = grows};
    maker->held = (int64_t *)(maker + 1), maker->rows = (const int16_t **)(maker->held + taps);
    maker->places = (int16_t *)(maker->rows + taps), maker->sum = maker->places + taps * length, maker->out = maker->sum + length;
    maker->near = (uint16_t *)(maker->out + length), maker->far = maker->near + wide->padded;
    for (int64_t t = 0; t < taps; t++) maker->held[t] = -1;
#ifdef AVX2
    maker->vectors = !portable && __builtin_cpu_supports("avx2");
    if (maker->vectors) maker->reaches = find_masks(wide, maker->near, maker->far);
    if (maker->vectors && !maker->reaches && wide->taps <= FEW) {
        maker->packed = (int16_t *)(maker->far + wide->padded);
        for (int64_t i = 0; i < wide->padded; i++)
            for (int64_t t = 0; t < FEW; t++) maker->packed[i * FEW + t] = t < wide->taps ? wide->weight[t * wide->padded + i] : 0;
    }
#else
    (void)portable;
#endif
    return maker;
}

void rs_rows_end(RowMaker *maker) { free(maker); }

/* The whole picture at its new size. 0, or 1 where there is no memory. */
int rs_resample(const Resample *job, int portable) {
    RowMaker *maker = rs_rows_begin(job, job->down.count > job->height, portable);
    if (!maker) return 1;
    for (int64_t y = 0; y < job->down.count; y++) {
        const int16_t *row = rs_row(maker, y);
        uint8_t *target = job->target + y * job->target_stride;
#ifdef AVX2
        if (maker->vectors) narrow_avx2(row, job->across.count, target);
        else
#endif
            narrow(row, job->across.count, target);
    }
    rs_rows_end(maker);
    return 0;
}
