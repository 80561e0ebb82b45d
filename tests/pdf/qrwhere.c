/*
 * qrwhere PAGE.pgm FROM TO: where the symbol of a page at FROM dpi lies, with
 * 10 mm around it, as the options that make pdftoppm draw that part at TO dpi.
 */
#include <stdio.h>
#include <stdlib.h>

#include "raster.h"

#define AROUND_INCH (10 / 25.4)

int
main(int argc, char **argv)
{
	struct raster_symbol s;
	struct raster page;
	struct err e;
	double from, to, around;
	int bad;

	if (argc != 4)
		return 2;
	from = (double)strtol(argv[2], NULL, 10);
	to = (double)strtol(argv[3], NULL, 10);
	around = AROUND_INCH * from;
	if (raster_load(argv[1], &page, &e) != 0) {
		(void)fprintf(stderr, "qrwhere: %s\n", e.text);
		return 1;
	}
	bad = raster_find_symbol(&page, &s, &e);
	raster_done(&page);
	if (bad != 0) {
		(void)fprintf(stderr, "qrwhere: %s: %s\n", argv[1], e.text);
		return 1;
	}
	for (int side = 0; side < 2; side++) {
		double first = (side == 0 ? s.left : s.top) - around;
		double last = (side == 0 ? s.right : s.bottom) + around;

		if (first < 0)
			first = 0;
		printf("-%c %.0f -%c %.0f ", "xy"[side], first * to / from,
		    "WH"[side], (last - first) * to / from);
	}
	return 0;
}
