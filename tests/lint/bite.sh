#!/bin/sh
# Proves that the rules bite: a small sound tree passes all of them; with one
# fault planted, the rule fails and names that fault.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
unset MAKEFLAGS MFLAGS MAKELEVEL
BUILD=build
n=0 failed=0

result() { # OK NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		failed=$((failed + 1))
	fi
}

sound_tree() {
	rm -rf "$tmp/tree"
	mkdir -p "$tmp/tree/tests/unit" "$tmp/tree/src/man" || exit 1
	cd "$tmp/tree" || exit 1
	cp -R "$root/tests/lint" tests/
	cp "$root/Makefile" "$root/.clang-format" "$root/.clang-tidy" .
	cp -R "$root/.ci" .
	for folder in base pay law read policy ledger letter pdf draw send \
	    report verb; do
		mkdir "src/$folder"
		printf '%s\n' '/* one: a header */' '#ifndef ONE_H' \
		    '#define ONE_H' '' "int ${folder}_one(int n);" '' \
		    '#endif' >"src/$folder/one.h"
		printf '%s\n' "#include \"$folder/one.h\"" '' \
		    '/* strcpy(a, b), default: and "#include <x>" are words */' \
		    'int' "${folder}_one(int n)" '{' '	return n + 1;' '}' \
		    >"src/$folder/one.c"
	done
	printf '%s\n' '#ifndef SEMONCE_H' '#define SEMONCE_H' '' \
	    'enum colour {' '	RED,' '	GREEN' '};' '' '#endif' \
	    >src/semonce.h
	printf '%s\n' '.Dd $Mdocdate: March 16 2026 $' '.Dt ONE 1' .Os \
	    '.Sh NAME' '.Nm one' '.Nd a page' '.Sh SYNOPSIS' '.Nm one' \
	    '.Sh DESCRIPTION' .Nm 'is one.' >src/man/one.1
}

rule() { # NAME
	case $1 in
	headers | tidy) make -k "$1" ;;
	*) "tests/lint/$1.sh" ;;
	esac
}

# bites RULE REASON NAME, with the fault on standard input as a shell script
# run in the sound tree.
bites() {
	sound_tree
	sh -eu
	out=$(rule "$1" 2>&1)
	status=$?
	ok=1
	if [ "$status" -eq 0 ]; then
		echo "$1 says nothing of: $3"
	elif ! echo "$out" | grep -qF -e "$2"; then
		echo "$1 fails for another reason than '$2': $out"
	else
		ok=0
	fi
	result "$ok" "$1 bites on $3"
}

# include MODULE LINE REASON: a fault of the rule on includes.
include() {
	file=src/$1/one.c
	[ "$1" != main ] || file=src/main.c
	bites includes "$3" "$2 in $1" <<-EOF
	printf '%s\n' '$2' >>$file
	EOF
}

sound_tree
for r in includes sizes banned switch words manual format headers tidy; do
	out=$(rule "$r" 2>&1)
	status=$?
	[ "$status" -eq 0 ] || echo "$out"
	result "$status" "$r is content with a sound tree"
done

sound_tree
{
	printf '#include "base/one.h"\n#include "pay/one.h"\n'
	printf '  #  include	"semonce.h" /* words */\n#include <stdio.h>\n'
} >>src/letter/one.c
cp src/base/one.h src/base/one2.h
printf '#include "base/one2.h"\n' >>src/pay/one.c
rule includes
result $? "includes allows what the table allows"

