# Sourced after root.sh. PostgreSQL and Postfix of our own on loopback, everything in one temporary folder.
#   servers_folder   makes $SERVERS (or `in-memory`)     start_postgres   sets $POSTGRES
#   stop_servers     ends both and removes the folder    start_postfix    sets $POSTFIX_ADDRESS $POSTFIX_MAILDIR $POSTFIX_CA

servers_folder() {
  # In /tmp whatever TMPDIR says: other users must reach it, and a socket's path ends at 107 bytes.
  local parent=/tmp
  if [[ ${1:-} == in-memory ]] && memory_is_large; then parent=/dev/shm; fi
  SERVERS=$(mktemp -d "$parent/latchkey.XXXXXXXX")
  chmod 755 "$SERVERS"
  mkdir -m 700 "$SERVERS/tmp"
}

# Whether databases may stay in memory, where no commit waits for a disk that may be slow; containers often have 64 MB there.
memory_is_large() {
  [[ -d /dev/shm && -w /dev/shm && $(df --output=avail -k /dev/shm | tail -n 1) -gt 4000000 ]] &&
    [[ $(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo) -gt 8000000 ]]
}

# Below the ports that the kernel gives to outgoing connections.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [[ $EUID -eq 0 ]]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

start_postgres() {
  local bin home=$SERVERS/postgres port try
  bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  mkdir -m 700 "$home"
  if [[ $EUID -eq 0 ]]; then chown postgres: "$home"; fi
  # --no-sync spares the flush of an empty cluster; the server itself runs with fsync on.
  as_postgres "$bin/initdb" --no-sync --auth=trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$home/data" >/dev/null
  for try in 1 2 3; do
    port=$(free_port)
    if as_postgres "$bin/pg_ctl" start -w -s -D "$home/data" -l "$home/log" \
      -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$home -c max_connections=400 -c fsync=on" </dev/null; then
      # shellcheck disable=SC2034
      POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres"
      return 0
    fi
  done
  tail -n 20 "$home/log" >&2 || as_root tail -n 20 "$home/log" >&2
  return 1
}

start_postfix() {
  local home=$SERVERS/postfix user try
  # Its delivery agent refuses to write as root, and root can read what nobody owns.
  user=$(if [[ $EUID -eq 0 ]]; then echo nobody; else id -un; fi)
  as_root mkdir -m 755 "$home" "$home/etc" "$home/queue" "$home/data" "$home/mail"
  as_root chown postfix "$home/data"
  as_root chown "$user" "$home/mail"
  postfix_certificate "$home/etc"
  for try in 1 2 3; do
    POSTFIX_ADDRESS=127.0.0.1:$(free_port)
    postfix_settings "$home" "$user" | as_root tee "$home/etc/main.cf" >/dev/null
    postfix_services "$POSTFIX_ADDRESS" | as_root tee "$home/etc/master.cf" >/dev/null
    if as_root postfix -c "$home/etc" start </dev/null >"$SERVERS/postfix.out" 2>&1 && postfix_answers; then
      # shellcheck disable=SC2034
      POSTFIX_MAILDIR=$home/mail/inbox/new POSTFIX_CA=$home/etc/ca.pem
      return 0
    fi
    stop_postfix
  done
  cat "$SERVERS/postfix.out" >&2
  as_root tail -n 20 "$home/log" >&2
  return 1
}

postfix_answers() {
  local try line=
  for try in {1..50}; do
    if exec 9<>"/dev/tcp/${POSTFIX_ADDRESS/://}"; then
      read -r -t 5 line <&9 || true
      printf 'QUIT\r\n' >&9 || true
      exec 9>&-
      [[ $line == 220* ]] && return 0
    fi 2>/dev/null
    sleep 0.1
  done
  return 1
}

# A certificate for 127.0.0.1 and localhost signed by a CA of its own, so that clients can verify it with ca.pem.
postfix_certificate() {
  as_root bash -euo pipefail -s -- "$1" <<'SCRIPT'
cd "$1"
umask 077
key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
{
  openssl req -x509 $key -keyout ca.key -out ca.pem -days 30 -subj '/CN=Latchkey test CA' -addext keyUsage=critical,keyCertSign,cRLSign
  openssl req $key -keyout server.key -out server.csr -subj /CN=localhost
  openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out server.pem \
    -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n')
} 2>openssl.log || { cat openssl.log >&2; exit 1; }
cat server.key server.pem >chain.pem
chmod 644 ca.pem
SCRIPT
}

postfix_settings() {
  local home=$1 user=$2
  cat <<CONF
compatibility_level = 3.6
queue_directory = $home/queue
data_directory = $home/data
maillog_file = $home/log
maillog_file_prefixes = $home
myhostname = localhost
mydestination =
alias_maps =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_security_level = may
smtpd_tls_chain_files = $home/etc/chain.pem
# Every address everywhere is delivered here: nothing can leave the machine.
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:inbox/
virtual_mailbox_base = $home/mail
virtual_minimum_uid = 1
virtual_uid_maps = static:$(id -u "$user")
virtual_gid_maps = static:$(id -g "$user")
# Tests compare the bytes they sent with the bytes delivered.
local_header_rewrite_clients =
# Bursts are part of the tests: take mail as fast as it comes.
in_flow_delay = 0
CONF
}

postfix_services() {
  cat <<CONF
$1 inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
CONF
}

# A zombie is gone too: who started it reaps it when it likes.
gone() {
  for _ in {1..100}; do
    [[ $(ps -o stat= -p "$1") == [!Z]* ]] || return 0
    sleep 0.05
  done
  return 1
}

# The master ends its daemons before itself, so waiting for it is enough.
stop_postfix() {
  local pid=
  pid=$(as_root cat "$SERVERS/postfix/queue/pid/master.pid" 2>/dev/null | tr -d ' ') || return 0
  as_root kill "$pid" 2>/dev/null || return 0
  gone "$pid" || as_root kill -KILL "$pid" 2>/dev/null || true
}

stop_postgres() {
  local pid
  pid=$(as_postgres head -n 1 "$SERVERS/postgres/data/postmaster.pid" 2>/dev/null) || return 0
  # SIGQUIT is "at once, without a checkpoint": the data goes with the folder.
  as_postgres kill -QUIT "$pid" 2>/dev/null || return 0
  gone "$pid" || as_postgres kill -KILL "$pid" 2>/dev/null || true
}

stop_servers() {
  [[ -n ${SERVERS:-} && -d $SERVERS ]] || return 0
  if [[ -d $SERVERS/postfix ]]; then stop_postfix; fi
  if [[ -d $SERVERS/postgres ]]; then stop_postgres; fi
  if [[ -d $SERVERS/postfix ]]; then as_root rm -rf "$SERVERS"; else rm -rf "$SERVERS"; fi
}
