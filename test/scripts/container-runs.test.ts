import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayRunContainers } from "../../src/scripts/container-programs.js";
import { runsContainersOnBridge } from "../../src/scripts/container-runs.js";

describe("starts a container on a bridge", () => {
  test.each([
    "docker run nginx",
    "sudo -E /usr/bin/docker run -d nginx",
    "docker --log-level=error container run nginx",
    "podman run -d docker.io/library/nginx",
    "nerdctl run nginx",
    "DOCKER=/usr/bin/docker\n$DOCKER run nginx",
    "if true; then\n  docker \\\n    run nginx\nfi",
    "docker pull nginx && docker run nginx",
    "bash -c 'docker run nginx'",
    'sudo su - app -c "docker run nginx"',
    "cat > /etc/systemd/system/web.service <<END\n[Service]\nExecStartPre=-/usr/bin/docker pull nginx\nExecStart=/usr/bin/docker run --rm nginx\nEND",
    "#cloud-config\nruncmd:\n  - docker run -d nginx\n",
    "#cloud-config\nruncmd:\n  - [docker, run, -d, nginx]\n",
    "ID=$(docker run -d nginx)",
    "docker run --network web nginx",
  ])("%s", (script) => {
    expect(mayRunContainers(script)).toBe(true);
    expect(runsContainersOnBridge(script)).toBe(true);
  });
});

describe("starts none, or one in another network", () => {
  test.each([
    "# docker run nginx",
    "echo docker run nginx > /etc/motd",
    "echo 'use docker run'",
    "printf '%s' \"docker run nginx\"",
    "docker pull nginx",
    "docker ps | grep run",
    "docker run --network host nginx",
    "docker run --net=host nginx",
    'docker run -d --network="none" nginx',
    "docker run --network=container:proxy nginx",
    "NETWORK=host\ndocker run --network $NETWORK nginx",
    "docker run --network $NETWORK nginx",
    "yum install -y docker; systemctl run docker",
    "cat > /etc/systemd/system/web.service <<END\n[Service]\nExecStart=/usr/bin/docker run --net=host --rm nginx\nEND",
  ])("%s", (script) => {
    expect(runsContainersOnBridge(script)).toBe(false);
  });
});

test("any text is read without throwing", () => {
  const part = fc.constantFrom(
    "docker",
    "run",
    " ",
    "\n",
    "'",
    '"',
    "$(",
    ")",
    "<<E",
    "\\",
    "#",
    "-c",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      runsContainersOnBridge(parts.join(""));
    }),
  );
});
