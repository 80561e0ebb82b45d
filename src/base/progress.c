#include "base/progress.h"

#include <stdio.h>
#include <unistd.h>

void
progress_init(struct progress *p, const char *label, size_t total, bool quiet)
{
	*p = (struct progress){
		.label = label,
		.total = total,
		.shown = !quiet && total > 0 && isatty(STDERR_FILENO) == 1,
		.percent = -1,
	};
}

void
progress_step(struct progress *p)
{
	int percent;

	p->done++;
	if (!p->shown)
		return;
	percent = (int)(p->done * 100 / p->total);
	if (percent == p->percent && p->done != p->total)
		return;
	p->percent = percent;
	(void)fprintf(stderr, "\r\033[K%s %zu/%zu (%d %%)", p->label, p->done,
	    p->total, percent);
	(void)fflush(stderr);
}

void
progress_done(struct progress *p)
{
	if (p->shown)
		(void)fputs("\r\033[K", stderr);
}
