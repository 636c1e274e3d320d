import type { NodeView } from "#protocol";

/* Line drawings in a square of 14: they are stroked, not filled. */

/** The sign of each kind of node. */
export const NODE_GLYPHS: Readonly<Record<NodeView["kind"], string>> = {
  // A hub with three spokes.
  coordinator: "M7 4.5 A2.5 2.5 0 1 1 6.99 4.5 M7 4.5 V1 M9.2 8.3 L12.5 11 M4.8 8.3 L1.5 11",
  // Two machines, one above the other.
  worker: "M1.5 2 H12.5 V6 H1.5 Z M1.5 8 H12.5 V12 H1.5 Z M3.5 4 H5 M3.5 10 H5",
  // A parcel.
  application: "M7 1 L12.5 4 V10 L7 13 L1.5 10 V4 Z M1.5 4 L7 7 L12.5 4 M7 7 V13",
  // A store.
  backend: "M2 3.5 A5 2 0 0 1 12 3.5 A5 2 0 0 1 2 3.5 V10.5 A5 2 0 0 0 12 10.5 V3.5",
  // A person.
  client: "M7 1.5 A2.6 2.6 0 1 1 6.99 1.5 M1.8 12.5 C2.2 9 4.2 8.2 7 8.2 C9.8 8.2 11.8 9 12.2 12.5",
  // An arrow through a door.
  ingress: "M7 1.5 H12.5 V12.5 H7 M1 7 H8.5 M5.8 4.2 L8.6 7 L5.8 9.8",
  // A mast that sends.
  beacon:
    "M7 7 V13 M7 5.5 A1.2 1.2 0 1 1 6.99 5.5 M4 9.5 A4 4 0 0 1 4 4 M10 9.5 A4 4 0 0 0 10 4 M2 11.2 A6.5 6.5 0 0 1 2 2.3 M12 11.2 A6.5 6.5 0 0 0 12 2.3",
  // Cards in a pile.
  group: "M1.5 5.5 H9.5 V12.5 H1.5 Z M3.5 3.5 H11 V10.5 M5.5 1.5 H12.5 V8.5",
};

/** The badge of an application on the mesh: a shield. */
export const MESH_BADGE = "M7 1 L12 3 V7 C12 10 9.8 12 7 13 C4.2 12 2 10 2 7 V3 Z M4.6 7 L6.4 8.8 L9.6 5.2";
