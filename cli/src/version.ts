/** The product's version; scripts/bundles.mts writes package.json's into the bundle. */
declare const CHARM_MESH_VERSION: string | undefined;

export const VERSION: string = typeof CHARM_MESH_VERSION === "string" ? CHARM_MESH_VERSION : "0.0.0-source";
