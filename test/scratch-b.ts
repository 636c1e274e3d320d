import { graphTimings, graphTimingTable } from "./bench/graph.ts";
console.log(graphTimingTable(graphTimings([200])));
