#!/bin/sh
# run.sh [LETTERS]: letters a CPU second of `semonce write`, one PDF, mail and
# record each, against the same letters by pango and cairo (cairo.c), in turn,
# in memory where there is /dev/shm. Prints each round and the median ratio:
# how many times as fast; and what share of the CPU of pango and cairo the
# letters alone cost, from data to PDF (letters.c).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
letters=${1:-500}
dir=/dev/shm
[ -w "$dir" ] || dir=${TMPDIR:-/tmp}
tmp=$(mktemp -d "$dir/semonce-bench.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
PATH=$root/build:$PATH
on=2026-03-16

# CPU seconds of all commands so far, user and system, in the file NAME.
# (Not in a subshell: that would have no commands yet.)
cpu() {
	times >"$tmp/times"
	awk 'NR == 2 {
		for (i = 1; i <= 2; i++) {
			split($i, t, /[ms]/)
			s += 60 * t[1] + t[2]
		}
		print s
	}' "$tmp/times" >"$tmp/$1"
}

semonce -q init "$tmp/firm"
cp "$root/samples/semonce.yaml" "$root/samples/logo.png" "$tmp/firm/"
awk -v n="$letters" -v dir="$tmp" 'BEGIN {
	d = dir "/debtors.csv"
	v = dir "/invoices.csv"
	print "code,name,kind,language,email,line1,postcode,city,country" >d
	print "number,debtor,issued,due,currency,amount,kind" >v
	for (i = 1; i <= n; i++) {
		printf "C%05d,Société Numéro %d,business,fr,c%d@example.com,", \
		    i, i, i >d
		printf "%d rue des Exemples,69990,Villefictive,FR\n", i >d
		for (k = 1; k <= 3; k++) {
			printf "F%05d-%d,C%05d,2026-01-%02d,", i, k, i, k >v
			printf "2026-02-%02d,EUR,%d.%02d,invoice\n", k + 1, \
			    100 + (i * 7919) % 3000, i % 100 >v
		}
	}
}'
printf 'id,date,debtor,currency,amount,reference,invoice,label\n' \
    >"$tmp/payments.csv"
semonce -q -C "$tmp/firm" --on "$on" import "$tmp/debtors.csv" \
    "$tmp/invoices.csv" "$tmp/payments.csv"
semonce -q -C "$tmp/firm" --on "$on" approve --all

for round in 1 2 3 4 5; do
	rm -rf "$tmp/copy"
	cp -R "$tmp/firm" "$tmp/copy"
	cpu a
	semonce -q -C "$tmp/copy" --on "$on" write
	cpu b
	find "$tmp/copy/archive" -name '*.json' |
	    xargs "$root/build/tests/bench/cairo" >/dev/null
	cpu c
	find "$tmp/copy/archive" -name '*.json' |
	    xargs "$root/build/tests/bench/letters" -l "$root/samples/logo.png" \
		"$root/layouts" "$root/fonts/fonts.conf" >/dev/null
	cpu d
	n=$(find "$tmp/copy/archive" -name '*.pdf' | wc -l)
	[ "$n" -eq "$letters" ] || {
		echo "bench: $n letters written, not $letters" >&2
		exit 1
	}
	cat "$tmp/a" "$tmp/b" "$tmp/c" "$tmp/d" | xargs | awk -v n="$n" -v round="$round" '{
		ours = $2 - $1; theirs = $3 - $2
		printf "round %d: semonce %.0f, pango+cairo %.0f letters/s,", \
		    round, n / ours, n / theirs
		printf " letters alone %.3f, ratio %.2f\n", \
		    ($4 - $3) / theirs, theirs / ours }' | tee -a "$tmp/rounds"
done
awk '{ print $NF }' "$tmp/rounds" | sort -n |
    awk 'NR == 3 { print "median ratio " $1 }'
awk '{ print $(NF - 2) }' "$tmp/rounds" | sort -n |
    awk 'NR == 3 { print "median share of letters alone " $1 + 0 }'
