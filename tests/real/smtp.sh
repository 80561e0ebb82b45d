#!/bin/sh
# The smtp carrier against a real mail server, and against one that lies.
set -u
cd "$(dirname "$0")/../.." || exit 1
bin=${BUILD:-build}/tests/real
tmp=$(mktemp -d) && chmod 711 "$tmp" || exit 1
n=0 failed=0

finish() {
	exec 9>&-
	[ -d "$tmp/mta" ] && tests/real/mta.sh stop "$tmp/mta"
	rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# result NAME STATUS
result() {
	n=$((n + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		failed=$((failed + 1))
	fi
}

# client URL CA USER FROM ARCHIVE TO...: what it printed is in $tmp/said
client() {
	rm -rf "$tmp/sent"
	mkdir "$tmp/sent"
	timeout 120 "$bin/smtp_client" "$tmp/sent" "$@" >"$tmp/said" 2>&1
}

# says NAME LINE PATTERN: whether that line of the output is like that
says() {
	line=$(sed -n "$2p" "$tmp/said")
	# shellcheck disable=SC2254 # a pattern
	case $line in
	$3) result "$1" 0 ;;
	*)
		echo "# wanted: $3"
		echo "# got: $line"
		result "$1" 1
		;;
	esac
}

# holds NAME COMMAND...
holds() {
	name=$1
	shift
	"$@"
	result "$name" $?
}

# mails BOX: how many there are
mails() {
	tests/real/mta.sh drain "$tmp/mta"
	find "$1" -type f 2>/dev/null | wc -l
}

# arrived BOX N: that many
arrived() {
	[ "$(mails "$1")" -eq "$2" ]
}

# Exactly the bytes that were sent, below the headers of the way.
intact() {
	tr -d '\r' <"$tmp/sent/N1.eml" >"$tmp/want"
	sed -n '/^Date:/,$p' "$BOX"/* | cmp - "$tmp/want"
}

transaction() {
	tr -d '\r' <"$tmp/liar/log" | tail -n 5 >"$tmp/got"
	cmp - "$tmp/got" <<-END
	MAIL FROM:<$a> RET=HDRS ENVID=N1
	RCPT TO:<ok@x.example> NOTIFY=FAILURE,DELAY
	RCPT TO:<archive@x.example> NOTIFY=NEVER
	DATA
	QUIT
	END
}

silent() { # SECRET: not in what the client said
	! grep -qF -e "$1" "$tmp/said"
}

a=compta@example.com
to=client@debtor.example.com

tests/real/mta.sh start "$tmp/mta" >"$tmp/start" 2>&1
case $? in
0) ;;
77)
	tail -n 1 "$tmp/start"
	exit 77
	;;
*)
	cat "$tmp/start"
	result "the mail server starts" 1
	exit 1
	;;
esac
# shellcheck disable=SC1091 # written by mta.sh
. "$tmp/mta/env"
tls=smtp://localhost:$TLS_PORT
plain=smtp://127.0.0.1:$PLAIN_PORT

# ---- it delivers ----
client "$tls" "$CA" "" $a "" $to
says "STARTTLS" 1 "$to: accepted, committed 1: 250 *queued as*"
holds "one mail arrived" arrived "$BOX" 1
holds "as it was sent" intact
export SMTP_PASSWORD="$MAIL_PASSWORD"
client "smtp://localhost:$SUBMIT_PORT" "$CA" "$MAIL_USER" $a "" $to $to
says "login" 1 "$to: accepted, *"
says "the connection serves again" 2 "$to: accepted, *"
client "smtps://localhost:$SMTPS_PORT" "$CA" "$MAIL_USER" $a "" $to
says "TLS from the start" 1 "$to: accepted, *"
client "$tls" "$CA" "" $a archive@example.com $to
says "archive box" 1 "$to: accepted, *"
holds "customers' copies" arrived "$BOX" 5
holds "archive's copy" arrived "$ARCHIVE" 1
PLAIN=1 client "$plain" "" "" $a "" $to
says "without TLS where allowed" 1 "$to: accepted, *"

# ---- it does not, and says why ----
client "$tls" "$OTHER_CA" "" $a "" $to
says "another authority" 1 "$to: trouble, committed 0: *certificate*"
client "smtp://localhost:$WRONG_HOST_PORT" "$CA" "" $a "" $to
says "another host's certificate" 1 "$to: trouble, committed 0: *"
client "$plain" "" "" $a "" $to
says "no TLS" 1 "$to: trouble, committed 0: *STARTTLS*"
SMTP_PASSWORD=wr0ng-canary client "smtp://localhost:$SUBMIT_PORT" "$CA" \
    "$MAIL_USER" $a "" $to
says "wrong password" 1 "$to: trouble, committed 0: *"
holds "the password is not told" silent wr0ng-canary
PLAIN=1 client "smtp://not.localhost:$PLAIN_PORT" "" "" $a "" $to
says "no TLS, and not loopback by name" 1 "$to: trouble, *STARTTLS*"
client "$tls" "$CA" "$MAIL_USER" $a "" $to
says "no login offered" 1 "$to: trouble, committed 0: *no login*"
client "smtp://localhost:$SUBMIT_PORT" "$CA" "" $a "" $to
says "login missing" 1 "$to: trouble, committed 0: *"
client "$tls" "$CA" "" $a archive@example.com unknown@example.com \
    full@example.com denied@example.com no:$to $to
says "unknown user" 1 "*: refused, committed 0: RCPT: 550 5.1.1 *"
says "full box" 2 "*: later, committed 0: RCPT: 452 4.2.2 *"
says "relay denied" 3 "*: trouble, committed 0: RCPT: 554 5.7.1 *"
says "the commit says no" 4 "*: later, committed 0: paid meanwhile"
says "and the next one goes" 5 "$to: accepted, *"
client "$tls" "$CA" "" $a denied@example.com $to
says "archive box refused" 1 "$to: trouble, committed 0: *archive box: 554*"
client "$tls" "$CA" "" late-no@example.com "" $to
says "no after the dot" 1 "*: trouble, committed 1: final dot: 554 5.7.1 *"
client "$tls" "$CA" "" late-later@example.com "" $to
says "later after the dot" 1 "*: later, committed 1: final dot: 451 4.3.0 *"
client "$tls" "$CA" "" $a "" die:$to
client "$tls" "$CA" "" $a "" die:big:$to
holds "killed before the dot: nothing more arrived" arrived "$BOX" 7
holds "nor in the archive" arrived "$ARCHIVE" 2

# ---- addresses that want to be more ----
eol=$(printf '\r\nx')
eol=${eol%x}
client "$tls" "$CA" "" $a "" "$to>${eol}RCPT TO:<archive@example.com" \
    "$to${eol}DATA" "$to> NOTIFY=NEVER" "<$to>" "\"a b\"@example.com" \
    "$to$(printf '\342\200\250')" "-$to" "$to,archive@example.com"
holds "eight injections refused" \
    test "$(grep -c ': refused, committed 0: ' "$tmp/said")" -eq 8
client "$tls" "$CA" "" "$a>${eol}RCPT TO:<$to" "" $to
says "and one as the sender" 1 "smtp.from: *"
for url in smtp://u:p@localhost:25 smtp://localhost http://localhost:80 \
    smtp://localhost:25/x smtp://localhost: "smtp://localhost:25?x" localhost; do
	client "$url" "" "" $a "" $to
	says "url $url" 1 "smtp.url: *"
done
holds "nothing of it arrived" arrived "$BOX" 7

# ---- a server that lies ----
liar() { # GREETING...
	mkdir -p "$tmp/liar"
	rm -f "$tmp/liar"/* "$tmp/in" "$tmp/port"
	mkfifo "$tmp/in"
	"$bin/fault_smtpd" "$tmp/liar" "$@" <"$tmp/in" >"$tmp/port" &
	exec 9>"$tmp/in"
	until [ -s "$tmp/port" ]; do
		sleep 0.05
	done
	liar=smtp://127.0.0.1:$(cat "$tmp/port")
}

export PLAIN=1
liar
client "$liar" "" "" $a "" drop@x.example late421@x.example \
    garbage@x.example half@x.example stall@x.example liar@x.example \
    slow@x.example many@x.example shy@x.example hasty@x.example \
    big:cut@x.example leave@x.example ok@x.example
for i in 1 2 3 4 5 6; do
	says "in doubt: $(sed -n "${i}s/@.*//p" "$tmp/said")" $i \
	    "*: unknown, committed 1: final dot: *"
done
for i in 7 8 12 13; do
	says "taken: $(sed -n "${i}s/@.*//p" "$tmp/said")" $i \
	    "*: accepted, committed 1: 250*"
done
for i in 9 10 11; do
	says "not gone: $(sed -n "${i}s/@.*//p" "$tmp/said")" $i \
	    "*: trouble, committed 0: *"
done
holds "only visible characters" grep -q 'second\\x1b\[31m' "$tmp/said"
holds "the liar took what it took" \
    test "$(find "$tmp/liar" -name '*.eml' | wc -l)" -eq 10
client "$liar" "" "" $a archive@x.example ok@x.example
exec 9>&-
wait
holds "only the customer's copy may bounce" transaction
liar "554 5.7.1 Go away"
client "$liar" "" "" $a "" $to
says "no greeting" 1 "$to: trouble, committed 0: *"
echo "1..$n"
[ $failed -eq 0 ]
