#!/bin/sh
# run.sh [-m] [LETTERS]: what a letter of a bulk mailing costs, of the CPU
# that the same letter costs drawn by pango and cairo (cairo.c): one process,
# one PDF a debtor, in turn, in memory where there is /dev/shm. Prints each
# round; the medians as `ratio` and `ratio to QR as image`; the size of a PDF;
# the shares of time a stage (letters.c); how much faster two jobs are than
# one. -m: the memory of 100,000 letters against 1,000 too, for two minutes.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
bench=$root/build/tests/bench
memory=
[ "${1:-}" != -m ] || { memory=1; shift; }
letters=${1:-1000}
dir=/dev/shm
[ -w "$dir" ] || dir=${TMPDIR:-/tmp}
tmp=$(mktemp -d "$dir/semonce-bench.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
PATH=$root/build:$PATH

make_debtors() { # N NAME: the data NAME.jsonl, NAME.tsv
	awk -v n="$1" -v json="$tmp/$2.jsonl" -v tsv="$tmp/$2.tsv" \
	    -f "$root/tests/bench/debtors.awk"
}

merge() { # NAME JOBS
	rm -rf "$tmp/out"
	semonce -q -C "$tmp/firm" merge bench "$tmp/$1.jsonl" -o "$tmp/out" \
	    --jobs "$2"
}

draw() { # the letters of letters.tsv, by cairo
	rm -rf "$tmp/out"
	mkdir "$tmp/out"
	"$bench/cairo" "$@" "$tmp/letters.tsv" "$tmp/out"
}

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

median() { # of column N of FILE
	awk -v n="$1" '{ print $n }' "$2" | sort -n |
	    awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# Highest VmHWM in kB of the program and of its jobs, while it runs.
watch() { # NAME
	merge "$1" 1 &
	pid=$!
	own=0 jobs=0
	while kill -0 "$pid" 2>/dev/null; do
		for p in $(pgrep -P "$pid"); do
			own=$(higher "$own" "$p")
			for j in $(pgrep -P "$p"); do
				jobs=$(higher "$jobs" "$j")
			done
		done
		sleep 0.1
	done
	wait "$pid"
	echo "$own $jobs"
}

higher() { # KB PID
	awk -v most="$1" '/^VmHWM/ && $2 > most { most = $2 }
	END { print most }' "/proc/$2/status" 2>/dev/null || echo "$1"
}

mkdir -p "$tmp/firm/letters/fr/formal"
cp "$root/tests/bench/semonce.yaml" "$tmp/firm"
cp "$root/tests/bench/bench.md" "$tmp/firm/letters/fr/formal"
make_debtors "$letters" letters

for round in 1 2 3 4 5; do
	cpu a
	merge letters 1
	cpu b
	bytes=$(cat "$tmp"/out/*.pdf | wc -c)
	cpu c
	draw
	cpu d
	draw -i
	cpu e
	cat "$tmp/a" "$tmp/b" "$tmp/c" "$tmp/d" "$tmp/e" | xargs |
	    awk -v n="$letters" '{
		ours = $2 - $1; path = $4 - $3; image = $5 - $4
		printf "ms CPU a letter: semonce %.3f, pango and cairo %.3f, " \
		    "with an image %.3f ratio %.3f %.3f\n", ours * 1e3 / n, \
		    path * 1e3 / n, image * 1e3 / n, ours / path, ours / image
	}' >>"$tmp/rounds"
	tail -n 1 "$tmp/rounds" | sed "s/^/round $round: /; s/ ratio.*//"
done
echo "ratio $(median 16 "$tmp/rounds")"
echo "ratio to QR as image $(median 17 "$tmp/rounds")"
echo "bytes of a PDF $((bytes / letters))"
"$bench/letters" "$root" "$tmp/firm/letters" "$tmp/letters.jsonl"

make_debtors $((letters * 4)) more
for round in 1 2 3; do
	for jobs in 1 2; do
		from=$(date +%s%N)
		merge more "$jobs"
		to=$(date +%s%N)
		echo $((to - from)) >"$tmp/jobs$jobs"
	done
	cat "$tmp/jobs1" "$tmp/jobs2" | xargs |
	    awk '{ printf "%.2f\n", $1 / $2 }' >>"$tmp/speedups"
done
echo "two jobs against one $(median 1 "$tmp/speedups") times as fast"

[ -n "$memory" ] || exit 0
make_debtors 1000 few
make_debtors 100000 many
watch few >"$tmp/memory"
watch many >>"$tmp/memory"
awk '{ printf "%d letters: %d kB, its job %d kB\n", \
	    NR == 1 ? 1000 : 100000, $1, $2
	if (NR == 2)
		printf "memory %.2f, of the job %.2f times\n", $1 / own, \
		    $2 / job
	own = $1; job = $2 }' "$tmp/memory"
