/* The spool: a folder is complete or not there, and is never replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "send/carrier.h"

#define FILE_BYTES 1024

struct fixture {
	char dir[64], outbox[128];
	struct carrier *carrier;
	struct str letter, data, mail;
	struct parcel parcel;
};

/* What the callback does, and saw. */
struct witness {
	const char *outbox;
	bool refuse;
	unsigned calls;
	bool revealed_before; /* the folder had its name already */
};

static int
before_effect(void *ctx, const char *reference, struct err *e)
{
	struct witness *w = ctx;
	char path[256];

	w->calls++;
	(void)snprintf(path, sizeof(path), "%s/N1", w->outbox);
	w->revealed_before = access(path, F_OK) == 0;
	assert_string_equal(reference, "outbox/N1");
	return w->refuse ? err_set(e, ERR_DATA, "paid\nmeanwhile") : 0;
}

static enum outcome
deliver(struct fixture *f, struct witness *w, struct receipt *r)
{
	struct carrier_commit commit = { before_effect, w };

	w->outbox = f->outbox;
	f->carrier->ops->deliver(f->carrier, &f->parcel, &commit, r);
	return r->outcome;
}

static void
put(struct str *s, const char *text)
{
	str_init(s, FILE_BYTES);
	str_puts(s, text);
}

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err e;

	assert_non_null(f);
	(void)snprintf(f->dir, sizeof(f->dir), "build/send_spool.XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	(void)snprintf(f->outbox, sizeof(f->outbox), "%s/outbox", f->dir);
	assert_int_equal(spool_open(f->outbox, &f->carrier, &e), 0);
	put(&f->letter, "%PDF-1.7");
	put(&f->data, "{}");
	put(&f->mail, "Subject: a\r\n");
	f->parcel = (struct parcel){
		.id = "N1",
		.attempt = 1,
		.channel = CHANNEL_EMAIL,
		.recipient = "a@example.com",
		.letter = &f->letter,
		.data = &f->data,
		.mail = &f->mail,
	};
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	char command[128];

	f->carrier->ops->close(f->carrier);
	str_done(&f->letter);
	str_done(&f->data);
	str_done(&f->mail);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
	free(f);
	return 0;
}

/* Whether outbox/PATH is exactly this text; NULL: is not there. */
static bool
holds(const struct fixture *f, const char *path, const char *text)
{
	char full[256];
	struct str s;
	struct err e;
	bool same;

	(void)snprintf(full, sizeof(full), "%s/%s", f->outbox, path);
	if (text == NULL)
		return access(full, F_OK) == -1;
	str_init(&s, FILE_BYTES);
	same = file_read(full, &s, &e) == 0 && strcmp(s.p, text) == 0;
	str_done(&s);
	return same;
}

static void
test_folder_is_complete(void **state)
{
	struct fixture *f = *state;
	struct witness w = { 0 };
	struct receipt r;

	assert_int_equal(deliver(f, &w, &r), OUTCOME_ACCEPTED);
	assert_string_equal(r.detail, "outbox/N1");
	assert_int_equal(w.calls, 1);
	assert_false(w.revealed_before);
	assert_true(holds(f, "N1/letter.pdf", "%PDF-1.7"));
	assert_true(holds(f, "N1/notice.json", "{}"));
	assert_true(holds(f, "N1/mail.eml", "Subject: a\r\n"));
	assert_true(holds(f, "N1/print.pdf", NULL));
	assert_true(holds(f, ".N1", NULL));
}

static void
test_paper_has_no_mail(void **state)
{
	struct fixture *f = *state;
	struct witness w = { 0 };
	struct receipt r;

	f->parcel.mail = NULL;
	f->parcel.print = &f->data;
	assert_int_equal(deliver(f, &w, &r), OUTCOME_ACCEPTED);
	assert_true(holds(f, "N1/letter.pdf", "%PDF-1.7"));
	assert_true(holds(f, "N1/mail.eml", NULL));
	assert_true(holds(f, "N1/print.pdf", "{}"));
}

static void
test_refused_commit_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	struct witness w = { .refuse = true };
	struct receipt r;

	assert_int_equal(deliver(f, &w, &r), OUTCOME_LATER);
	assert_string_equal(r.detail, "paid meanwhile");
	assert_true(holds(f, "N1", NULL));
	assert_true(holds(f, ".N1", NULL));
}

static void
test_same_folder_again_is_accepted(void **state)
{
	struct fixture *f = *state;
	struct witness w = { 0 };
	struct receipt r;

	assert_int_equal(deliver(f, &w, &r), OUTCOME_ACCEPTED);
	assert_int_equal(deliver(f, &w, &r), OUTCOME_ACCEPTED);
	assert_int_equal(w.calls, 2);
	assert_true(holds(f, ".N1", NULL));
}

static void
test_other_folder_is_a_doubt(void **state)
{
	struct fixture *f = *state;
	struct witness w = { 0 };
	struct receipt r;

	assert_int_equal(deliver(f, &w, &r), OUTCOME_ACCEPTED);
	str_putc(&f->letter, 'x');
	assert_int_equal(deliver(f, &w, &r), OUTCOME_UNKNOWN);
	assert_true(holds(f, "N1/letter.pdf", "%PDF-1.7"));
	f->parcel.mail = NULL; /* one file more than expected */
	str_clear(&f->letter);
	str_puts(&f->letter, "%PDF-1.7");
	assert_int_equal(deliver(f, &w, &r), OUTCOME_UNKNOWN);
}

static void
test_interrupted_run_is_cleared(void **state)
{
	struct fixture *f = *state;
	struct witness w = { 0 };
	struct receipt r;
	char path[256];
	struct err e;

	(void)snprintf(path, sizeof(path), "%s/.N1", f->outbox);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/.N1/mail.eml.new-1", f->outbox);
	assert_int_equal(file_write(path, "x", 1, 0600, &e), 0);
	assert_int_equal(deliver(f, &w, &r), OUTCOME_ACCEPTED);
	assert_true(holds(f, "N1/letter.pdf", "%PDF-1.7"));
	assert_true(holds(f, "N1/mail.eml.new-1", NULL));
}

static void
test_no_room_is_trouble_before_the_commit(void **state)
{
	struct fixture *f = *state;
	struct witness w = { 0 };
	struct receipt r;
	char path[256];
	struct err e;

	(void)snprintf(path, sizeof(path), "%s/.N1", f->outbox);
	assert_int_equal(file_write(path, "x", 1, 0600, &e), 0);
	assert_int_equal(deliver(f, &w, &r), OUTCOME_TROUBLE);
	assert_int_equal(w.calls, 0);
	assert_true(holds(f, "N1", NULL));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_folder_is_complete),
		TEST(test_paper_has_no_mail),
		TEST(test_refused_commit_leaves_nothing),
		TEST(test_same_folder_again_is_accepted),
		TEST(test_other_folder_is_a_doubt),
		TEST(test_interrupted_run_is_cleared),
		TEST(test_no_room_is_trouble_before_the_commit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
