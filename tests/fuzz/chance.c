/* chance and words of fuzz.h */
#include <string.h>

#include "fuzz.h"

struct chance
chance_of(uint64_t seed, uint64_t number)
{
	/* SplitMix64: neighbours become strangers */
	uint64_t z = seed + (number + 1) * 0x9e3779b97f4a7c15U;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	z ^= z >> 31;
	return (struct chance){ z != 0 ? z : 1 };
}

size_t
chance_below(struct chance *c, size_t n)
{
	c->state ^= c->state >> 12;
	c->state ^= c->state << 25;
	c->state ^= c->state >> 27;
	return (size_t)((c->state * 0x2545f4914f6cdd1dU) >> 33) % n;
}

bool
chance_once_in(struct chance *c, size_t n)
{
	return chance_below(c, n) == 0;
}

static const char *const words[] = {
	"facture",
	"Échéance",
	"relance",
	"le",
	"à",
	"Straße",
	"Donaudampfschifffahrtsgesellschaftskapitän",
	"l’indemnité",
	"1 234,56 €",
	"«",
	"»",
	"!",
	":",
	";",
	"–",
	"example.com",
	"https://example.com/a_very/long/path?with=a&query=string#part",
	"Nguyễn Thị Minh Khai",
	"Αλέξανδρος Παπαδόπουλος",
	"Żółć Gęślą Jaźń",
	"Владимир Иванович",
	"محمد عبد الله",
	"שלום בע״מ (2026)",
	"王小明有限公司",
	"株式会社サンプル",
	"김철수",
	"สมชาย ใจดี",
	"हिन्दी क्षत्रिय",
	"தமிழ்",
	"ქართული",
	"Հայերեն",
	"e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
	"a\u200bb\u200cc\u200dd",
	"ﬁﬀﬃ Ǆ ß ſt",
	"👩‍👩‍👧‍👦 🇫🇷 ☎️",
	"\u202eesrever\u202c",
	"\u2066\u2067\u2068deep\u2069",
	"\u200f\u200e\u061c",
	"\ufeff\ufffe\uffff\U0010ffff",
	"\ue000\uf8ff",
	"\xc2\x85\u2028\u2029",
	"\u00ad\u00ad-\u2011",
	"\u00a0\u202f\u2009\u3000",
	"\x01\x02\x1b[31m\x7f",
	"a\tb",
	"a\nb",
	"a\r\nb",
	"<b>*A & B*</b> [x](y) {{z}}",
	"</p><script>alert(1)</script>",
	"&amp;&#0;&#x110000;&#x202e;&nbsp;&unknown;",
	"\\\\\\",
	"`code`",
	"``` ~~~",
	"| a | b |",
	"![x](qr:epc)",
	"# x",
	"1) x",
	"---",
	"***",
	"%s%n%d",
	"(((((",
	") Tj ET endstream endobj",
	"/../../etc",
};

#define WORDS (sizeof(words) / sizeof(words[0]))

/* The same again and again: long words, long lines, deep marks. */
static void
put_many(struct chance *c, struct str *out)
{
	static const char *const pieces[] = { "a", "W", "é", "ä-", "*", "_",
		"[", "]", "`", "<", "&", "\\", "ab ", "م", "王", "\u0301",
		"\u200b", "\u202e", "(", "🇫", "http://" };
	static const size_t times[] = { 30, 80, 300, 2000, 10000 };
	const char *piece =
	    pieces[chance_below(c, sizeof(pieces) / sizeof(pieces[0]))];
	size_t n = times[chance_below(c, 4)];

	if (chance_once_in(c, 20))
		n = times[4];
	while (n-- > 0)
		str_puts(out, piece);
}

void
fuzz_put_word(struct chance *c, struct str *out)
{
	if (chance_once_in(c, 60))
		put_many(c, out);
	else if (chance_once_in(c, 3))
		str_puts(out, words[chance_below(c, WORDS)]);
	else
		str_puts(out, words[chance_below(c, 10)]);
}
