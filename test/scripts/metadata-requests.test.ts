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

describe("requests over a connection of the shell's own", () => {
  const connect = "exec 3<>/dev/tcp/169.254.169.254/80";
  test.each([
    [
      `${connect}\nprintf 'GET /latest/meta-data/mac HTTP/1.0\\r\\n\\r\\n' >&3\ncat <&3`,
      ["without-token"],
    ],
    [
      `HOST=169.254.169.254\nexec 5<>/dev/tcp/$HOST/80\necho -e "GET /latest/user-data HTTP/1.1\\n\\n" >&5`,
      ["without-token"],
    ],
    [
      `${connect}\nprintf 'GET /latest/meta-data/mac HTTP/1.0\\r\\nX-aws-ec2-metadata-token: %s\\r\\n' "$T" >&3`,
      ["open"],
    ],
    // Whether the service is there is no request, and other ports and hosts are none of it.
    [`timeout 1 bash -c '</dev/tcp/169.254.169.254/80' && echo yes`, []],
    [`exec 3<>/dev/tcp/169.254.169.253/53\nprintf 'GET /latest/meta-data/ HTTP/1.0' >&3`, []],
  ])("%s", (script, expected) => {
    expect(kinds(script)).toEqual(expected);
  });
});

describe("a script within a script", () => {
  test.each([
    [`bash -c 'curl -s ${id}'`, id],
    [`sudo su - app -c "echo; curl -s ${id}"`, id],
    // What is escaped, or made of variables, stands in the word.
    [`bash -c "curl -s \\"${id}\\""`, `"curl -s \\"${id}\\""`],
    [`ID=${id}\nbash -c "curl -s $ID"`, `"curl -s $ID"`],
  ])("%s has its requests where they stand", (script, place) => {
    expect(
      metadataRequestsIn(script).map(({ range }) => script.slice(range.start, range.end)),
    ).toEqual([place]);
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

test.each([
  "A=$A$A\n",
  "Invoke-RestMethod $a\n$a = $b; $b = $a\n",
  "fetch(",
  `curl ${id}\n`,
  "bash -c 'bash -c \"curl ",
])("many of %j cost no more than their number", (fragment) => {
  // User data have at most 16 kB, templates more.
  const requests = metadataRequestsIn(fragment.repeat(Math.ceil(50_000 / fragment.length)));
  expect(requests.length).toBeLessThanOrEqual(50_000);
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

/** What `facts` people and tools take for IMDSv1 requests, and is none; and what is one behind other programs. */
describe("hazards", () => {
  test.each([
    // Headers and addresses that stand elsewhere.
    [`curl -s \\\n  -H "X-aws-ec2-metadata-token: $T" \\\n  ${id}`, ["with-token"]],
    [`curl -s ${id} \\\r\n  -H "X-aws-ec2-metadata-token: $T"\r\n`, ["with-token"]],
    [`H="X-aws-ec2-metadata-token: $T"\ncurl -H "$H" ${id}`, ["with-token"]],
    [
      `IMDS=http://169.254.169.254/latest\ncurl $IMDS/meta-data/ -H "X-aws-ec2-metadata-token: $T"`,
      ["with-token"],
    ],
    [
      `fetch_metadata() {\n  curl -sf --header "X-aws-ec2-metadata-token: $2" "$1"\n}\nid=$(fetch_metadata "${id}" "$token")`,
      ["with-token"],
    ],
    [`wget -qO- --header="X-aws-ec2-metadata-token: $T" ${id}`, ["with-token"]],
    [`http ${id} X-aws-ec2-metadata-token:$T`, ["with-token"]],
    [`curl -H @/run/headers ${id}`, ["open"]],
    [`curl -K /etc/curlrc ${id}`, ["open"]],
    [`curl --config=/etc/curlrc ${id}`, ["open"]],
    [`curl 2>/dev/null -H "X-aws-ec2-metadata-token: $T" ${id}`, ["with-token"]],
    [`curl -s 2>&1 -H "X-aws-ec2-metadata-token: $T" ${id}`, ["with-token"]],
    // What only speaks of it.
    [`echo "try: curl ${id}"`, []],
    [`printf 'curl %s' ${id}`, []],
    [`: curl ${id}`, []],
    [`  # curl ${id}\n`, []],
    [`REM curl ${id}\n:: curl ${id}`, []],
    [`<#\ncurl ${id}\nInvoke-RestMethod ${id}\n#>\nWrite-Host ok`, []],
    [`Write-Host hi # Invoke-RestMethod ${id}`, []],
    [`# requests.get("${id}")`, []],
    ["nft add rule ip filter output ip daddr 169.254.169.254 drop", []],
    ["ip route add blackhole 169.254.169.254/32", []],
    ["sysctl -w net.ipv4.conf.all.route_localnet=1 # 169.254.169.254", []],
    ["export no_proxy=localhost,169.254.169.254", []],
    ["Environment=NO_PROXY=169.254.169.254", []],
    ["kiam agent --host-ip 169.254.169.254", []],
    ["export AWS_EC2_METADATA_SERVICE_ENDPOINT=http://169.254.169.254/", []],
    ["docker run --add-host=metadata.aws:169.254.169.254 grafana", []],
    ["docker-machine create --amazonec2-metadata-token-response-hop-limit=2 x", []],
    ["ec2-metadata --instance-id | cut -d' ' -f2", []],
    ["ec2metadata --instance-id", []],
    ["ping -c1 169.254.169.254", []],
    ["curl http://169.254.169.254/", []],
    ["curl http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", []],
    ["curl http://169.254.170.23/v1/credentials", []],
    ["curl http://[fd00:ec2::23]/v1/credentials", []],
    ["curl http://169.254.169.254/openstack/latest/meta_data.json", []],
    ["curl http://169.254.169.254/metadata/v1/id", []],
    ["curl http://100.100.100.200/latest/meta-data/instance-id", []],
    ['curl -H Metadata-Flavor:Google "http://169.254.169.254/computeMetadata/v1/"', []],
    ["#include\nhttp://example.com/169.254.169.254/latest/meta-data", []],
    // A token in another language's own way.
    [
      `$params = @{\n  Uri = "${id}"\n  Headers = @{ "X-aws-ec2-metadata-token" = $t }\n}\nInvoke-RestMethod @params`,
      ["with-token"],
    ],
    [
      `$c = New-Object Net.WebClient\n$client = $c\n$client.Headers.Add("X-aws-ec2-metadata-token", $t)\n$client.DownloadString("${id}")`,
      ["with-token"],
    ],
    [
      `req = urllib.request.Request("${id}")\nreq.add_header("X-aws-ec2-metadata-token", t)\nurllib.request.urlopen(req)`,
      ["with-token", "with-token"],
    ],
    [`h = {"X-aws-ec2-metadata-token": t}\nrequests.get("${id}", headers=h)`, ["with-token"]],
    [
      `headers = {}\nheaders["X-aws-ec2-metadata-token"] = t\nrequests.get("${id}", headers=headers)`,
      ["with-token"],
    ],
    [
      `Invoke-RestMethod -Uri ${id} \`\n  -Headers @{"X-aws-ec2-metadata-token" = $t}`,
      ["with-token"],
    ],
  ] as const)("%s", (script, expected) => {
    expect(kinds(script)).toEqual(expected);
  });

  test.each([
    `sudo -u app curl -s ${id}`,
    `timeout 5 curl -s ${id}`,
    `env -i PATH=/bin curl -s ${id}`,
    `nohup curl -s ${id} &`,
    `echo instance-id | xargs -I{} curl -s http://169.254.169.254/latest/meta-data/{}`,
    `bash -c "curl -s ${id}"`,
    `sudo su - app -c 'curl -s ${id}'`,
    `bash -lc 'ID=$(curl -s ${id})'`,
    `eval "curl -s ${id}"`,
    `#cloud-config\nruncmd:\n  - [sh, -c, "curl -s ${id} > /etc/id"]\n`,
    `## template: jinja\n#cloud-config\nruncmd:\n  - [curl, -s, "${id}"]\n`,
    `#cloud-config\nwrite_files:\n  - path: /x\n    content: |\n      #!/bin/sh\n      curl -s ${id}\n`,
    `#cloud-boothook\n#!/bin/sh\ncurl -s ${id}\n`,
    `#upstart-job\nscript\n  curl -s ${id}\nend script\n`,
    `Content-Type: multipart/mixed; boundary="==B=="\nMIME-Version: 1.0\n\n--==B==\nContent-Type: text/cloud-config; charset="us-ascii"\n\n#cloud-config\nruncmd:\n- [ curl, "${id}" ]\n--==B==--\n`,
    `curl 2>&1 -s ${id}`,
    `while ! curl -sf ${id} >/dev/null; do sleep 1; done`,
    `case $1 in a) curl -s ${id};; esac`,
    `[[ -n $(curl -s ${id}) ]] && echo yes`,
    `for i in $(curl -s ${id}); do echo $i; done`,
    `diff <(curl -s ${id}) /etc/id`,
    `# don't\ncurl -s ${id}`,
    `echo it's # one apostrophe\ncurl -s ${id}`,
    `$params = @{ Uri = "${id}" }\nInvoke-RestMethod @params`,
    `[System.Net.WebRequest]::Create("${id}").GetResponse()`,
  ])("%s", (script) => {
    expect(kinds(script)).toEqual(["without-token"]);
  });
});

const parts = 'host: "169.254.169.254", path: "/latest/meta-data/instance-id"';

/** Calls of languages, and ways to start a program, that real user data have. */
describe("other ways to ask", () => {
  test.each([
    // PowerShell and Windows.
    [`$client.DownloadFile("${id}", "C:\\id.txt")`, ["without-token"]],
    [`curl.exe -s ${id}`, ["without-token"]],
    [`curl.exe -s -H "X-aws-ec2-metadata-token: $t" ${id}`, ["with-token"]],
    [`Start-BitsTransfer -Source ${id} -Destination id`, ["without-token"]],
    // JavaScript.
    [`node -e "require('http').get('${id}', show)"`, ["without-token"]],
    [`fetch("${id}").then(show)`, ["without-token"]],
    [`fetch("${id}", { headers: { "X-aws-ec2-metadata-token": token } })`, ["with-token"]],
    [`http.get({ ${parts} }, show)`, ["without-token"]],
    [`http.get({ ${parts}, headers: { "x-aws-ec2-metadata-token": t } }, show)`, ["with-token"]],
    ['http.get({ host: "169.254.169.254", path: "/computeMetadata/v1/" })', []],
    // Python, Ruby, Perl, PHP.
    [
      'import http.client\nc = http.client.HTTPConnection("169.254.169.254")\nc.request("GET", "/latest/meta-data/mac")',
      ["without-token"],
    ],
    [
      'c = http.client.HTTPConnection("169.254.169.254")\nc.request("GET", "/latest/meta-data/mac", headers={"X-aws-ec2-metadata-token": t})',
      ["with-token"],
    ],
    [`httpx.get("${id}")`, ["without-token"]],
    [`ruby -ropen-uri -e 'puts URI.open("${id}").read'`, ["without-token"]],
    [`perl -MLWP::Simple -e 'print get("${id}")'`, ["without-token"]],
    [`perl -e 'print HTTP::Tiny->new->get("${id}")->{content}'`, ["without-token"]],
    [`php -r 'echo file_get_contents("${id}");'`, ["without-token"]],
    [`def get(url):\n  return url\nget("${id}")`, []],
    // A program in a variable, with parameters of its own.
    [`CURL="curl -s"\n$CURL ${id}`, ["without-token"]],
    [`CURL="curl -s -H X-aws-ec2-metadata-token:$T"\n$CURL ${id}`, ["with-token"]],
    [`eval "$(curl ${id})"`, ["without-token"]],
    // Parts that something else fills in.
    [`curl {{ options }} ${id}`, ["open"]],
    [`curl {{options}} ${id}`, ["open"]],
    // Scripts that are written line by line.
    [`echo 'curl ${id}' > /usr/local/bin/id`, ["without-token"]],
    [`echo 'curl ${id}' | sudo tee -a /etc/rc.local`, ["without-token"]],
    [`echo 'curl -H "X-aws-ec2-metadata-token: $T" ${id}' >> /etc/rc.local`, ["with-token"]],
    [`echo 'curl ${id}' >> /var/log/setup.log`, []],
    [`echo 'curl ${id}' > /etc/motd`, []],
    // Here-documents that nobody runs.
    [`cat > README.md <<END\ncurl ${id}\nEND`, []],
    [`usage() {\n  cat <<END\ncurl ${id}\nEND\n}`, []],
    [`cat <<END | bash\ncurl ${id}\nEND`, ["without-token"]],
    [`SCRIPT=$(cat <<END\ncurl ${id}\nEND\n)`, ["without-token"]],
    [`cat <<END > /etc/profile.d/id.sh\ncurl ${id}\nEND`, ["without-token"]],
    [`{\n  cat <<END\ncurl ${id}\nEND\n} > /usr/local/bin/id`, ["without-token"]],
    [`fetch() { curl -s ${id}; }\nfetch`, ["without-token"]],
    [`SUDO=\n$SUDO curl ${id}`, ["without-token"]],
    [`$SUDO curl ${id}`, ["without-token"]],
    [`$SOMETHING curl ${id}`, []],
    [`[Service]\nExecStartPre=-/usr/bin/curl -s ${id}`, ["without-token"]],
  ] as const)("%s", (script, expected) => {
    expect(kinds(script)).toEqual(expected);
  });

  test("what a file of scripts is given stands where it is written", () => {
    const script = `echo 'curl ${id}' > /usr/local/bin/id`;
    const [request] = metadataRequestsIn(script);
    expect(script.slice(request?.range.start, request?.range.end)).toBe(id);
  });
});
