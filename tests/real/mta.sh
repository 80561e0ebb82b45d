#!/bin/sh
# usage: mta.sh start|drain|stop DIR
#
# A private mail server for tests: Postfix, with Dovecot for logins only, on
# free ports of loopback, everything in DIR. `start` waits until it listens
# and writes DIR/env; `drain` waits until its queue is empty; `stop` ends it
# by process id. Nothing can leave the machine: all mail is delivered to
# files, one a recipient, in DIR/mail/box/new or DIR/mail/archive/new.
#
# Users that answer otherwise: unknown@ 550, full@ 452, denied@ 554 5.7.1;
# sender late-no@ 554 5.7.1, late-later@ 451 after the final dot.
# Both servers drop privileges themselves, so this needs root (exit 77).
set -eu
[ $# -eq 2 ] || { sed -n 's/^# usage/usage/p' "$0" >&2; exit 2; }
verb=$1
mkdir -p "$2"
D=$(cd "$2" && pwd)

fail() {
	echo "mta.sh: $*" >&2
	exit 1
}

# free_ports N: that many ports nobody listens on, below those the kernel
# hands out, and far from those of another server that starts at this moment.
free_ports() {
	awk -v want="$1" -v start=$((20000 + $$ * 64 % 10000)) '
	FNR > 1 { split($2, at, ":"); used[at[2]] = 1 }
	END {
		for (p = start; n < want; p++)
			if (!(sprintf("%04X", p) in used)) {
				print p
				n++
			}
	}' /proc/net/tcp
}

listens() {
	grep -qi "^ *[0-9]*: 0100007F:$(printf %04X "$1") [0-9A-F:]* 0A " \
	    /proc/net/tcp
}

# until_true WHAT COMMAND...: at most 30 seconds
until_true() {
	what=$1
	shift
	i=0
	until "$@"; do
		i=$((i + 1))
		[ $i -lt 600 ] || fail "$what: not after 30 s; see $D/log"
		sleep 0.05
	done
}

# certificate NAME SUBJECT-ALT-NAMES, signed by ca
certificate() {
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" \
	    -addext "subjectAltName=$2"
	openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key \
	    -CAcreateserial -days 2 -copy_extensions copy -out "$1.crt"
	cat "$1.key" "$1.crt" ca.pem >"$1.pem"
}

authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout "$1.key" -out "$1.pem" -days 2 -subj "/CN=$1" \
	    -addext basicConstraints=critical,CA:TRUE
}

certificates() (
	mkdir -p "$D/ca"
	cd "$D/ca"
	umask 077
	{
		authority ca
		authority other
		certificate good DNS:localhost,IP:127.0.0.1
		certificate wrong DNS:elsewhere.invalid
	} >"$D/log/openssl" 2>&1 || fail "openssl: see $D/log/openssl"
	chmod 755 .
	chmod 644 ca.pem other.pem
)

dovecot_start() {
	mkdir -p "$D/dovecot/run"
	echo 'robot:{PLAIN}s3cret-pässwört::' >"$D/dovecot/users"
	cat >"$D/dovecot/dovecot.conf" <<-END
	protocols =
	base_dir = $D/dovecot/run
	state_dir = $D/dovecot
	log_path = $D/log/dovecot
	ssl = no
	auth_mechanisms = plain login
	passdb {
	  driver = passwd-file
	  args = username_format=%n $D/dovecot/users
	}
	userdb {
	  driver = static
	  args = uid=nobody gid=nogroup home=/
	}
	service auth {
	  unix_listener $D/queue/private/auth {
	    mode = 0660
	    user = postfix
	  }
	}
	END
	dovecot -c "$D/dovecot/dovecot.conf" 2>"$D/log/dovecot.start" ||
	    fail "dovecot: see $D/log/dovecot.start"
	until_true "logins" test -S "$D/queue/private/auth"
}

postfix_tables() {
	echo '/[.]?example[.]com$/ ok' >"$D/postfix/domains"
	cat >"$D/postfix/boxes" <<-'END'
	/^archive@/ archive/
	/./ box/
	END
	cat >"$D/postfix/recipients" <<-'END'
	/^unknown@/ 550 5.1.1 No such user here
	/^full@/ 452 4.2.2 Mailbox full
	/^denied@/ 554 5.7.1 Relay access denied
	END
	cat >"$D/postfix/senders" <<-'END'
	/^late-no@/ 554 5.7.1 Content refused
	/^late-later@/ 451 4.3.0 Queue trouble
	END
}

