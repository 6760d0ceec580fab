/*
 * dist.h - probability distributions.
 *
 * Every function takes (lower_tail, log_p): P(X <= x) or P(X > x), as it is
 * or as its natural logarithm, each computed as such and exact to about
 * 1e-12, however far out.  Probabilities of counts and cdfs return
 * NK_UNDEFINED outside of their domain.
 *
 * Quantile functions fill *x.  NK_BAD_PROBABILITY: p is no probability;
 * NK_BAD_PARAMETER: a parameter that no distribution has; NK_NOT_CONVERGED:
 * no x was found that gives p within 1e-12.  In all three *x is NK_UNDEFINED.
 * The quantiles of 0 and 1 are the ends of the range, be they infinite.
 */
#ifndef NK_DIST_H
#define NK_DIST_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* normal.c */
extern double nk_normal_cdf(double x, bool lower_tail, bool log_p);
extern NkStatus nk_normal_quantile(double p, bool lower_tail, bool log_p,
								   double *x);

/* factorial.c */
extern double nk_log_excess(double n);
extern double nk_log_gamma_1p(double a);
extern double nk_log_gamma_rise(double n, double a);

/* point.c */
extern double nk_deviance(double observed, double expected,
						  double difference);
extern double nk_binomial_pmf(int64_t x, int64_t n, double p, bool log_p);
extern double nk_poisson_pmf(int64_t x, double lambda, bool log_p);
extern double nk_hypergeometric_pmf(int64_t x, int64_t marked,
									int64_t unmarked, int64_t drawn,
									bool log_p);

/* gamma.c: scale 1 */
extern double nk_gamma_cdf(double x, double shape, bool lower_tail,
						   bool log_p);
extern NkStatus nk_gamma_quantile(double p, double shape, bool lower_tail,
								  bool log_p, double *x);
extern double nk_chisq_cdf(double x, double df, bool lower_tail, bool log_p);
extern NkStatus nk_chisq_quantile(double p, double df, bool lower_tail,
								  bool log_p, double *x);
extern double nk_poisson_cdf(int64_t x, double lambda, bool lower_tail,
							 bool log_p);

/* noncentral.c */
extern double nk_noncentral_chisq_cdf(double x, double df, double lambda,
									  bool lower_tail, bool log_p);
extern NkStatus nk_noncentral_chisq_parameter(double p, double x, double df,
											  bool lower_tail,
											  double *lambda);

/* beta.c */
extern double nk_beta_cdf(double x, double a, double b, bool lower_tail,
						  bool log_p);
extern NkStatus nk_beta_quantile(double p, double a, double b,
								 bool lower_tail, bool log_p, double *x);
extern double nk_binomial_cdf(int64_t x, int64_t n, double p, bool lower_tail,
							  bool log_p);

/* t.c: df need not be whole */
extern double nk_t_cdf(double t, double df, bool lower_tail, bool log_p);
extern NkStatus nk_t_quantile(double p, double df, bool lower_tail,
							  bool log_p, double *t);

/* noncentral_t.c */
extern double nk_noncentral_t_cdf(double t, double df, double delta,
								  bool lower_tail);
extern NkStatus nk_noncentral_t_parameter(double p, double t, double df,
										  bool lower_tail, double *delta);

/* f.c */
extern double nk_f_cdf(double f, double df1, double df2, bool lower_tail,
					   bool log_p);
extern NkStatus nk_f_quantile(double p, double df1, double df2,
							  bool lower_tail, bool log_p, double *f);

/* hypergeometric.c */
extern double nk_hypergeometric_cdf(int64_t x, int64_t marked,
									int64_t unmarked, int64_t drawn,
									bool lower_tail, bool log_p);

/* noncentral_hypergeometric.c: Fisher's */
extern double nk_noncentral_hypergeometric_pmf(int64_t x, int64_t marked,
											   int64_t unmarked,
											   int64_t drawn,
											   double log_odds_ratio,
											   bool log_p);
extern double nk_noncentral_hypergeometric_cdf(int64_t x, int64_t marked,
											   int64_t unmarked,
											   int64_t drawn,
											   double log_odds_ratio,
											   bool lower_tail, bool log_p);
extern double nk_noncentral_hypergeometric_mean(int64_t marked,
												int64_t unmarked,
												int64_t drawn,
												double log_odds_ratio,
												int64_t origin);

/*
 * count.c: quantiles of counts, the smallest x of a lower tail of at least p,
 * which is the smallest one of an upper tail of at most 1 - p
 */
extern NkStatus nk_binomial_quantile(double p, int64_t n, double probability,
									 bool lower_tail, bool log_p, int64_t *x);
extern NkStatus nk_poisson_quantile(double p, double lambda, bool lower_tail,
									bool log_p, int64_t *x);
extern NkStatus nk_hypergeometric_quantile(double p, int64_t marked,
										   int64_t unmarked, int64_t drawn,
										   bool lower_tail, bool log_p,
										   int64_t *x);
extern NkStatus nk_noncentral_hypergeometric_quantile(double p,
													  int64_t marked,
													  int64_t unmarked,
													  int64_t drawn,
													  double log_odds_ratio,
													  bool lower_tail,
													  bool log_p,
													  int64_t *x);

#pragma GCC visibility pop

#endif							/* NK_DIST_H */
