/*
 * freeman_halton.c - Fisher's exact test of a table of any shape
 *
 * Given its totals, a table has probability prod r! prod c! / (n! prod x!).
 * The p-value is that of all tables which are as probable as the observed one
 * or less.
 *
 *   Freeman G H, Halton J H (1951) Note on an exact treatment of contingency,
 *   goodness of fit and other problems of significance.  Biometrika
 *   38:141-149.  doi:10.2307/2332323
 *
 * The tables are not listed but walked, column by column, over a network:
 *
 *   Mehta C R, Patel N R (1983) A network algorithm for performing Fisher's
 *   exact test in r x c contingency tables.  Journal of the American
 *   Statistical Association 78:427-434.  doi:10.2307/2288652
 *
 * A node is what remains of the rows after some columns, in descending order,
 * because rows may be exchanged.  All ways to a node with the same sum of
 * log x! are one past, with their probability.  What follows a node adds at
 * least and at most so much to the sum.  Where the least suffices, all that
 * follows is as improbable as the observed table, and the past's probability
 * is counted at once; where the most does not suffice, none is.
 *
 * The bounds: with expectations m of the cells that follow, prod x! is least
 * where the Poisson probabilities m^x / x! are largest, each at x = floor(m);
 * that the x add up to the totals turns prod m^x into a constant.  It is at
 * most what filling each column, or each row, greedily gives, because log x!
 * is convex.
 *
 * Sums are integers (log_factorial.h), so that pasts which are equal meet.
 * Two tables tie if their probabilities are within 1e-7.  Nodes, pasts and
 * steps are limited: some 30 ms and 10 MB.
 *
 * Accuracy: 1e-12 relative for n to 1e5, 1e-11 to a million, held by
 * test_freeman_halton.  Below 1e-300 the p-value may be 0.
 */
#include "freeman_halton.h"

#include <string.h>

#include "pair.h"

#define TIE_TOLERANCE	1e-7
#define MOST_LINES		64		/* rows or columns */
#define MOST_ENTRIES	(1 << 16)	/* nodes or pasts between two columns */
#define MOST_WORK		3000000	/* in pasts met, of some 10 ns */
#define CHOICE_WORK		4		/* of a column, beside what its rows take */

typedef struct Node
{
	uint64_t	rest;			/* of the rows but for the largest, packed */
	int64_t		least;			/* sum of log x! of what follows */
	int64_t		most;
	uint32_t	last_past;		/* of a list; 1 is the first place */
} Node;

typedef struct Past
{
	int64_t		sum;			/* of log x! so far */
	double		probability;
	uint32_t	node;
	uint32_t	next;			/* of the list */
} Past;

/* between two columns; entries are found by hashing into twice the slots */
typedef struct Stage
{
	Node	   *nodes;
	Past	   *pasts;
	uint32_t   *node_slots;		/* place of a node, 1 the first; 0 is free */
	uint32_t   *past_slots;
	uint32_t	node_count;
	uint32_t	past_count;
} Stage;

typedef struct Walk
{
	const NkLogFactorials *factorials;
	uint32_t	rows;
	uint32_t	columns;
	int64_t		row[MOST_LINES];	/* what remains; while a column is chosen */
	int64_t		column[MOST_LINES];
	double		log_column[MOST_LINES];
	int			bits;			/* of a packed row */
	int64_t		limit;			/* the sum that is as improbable */
	uint32_t	capacity;		/* a power of two */
	Stage		from;
	Stage		to;
	const Node *node;			/* where the column is chosen */
	uint32_t	at;				/* the column */
	int64_t		n;				/* in it and in those that follow */
	int64_t		work;
	NkPair		p;
	bool		spared;			/* has any table been more probable? */
} Walk;

/* put the totals that are not 0 into descending order */
static uint32_t
sort_totals(const int64_t *totals, uint32_t length, int64_t *sorted)
{
	uint32_t	used = 0;

	for (uint32_t i = 0; i < length; i++)
	{
		uint32_t	place = used;

		if (totals[i] == 0)
			continue;
		for (; place > 0 && sorted[place - 1] < totals[i]; place--)
			sorted[place] = sorted[place - 1];
		sorted[place] = totals[i];
		used++;
	}
	return used;
}

