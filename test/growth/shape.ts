/** Texts of one kind that grow with a number: what an attacker may write to make a reader take long. */
export interface Shape {
  readonly name: string;
  /** The files of a workspace, by path, at a size. */
  readonly files: (size: number) => Readonly<Record<string, string>>;
  /** The smallest size that is tried; the largest is eight times as large. */
  readonly from: number;
  /** Reads the files; absent: as `check` does. */
  readonly read?: (files: Readonly<Record<string, string>>) => void;
}

/** A charmcraft.yaml with the mesh relation and one other. */
export const METADATA =
  "name: c\ntype: charm\nrequires:\n  service-mesh: {interface: service_mesh, limit: 1}\nprovides:\n  x: {interface: http}\n";
/** The imports of every charm.py. */
export const HEAD =
  "import ops\nfrom charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, Method, ServiceMeshConsumer, UnitPolicy\n\n\n";
/** The line that makes the consumer. */
export const CONSUMER = "        self.mesh = ServiceMeshConsumer(self, policies=self.policies())\n";
/** A charm class whose constructor makes the consumer. */
export const INIT = `class C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n${CONSUMER}\n`;

/** A line for each number below a count, joined. */
export const times = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join("");
/** A charm with some Python behind the imports. */
export const charm = (python: string): Readonly<Record<string, string>> => ({
  "c/charmcraft.yaml": METADATA,
  "c/src/charm.py": `${HEAD}${python}`,
});
/** A charm whose policies are worked out by the body of one method. */
export const method = (body: string, before = ""): Readonly<Record<string, string>> =>
  charm(`${before}${INIT}    def policies(self):\n${body}`);
/** A charm whose policies take what an expression gives as their ports. */
export const ports = (expression: string, before = ""): Readonly<Record<string, string>> =>
  method(`        return [UnitPolicy(relation="x", ports=${expression})]\n`, before);
/** A charm with another charmcraft.yaml. */
export const yaml = (text: string): Readonly<Record<string, string>> => ({
  "c/charmcraft.yaml": text,
  "c/src/charm.py": `${HEAD}${INIT}    def policies(self):\n        return [UnitPolicy(relation="x", ports=[80])]\n`,
});
/** A charm with another file beside it. */
export const beside = (path: string, text: string): Readonly<Record<string, string>> => ({
  ...yaml(METADATA),
  [path]: text,
});
/** The indentation at a depth inside of a method. */
export const indent = (depth: number): string => " ".repeat(8 + depth);
