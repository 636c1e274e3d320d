import { validatedModel } from "../../../engine/mesh/src/policy/library/validation.ts";
import type { PyValue, Result } from "../../../engine/mesh/src/policy/python/value.ts";
import { jsonValue } from "./json-value.ts";

/** What a consumer publishes over `cross_model_mesh`: who it really is. */
export interface CrossModelData {
  readonly app_name: string;
  readonly juju_model_name: string;
}

/** The databag of one `cross_model_mesh` relation, by the name under which its remote application is known here. */
export interface CrossModelRelation {
  readonly app: string;
  readonly databag: ReadonlyMap<string, string>;
}

/** The validated form of one application's data; null where the library would log it and go on without. */
export function crossModelData(data: PyValue): CrossModelData | null {
  const validation = validatedModel("CMRData", data);
  if ("errors" in validation) return null;
  const { fields } = validation.instance;
  const [app, model] = [fields.get("app_name"), fields.get("juju_model_name")];
  return typeof app === "string" && typeof model === "string" ? { app_name: app, juju_model_name: model } : null;
}

/**
 * get_data_from_cmr_relation (domain/vectors.md 2.2): data by local application name, later relations overwriting earlier
 * ones. Data that does not validate is skipped; text that is no JSON is the library's uncaught JSONDecodeError.
 */
export function crossModelDataByApp(
  relations: readonly CrossModelRelation[],
): Result<ReadonlyMap<string, CrossModelData>> {
  const byApp = new Map<string, CrossModelData>();
  for (const relation of relations) {
    const text = relation.databag.get("cmr_data");
    if (text === undefined) continue;
    const parsed = jsonValue(text);
    if ("error" in parsed) return parsed;
    const data = crossModelData(parsed.value);
    if (data !== null) byApp.set(relation.app, data);
  }
  return { value: byApp };
}