/* the totals, as rows those of which there are fewer; false if too many */
static bool
walk_totals(Walk *walk, const NkTable *table, const NkMargins *margins)
{
	bool		upright = margins->used_rows <= margins->used_columns;

	if (margins->used_rows > MOST_LINES || margins->used_columns > MOST_LINES)
		return false;
	walk->rows = sort_totals(upright ? margins->rows : margins->columns,
							 upright ? table->rows : table->columns,
							 walk->row);
	walk->columns = sort_totals(upright ? margins->columns : margins->rows,
								upright ? table->columns : table->rows,
								walk->column);
	walk->n = margins->n;
	walk->bits = ilogb((double) walk->row[0]) + 1;
	return walk->bits * ((int) walk->rows - 1) <= 64;
}

/* a power of two that holds all tables, if there are few */
static uint32_t
entries_for(const Walk *walk)
{
	double		tables = 1;
	uint32_t	capacity = 1;

	for (uint32_t i = 1; i < walk->rows; i++)
		for (uint32_t j = 1; j < walk->columns; j++)
			tables *= fmin((double) walk->row[i], (double) walk->column[j]) + 1;
	while (capacity < tables && capacity < MOST_ENTRIES)
		capacity *= 2;
	return capacity;
}

static size_t
stage_size(uint32_t capacity)
{
	return capacity * (sizeof(Node) + sizeof(Past) + 4 * sizeof(uint32_t));
}

size_t
nk_freeman_halton_memory(const NkTable *table, const NkMargins *margins)
{
	Walk		walk;

	if (!walk_totals(&walk, table, margins))
		return 0;
	return 2 * stage_size(entries_for(&walk));
}

static Stage
make_stage(char *memory, uint32_t capacity)
{
	Stage		stage = {.nodes = (Node *) memory};

	stage.pasts = (Past *) (stage.nodes + capacity);
	stage.node_slots = (uint32_t *) (stage.pasts + capacity);
	stage.past_slots = stage.node_slots + 2 * capacity;
	memset(stage.node_slots, 0, 4 * capacity * sizeof(uint32_t));
	return stage;
}

/* the slot of a hash, and those after it until one is free or right */
static uint32_t
first_slot(const Walk *walk, uint64_t hash)
{
	hash = (hash ^ (hash >> 32)) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t) (hash >> 32) & (2 * walk->capacity - 1);
}

static uint32_t
next_slot(const Walk *walk, uint32_t slot)
{
	return (slot + 1) & (2 * walk->capacity - 1);
}

/* what fills one line most unevenly: the largest parts first */
static int64_t
greedy_sum(const Walk *walk, int64_t total, const int64_t *parts,
		   uint32_t length)
{
	int64_t		sum = 0;

	for (uint32_t i = 0; i < length && total > 0; i++)
	{
		int64_t		part = parts[i] < total ? parts[i] : total;

		sum += walk->factorials->value[part];
		total -= part;
	}
	return sum;
}

/*
 * set_bounds - the least and most sum of log x! that may follow a node
 *
 * rest is what remains of the rows, in descending order.
 */
static void
set_bounds(const Walk *walk, const int64_t *rest, Node *node)
{
	const int64_t *log_factorial = walk->factorials->value;
	const int64_t *column = walk->column + walk->at + 1;
	const double *log_column = walk->log_column + walk->at + 1;
	uint32_t	columns = walk->columns - walk->at - 1;
	double		n = (double) (walk->n - walk->column[walk->at]);
	double		log_n = log(n);
	double		least = -n * log_n;
	int64_t		by_rows = 0;
	int64_t		by_columns = 0;

	for (uint32_t j = 0; j < columns; j++)
	{
		by_columns += greedy_sum(walk, column[j], rest, walk->rows);
		least += (double) column[j] * log_column[j];
	}
	for (uint32_t i = 0; i < walk->rows && rest[i] > 0; i++)
	{
		double		total = (double) rest[i];
		double		log_total = log(total);

		by_rows += greedy_sum(walk, rest[i], column, columns);
		least += total * log_total;
		for (uint32_t j = 0; j < columns; j++)
		{
			int64_t		x = (int64_t) (total * (double) column[j] / n);

			if (x > 0)
				least += (double) log_factorial[x] * walk->factorials->unit -
					(double) x * (log_total + log_column[j] - log_n);
		}
	}
	node->most = by_rows < by_columns ? by_rows : by_columns;
	/* one column follows: there is one way */
	node->least = columns == 1 ? node->most :
		(int64_t) (least / walk->factorials->unit);
}

