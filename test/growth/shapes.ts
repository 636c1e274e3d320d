import { DEPLOYMENTS } from "./deployment-shapes.ts";
import { BESIDE } from "./file-shapes.ts";
import { LOGS } from "./log-shapes.ts";
import { PYTHON } from "./python-shapes.ts";
import type { Shape } from "./shape.ts";

/** Every shape that is tried. */
export const SHAPES: readonly Shape[] = [...PYTHON, ...BESIDE, ...DEPLOYMENTS, ...LOGS];
