#!/bin/sh
# check.sh GROUP...: runs groups of tests from the root of the project, counts
# every result, and ends with "N passed, N failed, N skipped". make calls it.
#
# A runner prints lines of the Test Anything Protocol: "ok NAME" or "not ok
# NAME", with "# SKIP why" if it could not be tried, and "1..N" for as many as
# are to come. A runner that crashes, says nothing, fails without saying what,
# or says less than it announced counts as one failure. Exit 77 and no result
# is one skip. What each one said is in build/check/.
set -u
cd "$(dirname "$0")/.." || exit 1
logs=build/check
mkdir -p "$logs" || exit 1
passed=0 failed=0 skipped=0

# As many commands run at once as there are processors: each takes a word out
# of this pipe and puts it back.
mkfifo "$logs/slots.$$" || exit 1
exec 9<>"$logs/slots.$$"
rm "$logs/slots.$$"
seq "$(nproc)" >&9
queue=

# start NAME SECONDS COMMAND...: in the background, told by report
start() {
	name=$1 limit=$2
	shift 2
	log=$logs/$(echo "$name" | tr -c 'A-Za-z0-9_\n' '-').log
	queue="$queue$name|$log
"
	read -r slot <&9
	{
		timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 \
		    </dev/null 9>&-
		echo $? >"$log.status"
		echo "$slot" >&9
	} &
}

# report: waits for all that was started and counts it, in that order
report() {
	wait
	while IFS='|' read -r name log; do
		[ -z "$name" ] || count "$name" "$log"
	done <<-END
	$queue
	END
	queue=
}

# count NAME LOG
count() {
	name=$1 log=$2
	read -r status <"$log.status"
	# shellcheck disable=SC2046 # four words
	set -- $(awk -v rc="$status" -f tests/count.awk "$log")
	passed=$((passed + $1)) failed=$((failed + $2))
	skipped=$((skipped + $3))
	printf '%-28s %s passed, %s failed, %s skipped\n' "$name" "$1" "$2" "$3"
	if [ "$2" -ne 0 ]; then
		echo "---- $name: $4 (exit $status); $log ends with"
		tail -n 60 "$log"
		echo "----"
	elif [ "$3" -ne 0 ]; then
		grep -iE '# SKIP|^skip' "$log" || tail -n 1 "$log"
	fi
}

# run NAME SECONDS COMMAND...: alone, for those that use all processors
run() {
	report
	start "$@"
	report
}

# build NAME TARGET...: one result; a warning of the compiler is a failure.
build() {
	# shellcheck disable=SC2016 # expanded by that sh
	run "$1" 900 sh -c '
	{ "$MAKE" -k "$@" 2>&1 || echo "build failed"; } | awk "{ print }
	/warning: |^build failed/ { bad = 1 }
	END { print bad ? \"not ok\" : \"ok\" }"' "$@"
}

for group in "$@"; do
	case $group in
	build)
		build build all tests
		;;
	lint)
		run lint 900 tests/lint/lint.sh
		run lint-bites 300 tests/lint/bite.sh
		;;
	unit)
		for t in tests/unit/*.c; do
			t=$(basename "$t" .c)
			start "unit $t" 120 env CMOCKA_MESSAGE_OUTPUT=TAP \
			    "build/tests/$t"
		done
		for t in tests/data/mustache/*.json; do
			start "mustache $(basename "$t" .json)" 60 \
			    build/tests/mustache "$t"
		done
		;;
	cases)
		start samples 60 tests/samples/check.sh
		start cases 300 tests/run-cases.sh
		;;
	real)
		for t in tests/real/*.sh tests/pdf/*.sh; do
			# One that takes arguments is a tool of the others.
			grep -q '^# usage:' "$t" && continue
			start "real $(basename "$t" .sh)" 600 "$t"
		done
		;;
	asan)
		build asan-build asan-build
		export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
		for t in tests/unit/*.c; do
			t=$(basename "$t" .c)
			start "asan $t" 300 env CMOCKA_MESSAGE_OUTPUT=TAP \
			    "build/asan/tests/$t"
		done
		for t in tests/data/mustache/*.json; do
			start "asan mustache $(basename "$t" .json)" 60 \
			    build/asan/tests/mustache "$t"
		done
		start asan-cases 600 env BUILD=build/asan tests/run-cases.sh
		start fuzz-letter 600 tests/fuzz/letter.sh
		;;
	*)
		echo "check.sh: no group '$group'" >&2
		exit 2
		;;
	esac
	report
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
