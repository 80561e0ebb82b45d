/* write: approved notices to documents in the archive. */
#include "base/progress.h"
#include "verb/steps.h"

static int
write_one(struct workspace *w, struct press *p, const struct outbox_row *row,
    const struct book *book, struct err *e)
{
	struct document docs[NOTICE_DOCUMENTS];
	char basis[SHA256_HEX_SIZE];
	size_t n;

	if (press_basis(p, &row->notice, basis, e) != 0 ||
	    press_print(p, row, book, docs, &n, e) != 0)
		return -1;
	return outbox_rendered(w->ledger, row->notice.id, basis, docs, n, e);
}

int
step_write(struct workspace *w, struct press *p, struct tally *t, struct err *e)
{
	struct outbox_row *rows;
	struct book book;
	struct progress progress;
	size_t n;

	if (ledger_book(w->ledger, w->arena, &book, e) != 0 ||
	    outbox_list(w->ledger, NOTICE_APPROVED, w->arena, &rows, &n, e) !=
		0)
		return -1;
	progress_init(&progress, "writing", n, w->call->quiet);
	for (size_t i = 0; i < n; i++) {
		if (write_one(w, p, &rows[i], &book, e) == 0)
			t->rendered++;
		else if (e->kind == ERR_DATA || e->kind == ERR_USAGE)
			tally_complain(t, rows[i].notice.id, e);
		else
			return -1;
		progress_step(&progress);
	}
	progress_done(&progress);
	return 0;
}

int
verb_write(struct call *c, struct err *e)
{
	return step_alone(c, step_write, e);
}
