#!/bin/sh
# Hostile texts, pages and data: letter.c under the sanitizers, and what came
# out of it past the rules of PDF and qpdf. CASES=N and SEED=N try others;
# `build/asan/tests/fuzz/letter -v -c CASE DIR` makes one again.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build/asan}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
failed=0
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"

"$build/tests/fuzz/letter" -n "${CASES:-10000}" -s "${SEED:-1}" \
    "$tmp" || failed=1
n=$(find "$tmp" -name '*.pdf' | wc -l)
bad=$(
	find "$tmp" -name '*.pdf' -exec "$build/tests/pdf/rules" {} + |
	    grep -v ': ok [0-9]* rules$'
	find "$tmp" -name '*.pdf' -exec sh -c '
	for pdf; do
		said=$(qpdf --check "$pdf" 2>&1 >/dev/null) && [ -z "$said" ] ||
		    echo "$pdf: qpdf: $said"
	done' sh {} +
)
if [ "$n" -gt 0 ] && [ -z "$bad" ]; then
	echo "ok - $n of the letters keep the rules"
else
	echo "$bad" | sed "s|^$tmp/0*\\([0-9]*\\).pdf|case \\1|"
	echo "not ok - of $n letters"
	failed=1
fi
echo "1..1"
exit "$failed"
