/* Pictures in floating point: a filtered picture laid over the canvas, and colours looked up in a cube.
 * Compiled without contraction (-ffp-contract=off), so that every CPU gives the same bytes.
 */
#include <stdint.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

#define STRIP 512
#define TO_EVEN 12582912.0f /* 1.5 * 2^23: adding it leaves no digits behind the point */

typedef float Four __attribute__((vector_size(16)));

typedef struct {
    uint8_t *canvas;
    int64_t canvas_stride;
    const float *level, *cover; /* cover is null for all of it; it has luma's size for every plane */
    int64_t level_stride, cover_stride, width, height; /* strides in elements */
    int64_t pitch;                                      /* 2 for chroma: sited on the left luma column, between two rows */
} Laid;

static inline uint8_t byte(float level) {
    float whole = (level + TO_EVEN) - TO_EVEN;
    return (uint8_t)(whole > 0 ? whole < 255 ? whole : 255.0f : 0.0f);
}

CLONES static void lay_row(uint8_t *restrict canvas, const float *restrict level, int64_t n) {
    for (int64_t i = 0; i < n; i++) canvas[i] = byte(level[i]);
}

CLONES static void mix_row(uint8_t *restrict canvas, const float *restrict level, float mix, int64_t n) {
    for (int64_t i = 0; i < n; i++) canvas[i] = byte(canvas[i] + (level[i] - canvas[i]) * mix);
}

CLONES static void cover_row(uint8_t *restrict canvas, const float *restrict level, const float *restrict cover, float mix, int64_t n) {
    for (int64_t i = 0; i < n; i++) canvas[i] = byte(canvas[i] + (level[i] - canvas[i]) * (cover[i] * mix));
}

CLONES static void half_row(uint8_t *restrict canvas, const float *restrict level, const float *restrict above, const float *restrict below,
                            float mix, int64_t n) {
    for (int64_t i = 0; i < n; i++) canvas[i] = byte(canvas[i] + (level[i] - canvas[i]) * ((above[2 * i] + below[2 * i]) * 0.5f * mix));
}

void rs_lay(const Laid *planes, float mix) {
    for (int number = 0; number < 3; number++) {
        const Laid *plane = planes + number;
        for (int64_t y = 0; y < plane->height; y++) {
            uint8_t *canvas = plane->canvas + y * plane->canvas_stride;
            const float *level = plane->level + y * plane->level_stride, *cover = plane->cover;
            if (cover) cover += y * plane->pitch * plane->cover_stride;
            if (!cover && mix >= 1) lay_row(canvas, level, plane->width);
            else if (!cover) mix_row(canvas, level, mix, plane->width);
            else if (plane->pitch == 1) cover_row(canvas, level, cover, mix, plane->width);
            else half_row(canvas, level, cover, cover + plane->cover_stride, mix, plane->width);
        }
    }
}

/* A chroma plane at every luma sample, the edges repeated: chroma is sited on the left luma column and between two rows. */
CLONES static void double_row(const float *restrict near, const float *restrict other, int64_t width, float *restrict out) {
    for (int64_t i = 0; i < width; i++) {
        int64_t next = i + 1 < width ? i + 1 : i;
        float here = near[i] * 0.75f + other[i] * 0.25f, right = near[next] * 0.75f + other[next] * 0.25f;
        out[2 * i] = here, out[2 * i + 1] = (here + right) * 0.5f;
    }
}

void rs_double(const float *plane, int64_t stride, int64_t width, int64_t height, float *out) {
    for (int64_t y = 0; y < 2 * height; y++) {
        int64_t at = y >> 1, other = y & 1 ? at + 1 : at - 1;
        other = other < 0 ? 0 : other >= height ? height - 1 : other;
        double_row(plane + at * stride, plane + other * stride, width, out + y * 2 * width);
    }
}

/* Where colours lie in the cube: the cell, and how far along each of its sides. */
typedef struct {
    int32_t cell[STRIP];
    float red[STRIP], green[STRIP], blue[STRIP];
} Places;

static inline float bounded(float value, float most) { return value > 0 ? value < most ? value : most : 0.0f; }

/* `matrix`: R'G'B' of 0..1 from y - 16, v - 128, u - 128: red by y and v, blue by y and u, green by y, u and v. */
CLONES static void find_places(const float *restrict y, const float *restrict u, const float *restrict v, int n, int size,
                               const float *restrict matrix, Places *restrict places) {
    float most = (float)(size - 1);
    for (int i = 0; i < n; i++) {
        float luma = (y[i] - 16.0f) * matrix[0], blue_part = u[i] - 128.0f, red_part = v[i] - 128.0f;
        float red = bounded((luma + red_part * matrix[1]) * most, most);
        float blue = bounded((luma + blue_part * matrix[2]) * most, most);
        float green = bounded((luma + blue_part * matrix[3] + red_part * matrix[4]) * most, most);
        int32_t r = (int32_t)red, g = (int32_t)green, b = (int32_t)blue;
        r = r < size - 2 ? r : size - 2, g = g < size - 2 ? g : size - 2, b = b < size - 2 ? b : size - 2;
        places->cell[i] = (b * size + g) * size + r;
        places->red[i] = red - (float)r, places->green[i] = green - (float)g, places->blue[i] = blue - (float)b;
    }
}

/* A cell holds its four corners on one layer of blue: red lower and upper at lower green, then at upper green. */
static void one_channel(const float *cells, int layer, const Places *places, int n, float *out) {
    for (int i = 0; i < n; i++) {
        const float *cell = cells + (int64_t)places->cell[i] * 4;
        Four low, high;
        __builtin_memcpy(&low, cell, sizeof low);
        __builtin_memcpy(&high, cell + (int64_t)layer * 4, sizeof high);
        low += (high - low) * places->blue[i];
        float lower = low[0] + (low[2] - low[0]) * places->green[i], upper = low[1] + (low[3] - low[1]) * places->green[i];
        out[i] = lower + (upper - lower) * places->red[i];
    }
}

static void two_channels(const float *cells, int layer, const Places *places, int n, float *first, float *second) {
    for (int i = 0; i < n; i++) {
        const float *cell = cells + (int64_t)places->cell[i] * 8;
        Four low[2], high[2];
        __builtin_memcpy(low, cell, sizeof low);
        __builtin_memcpy(high, cell + (int64_t)layer * 8, sizeof high);
        low[0] += (high[0] - low[0]) * places->blue[i];
        low[1] += (high[1] - low[1]) * places->blue[i];
        low[0] += (low[1] - low[0]) * places->green[i];
        first[i] = low[0][0] + (low[0][2] - low[0][0]) * places->red[i];
        second[i] = low[0][1] + (low[0][3] - low[0][1]) * places->red[i];
    }
}

/* Trilinear, for `count` pixels; `second` is null where a corner has one value, else it has two. */
void rs_look_up(const float *y, const float *u, const float *v, int64_t count, const float *matrix, const float *cells, int size,
                float *first, float *second) {
    Places places;
    for (int64_t at = 0; at < count; at += STRIP) {
        int n = count - at < STRIP ? (int)(count - at) : STRIP;
        find_places(y + at, u + at, v + at, n, size, matrix, &places);
        if (second) two_channels(cells, size * size, &places, n, first + at, second + at);
        else one_channel(cells, size * size, &places, n, first + at);
    }
}
