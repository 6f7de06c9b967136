#!/usr/bin/env bash
# Make the secrets that compose.yaml mounts as files, once: what is there already is left alone.
#   deploy/secrets.sh [FOLDER]      default: deploy/secrets
# With KUBERNETES=1 the Secrets of k8s/base are written to standard output instead, from the same files.
set -euo pipefail
cd "$(dirname "$0")"
folder=${1:-secrets}
umask 077
mkdir -p "$folder"

random() { head -c 24 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }

# The folder is closed to others (0700). The files in it are readable, because each container reads them as a user of its own.
write() {
  [ -e "$folder/$1" ] && return
  printf '%s' "$2" >"$folder/.$1.partial"
  chmod 0444 "$folder/.$1.partial"
  mv "$folder/.$1.partial" "$folder/$1"
}

write postgres_password "$(random)"
write redis_password "$(random)"
write qdrant_api_key "$(random)"
write internal_token "$(random)"
write llm_key "$(random)"
write database_url "postgresql://reelsmith:$(cat "$folder/postgres_password")@postgres:5432/reelsmith"
write broker_url "redis://:$(cat "$folder/redis_password")@redis:6379/0"
write redis.conf "requirepass $(cat "$folder/redis_password")
"
write qdrant.yaml "service: {api_key: $(cat "$folder/qdrant_api_key")}
telemetry_disabled: true
"
[ "${KUBERNETES:-}" = 1 ] || exit 0
# Compose keeps the key of the sealed store in a volume, where the first service to start makes it; pods get it from a Secret.
write storage.json "{\"version\": 1, \"keys\": {\"$(head -c 4 /dev/urandom | od -An -tx1 | tr -d ' \n')\": \"$(head -c 32 /dev/urandom | base64 | tr -d '\n')\"}}"
secret() { # NAME KEY=FILE…
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata: {name: %s, namespace: reelsmith}\ntype: Opaque\ndata:\n' "$1"
  shift
  for pair in "$@"; do printf '  %s: %s\n' "${pair%%=*}" "$(base64 -w0 <"$folder/${pair#*=}")"; done
}
secret reelsmith-secrets reelsmith_database_url=database_url reelsmith_broker_url=broker_url \
  reelsmith_gateway_internal_token=internal_token reelsmith_assets_internal_token=internal_token \
  reelsmith_voice_token=internal_token reelsmith_composition_token=internal_token \
  reelsmith_assets_qdrant_api_key=qdrant_api_key reelsmith_scripts_llm_key=llm_key
secret reelsmith-storage-key storage.json=storage.json
secret reelsmith-postgres password=postgres_password
secret reelsmith-redis redis.conf=redis.conf
secret reelsmith-qdrant production.yaml=qdrant.yaml
secret reelsmith-vllm api_key=llm_key
