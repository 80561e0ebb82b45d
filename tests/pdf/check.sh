#!/bin/sh
# usage: check.sh LETTER.pdf...
#
# What a letter must pass, whoever made it: the rules of PDF/A-3a and
# PDF/UA-1 (check.h), `qpdf --check` without even a warning, every font
# embedded, and readers that find nothing to complain of. mutool and gs are
# asked where they are installed. One line "ok" or "not ok" for each letter.
set -u
rules=${BUILD:-build}/tests/pdf/rules

# quiet COMMAND...: succeeds, and says nothing on standard error.
quiet() {
	said=$("$@" 2>&1 >/dev/null)
	status=$?
	[ "$status" -eq 0 ] && [ -z "$said" ] && return
	echo "$1 exits $status: $said"
	return 1
}

check() {
	bad=0
	"$rules" "$1" || bad=1
	quiet qpdf --check "$1" || bad=1
	quiet pdftotext "$1" - || bad=1
	quiet pdfinfo -struct-text "$1" || bad=1
	quiet pdfdetach -list "$1" || bad=1
	# name, type, encoding, emb, sub, uni: no "no" may stand there
	pdffonts "$1" 2>&1 | awk '
	NR > 2 && $0 !~ / yes +yes +yes +[0-9]+ +[0-9]+$/ { print; bad = 1 }
	END { exit bad || NR < 3 }' || { echo "pdffonts: see above"; bad=1; }
	if command -v mutool >/dev/null; then
		# -N: Debian's has no colour profiles, and says so
		quiet mutool draw -q -N -F txt -o /dev/null "$1" || bad=1
	fi
	if command -v gs >/dev/null; then
		quiet gs -q -dBATCH -dNOPAUSE -sDEVICE=nullpage "$1" || bad=1
	fi
	return "$bad"
}

n=0 failed=0
for pdf in "$@"; do
	n=$((n + 1))
	if why=$(check "$pdf" 2>&1); then
		echo "ok $n - $pdf"
	else
		echo "not ok $n - $pdf"
		echo "$why" | sed 's/^/# /'
		failed=$((failed + 1))
	fi
done
echo "1..$n"
[ "$failed" -eq 0 ] && [ "$n" -gt 0 ]
