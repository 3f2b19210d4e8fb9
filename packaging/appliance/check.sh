#!/bin/bash
# Runs as root in a booted Debian without a network: installs the package as an administrator would, serves HTTPS, restores a
# backup, and takes the package away again. Every step says `ok NAME` or ends the run with `FAILED NAME`; the host reads it.
set -u -o pipefail
cd /opt/appliance
data=/var/lib/returndesk

fail() {
	echo "FAILED $1"
	journalctl -u returndesk --no-pager -n 40
	exit 1
}

# step NAME COMMAND…: what it says is shown only when it fails.
step() {
	local name=$1
	shift
	if "$@" >step.log 2>&1; then echo "ok $name"; else
		cat step.log
		fail "$name"
	fi
}

# refused NAME WORDS COMMAND…: fails as it should, and says why.
refused() {
	local name=$1 words=$2
	shift 2
	if "$@" >step.log 2>&1; then fail "$name: it was taken"; fi
	if grep -q "$words" step.log; then echo "ok $name"; else
		cat step.log
		fail "$name: it did not say $words"
	fi
}

# get PATH: over HTTPS, trusting the folder's own authority alone.
get() {
	curl --silent --show-error --fail --cacert authority.pem "https://localhost:8443$1"
}

no_network() {
	[ "$(ls /sys/class/net)" = lo ] && [ -z "$(ip route)" ]
}

exposure() {
	systemd-analyze security returndesk.service --no-pager | tee security.log
	local score
	score=$(sed -n 's/.*Overall exposure level for returndesk.service: \([0-9.]*\).*/\1/p' security.log)
	echo "exposure $score"
	awk -v score="$score" 'BEGIN { exit !(score != "" && score <= 1.6) }'
}

# The first byte past the middle, turned over.
flip() {
	cp "$1" "$2"
	local at byte
	at=$(($(stat -c %s "$1") / 2))
	byte=$(dd if="$1" bs=1 skip=$at count=1 status=none | od -An -tu1 | tr -d ' ')
	printf "$(printf '\\x%02x' $((byte ^ 255)))" | dd of="$2" bs=1 seek=$at conv=notrunc status=none
}

sign_in() {
	curl --silent --show-error --fail --cacert authority.pem --cookie-jar jar \
		-H 'content-type: application/json' -H 'idempotency-key: appliance-sign-in' -H 'origin: https://localhost:8443' \
		-d '{"name":"agent","password":"returndesk-demo"}' https://localhost:8443/api/session
}

cases() {
	curl --silent --show-error --fail --cacert authority.pem --cookie jar "https://localhost:8443/api/rmas?limit=200&total=true"
}

as_service() {
	setpriv --reuid=returndesk --regid=returndesk --clear-groups -- "$@"
}

step "no network but loopback" no_network
step "the package installs without one" dpkg --install returndesk.deb
step "its service runs" systemctl is-active returndesk.service
step "its service starts with the machine" systemctl is-enabled returndesk.service
step "what the unit may do" exposure
grep '^exposure' step.log
step "its folder is the service's alone" test "$(stat -c '%U:%G %a' $data)" = "returndesk:returndesk 700"
step "its authority is told" returndesk --data $data tls authority --to authority.pem
step "HTTPS without a warning" get /api/health
step "the desk" get /desk/
step "the portal" get /
step "the page to trust the authority" get /trust
step "plain HTTP finds nobody at the same port" bash -c '! curl --silent --fail http://localhost:8443/api/health'
step "TLS 1.1 is refused" bash -c '! openssl s_client -connect localhost:8443 -tls1_1 </dev/null'
step "the manual page" test -s /usr/share/man/man1/returndesk.1.gz
step "doctor has nothing to repair" returndesk --data $data doctor

# A living shop in place of the empty folder.
step "the service stops" systemctl stop returndesk.service
rm -rf ${data:?}/*
step "a living shop" as_service returndesk --data $data demo --seed 1 --cases 60
step "the service starts again" systemctl start returndesk.service
rm authority.pem
step "its new authority is told" returndesk --data $data tls authority --to authority.pem
step "an agent signs in" sign_in
step "and sees cases" cases
cp step.log cases.before

printf 'correct horse battery staple' >passphrase
step "a backup while it serves" bash -c "returndesk --data $data backup --to full.age --passphrase-stdin <passphrase"
head -c "$(($(stat -c %s full.age) / 2))" full.age >cut.age
flip full.age flipped.age
refused "a wrong key is told" "does not open the backup" bash -c "echo wrong | returndesk restore full.age --data /opt/appliance/r1 --passphrase-stdin"
refused "a cut file is told" "is cut off" bash -c "returndesk restore cut.age --data /opt/appliance/r2 --passphrase-stdin <passphrase"
refused "a changed byte is told" "is damaged" bash -c "returndesk restore flipped.age --data /opt/appliance/r3 --passphrase-stdin <passphrase"
step "nothing was made of them" test ! -e r1 -a ! -e r2 -a ! -e r3

systemctl stop returndesk.service
rm -rf ${data:?}
install -d -o returndesk -g returndesk -m 0700 $data
cp full.age passphrase /tmp && chmod 0644 /tmp/full.age /tmp/passphrase
step "restored into an empty folder" bash -c "setpriv --reuid=returndesk --regid=returndesk --clear-groups -- returndesk restore /tmp/full.age --data $data --passphrase-stdin </tmp/passphrase"
step "the restored folder is sound" as_service returndesk --data $data doctor --deep
step "it is served" systemctl start returndesk.service
step "under the authority that devices trust" get /api/health
step "the agent signs in again" sign_in
step "and sees the same cases" bash -c "cmp cases.before <(curl --silent --fail --cacert authority.pem --cookie jar 'https://localhost:8443/api/rmas?limit=200&total=true')"

echo '# changed by the administrator' >>/etc/returndesk/returndesk.toml
step "the package installs over itself" dpkg --install --force-confold returndesk.deb
step "and keeps the configuration" grep -q 'changed by the administrator' /etc/returndesk/returndesk.toml
step "and serves" get /api/health
step "kill -9 is not the end" bash -c 'kill -9 $(systemctl show -p MainPID --value returndesk); for _ in $(seq 100); do curl --silent --fail --cacert authority.pem https://localhost:8443/api/health && exit 0; read -rt 0.1 <> <(:); done; exit 1'
step "the package goes" dpkg --remove returndesk
step "its service is gone" bash -c '! systemctl is-active returndesk.service'
step "the data stays" test -s $data/returndesk.db
step "the package is purged" dpkg --purge returndesk
step "the data stays even then" test -s $data/returndesk.db
step "its configuration does not" test ! -e /etc/returndesk/returndesk.toml
echo DONE