postfix_main() {
	cat <<-END
	compatibility_level = 3.6
	queue_directory = $D/queue
	data_directory = $D/data
	maillog_file = $D/log/postfix
	maillog_file_prefixes = $D
	command_directory = /usr/sbin
	daemon_directory = /usr/lib/postfix/sbin
	meta_directory = /etc/postfix
	shlib_directory = /usr/lib/postfix
	mail_owner = postfix
	setgid_group = postdrop
	myhostname = mx.example.com
	mydestination =
	mynetworks =
	inet_interfaces = loopback-only
	inet_protocols = ipv4
	default_transport = error:5.1.2 no outside mail in tests
	relay_transport = error:5.1.2 no outside mail in tests
	smtp_dns_support_level = disabled
	smtpd_peername_lookup = no
	alias_maps =
	alias_database =
	virtual_mailbox_domains = regexp:$D/postfix/domains
	virtual_mailbox_base = $D/mail
	virtual_mailbox_maps = regexp:$D/postfix/boxes
	virtual_mailbox_limit = 0
	virtual_uid_maps = static:$(id -u nobody)
	virtual_gid_maps = static:$(id -g nobody)
	message_size_limit = 10485760
	smtpd_client_connection_count_limit = 0
	smtpd_client_connection_rate_limit = 0
	smtpd_error_sleep_time = 0
	smtpd_tls_security_level = may
	smtpd_tls_chain_files = $D/ca/good.pem
	smtpd_tls_mandatory_protocols = >=TLSv1.2
	tls_random_source = dev:/dev/urandom
	smtpd_sasl_type = dovecot
	smtpd_sasl_path = private/auth
	smtpd_tls_auth_only = yes
	smtpd_relay_restrictions = permit_sasl_authenticated,
	  reject_unauth_destination
	smtpd_recipient_restrictions =
	  check_recipient_access regexp:$D/postfix/recipients
	smtpd_end_of_data_restrictions =
	  check_sender_access regexp:$D/postfix/senders
	END
}

# service PORT OPTION...
service() {
	echo "127.0.0.1:$1 inet n - n - - smtpd"
	shift
	for option; do
		echo "  -o $option"
	done
}

postfix_master() {
	login='smtpd_sasl_auth_enable=yes
	smtpd_relay_restrictions=permit_sasl_authenticated,reject'
	service "$tls"
	service "$plain" smtpd_tls_security_level=none
	service "$wrong" "smtpd_tls_chain_files=$D/ca/wrong.pem"
	# shellcheck disable=SC2086 # two options
	service "$submit" smtpd_tls_security_level=encrypt $login
	# shellcheck disable=SC2086
	service "$smtps" smtpd_tls_wrappermode=yes $login
	cat <<-'END'
	postlog unix-dgram n - n - 1 postlogd
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 300 1 qmgr
	tlsmgr unix - - n 1000? 1 tlsmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	proxymap unix - - n - - proxymap
	showq unix n - n - - showq
	error unix - - n - - error
	virtual unix - n n - - virtual
	anvil unix - - n - 1 anvil
	END
}

postfix_start() {
	postfix_tables
	postfix_main >"$D/postfix/main.cf"
	postfix_master >"$D/postfix/master.cf"
	for step in check start; do
		postfix -c "$D/postfix" $step >"$D/log/postfix.$step" 2>&1 ||
		    fail "postfix $step: see $D/log/postfix.$step"
	done
	for port in "$tls" "$plain" "$wrong" "$submit" "$smtps"; do
		until_true "port $port" listens "$port"
	done
}

start() {
	[ "$(id -u)" -eq 0 ] || { echo "mta.sh: needs root" >&2; exit 77; }
	for tool in postfix dovecot openssl; do
		command -v $tool >/dev/null || {
			echo "mta.sh: needs $tool: run make deps" >&2
			exit 77
		}
	done
	trap stop EXIT
	mkdir -p "$D/log" "$D/postfix" "$D/queue/private" "$D/data" "$D/mail"
	chmod 755 "$D" "$D/queue"
	chown postfix "$D/data" "$D/queue/private"
	chown nobody "$D/mail"
	# shellcheck disable=SC2046 # six words
	set -- $(free_ports 6)
	tls=$1 plain=$2 wrong=$3 submit=$4 smtps=$5 free=$6
	certificates
	dovecot_start
	postfix_start
	cat >"$D/env" <<-END
	TLS_PORT=$tls
	PLAIN_PORT=$plain
	WRONG_HOST_PORT=$wrong
	SUBMIT_PORT=$submit
	SMTPS_PORT=$smtps
	FREE_PORT=$free
	CA=$D/ca/ca.pem
	OTHER_CA=$D/ca/other.pem
	BOX=$D/mail/box/new
	ARCHIVE=$D/mail/archive/new
	MAIL_USER=robot
	MAIL_PASSWORD=s3cret-pässwört
	END
	trap - EXIT
}

queue_empty() {
	postqueue -c "$D/postfix" -p | grep -q '^Mail queue is empty'
}

gone() {
	! kill -0 "$1" 2>/dev/null
}

stop() {
	for file in "$D/dovecot/run/master.pid" "$D/queue/pid/master.pid"; do
		[ -s "$file" ] || continue
		pid=$(tr -d ' ' <"$file")
		kill "$pid" 2>/dev/null || continue
		until_true "end of $pid" gone "$pid"
	done
}

case $verb in
start) start ;;
drain) until_true "empty queue" queue_empty ;;
stop) stop ;;
*) fail "no verb '$verb'" ;;
esac