include base '#include "semonce.h"' 'base must not include semonce.h'
include base '#include "pay/one.h"' 'base must not include pay/one.h'
include pay '#include "law/one.h"' 'pay must not include law/one.h'
include law '#include "pay/one.h"' 'law must not include pay/one.h'
include send '#include "ledger/one.h"' 'send must not include ledger/one.h'
include read '#include "letter/one.h"' 'read must not include letter/one.h'
include policy '#include "ledger/one.h"' 'policy must not include ledger/one.h'
include ledger '#include "policy/one.h"' 'ledger must not include policy/one.h'
include letter '#include "law/one.h"' 'letter must not include law/one.h'
include pdf '#include "letter/one.h"' 'pdf must not include letter/one.h'
include draw '#include "pdf/one.h"' 'draw must not include pdf/one.h'
include report '#include "ledger/one.h"' 'report must not include ledger/one.h'
include pay '#  include<law/one.h>' 'write "folder/file.h" for our own'
include pay '	#	include	"law/one.h"' 'pay must not include law/one.h'
include pay '#/* x */include /* y */ "law/one.h"' 'pay must not include'
include pay '%:include "law/one.h"' 'pay must not include law/one.h'
include pay '#include "../law/one.h"' 'write "folder/file.h": ../law/one.h'
include pay '#include <../law/one.h>' 'no path in an include'
include pay '#include "./law/one.h"' 'write "folder/file.h": ./law/one.h'
include pay '#include "law2/one.h"' 'no such header of ours: law2/one.h'
include pay '#include "one.h"' 'write "folder/file.h": one.h'
include pay '#include <law/none.h>' 'write "folder/file.h" for our own'
include pay '#include LAW_HEADER' 'an include names its file'
include pay '#include_next "law/one.h"' 'an include names its file'
include letter '#include <sqlite3.h>' 'sqlite3.h belongs to ledger'
include verb '#include <hpdf.h>' 'hpdf.h belongs to pdf'
include main '#include <curl/curl.h>' 'curl/curl.h belongs to send'
bites includes 'pay must not include law2/one.h' 'a folder with a digit' <<'E2'
mkdir src/law2
cp src/law/one.h src/law2/one.h
echo '#include "law2/one.h"' >>src/pay/one.c
E2
bites includes 'folder extra is in no row' 'a folder nobody knows' <<'E2'
mkdir src/extra
echo 'int extra_one;' >src/extra/one.c
E2
bites includes 'write "folder/file.h": law/one.two.h' 'a name with dots' <<'E2'
cp src/law/one.h src/law/one.two.h
echo '#include "law/one.two.h"' >>src/pay/one.c
E2
bites includes 'pay must not include law/one.h' 'a line that goes on' <<'E2'
printf '#inc\\\nlude "law/one.h"\n' >>src/pay/one.c
E2

bites sizes 'src/pay/one.c:601: more than 600 lines' 'a long file' <<'E2'
yes '' | head -n 600 >>src/pay/one.c
E2
bites sizes 'src/pay/one.h: more than 12 functions' 'a fat header' <<'E2'
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	printf 'int\npay_more%d(int a,\n    int b);\n' $i
done >>src/pay/one.h
E2
bites tidy 'readability-function-size' 'a function of 61 lines' <<'E2'
{
	printf '\nint\npay_long(int n)\n{\n'
	yes '	/* a line */' | head -n 62
	printf '\treturn n;\n}\n'
} >>src/pay/one.c
sed -i 's/^int pay_one.*/&\nint pay_long(int n);/' src/pay/one.h
E2
bites tidy 'exceeds recommended size' 'a function of 51 statements' <<'E2'
{
	printf '\nint\npay_long(int n)\n{\n'
	yes '	n++; n++;' | head -n 26
	printf '\treturn n;\n}\n'
} >>src/pay/one.c
sed -i 's/^int pay_one.*/&\nint pay_long(int n);/' src/pay/one.h
E2
bites tidy 'nesting level 5 starts here' 'five levels' <<'E2'
cat >>src/pay/one.c <<'C'
int
pay_deep(int n)
{
	if (n > 1) {
		if (n > 2) {
			if (n > 3) {
				if (n > 4) {
					if (n > 5) {
						n = 0;
					}
				}
			}
		}
	}
	return n;
}
C
sed -i 's/^int pay_one.*/&\nint pay_deep(int n);/' src/pay/one.h
E2
bites tidy '7 parameters (threshold 6)' 'seven parameters' <<'E2'
cat >>src/pay/one.c <<'C'
int
pay_many(int a, int b, int c, int d, int e, int f, int g)
{
	return a + b + c + d + e + f + g;
}
C
sed -i 's/^int pay_one.*/&\nint pay_many(int a, int b, int c, int d, int e, int f, int g);/' \
    src/pay/one.h