static uint64_t
packed_rest(const Walk *walk, const int64_t *rest)
{
	uint64_t	packed = 0;

	for (uint32_t i = 1; i < walk->rows; i++)
		packed = packed << walk->bits | (uint64_t) rest[i];
	return packed;
}

/* the place of the node with this rest; past the end if there is no room */
static uint32_t
find_node(Walk *walk, const int64_t *rest)
{
	Stage	   *stage = &walk->to;
	uint64_t	packed = packed_rest(walk, rest);
	uint32_t	slot = first_slot(walk, packed);

	for (; stage->node_slots[slot] > 0; slot = next_slot(walk, slot))
		if (stage->nodes[stage->node_slots[slot] - 1].rest == packed)
			return stage->node_slots[slot] - 1;
	if (stage->node_count < walk->capacity)
	{
		Node	   *node = &stage->nodes[stage->node_count];

		stage->node_slots[slot] = stage->node_count + 1;
		*node = (Node) {.rest = packed};
		set_bounds(walk, rest, node);
		walk->work += walk->rows * (walk->columns - walk->at);
	}
	return stage->node_count++;
}

/* another way to a node; counted but not kept if there is no room */
static void
add_past(Walk *walk, uint32_t node, int64_t sum, double probability)
{
	Stage	   *stage = &walk->to;
	uint32_t	slot = first_slot(walk, (uint64_t) sum + node *
								  UINT64_C(0xd1342543de82ef95));

	for (; stage->past_slots[slot] > 0; slot = next_slot(walk, slot))
	{
		Past	   *past = &stage->pasts[stage->past_slots[slot] - 1];

		if (past->sum == sum && past->node == node)
		{
			past->probability += probability;
			return;
		}
	}
	if (stage->past_count < walk->capacity)
	{
		stage->past_slots[slot] = stage->past_count + 1;
		stage->pasts[stage->past_count] = (Past) {
			sum, probability, node, stage->nodes[node].last_past
		};
		stage->nodes[node].last_past = stage->past_count + 1;
	}
	stage->past_count++;
}

static bool
is_beyond_limits(const Walk *walk)
{
	return walk->work > MOST_WORK ||
		walk->to.node_count > walk->capacity ||
		walk->to.past_count > walk->capacity;
}

/*
 * follow - lead all pasts of the node on through one choice of a column
 *
 * walk->row is what remains, sum and log_p are of the column.
 */
static void
follow(Walk *walk, int64_t sum, int64_t log_p)
{
	double		probability = exp((double) log_p * walk->factorials->unit);
	int64_t		rest[MOST_LINES];
	uint32_t	place;
	uint32_t	next;

	for (uint32_t i = 0; i < walk->rows; i++)
	{
		place = i;
		for (; place > 0 && rest[place - 1] < walk->row[i]; place--)
			rest[place] = rest[place - 1];
		rest[place] = walk->row[i];
	}
	place = find_node(walk, rest);
	walk->work += CHOICE_WORK + walk->rows;
	nk_check_interrupts();
	if (is_beyond_limits(walk))
		return;

	next = walk->node->last_past;
	while (next > 0)
	{
		const Past *past = &walk->from.pasts[next - 1];
		const Node *node = &walk->to.nodes[place];
		int64_t		so_far = past->sum + sum;

		if (so_far + node->least >= walk->limit)
			walk->p = nk_pair_add(walk->p, nk_product(past->probability,
													  probability));
		else if (so_far + node->most >= walk->limit)
			add_past(walk, place, so_far, past->probability * probability);
		else
			walk->spared = true;
		walk->work++;
		next = past->next;
	}
}

