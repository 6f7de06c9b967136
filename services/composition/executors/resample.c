/* Planes at another size, each sample of the result a weighted sum of as many samples of the source as the tables of its axes say: down
 * first and then across where the picture gets lower, else the other way round, so that the dearer step has fewer rows.
 * Integer arithmetic only, the same steps and rounding in both paths below and in scaling.py.
 *
 * Samples are Q6 between the steps (sharpening filters overshoot: 16 bits leave room for that); weights are Q15, -32767 to 32767.
 */
#include <stdint.h>
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

/* One axis of the result: sample i is the sum of source samples start[i] + t, repeated at the edges, times weight[t * padded + i]. */
typedef struct {
    int64_t count, padded, taps;
    const int32_t *start;
    const int16_t *weight;
} Axis;

typedef struct {
    const uint8_t *source;
    int64_t stride, width, height;
    uint8_t *target;
    int64_t target_stride;
    Axis across, down;
} Resample;

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

/* The state of one call: the rows that the next sums need, each in the place of its number, as words. */
typedef struct {
    const Resample *job;
    int vectors, reaches;
    int64_t margin, length; /* words before and behind a row, and of a row with both */
    int64_t *held;          /* number of the source row in each place, or -1 */
    const int16_t **rows;
    int16_t *places, *sum, *out;
    uint16_t *near, *far;
} Work;

static void extend(const Work *work, int16_t *row) {
    int64_t width = work->job->width, margin = work->margin;
    int16_t first = row[0], last = row[width - 1];
    for (int64_t i = 1; i <= margin; i++) row[-i] = first;
    for (int64_t i = 0; i < margin; i++) row[width + i] = last;
}

static void across(const Work *work, int16_t *row, int16_t *out) {
    extend(work, row);
#ifdef AVX2
    if (work->reaches) {
        across_avx2(&work->job->across, row, work->near, work->far, work->reaches, out);
        return;
    }
#endif
    across_portable(&work->job->across, row, out);
}

/* Source row `number` in words, taken across already where the picture grows. */
static const int16_t *fetch(Work *work, int64_t number, int grows) {
    const Resample *job = work->job;
    int64_t place = number % job->down.taps;
    int16_t *row = work->places + place * work->length + work->margin;
    if (work->held[place] != number) {
        int16_t *wide = grows ? work->sum + work->margin : row;
#ifdef AVX2
        if (work->vectors) widen_avx2(job->source + number * job->stride, job->width, wide);
        else
#endif
            widen(job->source + number * job->stride, job->width, wide);
        if (grows) across(work, wide, row);
        work->held[place] = number;
    }
    return row;
}

static void draw(Work *work) {
    const Resample *job = work->job;
    const Axis *down = &job->down;
    int grows = down->count > job->height;
    for (int64_t y = 0; y < down->count; y++) {
        for (int64_t t = 0; t < down->taps; t++) work->rows[t] = fetch(work, inside(down->start[y] + t, job->height), grows);
        int64_t n = grows ? job->across.count : job->width;
        int16_t *sum = grows ? work->out : work->sum + work->margin;
#ifdef AVX2
        if (work->vectors) sum_rows_avx2(work->rows, down->weight + y, down->padded, down->taps, n, sum);
        else
#endif
            sum_rows(work->rows, down->weight + y, down->padded, down->taps, n, sum);
        if (!grows) across(work, sum, work->out);
        uint8_t *target = job->target + y * job->target_stride;
#ifdef AVX2
        if (work->vectors) narrow_avx2(work->out, job->across.count, target);
        else
#endif
            narrow(work->out, job->across.count, target);
    }
}

/* 0, or 1 where there is no memory. */
int rs_resample(const Resample *job, int portable) {
    const Axis *wide = &job->across;
    int64_t taps = job->down.taps, longer = job->width > wide->padded ? job->width : wide->padded;
    Work work = {.job = job, .margin = wide->taps + MARGIN};
    work.length = longer + 2 * work.margin;
    size_t tables = (size_t)taps * (sizeof(int64_t) + sizeof(int16_t *)), words = (size_t)(work.length * (taps + 2) + 2 * wide->padded);
    char *memory = malloc(tables + words * sizeof(int16_t));
    if (!memory) return 1;
    work.held = (int64_t *)memory, work.rows = (const int16_t **)(work.held + taps);
    work.places = (int16_t *)(work.rows + taps), work.sum = work.places + taps * work.length, work.out = work.sum + work.length;
    work.near = (uint16_t *)(work.out + work.length), work.far = work.near + wide->padded;
    for (int64_t t = 0; t < taps; t++) work.held[t] = -1;
#ifdef AVX2
    work.vectors = !portable && __builtin_cpu_supports("avx2");
    if (work.vectors) work.reaches = find_masks(wide, work.near, work.far);
#else
    (void)portable;
#endif
    draw(&work);
    free(memory);
    return 0;
}
