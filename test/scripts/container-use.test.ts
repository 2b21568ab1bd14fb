import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { containerUse } from "../../src/scripts/container-use.js";

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
    "docker run nginx --network host",
    "docker run -d $IMAGE",
    "docker run --name $NAME -p $PORT:80 $IMAGE serve --net=host".replace("$IMAGE", "nginx"),
    'docker run "$IMAGE" serve',
    "docker create --name web nginx",
    "sudo bash <<'END'\ndocker run nginx\nEND",
    "ssh host <<END\ndocker run nginx\nEND",
    "cat > /usr/local/bin/start <<'END'\n#!/bin/sh\ndocker run nginx\nEND",
    "cat > compose.yaml <<END\nservices:\n  web:\n    image: nginx\nEND\ndocker compose -f compose.yaml up -d",
    "cat > compose.yaml <<END\nservices:\n  web:\n    image: nginx\nEND\n/usr/local/bin/docker-compose up -d",
    "if ! docker run nginx; then exit 1; fi",
    "nohup docker run nginx &",
    "sudo podman run nginx",
  ])("%s", (script) => {
    expect(containerUse(script).runsWith).toBeDefined();
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
    "docker run $OPTIONS nginx",
    "docker run -d --rm $OPTIONS nginx",
    "docker compose up -d",
    "cat > compose.yaml <<END\nservices:\n  web:\n    image: nginx\n    network_mode: host\nEND\ndocker compose up -d",
    "cat > compose.yaml <<END\nservices:\n  web:\n    image: nginx\nEND\ndocker compose pull",
    "cat > /etc/motd <<END\ndocker run nginx\nEND",
    "sudo tee -a /root/README.md <<END\ndocker run nginx\nEND",
    "cat <<END\ndocker run nginx\nEND",
    "usage() {\n  cat <<END\ndocker run nginx\nEND\n}",
    "su - app -c 'podman run nginx'",
    "sudo -u app podman run nginx",
    "yum install -y docker; systemctl run docker",
    "cat > /etc/systemd/system/web.service <<END\n[Service]\nExecStart=/usr/bin/docker run --net=host --rm nginx\nEND",
  ])("%s", (script) => {
    expect(containerUse(script).runsWith).toBeUndefined();
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
      containerUse(parts.join(""));
    }),
  );
});

describe("joins a cluster of ECS", () => {
  test.each([
    "echo ECS_CLUSTER=web >> /etc/ecs/ecs.config",
    'echo "ECS_CLUSTER=$CLUSTER" | sudo tee -a /etc/ecs/ecs.config',
    "echo -e 'A=1\\nECS_CLUSTER=web' > /etc/ecs/ecs.config",
    "printf 'ECS_CLUSTER=%s\\n' web >> /etc/ecs/ecs.config",
    "cat <<'EOF' >> /etc/ecs/ecs.config\nA=1\nECS_CLUSTER=web\nEOF",
    "cat <<EOF | sudo tee /etc/ecs/ecs.config\nECS_CLUSTER=web\nEOF",
    "sudo tee /etc/ecs/ecs.config > /dev/null <<EOF\nECS_CLUSTER=web\nEOF",
    "CONFIG=/etc/ecs/ecs.config\necho ECS_CLUSTER=web >> $CONFIG",
    "{\n  echo ECS_CLUSTER=web\n  echo A=1\n} >> /etc/ecs/ecs.config",
    "#cloud-config\nwrite_files:\n  - path: /etc/ecs/ecs.config\n    content: |\n      ECS_CLUSTER=web\n",
    "#cloud-config\nruncmd:\n  - echo ECS_CLUSTER=web >> /etc/ecs/ecs.config\n",
    '#cloud-config\nbootcmd:\n  - [sh, -c, "echo ECS_CLUSTER=web >> /etc/ecs/ecs.config"]\n',
    "ECS_CLUSTER=web\nECS_LOGLEVEL=debug\n",
    "docker run -d --net=host -e ECS_CLUSTER=web amazon/amazon-ecs-agent:latest",
    '[settings.ecs]\ncluster = "web"',
    "<powershell>\nInitialize-ECSAgent -Cluster web -EnableTaskIAMRole\n</powershell>",
    '[Environment]::SetEnvironmentVariable("ECS_CLUSTER", "web", "Machine")',
    "bash -c 'echo ECS_CLUSTER=web >> /etc/ecs/ecs.config'",
  ])("%s", (script) => {
    expect(containerUse(script)).toMatchObject({ joinsCluster: true, keepsFromMetadata: false });
  });
});

describe("joins none", () => {
  test.each([
    "# ECS_CLUSTER=web\n",
    "#!/bin/sh\necho 'set ECS_CLUSTER=web to join'",
    "echo ECS_CLUSTER=web > /etc/motd",
    "#!/bin/sh\nexport ECS_CLUSTER=web\n",
    "#!/bin/sh\nECS_CLUSTER=web\naws ecs list-tasks --cluster $ECS_CLUSTER",
    "cat > /opt/app/env <<EOF\nECS_CLUSTER=web\nEOF",
    "cat <<EOF\nECS_CLUSTER=web\nEOF",
    "cat >> /etc/ecs/ecs.config <<EOF\n# ECS_CLUSTER=web\nECS_LOGLEVEL=debug\nEOF",
    "echo ECS_CLUSTER=web >> $SOMEWHERE",
    "/etc/eks/bootstrap.sh main --kubelet-extra-args '--max-pods=20'",
  ])("%s", (script) => {
    expect(containerUse(script).joinsCluster).toBe(false);
  });
});

describe("keeps containers from the metadata service", () => {
  test.each([
    ["echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config", true],
    ["echo ECS_AWSVPC_BLOCK_IMDS=$BLOCK >> /etc/ecs/ecs.config", true],
    ["BLOCK=false\necho ECS_AWSVPC_BLOCK_IMDS=$BLOCK >> /etc/ecs/ecs.config", false],
    ["echo ECS_AWSVPC_BLOCK_IMDS=false >> /etc/ecs/ecs.config", false],
    ["# echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config", false],
    [
      "sudo iptables --insert DOCKER-USER 1 --in-interface docker+ --destination 169.254.169.254/32 --jump DROP",
      true,
    ],
    ["iptables -A OUTPUT -d 169.254.169.254 -j DROP", false],
    ["Initialize-ECSAgent -Cluster web -EnableTaskIAMRole -AwsvpcBlockIMDS", true],
  ] as const)("%s", (script, expected) => {
    expect(containerUse(script).keepsFromMetadata).toBe(expected);
  });
});
