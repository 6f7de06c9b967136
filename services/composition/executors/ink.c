/* Drawings to ink: premultiplied 8-bit RGBA to premultiplied BT.709 limited-range planes, and what they leave of the picture below.
 * Integer arithmetic only, the same as in inking.py.
 */
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

static inline uint8_t byte(int32_t value) { return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value); }

static inline int32_t weigh(const int32_t *weights, const int32_t *rgba) {
    return weights[0] * rgba[0] + weights[1] * rgba[1] + weights[2] * rgba[2] + weights[3] * rgba[3];
}

CLONES static void luma_row(const uint8_t *restrict rgba, int width, const int32_t *restrict weights, uint8_t *restrict y,
                            uint8_t *restrict keep) {
    int32_t red = weights[0], green = weights[1], blue = weights[2], alpha = weights[3];
    for (int i = 0; i < width; i++) {
        const uint8_t *at = rgba + 4 * i;
        y[i] = byte((red * at[0] + green * at[1] + blue * at[2] + alpha * at[3] + (1 << 15)) >> 16);
        keep[i] = (uint8_t)(255 - at[3]);
    }
}

/* Sited on the left luma column, between the two rows: weights 1 2 1 across, 1 1 down, which are 8 in all. */
static void chroma_row(const uint8_t *above, const uint8_t *below, int half, const int32_t *weights, uint8_t *u, uint8_t *v, uint8_t *keep) {
    for (int i = 0; i < half; i++) {
        int32_t sum[4];
        int left = i ? 8 * i - 4 : 0;
        for (int c = 0; c < 4; c++)
            sum[c] = above[left + c] + below[left + c] + 2 * (above[8 * i + c] + below[8 * i + c]) + above[8 * i + 4 + c] + below[8 * i + 4 + c];
        u[i] = byte((weigh(weights + 4, sum) + (1 << 18)) >> 19);
        v[i] = byte((weigh(weights + 8, sum) + (1 << 18)) >> 19);
        keep[i] = (uint8_t)((8 * 255 - sum[3] + 4) >> 3);
    }
}

/* `weights` are Q16, four for each of y, u and v. Width and height are even; the planes have no padding. */
void rs_ink(const uint8_t *rgba, int64_t stride, int width, int height, const int32_t *weights, uint8_t *y, uint8_t *u, uint8_t *v,
            uint8_t *keep, uint8_t *keep_half) {
    for (int row = 0; row < height; row++) {
        const uint8_t *at = rgba + row * stride;
        luma_row(at, width, weights, y + (int64_t)row * width, keep + (int64_t)row * width);
        if (row & 1) {
            int64_t to = (int64_t)(row >> 1) * (width >> 1);
            chroma_row(at - stride, at, width >> 1, weights, u + to, v + to, keep_half + to);
        }
    }
}

/* A shadow or glow under a drawing, in place. strength is Q8; the colour is not premultiplied. */
void rs_under(uint8_t *rgba, int64_t stride, const uint8_t *shadow, int64_t shadow_stride, int width, int height, int strength, int red,
              int green, int blue) {
    for (int row = 0; row < height; row++) {
        uint8_t *at = rgba + row * stride;
        const uint8_t *soft = shadow + row * shadow_stride;
        for (int i = 0; i < width; i++, at += 4) {
            uint32_t dark = (uint32_t)soft[i] * (uint32_t)strength >> 8;
            if (!dark || at[3] == 255) continue;
            dark = (dark > 255 ? 255 : dark) * (255u - at[3]) / 255;
            at[0] = (uint8_t)(at[0] + dark * (uint32_t)red / 255);
            at[1] = (uint8_t)(at[1] + dark * (uint32_t)green / 255);
            at[2] = (uint8_t)(at[2] + dark * (uint32_t)blue / 255);
            at[3] = (uint8_t)(at[3] + dark);
        }
    }
}
