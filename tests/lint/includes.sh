#!/bin/sh
# Who may include whom: folder: folders or single headers it may include.
# A library named in the second table is known to one folder only.
set -u
table='
base:
pay: base semonce.h
law: base semonce.h
send: base semonce.h
read: base pay semonce.h
policy: base law semonce.h
ledger: base law pay semonce.h
letter: base pay semonce.h
pdf: base semonce.h letter/page.h
draw: base semonce.h letter/page.h
report: base law semonce.h
verb: *
main: *
tests: *
'
owners='
sqlite3.h: ledger
pango/: letter
qrencode.h: letter
hpdf.h: pdf
cairo: draw
curl/: send
gmime/: send
csv.h: read
qpdf/: pdf
'
faults=$(
	find src tests -name '*.[ch]' -o -name '*.inc' | LC_ALL=C sort |
	    xargs awk -v keep=1 -f tests/lint/code.awk |
	    awk -v table="$table" -v owners="$owners" '
function exists(path,    line, r) {
	r = (getline line <path)
	close(path)
	return r >= 0
}
function fault(text) {
	print where ": " text
}
function ours(mod, inc,    folder) {
	if (inc !~ /^([a-z][a-z0-9_]*\/[a-z][a-z0-9_]*\.(h|inc)|semonce\.h)$/)
		fault("write \"folder/file.h\": " inc)
	else if (!exists("src/" inc))
		fault("no such header of ours: " inc)
	else if (may[mod] !~ /\*/) {
		folder = inc
		sub(/\/.*/, "", folder)
		if (folder != mod &&
		    index(may[mod] " ", " " folder " ") == 0 &&
		    index(may[mod] " ", " " inc " ") == 0)
			fault(mod " must not include " inc)
	}
}
function theirs(mod, inc,    i) {
	if (inc ~ /\.\.|^\//)
		fault("no path in an include: " inc)
	else if (exists("src/" inc) || inc ~ folders)
		fault("write \"folder/file.h\" for our own: <" inc ">")
	for (i in owner)
		if (index(inc, i) == 1 && mod != owner[i] && mod != "tests")
			fault(inc " belongs to " owner[i] ", not to " mod)
}
BEGIN {
	n = split(table, row, "\n")
	for (i = 1; i <= n; i++) {
		if (row[i] == "")
			continue
		mod = substr(row[i], 1, index(row[i], ":") - 1)
		may[mod] = substr(row[i], index(row[i], ":") + 1)
		folders = folders (folders == "" ? "^(" : "|") mod
	}
	folders = folders ")/"
	n = split(owners, row, "\n")
	for (i = 1; i <= n; i++)
		if (split(row[i], f, ": ") == 2)
			owner[f[1]] = f[2]
}
{
	match($0, /^[^:]*:[0-9]+:/)
	where = substr($0, 1, RLENGTH - 1)
	code = substr($0, RLENGTH + 1)
	file = where
	sub(/:[0-9]+$/, "", file)
	n = split(file, part, "/")
	mod = part[1] == "tests" ? "tests" : n == 2 ? "main" : part[2]
	if (file == "src/semonce.h")
		mod = "pay" # it knows base only
	if (!(mod in may) && !(mod in told)) {
		told[mod] = 1
		fault("folder " mod " is in no row of the table")
	}
	if (code !~ /^[ \t\v\f]*(#|%:|\?\?=)[ \t\v\f]*include/)
		next
	inc = code
	sub(/^[ \t\v\f]*(#|%:|\?\?=)[ \t\v\f]*include/, "", inc)
	if (inc !~ /^[ \t\v\f]*("[^"]+"|<[^>]+>)[ \t\v\f]*$/) {
		fault("an include names its file:" inc)
		next
	}
	quoted = inc ~ /"/
	gsub(/^[ \t\v\f]*["<]|[">][ \t\v\f]*$/, "", inc)
	if (!quoted)
		theirs(mod, inc)
	else if (mod == "tests" && inc !~ /\// && inc != "semonce.h") {
		sub(/[^\/]*$/, "", file)
		if (!exists(file inc))
			fault("no such header beside it: " inc)
	} else
		ours(mod, inc)
}'
)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
