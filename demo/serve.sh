#!/bin/sh
# serve.sh HOME SCALE SEED CHECKOUT - the second half of demo/run.
#
# Runs as an ordinary user in HOME, whose src is a copy of the sources.  When
# it succeeds the server stays; when it fails or is interrupted, nothing does.
set -eu
server_home=$1 scale=$2 seed=$3 checkout=$4
root=$server_home/src
cd "$root"
. test/lib/place.sh
. test/lib/server.sh
. test/lib/node.sh
forget_libpq

done=0
clean_up() {
  [ "$done" = 0 ] || return 0
  echo "The demonstration did not get to its end; its server is stopped." >&2
  [ ! -e "$server_home/log" ] || tail -n 20 "$server_home/log" >&2
  server_stop
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say() {
  printf '\n== %s\n' "$*"
}

# page FILE: run a script of the demonstration and show its tables
page() {
  "$server_bin/psql" -Xq -v ON_ERROR_STOP=1 -P pager=off -P footer=off \
    -P null='-' -P border=1 -f "$1"
}

# the loader reports its progress as notices, and returns what it loaded
load() {
  { query "SELECT * FROM nuso.load_demo('warehouse', $scale, $seed)" 2>&1 ||
      echo failed > "$server_home/failed"; } | sed -u 's/^NOTICE: *//; s/|/: /; /^$/d; s/^/   /'
  [ ! -e "$server_home/failed" ]
}

# the charts as Vega-Lite, SVG and PNG; drawing needs packages from npm's registry
draw_charts() {
  mkdir "$server_home/pictures"
  "$server_bin/psql" -Xq -v ON_ERROR_STOP=1 -v folder="$server_home/pictures" -f demo/charts.sql
  if ! command -v npm >/dev/null; then
    echo "Node.js is not there: the charts are left as specifications, $server_home/pictures/*.vl.json"
  elif ! install_node_packages demo/chart --omit=dev 2> "$server_home/npm.log"; then
    tail -n 3 "$server_home/npm.log"
    echo "npm's registry is out of reach: the charts are left as specifications, $server_home/pictures/*.vl.json"
  else
    node demo/chart/render.mjs "$server_home"/pictures/*.vl.json || echo "These charts are not drawn."
    find "$server_home/pictures" -name '*.png' | sort
  fi
}

# whatever an earlier run left, a crashed server's lock file included
server_stop
find "$server_home" -mindepth 1 -maxdepth 1 ! -name src -exec rm -rf {} +

say "Building nuso"
build_extension > "$server_home/build.log" 2>&1 || {
  tail -n 40 "$server_home/build.log" >&2
  exit 1
}

say "Starting a server of its own in $server_home"
server_create
# half a gigabyte of shared memory is not everybody's; this is enough here
server_start "fsync = off" "shared_buffers = 128MB" "max_wal_size = 4GB"
"$server_bin/createdb" nuso_demo
export PGDATABASE=nuso_demo
query "CREATE EXTENSION nuso"
query "ALTER DATABASE nuso_demo SET search_path = warehouse, nuso, public"

say "Loading synthetic national data (scale $scale, seed $seed)"
query "SELECT nuso.create_warehouse('warehouse')" >/dev/null
load
query "VACUUM ANALYZE"

page demo/answers.sql
page demo/profiles.sql
say "Real figures: children looked after in England"
page demo/england.sql

say "Charts of the synthetic data"
draw_charts

case $(id -un) in
  postgres) who=" (root or postgres)" ;;
  *) who= ;;
esac
cat <<END

== The server is running, for this machine and user only$who
psql:  psql -h $PGHOST -U postgres nuso_demo
ODBC:  Driver={PostgreSQL Unicode};Server=$PGHOST;Port=5432;Database=nuso_demo;Uid=postgres;
       (packages unixodbc and odbc-postgresql; try: isql -k "the line above" -v)
Look:  $server_home/pictures    the charts, SVG and PNG
Read:  \\d warehouse.*     the tables and report views
       \\df nuso.*         the functions
Stop:  $checkout/demo/run stop
END
done=1
