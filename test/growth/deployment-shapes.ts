import { beside, type Shape, times } from "./shape.ts";

const list = (count: number, item: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => item(at)).join(",");
const plan = (resources: string): string =>
  `{"format_version":"1.2","planned_values":{"root_module":{"resources":[${resources}]}}}`;
const status = (applications: string): string =>
  `{"model":{"name":"m","type":"caas"},"applications":{${applications}}}`;

/** Shapes of files that describe a deployment. */
export const DEPLOYMENTS: readonly Shape[] = [
  {
    name: "Terraform plan of many applications in a ring",
    from: 60,
    files: (n) =>
      beside(
        "plan.json",
        plan(
          list(
            n,
            (at) =>
              `{"address":"juju_application.a${at}","type":"juju_application","name":"a${at}","values":{"name":"a${at}","model":"m","charm":[{"name":"c"}],"units":1}},{"address":"juju_integration.i${at}","type":"juju_integration","name":"i${at}","values":{"model":"m","application":[{"name":"a${at}","endpoint":"x"},{"name":"a${(at + 1) % n}","endpoint":"service-mesh"}]}}`,
          ),
        ),
      ),
  },
  {
    name: "Terraform plan, modules in each other",
    from: 100,
    files: (n) =>
      beside(
        "plan.json",
        `{"format_version":"1.2","planned_values":{"root_module":${'{"child_modules":['.repeat(n)}{}${"]}".repeat(n)}}}`,
      ),
  },
  {
    name: "JSON, lists in each other",
    from: 1000,
    files: (n) => beside("status.json", status(`"a":${"[".repeat(n)}${"]".repeat(n)}`)),
  },
  {
    name: "JSON, a list that stays open",
    from: 1000,
    files: (n) => beside("status.json", status(`"a":${"[1,".repeat(n)}`)),
  },
  {
    name: "status of many applications in a ring",
    from: 60,
    files: (n) =>
      beside(
        "status.json",
        status(
          list(
            n,
            (at) =>
              `"a${at}":{"charm":"c","scale":1,"address":"10.0.0.${at}","relations":{"x":[{"related-application":"a${(at + 1) % n}","interface":"http"}]},"units":{"a${at}/0":{"address":"10.1.0.${at}"}}}`,
          ),
        ),
      ),
  },
  {
    name: "status of an application with many units",
    from: 250,
    files: (n) =>
      beside(
        "status.json",
        status(`"a":{"charm":"c","units":{${list(n, (at) => `"a/${at}":{"address":"10.1.${at}"}`)}}}`),
      ),
  },
  {
    name: "show-unit with many relations",
    from: 60,
    files: (n) =>
      beside(
        "show-unit.yaml",
        `c/0:\n  charm: c\n  relation-info:\n${times(n, (at) => `  - relation-id: ${at}\n    endpoint: x\n    related-endpoint: y\n    application-data: {a: '{"b": [1]}'}\n    related-units: {a${at}/0: {in-scope: true, data: {a: b}}}\n`)}`,
      ),
  },
  {
    name: "mesh-topology.yaml of many applications",
    from: 60,
    files: (n) =>
      beside(
        "mesh-topology.yaml",
        `models:\n  m:\n    applications:\n${times(n, (at) => `      a${at}: {charm: c}\n`)}    relations:\n${times(n, (at) => `      - [a${at}:x, a${(at + 1) % n}:service-mesh]\n`)}`,
      ),
  },
  {
    name: "mesh-topology.yaml of many models",
    from: 40,
    files: (n) =>
      beside(
        "mesh-topology.yaml",
        `models:\n${times(n, (at) => `  m${at}:\n    applications: {a: {charm: c}}\n`)}cross-model:\n${times(n, (at) => `  - {provider: m${at}.a:x, consumer: m${(at + 1) % n}.a:service-mesh, as: s${at}}\n`)}`,
      ),
  },
  {
    name: "bundle, all in one relation",
    from: 60,
    files: (n) =>
      beside(
        "bundle.yaml",
        `applications:\n  hub: {charm: c}\n${times(n, (at) => `  a${at}: {charm: c}\n`)}relations:\n${times(n, (at) => `- [hub:x, a${at}:service-mesh]\n`)}`,
      ),
  },
];
