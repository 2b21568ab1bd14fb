import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metadataRequestsIn } from "../../src/scripts/metadata-requests.js";
import { readShell } from "../../src/scripts/shell-commands.js";

const id = "http://169.254.169.254/latest/meta-data/instance-id";
const header = '-H "X-aws-ec2-metadata-token: $TOKEN"';
const put =
  'TOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")';

function kinds(script: string): readonly string[] {
  return metadataRequestsIn(script).map(({ kind, flaw }) =>
    flaw === undefined ? kind : `${kind} ${flaw}`,
  );
}

describe("IMDSv1 requests", () => {
  test.each([
    `curl ${id}`,
    `ID=$(curl -s ${id})`,
    `ID=\`curl -s ${id}\``,
    `echo "I am $(curl -s ${id}) here"`,
    `sudo /usr/bin/curl -sf "${id}" | tee /etc/id`,
    `wget -q -O - ${id}`,
    `wget -qO- 'http://instance-data/latest/meta-data/'`,
    "curl http://[fd00:ec2::254]/latest/dynamic/instance-identity/document",
    "curl -s \\\n  --retry 3 \\\n  http://169.254.169.254/2021-07-15/user-data",
    "URL=http://169.254.169.254/latest\ncurl -s $URL/meta-data/placement/region",
    "URL=http://169.254.169.254\ncurl -s ${URL}/latest/meta-data/",
    `cat > /usr/local/bin/id <<'EOF'\n#!/bin/sh\ncurl -s ${id}\nEOF\n`,
    `if curl -s ${id}; then echo yes; fi`,
    `get() {\n  curl -s "$1"\n}\nget ${id}`,
    `#cloud-config\nruncmd:\n  - curl -s ${id}\n`,
    `#cloud-config\nruncmd:\n  - [ curl, -s, "${id}" ]\n`,
    `<powershell>\n$id = Invoke-RestMethod -uri ${id}\n</powershell>`,
    `(New-Object Net.WebClient).DownloadString("${id}")`,
    `python3 - <<EOF\nimport requests\nprint(requests.get("${id}").text)\nEOF`,
    `urllib.request.urlopen("${id}")`,
  ])("%s", (script) => {
    expect(kinds(script)).toEqual(["without-token"]);
  });
});

describe("no IMDSv1 requests", () => {
  test.each([
    [`${put}\ncurl ${header} ${id}`, ["token", "with-token"]],
    [`${put}\ncurl \\\n  ${header} \\\n  ${id}`, ["token", "with-token"]],
    [`HEADERS=(-H "X-aws-ec2-metadata-token: x")\ncurl "\${HEADERS[@]}" ${id}`, ["with-token"]],
    [
      `get() {\n  curl -H "X-aws-ec2-metadata-token: $2" "$1"\n}\nget ${id} "$TOKEN"`,
      ["with-token"],
    ],
    [`curl -s $OPTIONS ${id}`, ["open"]],
    [
      `${put}\nif [ -n "$TOKEN" ]; then curl ${header} ${id}; else curl ${id}; fi`,
      ["token", "with-token", "fallback"],
    ],
    [`curl ${header} ${id} || curl ${id}`, ["with-token", "fallback"]],
    [
      `Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token' = $Token} -Uri ${id}`,
      ["with-token"],
    ],
    [
      `$headers = @{"X-aws-ec2-metadata-token" = $t}\nInvoke-RestMethod -Headers $headers -Uri ${id}`,
      ["with-token"],
    ],
    [`# curl ${id}`, []],
    [`echo curl ${id}`, []],
    ["iptables -A OUTPUT -d 169.254.169.254 -j DROP", []],
    ["export NO_PROXY=169.254.169.254", []],
    ["curl http://169.254.170.2/v2/credentials", []],
    ["curl http://169.254.169.123/latest/meta-data/", []],
    ['curl -H "Metadata-Flavor: Google" http://169.254.169.254/computeMetadata/v1/instance/id', []],
    ['curl -H Metadata:true "http://169.254.169.254/metadata/instance?api-version=2021-02-01"', []],
    ["docker-machine create --amazonec2-metadata-token=required", []],
    ["", []],
  ] as const)("%s", (script, expected) => {
    expect(kinds(script)).toEqual(expected);
  });
});

describe("requests for tokens", () => {
  test.each([
    [
      "curl -X PUT http://169.254.169.254/2021-07-15/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60'",
      "token versioned",
    ],
    [
      "curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 0'",
      "token lifetime",
    ],
    [
      "curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 21601'",
      "token lifetime",
    ],
    [
      "curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600'",
      "token",
    ],
    [
      "curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: $TTL'",
      "token",
    ],
    ["curl -X PUT http://169.254.169.254/latest/api/token", "token no-lifetime"],
  ])("%s", (script, expected) => {
    expect(kinds(script)).toEqual([expected]);
  });
});

test("a request's range is its address", () => {
  const script = `set -e\nID=$(curl -s "${id}") # why\n`;
  const [request] = metadataRequestsIn(script);
  expect(script.slice(request?.range.start, request?.range.end)).toBe(`"${id}"`);
});

describe("any text", () => {
  const fragments = fc.constantFrom(
    "curl ",
    id,
    "$(",
    ")",
    "`",
    '"',
    "'",
    "\\",
    "\n",
    "<<EOF",
    "EOF",
    "|",
    "||",
    "&&",
    ";",
    "{",
    "}",
    "#",
    "$TOKEN",
    " ",
    "if ",
    "fi",
    "A=",
    "(",
  );

  test("is read without an error, in ranges that lie in it", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fragments, { maxLength: 40 }).map((all) => all.join("")),
        ),
        (text) => {
          for (const { range, words } of readShell(text).commands) {
            expect(range.start).toBeLessThan(range.end);
            expect(range.end).toBeLessThanOrEqual(text.length);
            for (const word of words) expect(word.range.end).toBeLessThanOrEqual(text.length);
          }
          for (const { range } of metadataRequestsIn(text)) {
            expect(range.start).toBeLessThan(range.end);
            expect(range.end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
