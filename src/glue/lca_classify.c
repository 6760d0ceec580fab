/*
 * lca_classify.c - to which class of a model does a child belong?
 *
 * A call site makes its tables once and keeps them while it is given the same
 * model.  A literal is the same always.  Anything else is compared byte by
 * byte as it comes: some 18 bytes if it is a pointer to where it is stored,
 * which is the same value within a transaction; else all of it.
 */
#include "glue.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "nodes/primnodes.h"
#include "utils/array.h"

#include "../kernel/lca_classifier.h"

PG_FUNCTION_INFO_V1(nuso_lca_classify);
PG_FUNCTION_INFO_V1(nuso_lca_posterior);

typedef struct CallSite
{
	bool		is_constant;
	TimestampTz transaction;	/* in which it was read */
	Size		given_size;
	Size		given_room;
	char	   *given;			/* the model as it came */
	Size		room;			/* of the classifier */
	NkLcaClassifier *classifier;
} CallSite;

/* is the model a literal? */
static bool
is_constant(FunctionCallInfo fcinfo)
{
	Node	   *call = fcinfo->flinfo->fn_expr;

	return call != NULL && IsA(call, FuncExpr) &&
		IsA(linitial(((FuncExpr *) call)->args), Const);
}

static bool
is_same(const CallSite *site, const struct varlena *given)
{
	return VARSIZE_ANY(given) == site->given_size &&
		memcmp(given, site->given, site->given_size) == 0 &&
		(!VARATT_IS_EXTERNAL(given) ||
		 (VARATT_IS_EXTERNAL_ONDISK(given) &&
		  site->transaction == GetCurrentTransactionStartTimestamp()));
}

/* a place of at least so many bytes, with room for a model that is larger */
static void *
make_room(FunctionCallInfo fcinfo, void *place, Size *room, Size size)
{
	if (size <= *room)
		return place;
	if (place != NULL)
		pfree(place);
	*room = size;
	return MemoryContextAllocHuge(fcinfo->flinfo->fn_mcxt, size);
}

/* nothing is remembered of a model before its tables are complete */
static void
remember(FunctionCallInfo fcinfo, CallSite *site)
{
	const struct varlena *given =
		(const struct varlena *) DatumGetPointer(PG_GETARG_DATUM(0));
	const NkLcaModel *model = lca_model_arg(fcinfo, 0);
	Size		size = nk_lca_classifier_size(nk_lca_classes(model),
											  nk_lca_items(model));

	site->given_size = 0;
	site->classifier = make_room(fcinfo, site->classifier, &site->room, size);
	nk_lca_classifier_build(model, site->classifier);
	site->given = make_room(fcinfo, site->given, &site->given_room,
							VARSIZE_ANY(given));
	memcpy(site->given, given, VARSIZE_ANY(given));
	site->transaction = GetCurrentTransactionStartTimestamp();
	site->given_size = VARSIZE_ANY(given);
	if ((const void *) model != (const void *) given)
		pfree((void *) model);
}

static inline const NkLcaClassifier *
classifier_arg(FunctionCallInfo fcinfo)
{
	CallSite   *site = fcinfo->flinfo->fn_extra;

	if (unlikely(site == NULL))
	{
		site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
									  sizeof(CallSite));
		site->is_constant = is_constant(fcinfo);
		fcinfo->flinfo->fn_extra = site;
	}
	if (unlikely(site->given_size == 0) ||
		(!site->is_constant &&
		 !is_same(site, (const struct varlena *)
				  DatumGetPointer(PG_GETARG_DATUM(0)))))
		remember(fcinfo, site);
	return site->classifier;
}

static inline uint64
mask_arg(FunctionCallInfo fcinfo, int argno)
{
	if (unlikely(PG_GETARG_INT64(argno) < 0))
		check_status(NK_BAD_MASK);
	return (uint64) PG_GETARG_INT64(argno);
}

/* nuso_lca_classify(model, present, observed, threshold) */
Datum
nuso_lca_classify(PG_FUNCTION_ARGS)
{
	const NkLcaClassifier *classifier = classifier_arg(fcinfo);
	double		threshold = PG_GETARG_FLOAT8(3);
	double		posterior;
	int			modal;
	NkStatus	status;

	if (unlikely(!(threshold >= 0 && threshold <= 1)))
		check_status(NK_BAD_THRESHOLD);
	status = nk_lca_classifier_class(classifier, mask_arg(fcinfo, 1),
									 mask_arg(fcinfo, 2), &modal, &posterior);
	check_status(status);
	if (status != NK_OK || posterior < threshold)
		PG_RETURN_NULL();
	PG_RETURN_INT32(modal + 1);
}

/* nuso_lca_posterior(model, present, observed) */
Datum
nuso_lca_posterior(PG_FUNCTION_ARGS)
{
	const NkLcaClassifier *classifier = classifier_arg(fcinfo);
	Datum		posterior[NK_LCA_WIDTH];
	double		weights[NK_LCA_WIDTH];
	double		sum;
	NkStatus	status;

	status = nk_lca_classifier_weights(classifier, mask_arg(fcinfo, 1),
									   mask_arg(fcinfo, 2), weights, &sum);
	check_status(status);
	if (status != NK_OK)
		PG_RETURN_NULL();
	for (int k = 0; k < classifier->classes; k++)
		posterior[k] = Float8GetDatum(weights[k] / sum);
	PG_RETURN_ARRAYTYPE_P(construct_array(posterior, classifier->classes,
										  FLOAT8OID, sizeof(float8),
										  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
