/* Planes as weighted sums of their rows and columns, one row of the result after the other. */
#ifndef RS_RESAMPLE_H
#define RS_RESAMPLE_H

#include <stdint.h>

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

typedef struct RowMaker RowMaker;

/* Null where there is no memory. `job` and its tables must stay; its target is not used. `grows`: rows get more, so that they are taken
 * across first. */
RowMaker *rs_rows_begin(const Resample *job, int grows, int portable);

/* Row `y` of the result, in Q6 and not yet clipped to levels, up to the next call; it has room for whole vectors. Rows that rise cost least. */
const int16_t *rs_row(RowMaker *maker, int64_t y);

void rs_rows_end(RowMaker *maker);

#endif
