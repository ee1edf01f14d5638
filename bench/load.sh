#!/usr/bin/env bash
# Requests a second over loopback, with wrk (Debian package wrk): fills a database of its own with people and their
# attendance, starts the server without cameras, measures, and takes everything away again.
#   bench/load.sh [HADIR] [SECONDS]      HADIR: the program, build/hadir without it
# PEOPLE (1000), DAYS (30), CONNECTIONS (32), THREADS (1), PORT (5399) change what is measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
hadir=$(realpath "${1:-build/hadir}")
seconds=${2:-10}
port=${PORT:-5399}
for tool in wrk curl python3; do command -v "$tool" >/dev/null || { echo "bench/load.sh needs $tool" >&2; exit 2; }; done

folder=$(mktemp -d)
server=
clean() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap clean EXIT

password='sepuluh kucing melompat'
"$hadir" bench fill --data "$folder/data" --people "${PEOPLE:-1000}" --days "${DAYS:-30}" --sightings 4 >/dev/null
printf '%s\n' "$password" | "$hadir" user add load --role admin --data "$folder/data" >/dev/null
mkdir -p "$folder/site/config"
echo '{"time_zone": "Asia/Jakarta"}' >"$folder/site/config/parameter_config.json"
"$hadir" serve --config-dir "$folder/site" --data "$folder/data" --port "$port" --caller-rate 0 >"$folder/log" 2>&1 &
server=$!
url=http://localhost:$port
for _ in $(seq 300); do curl -sf "$url/readyz" >/dev/null && break; kill -0 "$server" || { cat "$folder/log" >&2; exit 1; }; sleep 0.1; done

member() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
credentials=$(printf '{"name":"load","password":"%s"}' "$password")
post() { curl -sf -H 'content-type: application/json' "${@:3}" -d "$2" "$url$1"; }
token=$(post /api/auth/token "$credentials" | member access_token)
key=$(post /api/api_keys '{"name":"load"}' -H "authorization: Bearer $token" | member key)

cpu() { awk '{print $14 + $15}' "/proc/$server/stat"; }
measure() {  # name, path, more options of wrk
  local before after output
  before=$(cpu)
  output=$(wrk -t "${THREADS:-1}" -c "${CONNECTIONS:-32}" -d "${seconds}s" --latency -H "x-api-key: $key" "${@:3}" "$url$2")
  after=$(cpu)
  awk -v name="$1" -v ticks="$((after - before))" -v hz="$(getconf CLK_TCK)" -v seconds="$seconds" '
    /Requests\/sec/ {rate = $2} /99%/ {p99 = $2} /Non-2xx/ {bad = $NF} /requests in/ {sent = $1; size = $(NF-1)}
    END {printf "%-44s %9.0f requests/s  p99 %-9s server %.2f cores, %.3f CPU ms a request%s\n", name, rate, p99,
         ticks / hz / seconds, sent ? ticks * 1000 / hz / sent : 0, bad ? "  NOT 2xx: " bad : ""}' <<<"$output"
}

etag=$(curl -sfo /dev/null -D - -H "x-api-key: $key" "$url/api/employees" | tr -d '\r' | awk 'tolower($1) == "etag:" {print $2}')
day=$(curl -sf -H "x-api-key: $key" "$url/api/v1/attendance?page_size=1&from_date=2025-01-01" | python3 -c 'import json,sys; print(json.load(sys.stdin)["data"][0]["attendance_date"])')
report="/api/report/attendance?date=$day"
echo "$(nproc) cores for server and wrk together, ${CONNECTIONS:-32} connections, ${PEOPLE:-1000} people"
for path in /api/employees "$report"; do
  curl -sf -H "x-api-key: $key" "$url$path" | wc -c | sed "s|^|$path: bytes |"
  curl -sf -H "x-api-key: $key" -H 'accept-encoding: gzip' "$url$path" | wc -c | sed "s|^|$path, gzip: bytes |"
done
measure 'GET /api/auth/session' /api/auth/session
measure 'GET /api/employees, gzip' /api/employees -H 'accept-encoding: gzip'
measure 'GET /api/employees, plain' /api/employees
[ -z "$etag" ] || measure 'GET /api/employees, unchanged (304)' /api/employees -H "if-none-match: $etag"
measure 'GET /api/employees?page_size=50' '/api/employees?page_size=50' -H 'accept-encoding: gzip'
measure 'GET /api/report/attendance, one day, gzip' "$report" -H 'accept-encoding: gzip'
measure 'GET /api/report/attendance, one day, plain' "$report"
cat >"$folder/login.lua" <<LUA
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = '$credentials'
LUA
CONNECTIONS=${LOGIN_CONNECTIONS:-2} measure 'POST /api/auth/login' /api/auth/login -s "$folder/login.lua"
