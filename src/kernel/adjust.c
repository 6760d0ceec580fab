/*
 * adjust.c - p-values of a family of tests, adjusted for their number
 *
 * With p(1) <= ... <= p(m) those that are known, all at most 1:
 *
 *	holm		max over j <= i of (m - j + 1) p(j); Holm 1979, Scand J Stat
 *				6:65
 *	hochberg	min over j >= i of (m - j + 1) p(j); Hochberg 1988,
 *				doi 10.1093/biomet/75.4.800
 *	bh			min over j >= i of m p(j) / j; Benjamini and Hochberg 1995,
 *				doi 10.1111/j.2517-6161.1995.tb02031.x
 *	by			bh times 1 + 1/2 + ... + 1/m; Benjamini and Yekutieli 2001,
 *				doi 10.1214/aos/1013699998
 *	bonferroni	m p(i)
 *
 * Holm and Bonferroni keep the chance of any false finding under whatever
 * dependence, Hochberg under independence; bh and by keep the expected share
 * of false findings, by under whatever dependence.  Equal p-values become
 * equal ones, because the running maximum or minimum goes through all of them.
 *
 * The sort is a heap sort: in place and never worse than n log n.
 * Accuracy: 1e-14 relative, held by test_adjust.
 */
#include "adjust.h"

#define STEPS_PER_INTERRUPT_CHECK 4096

const char *const nk_adjust_methods[] = {
	"holm", "hochberg", "bh", "by", "bonferroni", NULL
};

static inline void
check_interrupts(size_t step)
{
	if (step % STEPS_PER_INTERRUPT_CHECK == 0)
		nk_check_interrupts();
}

/* let the place at the root sink to where no child of it has a larger p */
static void
sift_down(size_t *order, size_t root, size_t end, const double *p)
{
	size_t		sinking = order[root];

	for (;;)
	{
		size_t		child = 2 * root + 1;

		if (child >= end)
			break;
		if (child + 1 < end && p[order[child]] < p[order[child + 1]])
			child++;
		if (p[order[child]] <= p[sinking])
			break;
		order[root] = order[child];
		root = child;
	}
	order[root] = sinking;
}

/* sort the places by their p, ascending */
static void
sort_places(size_t *order, size_t m, const double *p)
{
	for (size_t i = m / 2; i-- > 0;)
	{
		check_interrupts(i);
		sift_down(order, i, m, p);
	}
	for (size_t end = m; end-- > 1;)
	{
		size_t		largest = order[0];

		check_interrupts(end);
		order[0] = order[end];
		order[end] = largest;
		sift_down(order, 0, end, p);
	}
}

/* 1 + 1/2 + ... + 1/m, the small terms first */
static double
harmonic_number(size_t m)
{
	double		sum = 0;

	for (size_t i = m; i > 0; i--)
	{
		check_interrupts(i);
		sum += 1 / (double) i;
	}
	return sum;
}

/* what the i-th smallest of m p-values is multiplied by, i from 1 */
static double
factor(NkAdjustMethod method, size_t i, size_t m)
{
	switch (method)
	{
		case NK_HOLM:
		case NK_HOCHBERG:
			return (double) (m - i + 1);
		case NK_BENJAMINI_HOCHBERG:
		case NK_BENJAMINI_YEKUTIELI:
			return (double) m / (double) i;
		case NK_BONFERRONI:
			break;
	}
	return (double) m;
}

NkStatus
nk_adjust(const double *p, size_t n, NkAdjustMethod method,
		  double *adjusted, size_t *order)
{
	size_t		m = 0;
	double		all;

	for (size_t i = 0; i < n; i++)
	{
		check_interrupts(i);
		if (isnan(p[i]))
		{
			adjusted[i] = NK_UNDEFINED;
			continue;
		}
		if (!(p[i] >= 0 && p[i] <= 1))
			return NK_BAD_PROBABILITY;
		order[m++] = i;
	}
	sort_places(order, m, p);

	if (method == NK_HOLM)
	{
		double		most = 0;

		for (size_t i = 1; i <= m; i++)
		{
			check_interrupts(i);
			most = fmax(most, factor(method, i, m) * p[order[i - 1]]);
			adjusted[order[i - 1]] = fmin(1, most);
		}
		return NK_OK;
	}
	all = method == NK_BENJAMINI_YEKUTIELI ? harmonic_number(m) : 1;
	for (size_t i = m; i > 0; i--)
	{
		double		value = all * factor(method, i, m) * p[order[i - 1]];
		double		least = i == m ? 1 : adjusted[order[i]];

		check_interrupts(i);
		adjusted[order[i - 1]] = fmin(least, value);
	}
	return NK_OK;
}
