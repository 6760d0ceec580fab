/*
 * smooth_band.h - a smooth share with a band that holds at all ages at once
 */
#ifndef NK_SMOOTH_BAND_H
#define NK_SMOOTH_BAND_H

#include "result.h"
#include "smooth.h"

#pragma GCC visibility push(hidden)

/* bytes, aligned for doubles, that nk_smooth_band works in */
extern size_t nk_smooth_band_scratch(int places);

/*
 * The fit at so many places, at most NK_SMOOTH_POINTS, and a band that holds
 * the truth at all of them, on the logit scale.  The band is that of the
 * rougher fit (nk_smooth_rougher), and as wide as to hold the fit itself.  df
 * is INFINITY unless the covariance was estimated from clusters.
 * NK_BAD_CONF_LEVEL
 */
extern NkStatus nk_smooth_band(const NkSmooth *fit, const NkSmooth *rougher,
							   const double *x, int places, double conf_level,
							   double df, void *scratch, NkInterval *band);

#pragma GCC visibility pop

#endif							/* NK_SMOOTH_BAND_H */
