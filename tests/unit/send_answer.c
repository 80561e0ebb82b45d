/* Replies of SMTP servers: what each means for the notice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "send/answer.h"
#include "send/receipt.h"

struct row {
	enum answer_step step;
	int code;
	const char *reply;
	enum outcome want;
};

static const struct row ROWS[] = {
	/* before the mail: never this notice's fault */
	{ ANSWER_CONNECT, 554, "554 5.7.1 go", OUTCOME_TROUBLE },
	{ ANSWER_MAIL, 550, "550 5.1.8 bad sender", OUTCOME_TROUBLE },
	{ ANSWER_MAIL, 452, "452 4.3.1 no room", OUTCOME_TROUBLE },
	{ ANSWER_MAIL, -1, "", OUTCOME_TROUBLE },
	{ ANSWER_ARCHIVE, 550, "550 5.1.1 who", OUTCOME_TROUBLE },
	/* the customer's address */
	{ ANSWER_RCPT, 550, "550 5.1.1 no such user", OUTCOME_REFUSED },
	{ ANSWER_RCPT, 550, "550-5.1.1 no\n550 5.1.1 user", OUTCOME_REFUSED },
	{ ANSWER_RCPT, 550, "550 no such user", OUTCOME_REFUSED },
	{ ANSWER_RCPT, 552, "552 5.2.2 full", OUTCOME_REFUSED },
	{ ANSWER_RCPT, 501, "501 5.5.4 syntax", OUTCOME_REFUSED },
	{ ANSWER_RCPT, 553, "553", OUTCOME_REFUSED },
	{ ANSWER_RCPT, 554, "554 5.7.1 relay denied", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, 550, "550 5.7.26 unauthenticated", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, 554, "554 no", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, 530, "530 login first", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, 550, "550 5.1.7 sender", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, 550, "550 5.4.4 no route", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, 450, "450 4.2.1 greylisted", OUTCOME_LATER },
	{ ANSWER_RCPT, 421, "421 4.3.2 closing", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, 354, "354 what", OUTCOME_TROUBLE },
	{ ANSWER_RCPT, -1, "", OUTCOME_TROUBLE },
	{ ANSWER_DATA, 250, "250 Ok", OUTCOME_TROUBLE },
	{ ANSWER_DATA, 451, "451 4.3.0 wait", OUTCOME_LATER },
	{ ANSWER_BODY, -1, "", OUTCOME_TROUBLE },
	/* after the dot only a whole yes or no is believed */
	{ ANSWER_DOT, 250, "250 2.0.0 queued as A", OUTCOME_ACCEPTED },
	{ ANSWER_DOT, 299, "299", OUTCOME_ACCEPTED },
	{ ANSWER_DOT, 354, "354 go on", OUTCOME_UNKNOWN },
	{ ANSWER_DOT, 421, "421 4.3.0 closing", OUTCOME_UNKNOWN },
	{ ANSWER_DOT, -1, "", OUTCOME_UNKNOWN },
	{ ANSWER_DOT, 451, "451 4.3.0 wait", OUTCOME_LATER },
	{ ANSWER_DOT, 552, "552 5.3.4 too big", OUTCOME_REFUSED },
	{ ANSWER_DOT, 552, "552 5.3.0 disk", OUTCOME_TROUBLE },
	{ ANSWER_DOT, 550, "550 5.6.0 bad content", OUTCOME_REFUSED },
	{ ANSWER_DOT, 554, "554 5.7.1 content refused", OUTCOME_TROUBLE },
};

static void
test_outcomes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
		const struct row *r = &ROWS[i];

		if (answer_outcome(r->step, r->code, r->reply) != r->want)
			fail_msg("%s %d '%s': outcome %d",
			    answer_step_name(r->step), r->code, r->reply,
			    (int)answer_outcome(r->step, r->code, r->reply));
	}
}

static void
test_only_354_opens_data(void **state)
{
	(void)state;
	assert_true(answer_good(ANSWER_DATA, 354));
	assert_false(answer_good(ANSWER_DATA, 250));
	assert_true(answer_good(ANSWER_RCPT, 251));
	assert_false(answer_good(ANSWER_RCPT, 354));
	assert_false(answer_good(ANSWER_DOT, -1));
}

static void
test_receipt_is_visible_and_whole(void **state)
{
	struct receipt r;
	char longer[1201];

	(void)state;
	receipt_fill(&r, OUTCOME_LATER, "250-a\n250 b\x1b[31m\r");
	assert_string_equal(r.detail, "250-a 250 b\\x1b[31m\\x0d");
	assert_int_equal(r.outcome, OUTCOME_LATER);
	for (size_t i = 0; i < sizeof(longer) - 1; i += 2)
		memcpy(longer + i, "é", 2);
	longer[sizeof(longer) - 1] = '\0';
	receipt_fill(&r, OUTCOME_LATER, longer);
	assert_int_equal(strlen(r.detail), 510);
	assert_memory_equal(r.detail, longer, 510);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_only_354_opens_data),
		cmocka_unit_test(test_receipt_is_visible_and_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