/*
 * choose - go through all ways to divide what is left of a column over a row
 * and those that follow, which hold later children
 */
static void
choose(Walk *walk, uint32_t row, int64_t left, int64_t later, int64_t sum,
	   int64_t log_p)
{
	const int64_t *log_factorial = walk->factorials->value;
	int64_t		total = walk->row[row];
	int64_t		least = left > later ? left - later : 0;
	int64_t		most = left < total ? left : total;

	for (int64_t x = least; x <= most && !is_beyond_limits(walk); x++)
	{
		int64_t		new_sum = sum + log_factorial[x];
		int64_t		new_log_p = log_p + log_factorial[total] -
			log_factorial[x] - log_factorial[total - x];

		walk->row[row] = total - x;
		if (row + 1 == walk->rows)
			follow(walk, new_sum, new_log_p);
		else
			choose(walk, row + 1, left - x, later - walk->row[row + 1],
				   new_sum, new_log_p);
	}
	walk->row[row] = total;
}

/* go through all choices of a column, from all nodes before it */
static void
walk_column(Walk *walk)
{
	const int64_t *log_factorial = walk->factorials->value;
	int64_t		total = walk->column[walk->at];

	for (uint32_t i = 0; i < walk->from.node_count; i++)
	{
		uint64_t	packed = walk->from.nodes[i].rest;
		int64_t		later = 0;

		walk->node = &walk->from.nodes[i];
		if (walk->node->last_past == 0)
			continue;
		for (uint32_t row = walk->rows - 1; row > 0; row--)
		{
			walk->row[row] = (int64_t)
				(packed & ((UINT64_C(1) << walk->bits) - 1));
			packed >>= walk->bits;
			later += walk->row[row];
		}
		walk->row[0] = walk->n - later;
		choose(walk, 0, total, later, 0, log_factorial[total] +
			   log_factorial[walk->n - total] - log_factorial[walk->n]);
	}
	walk->n -= total;
}

/* after a column: the nodes that it led to are where the next one starts */
static void
change_stages(Walk *walk)
{
	Stage		done = walk->from;

	memset(done.node_slots, 0, 4 * walk->capacity * sizeof(uint32_t));
	done.node_count = done.past_count = 0;
	walk->from = walk->to;
	walk->to = done;
}

NkStatus
nk_freeman_halton(const NkTable *table, const NkMargins *margins,
				  const NkLogFactorials *factorials, void *memory, double *p)
{
	Walk		walk = {.factorials = factorials};

	*p = NK_UNDEFINED;
	if (!walk_totals(&walk, table, margins))
		return NK_NOT_CONVERGED;
	for (uint32_t j = 0; j < walk.columns; j++)
		walk.log_column[j] = log((double) walk.column[j]);
	for (uint32_t i = 0; i < table->rows; i++)
		for (uint32_t j = 0; j < table->columns; j++)
			walk.limit += factorials->value[nk_count(table, i, j)];
	walk.limit -= llrint(TIE_TOLERANCE / factorials->unit);

	walk.capacity = entries_for(&walk);
	walk.from = make_stage(memory, walk.capacity);
	walk.to = make_stage((char *) memory + stage_size(walk.capacity),
						 walk.capacity);
	walk.from.nodes[0] = (Node) {
		.rest = packed_rest(&walk, walk.row),
		.last_past = 1
	};
	walk.from.pasts[0] = (Past) {.probability = 1};
	walk.from.node_count = walk.from.past_count = 1;
	for (walk.at = 0; walk.at + 1 < walk.columns; walk.at++)
	{
		walk_column(&walk);
		if (is_beyond_limits(&walk))
			return NK_NOT_CONVERGED;
		change_stages(&walk);
	}
	*p = walk.spared ? fmin(1, walk.p.high) : 1;
	return NK_OK;
}
