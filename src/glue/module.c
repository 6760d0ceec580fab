/*
 * module.c - loading of the library
 */
#include "glue.h"

#include "miscadmin.h"

#include <gsl/gsl_errno.h>

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

/*
 * GSL's default error handler calls abort(), which ends every connection of
 * the server, and it is one for the whole process: off before anything else.
 * The kernel checks what it is given back instead.
 */
void
_PG_init(void)
{
	gsl_set_error_handler_off();
}

/* the kernel's interrupt hook; it owns no resource, so leaving it is safe */
void
nk_check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}