E2
bites headers 'struct money' 'a header that needs another' <<'E2'
sed -i 's/^int pay_one.*/&\nint pay_sum(struct money m);/' src/pay/one.h
E2
bites headers 'size_t' 'a header without its type' <<'E2'
sed -i 's/^int pay_one.*/&\nint pay_sum(size_t m);/' src/pay/one.h
E2

for f in strcpy strcat sprintf gets strtok atoi atof strtod localtime time; do
	bites banned "$f is banned" "$f" <<-EOF
	echo 'int x(void) { return (int)$f (0); }' >>src/pay/one.c
	EOF
done
bites banned 'strcpy is banned' 'strcpy behind a string' <<'E2'
echo 'int x(void) { puts("/* \" "); strcpy(a, "*/"); }' >>src/pay/one.c
E2
sound_tree
cat >>src/pay/one.c <<'C'
/* strcpy(a, b) */ // time(NULL)
int last_time(int n); int y = sizeof("strcat(a, b)") + '"' + date.time(3);
C
rule banned
result $? "banned leaves comments, strings and other names alone"

bites switch 'src/pay/one.c' 'default: over our enum' <<'E2'
cat >>src/pay/one.c <<'C'
int
pay_colour(enum colour c)
{
	switch (c) {
	case RED:
		return 1;
	default:
		return 2;
	}
}
C
E2
sound_tree
cat >>src/pay/one.c <<'C'
int
pay_sign(int c, enum colour k)
{
	switch (c) {
	case '+':
		switch (k) {
		case RED:
		case GREEN:
			break;
		}
		return 1;
	default:
		return 2;
	}
}
C
rule switch
result $? "switch leaves default: over numbers alone"

bites words 'src/pay/one.c' 'a path of a machine' <<'E2'
printf '/* see /%s/someone/x */\n' home >>src/pay/one.c
E2
bites words 'src/pay/one.c' 'unfinished work' <<'E2'
printf '/* TO%s */\n' DO >>src/pay/one.c
E2
bites words 'one.csv' 'an address that could be somebody' <<'E2'
printf 'a,someone@%s.fr\n' firm >one.csv
E2
bites manual 'one.1' 'an unknown macro' <<'E2'
echo '.Zz wrong' >>src/man/one.1
E2
bites format 'src/pay/one.c' 'other spaces' <<'E2'
echo 'int  x ;' >>src/pay/one.c
E2

# counts STATUS OUTPUT WANTED NAME: what check.sh makes of a runner.
counts() {
	got=$(printf "$2" | awk -v rc="$1" -f "$root/tests/count.awk")
	[ "$got" = "$3" ] || echo "$4: '$got', not '$3'"
	[ "$got" = "$3" ]
	result $? "count: $4"
}

counts 0 '1..2\nok 1 - a\nok 2 - b\n' '2 0 0 said' 'all passed'
counts 1 'ok a\nnot ok b\nFAIL c\n' '1 2 0 said' 'failures'
counts 0 'ok 1\nnot ok 2 # SKIP b\nok 3 # SKIP c\n' '1 0 2 said' 'skips'
counts 77 'needs root\n' '0 0 1 said' 'a runner that cannot run here'
counts 0 '' '0 1 0 no-result' 'silence'
counts 139 '' '0 1 0 no-result' 'a crash at once'
counts 139 '1..3\nok 1 - a\n' '1 1 0 results-missing' 'a crash midway'
counts 0 '1..3\nok 1 - a\n' '1 1 0 results-missing' 'fewer than announced'
counts 1 'ok a\n' '1 1 0 exit' 'a failure without a word'
counts 124 'ok a\n' '1 1 0 timeout' 'a runner that hangs'

echo "1..$n"
[ "$failed" -eq 0 ]
