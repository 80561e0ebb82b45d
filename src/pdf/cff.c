/*
 * The few parts of a CFF program (Adobe technical note 5176) that say which
 * CID is which glyph.
 */
#include "pdf/font.h"

/* An INDEX of CFF (Adobe technical note 5176, section 5). */
struct cff_index {
	size_t data; /* of the first object */
	size_t n;    /* bytes of it; 0 if there is none */
	size_t end;  /* behind the INDEX; 0 if it is broken */
};

static size_t
cff_offset(const uint8_t *p, size_t size)
{
	size_t v;

	for (v = 0; size > 0; size--)
		v = v << 8 | *p++;
	return v;
}

static struct cff_index
cff_index_read(const uint8_t *p, size_t n, size_t at)
{
	struct cff_index x = { 0 };
	size_t count, size, base, last;

	if (at + 3 > n)
		return x;
	count = cff_offset(p + at, 2);
	if (count == 0) {
		x.end = at + 2;
		return x;
	}
	size = p[at + 2];
	if (size < 1 || size > 4 || (count + 1) * size > n - at - 3)
		return x;
	base = at + 3 + (count + 1) * size - 1; /* offsets count from 1 */
	last = cff_offset(p + at + 3 + count * size, size);
	x.data = base + cff_offset(p + at + 3, size);
	x.n = base + cff_offset(p + at + 3 + size, size) - x.data;
	if (last > n - base || x.data > n || x.n > n - x.data)
		return (struct cff_index){ 0 };
	x.end = base + last;
	return x;
}

enum {
	OP_CHARSET = 15,
	OP_ROS = 0x0C1E /* the font is CID-keyed */
};

/* An operator of a DICT, and the last of its operands if it is an offset. */
struct cff_entry {
	unsigned op; /* 0x0C00 and its second byte, if it has two */
	size_t offset;
};

/* Bytes of the operand at p, of which there are n. */
static size_t
cff_operand_size(const uint8_t *p, size_t n)
{
	size_t size;

	if (p[0] == 30) { /* a real: digits of 4 bits, to the digit 15 */
		for (size = 1; size < n; size++)
			if (p[size] >> 4 == 15 || (p[size] & 15) == 15)
				return size + 1;
		return n;
	}
	return p[0] == 28 ? 3 : p[0] == 29 ? 5 : p[0] >= 247 ? 2 : 1;
}

/* A positive whole number; 0 for any other. */
static size_t
cff_operand(const uint8_t *p)
{
	if (p[0] == 28 || p[0] == 29)
		return p[1] < 0x80 ? cff_offset(p + 1, p[0] == 28 ? 2 : 4) : 0;
	if (p[0] >= 247 && p[0] <= 250)
		return (p[0] - 247u) * 256 + p[1] + 108;
	return p[0] > 139 && p[0] <= 246 ? p[0] - 139u : 0;
}

/* Reads to behind the next operator; false at the end of the DICT. */
static bool
cff_entry_next(const uint8_t *p, size_t *at, size_t end, struct cff_entry *out)
{
	size_t size;

	*out = (struct cff_entry){ 0 };
	for (; *at < end; *at += size) {
		if (p[*at] <= 21) {
			out->op = p[(*at)++];
			if (out->op == 12 && *at < end)
				out->op = 0x0C00u + p[(*at)++];
			return true;
		}
		size = cff_operand_size(p + *at, end - *at);
		if (size > end - *at)
			return false;
		out->offset = cff_operand(p + *at);
	}
	return false;
}

static bool
charset_renumber(uint8_t *p, size_t n, size_t at, unsigned n_glyphs)
{
	size_t step, cid, left;

	if (at == 0 || at >= n || p[at] > 2)
		return false;
	step = 2 + (size_t)p[at]; /* CIDs alone, or ranges of them */
	at++;
	for (cid = 1; cid < n_glyphs; cid += 1 + left) {
		if (n - at < step)
			return false;
		left = cff_offset(p + at + 2, step - 2);
		p[at] = (uint8_t)(cid >> 8);
		p[at + 1] = (uint8_t)(cid & 255);
		at += step;
	}
	return cid == n_glyphs;
}

bool
pdf_cff_renumber(uint8_t *p, size_t n, unsigned n_glyphs)
{
	struct cff_index names, top;
	struct cff_entry entry;
	size_t at, charset;
	bool keyed;

	names = n < 4 ? (struct cff_index){ 0 } : cff_index_read(p, n, p[2]);
	if (names.end == 0)
		return false;
	top = cff_index_read(p, n, names.end);
	if (top.end == 0)
		return false;
	keyed = false;
	charset = 0;
	for (at = top.data; cff_entry_next(p, &at, top.data + top.n, &entry);) {
		if (entry.op == OP_ROS)
			keyed = true;
		if (entry.op == OP_CHARSET)
			charset = entry.offset;
	}
	return !keyed || charset_renumber(p, n, charset, n_glyphs);
}
