#!/bin/sh
# kill -9 of `semonce run` at 200 random moments against a real mail server;
# then the same with two mutants of the program that do it the wrong way
# round, which must be caught. SEED=N repeats a choice of moments (not their
# timing).
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
seed=${SEED:-$(date +%s)}
tmp=$(mktemp -d) && chmod 711 "$tmp" || exit 1
mta=
n=0 failed=0

finish() {
	[ -z "$mta" ] || tests/real/mta.sh stop "$mta"
	rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# holds NAME COMMAND...
holds() {
	what=$1
	shift
	n=$((n + 1))
	if "$@"; then
		echo "ok $n - $what"
	else
		echo "not ok $n - $what"
		failed=$((failed + 1))
	fi
}

# batches DIR N: files for as many batches of 20 debtors
batches() {
	i=1
	while [ "$i" -le "$2" ]; do
		mkdir -p "$1/batch/$i"
		i=$((i + 1))
	done
	awk -v dir="$1/batch/" -v batches="$2" '
	BEGIN {
		for (b = 1; b <= batches; b++) {
			d = dir b "/debtors.csv"
			i = dir b "/invoices.csv"
			print "code,name,kind,language,email,line1," \
			    "postcode,city,country" >d
			print "number,debtor,issued,due,currency,amount," \
			    "kind" >i
			for (k = 20 * b - 19; k <= 20 * b; k++) {
				printf "C%d,Client %d,business,fr," \
				    "n%d@example.com,1 rue des Exemples," \
				    "69990,Villefictive,FR\n", k, k, k >d
				printf "F%d,C%d,2026-02-01,2026-03-02,EUR," \
				    "100.00,invoice\n", k, k >i
			}
			close(d)
			close(i)
		}
	}'
}

# workspace SEMONCE DIR
workspace() {
	"$1" -q init "$2" || return
	cat >"$2/semonce.yaml" <<-END
	creditor:
	  name: Ateliers Valcourbe
	  form: SAS
	  registration: RCS Villefictive 000 000 000
	  address: [12 rue des Exemples, 69990 Villefictive]
	  email: compta@example.com
	  country: FR
	accounts:
	  - currency: EUR
	    iban: FR76 3000 6000 0112 3456 7890 189
	    bic: EXMPFRPPXXX
	carriers: {email: smtp}
	smtp:
	  url: smtp://127.0.0.1:$FREE_PORT
	  from: compta@example.com
	END
	batches "$2" 100
}

# crash NAME SEMONCE KILLS: what it printed is in $tmp/NAME.out
crash() {
	mta=$tmp/$1.mta
	tests/real/mta.sh start "$mta" >"$tmp/start" 2>&1
	status=$?
	if [ $status -ne 0 ]; then
		tail -n 1 "$tmp/start"
		[ $status -eq 77 ] && exit 77
		return 2
	fi
	set -a
	# shellcheck disable=SC1091 # written by mta.sh
	. "$mta/env"
	set +a
	workspace "$2" "$tmp/$1" &&
	    "$build/tests/real/crash" "$2" "$tmp/$1" "$mta" "$3" "$seed" \
		>"$tmp/$1.out" 2>&1
	status=$?
	sed "s/^/# $1: /" "$tmp/$1.out"
	tests/real/mta.sh stop "$mta"
	mta=
	return $status
}

# mutant NAME: build/mutants/NAME, from a copy of src/ with its patch
mutant() {
	copy=$tmp/$1.src
	mkdir -p "$copy" "$build/mutants"
	cp -R src "$copy/src"
	patch -s -p1 -d "$copy" <"tests/real/mutants/$1.patch" || return
	file=$(sed -n 's,^+++ b/,,p' "tests/real/mutants/$1.patch")
	pkg_cflags=$(sed -n 's/^PKG_CFLAGS = //p' "$build/flags.mk")
	pkg_libs=$(sed -n 's/^PKG_LIBS = //p' "$build/flags.mk")
	# The library gives the rest; its own object of that name is not used.
	# shellcheck disable=SC2086 # lists of options
	${CC:-gcc} -std=c11 -D_GNU_SOURCE -O2 -I"$copy/src" $pkg_cflags \
	    -o "$build/mutants/$1" "$copy/$file" "$build/obj/main.o" \
	    "$build/libsemonce.a" $pkg_libs
}

in_a_mail() {
	[ "$(sed -n 's/.*in a mail \([0-9]*\),.*/\1/p' "$tmp/plain.out")" -ge 50 ]
}

# sinned NAME SIN: the mutant was caught, by that
sinned() {
	[ "$status" -eq 1 ] && grep -q "$2 [1-9]" "$tmp/$1.out"
}

echo "# seed $seed"
holds "200 kills: none doubled, none lost, doubts settled" \
    crash plain "$build/semonce" 200
holds "at least 50 of them in a mail" in_a_mail
for m in send-then-write:doubled write-then-send:lost; do
	name=${m%:*}
	holds "mutant $name builds" mutant "$name"
	crash "$name" "$build/mutants/$name" 80
	status=$?
	holds "mutant $name is caught: ${m#*:}" sinned "$name" "${m#*:}"
done
echo "1..$n"
[ $failed -eq 0 ]
