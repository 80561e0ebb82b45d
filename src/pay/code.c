#include "pay/code.h"

#include <string.h>

#include "pay/epc.h"
#include "pay/mnb.h"
#include "pay/spayd.h"
#include "pay/swissqr.h"
#include "pay/upn.h"
#include "pay/zbp.h"

#define ECI_8859_2 4

static int
write_epc(const struct transfer *t, struct str *out, struct err *e)
{
	return epc_write(t, EPC_UTF_8, out, e);
}

static const struct pay_code codes[] = {
	{ .name = "epc",
	    .write = write_epc,
	    .read = epc_read,
	    .version_max = 13 },
	{ .name = "swiss",
	    .write = swissqr_write,
	    .read = swissqr_read,
	    /* 7 to 13 have a pattern in their middle, which its cross hides:
	       of scanned ones zbarimg reads none, of larger ones all. */
	    .version_min = 14,
	    .version_max = 25,
	    .cross = true },
	{ .name = "spayd",
	    .write = spayd_write,
	    .read = spayd_read,
	    .version_max = 40 },
	{ .name = "upn",
	    .write = upn_write,
	    .read = upn_read,
	    .version_min = 15,
	    .version_max = 15,
	    .eci = ECI_8859_2 },
	{ .name = "zbp",
	    .write = zbp_write,
	    .read = zbp_read,
	    .version_max = 40,
	    .low = true },
	{ .name = "mnb",
	    .write = mnb_write,
	    .read = mnb_read,
	    .version_max = 40 },
};

const struct pay_code *
pay_code_find(const char *name)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(codes[i].name, name) == 0)
			return &codes[i];
	return NULL;
}

const char *
pay_code_names(void)
{
	return "epc swiss spayd upn zbp mnb";
}
