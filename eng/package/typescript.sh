# Makes the npm package of the TypeScript client: its types from the description that the program just built serves.
typescript() { # SOURCE PROGRAM TARGET_FOLDER
  local source="$1/src/Client.TypeScript" modules="$1/tests/node/node_modules" stage server url
  "$1/eng/node-packages.sh"
  stage="$(mktemp -d)"
  HOME="$stage" "$2" serve --data "$stage/data" --urls http://127.0.0.1:0 >"$stage/said" 2>&1 &
  server=$!
  for _ in $(seq 300); do url="$(sed -n 's/^listening on \([^ ]*\).*/\1/p' "$stage/said")"; [ -n "$url" ] && break; sleep 0.2; done
  ln -s "$modules" "$source/node_modules"
  (cd "$source" && node node_modules/openapi-typescript/bin/cli.js "$url/openapi/v1.json" -o schema.ts && node node_modules/typescript/bin/tsc -p . \
    && rm node_modules && touch -d "@$SOURCE_DATE_EPOCH" README.md package.json dist/* && npm pack --silent --ignore-scripts --pack-destination "$3") >&2
  kill "$server"; wait "$server" 2>/dev/null || true
  rm -rf "$stage"
}
