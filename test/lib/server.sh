# server.sh - a private PostgreSQL server: one folder, one socket, no port.
#
# Sourced after place.sh by scripts that run as an ordinary user; server_stop
# works for root, too.  server_home is the folder that holds everything: data,
# log, stage (the installed files), the socket.  Any number of such servers live
# side by side, and none of them touches a cluster of the system.
# shellcheck shell=sh

: "${server_home:?the folder of the server}"
server_bin=$("$PG_CONFIG" --bindir)
server_stage=$server_home/stage

# build_extension: compile in the current folder and put the result where the
# private server finds it.  Debian's servers can read an extension from any
# folder (extension_destdir); others need it installed.
build_extension() {
  make -s -j2 PG_CONFIG="$PG_CONFIG" || return
  if server_has_destdir; then
    make -s install DESTDIR="$server_stage" PG_CONFIG="$PG_CONFIG"
  else
    make -s install PG_CONFIG="$PG_CONFIG"
  fi
}

server_has_destdir() {
  "$server_bin/postgres" --describe-config | grep -q '^extension_destdir'
}

# A socket's path may have 107 bytes; a deep checkout gets one in /tmp.
server_socket_dir() {
  if [ -e "$server_home/socket_dir" ]; then
    cat "$server_home/socket_dir"
  else
    printf '%s\n' "$server_home"
  fi
}

choose_socket_dir() {
  if [ "$(printf %s "$server_home/.s.PGSQL.5432" | wc -c)" -gt 107 ]; then
    mktemp -d /tmp/nuso.XXXXXX > "$server_home/socket_dir"
  fi
}

# server_create: an empty cluster.  Access is by the folder's mode: only its
# owner (and root) reaches the socket, so trust asks for no password.
server_create() {
  chmod 700 "$server_home"
  choose_socket_dir
  "$server_bin/initdb" -D "$server_home/data" -U postgres -A trust \
    -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
}

# server_start [SETTING...]: start and wait; settings as in postgresql.conf
server_start() {
  PGHOST=$(server_socket_dir) PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
  export PGHOST PGPORT PGUSER PGDATABASE
  {
    echo "listen_addresses = ''"
    echo "port = 5432"
    echo "unix_socket_directories = '$PGHOST'"
    if server_has_destdir; then
      echo "extension_destdir = '$server_stage'"
      echo "dynamic_library_path = '$server_stage$("$PG_CONFIG" --pkglibdir):\$libdir'"
    fi
    for setting in "$@"; do printf '%s\n' "$setting"; done
  } > "$server_home/data/postgresql.auto.conf"
  # descriptor 9 is a lock of the caller, which the server must not inherit
  "$server_bin/pg_ctl" -D "$server_home/data" -l "$server_home/log" -w -s start 9>&-
}

# A file postmaster.pid may be left from a crash, and its number may belong to
# another process by now: believe it only if that process lives in our folder.
server_is_running() {
  [ -e "$server_home/data/postmaster.pid" ] || return 1
  server_pid=$(head -n 1 "$server_home/data/postmaster.pid")
  if [ -e /proc/self/cwd ]; then
    [ "$(readlink "/proc/$server_pid/cwd")" = "$(cd "$server_home/data" && pwd -P)" ]
  else
    "$server_bin/pg_isready" -q -h "$(server_socket_dir)" -p 5432
  fi
}

# immediate: nothing in it is worth a checkpoint
server_stop() {
  if server_is_running; then
    as_user "$server_bin/pg_ctl" -D "$server_home/data" -m immediate -w -s stop || :
  fi
  if [ -e "$server_home/socket_dir" ]; then
    rm -rf "$(server_socket_dir)" "$server_home/socket_dir"
  fi
}

# query SQL: bare rows on standard output
query() {
  "$server_bin/psql" -XAtq -v ON_ERROR_STOP=1 -c "$1"
}

# forget_libpq: settings of the user must not lead to another server, nor may
# a psqlrc, a pgpass or an odbc.ini change what is shown
forget_libpq() {
  for variable in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p'); do unset "$variable"; done
  export LC_ALL=C.UTF-8 HOME="$server_home"
}
