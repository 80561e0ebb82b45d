# awk -v n=1000 -v json=FILE -v tsv=FILE -f debtors.awk: debtors that do not
# exist, always the same, as the data of `semonce merge` and, all worded and
# formatted already, as a table for cairo.c.

# A number from 0 to k - 1 (Lehmer's generator).
function random(k) {
	state = state * 48271 % 2147483647
	return state % k
}

function one_of(list, words, k) {
	k = split(list, words, ";")
	return words[1 + random(k)]
}

# « 1 234,56 € »
function euros(cents, units, s) {
	units = int(cents / 100)
	s = units >= 1000 ? int(units / 1000) "\342\200\257" \
	    sprintf("%03d", units % 1000) : units
	return s sprintf(",%02d\302\240\342\202\254", cents % 100)
}

function minor(key, cents) {
	return sprintf("\"%s\": {\"minor\": %d, \"currency\": \"EUR\"}", key, \
	    cents)
}

# Days of years of twelve months of 28 days are dates too.
function iso(day) {
	return sprintf("%04d-%02d-%02d", 2025 + int(day / 336), \
	    1 + int(day % 336 / 28), 1 + day % 28)
}

function slashed(date) {
	return substr(date, 9) "/" substr(date, 6, 2) "/" substr(date, 1, 4)
}

# A notice's id, and the reference over it (ISO 11649), as semonce makes them.
function notice_id(s, k) {
	s = "N"
	for (k = 0; k < 12; k++)
		s = s substr("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", \
		    1 + random(32), 1)
	return s
}

function rf_reference(body, k, v, rest) {
	rest = 0
	for (k = 1; k <= length(body) + 4; k++) {
		v = index("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", \
		    substr(body "RF00", k, 1)) - 1
		rest = (rest * (v > 9 ? 100 : 10) + v) % 97
	}
	return sprintf("RF%02d%s", 98 - rest, body)
}

function in_fours(s, k, t) {
	for (k = 1; k <= length(s); k += 4)
		t = t (k > 1 ? " " : "") substr(s, k, 4)
	return t
}

function invoice(k, issued, cents, days, interest) {
	issued = 150 + random(180)
	days = 30 + random(120)
	cents = 5000 + random(450000)
	interest = int(cents * days * 1237 / 3650000)
	number = sprintf("F2025-%05d", i * 3 + k)
	sum += cents
	interests += interest
	rows = rows (k > 1 ? ", " : "") "{\"number\": \"" number "\", " \
	    "\"issued\": \"" iso(issued) "\", \"due\": \"" iso(issued + 30) \
	    "\", \"days\": \"" days "\", " minor("amount", cents) ", " \
	    minor("open", cents) ", " minor("interest", interest) ", " \
	    minor("total", cents + interest) ", \"role\": \"demanded\"}"
	cells = cells "\t" number "\t" slashed(iso(issued)) "\t" \
	    slashed(iso(issued + 30)) "\t" euros(cents) "\t" days "\t" \
	    euros(interest) "\t" euros(cents + interest)
}

function debtor(trade, family, first, title) {
	trade = one_of("Boulangerie;Fromagerie;Librairie;Garage;Menuiserie;" \
	    "Brasserie;Imprimerie;Pharmacie;Ferronnerie;Cave;Verrerie")
	family = one_of("Bar;Cal;Dor;Fan;Gar;Lam;Mor;Per;Quin;Sor;Tal;Ver") \
	    one_of("bo;che;da;li;mon;ni;ra;ti;ve;zé") \
	    one_of("bert;court;din;gny;lac;mont;nois;rac;teuil;ville")
	first = one_of("Aubin;Céleste;Diane;Émile;Florine;Gaël;Hélène;" \
	    "Isaure;Léonce;Maëlle;Noé;Ondine;Rémi;Sixtine;Timothée;Yaël")
	title = one_of("Madame;Monsieur")
	greeting = title " " family
	name = trade " " family " " one_of("SARL;SAS;SNC;EURL")
	person = title " " first " " family
	street = 1 + random(199) " " one_of("rue;avenue;allée;quai;place") \
	    " des " one_of("Exemples;Hypothèses;Chimères;Modèles;Essais")
	city = sprintf("%05d ", 1000 + random(94000)) \
	    one_of("Villefictive;Mont-Simulacre;Bourg-Postiche;" \
	    "Saint-Modèle;Château-Échantillon")
}

BEGIN {
	state = 20260312
	for (i = 1; i <= n; i++) {
		id = notice_id()
		reference = rf_reference(id)
		code = sprintf("C-%05d", i)
		rows = cells = ""
		sum = interests = 0
		debtor()
		for (k = 1; k <= 3; k++)
			invoice(k)
		all = sum + interests
		printf "{\"file\": \"%s\", \"debtor\": {\"code\": \"%s\", " \
		    "\"name\": \"%s\", \"kind\": \"business\", " \
		    "\"language\": \"fr\", \"greeting\": \"%s\", \"lines\": " \
		    "[\"%s\", \"%s\", \"%s\", \"%s\"]}, ", id, code, name, \
		    greeting, name, person, street, city >json
		printf "\"payment\": {\"iban\": " \
		    "\"FR7630006000011234567890189\", \"bic\": " \
		    "\"EXMPFRPPXXX\", \"reference\": \"%s\", %s}, " \
		    "\"invoices\": [%s], ", reference, minor("amount", all), \
		    rows >json
		printf "\"notice\": {\"id\": \"%s\", \"date\": \"2026-03-12\"" \
		    ", \"step\": \"relance-2\", \"tone\": \"formal\", " \
		    "\"previous\": \"12 février 2026\", \"limit\": " \
		    "\"27 mars 2026\", \"rate\": \"12,37 %%\"}, ", id >json
		printf "\"totals\": {%s, %s, %s, %s}}\n", minor("open", sum), \
		    minor("amount", sum), minor("interest", interests), \
		    minor("total", all) >json
		printf "%s\t%s\t%s\t%s\t%s\t%s\t%s%s\t%s\t%s\t%s\t%s\t%s\t%s\n", \
		    id, code, greeting, name, person, street, city, cells, \
		    euros(sum), euros(interests), euros(all), \
		    sprintf("EUR%d.%02d", int(all / 100), all % 100), \
		    reference, in_fours(reference) >tsv
	}
}
