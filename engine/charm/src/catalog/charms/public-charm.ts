/** One endpoint of a published charm. */
export interface PublicEndpoint {
  readonly endpoint: string;
  readonly side: "provides" | "requires";
  readonly interface: string;
}

/** A published charm's endpoints, for deployments whose charms are not in the workspace. */
export interface PublicCharm {
  readonly name: string;
  readonly endpoints: readonly PublicEndpoint[];
  readonly citation: string;
}

/** A public charm from two lists of `endpoint=interface`, separated by blanks. */
export function publicCharm(name: string, citation: string, provides: string, requires: string): PublicCharm {
  return { name, citation, endpoints: [...endpoints(provides, "provides"), ...endpoints(requires, "requires")] };
}

function endpoints(list: string, side: PublicEndpoint["side"]): PublicEndpoint[] {
  return list
    .split(" ")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [endpoint = "", name = ""] = pair.split("=");
      return { endpoint, side, interface: name };
    });
}
