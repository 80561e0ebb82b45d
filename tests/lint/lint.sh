#!/bin/sh
# lint.sh: every rule once, over the tree in the current folder. A rule prints
# its faults and exits with 1.
set -u
n=0 failed=0
rule() { # NAME COMMAND...
	name=$1
	shift
	n=$((n + 1))
	if "$@"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		failed=$((failed + 1))
	fi
}
rule "includes: who may know whom" tests/lint/includes.sh
rule "sizes of files and headers" tests/lint/sizes.sh
rule "headers compile alone" "$MAKE" -k headers
rule "banned functions" tests/lint/banned.sh
rule "no default over our enums" tests/lint/switch.sh
rule "words and addresses" tests/lint/words.sh
rule "manual pages" tests/lint/manual.sh
rule "clang-format" tests/lint/format.sh
rule "clang-tidy, sizes of functions" "$MAKE" -k tidy
echo "1..$n"
[ "$failed" -eq 0 ]
