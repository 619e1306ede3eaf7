/**
 * Lints resources/container where no container engine runs: the Dockerfile by dockerfile-utils, the manifest by the schemas of Kubernetes
 * (kubernetes-models), and both by what must hold of them: several stages, pinned images, no root, a root file system that is only read,
 * probes on the health route, limits, a volume for the state. Prints what is wrong, one line each.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { validate } from "dockerfile-utils";
import { StatefulSet } from "kubernetes-models/apps/v1";
import { Service } from "kubernetes-models/v1";
import { parseAllDocuments } from "yaml";
import { root } from "./lib/node.mjs";

const HEALTH = "/v1/health";
const kinds = { Service, StatefulSet };
const read = (name) => readFileSync(path.join(root, "resources", "container", name), "utf8");
const wrong = [...ofDockerfile(read("Dockerfile")), ...ofManifest(read("kubernetes.yaml"), read("Dockerfile"))];
for (const line of wrong) process.stdout.write(`${line}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

function* ofDockerfile(text) {
  for (const { range, message } of validate(text)) yield `Dockerfile:${range.start.line + 1}: ${message}`;
  const lines = text.split("\n");
  const images = lines.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" ")[1]);
  if (images.length < 2) yield "Dockerfile: one stage; tools to build with stay in the image";
  for (const image of images) if (!/:\d+\.\d+\.\d+/.test(image)) yield `Dockerfile: ${image} has no exact version`;
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
  const user = last.findLast((line) => line.startsWith("USER "))?.split(" ")[1] ?? "root";
  if (!/^[1-9]\d*(:[1-9]\d*)?$/.test(user)) yield `Dockerfile: runs as ${user}, not as a number other than 0`;
  for (const word of ["VOLUME /state", "HEALTHCHECK", HEALTH, "--headless"])
    if (!last.join("\n").includes(word)) yield `Dockerfile: the last stage lacks ${word}`;
}

function* ofManifest(text, dockerfile) {
  const documents = parseAllDocuments(text);
  for (const { errors } of documents) for (const { message } of errors) yield `kubernetes.yaml: ${message}`;
  const objects = documents.map((document) => document.toJS());
  for (const object of objects) {
    const Kind = kinds[object?.kind];
    if (!Kind) yield `kubernetes.yaml: the kind ${object?.kind} is not looked for here`;
    else yield* schemaOf(Kind, object);
  }
  const set = objects.find(({ kind }) => kind === "StatefulSet")?.spec;
  const pod = set?.template?.spec;
  const [container] = pod?.containers ?? [];
  const port = container?.ports?.[0];
  const probes = ["startupProbe", "readinessProbe", "livenessProbe"].map((name) => container?.[name]?.httpGet);
  const rules = [
    [set?.replicas === 1, "one replica: a state folder has one host"],
    [pod?.securityContext?.runAsNonRoot === true, "runAsNonRoot"],
    [dockerfile.includes(`USER ${pod?.securityContext?.runAsUser}:${pod?.securityContext?.runAsGroup}`), "the user of the Dockerfile"],
    [container?.securityContext?.readOnlyRootFilesystem === true, "readOnlyRootFilesystem"],
    [container?.securityContext?.allowPrivilegeEscalation === false, "allowPrivilegeEscalation: false"],
    [container?.securityContext?.capabilities?.drop?.includes("ALL"), "no capabilities"],
    [probes.every((probe) => probe?.path === HEALTH && probe.port === port?.name), `three probes on ${HEALTH}`],
    [dockerfile.includes(`EXPOSE ${port?.containerPort}\n`), "the port of the Dockerfile"],
    [
      ["cpu", "memory"].every((name) => container?.resources?.limits?.[name] && container.resources.requests?.[name]),
      "requests and limits of cpu and memory",
    ],
    [
      container?.volumeMounts?.some(
        (mount) => mount.mountPath === "/state" && set.volumeClaimTemplates?.some((claim) => claim.metadata?.name === mount.name),
      ),
      "a claimed volume at /state",
    ],
    [container?.env?.some(({ name, valueFrom }) => name === "GYRUS_TOKEN" && valueFrom?.secretKeyRef), "the token from a secret"],
  ];
  for (const [holds, what] of rules) if (!holds) yield `kubernetes.yaml: the StatefulSet lacks ${what}`;
}

function* schemaOf(Kind, object) {
  try {
    new Kind(object).validate();
  } catch (error) {
    yield `kubernetes.yaml: ${object.kind}: ${error.message}`;
  }
}
