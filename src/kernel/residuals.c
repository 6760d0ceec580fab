/*
 * residuals.c - how far each cell of a table lies from independence
 *
 *	standardised	(O - E) / sqrt(E), what the cell adds to chi-square
 *	adjusted		(O - E) / sqrt(E (1 - r/n)(1 - c/n)), which is standard
 *					normal under independence; Haberman 1973, Biometrics
 *					29:205, doi 10.2307/2529686
 *
 * Names differ between programs: R calls the first "residuals" and the second
 * "stdres", SPSS the first "standardized" and the second "adjusted".
 *
 * A cell of an empty row or column has no residual; one that holds all
 * children of the table's only row or column cannot differ from what is
 * expected, so it has no adjusted one.  Accuracy: 1e-12 relative, held by
 * test_residuals.
 */
#include "residuals.h"

#include "dist.h"

NkCell
nk_cell(const NkTable *table, const NkMargins *margins, uint32_t row,
		uint32_t column)
{
	double		n = (double) margins->n;
	double		expected = nk_expected(margins, row, column);
	double		surplus = nk_surplus(table, margins, row, column);
	double		others = (double) (margins->n - margins->rows[row]) / n *
		((double) (margins->n - margins->columns[column]) / n);
	NkCell		cell = {expected, NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED};

	if (expected > 0)
		cell.std_residual = surplus / sqrt(expected);
	if (expected > 0 && others > 0)
	{
		cell.adj_residual = surplus / sqrt(expected * others);
		cell.p_value = 2 * nk_normal_cdf(fabs(cell.adj_residual), false,
										 false);
	}
	return cell;
}
