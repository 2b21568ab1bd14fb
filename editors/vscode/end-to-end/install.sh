#!/usr/bin/env bash
# Installs code-server and what drives it. Needs Node 20 with its headers in /usr, a C++ compiler and libkrb5-dev.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts
gyp="$(npm root --global)/npm/node_modules/node-gyp/bin/node-gyp.js"
cd node_modules/code-server/lib/vscode
npm install --omit=dev --ignore-scripts
# node-pty complains after it has been built.
npm rebuild kerberos node-pty native-watchdog @vscode/spdlog || true
(cd extensions && npm install --omit=dev --ignore-scripts)
cd ../../../argon2
binding="$PWD/lib/binding/napi-v3"
node "$gyp" rebuild --nodedir=/usr --module_name=argon2 --module="$binding/argon2.node" \
  --module_path="$binding" --napi_build_version=3
