import type { Condition } from "../../condition/condition.ts";
import { citedReason, reasonAt } from "../../fact/reason.ts";
import type { ConfigDefault, Interpreter } from "../interpreter.ts";
import { boolValue, dictionary, numberValue, stringValue, unknownValue } from "../values/making.ts";
import type { DictEntry, PyValue } from "../values/value.ts";

/**
 * `self.config`: a dict of the options that charmcraft.yaml or config.yaml declare, each with its default. Options
 * without a default exist only after an operator sets them (https://juju.is/docs/sdk/config).
 */
export function configValue(cx: Interpreter): PyValue {
  const config = cx.config();
  return cx.remembered<PyValue>(
    config,
    "config",
    () => {
      const entries: DictEntry[] = [];
      for (const [name, option] of config) {
        const value = optionValue(name, option);
        const condition: Condition | null = option.default === null ? [{ kind: "option", name }] : null;
        entries.push({ key: stringValue(name), value, condition, keyAt: option.location, at: option.location });
      }
      return dictionary(entries, null, null, config);
    },
    (why) => unknownValue(why),
  );
}

/** Whether the value is the charm's config. */
export function isConfig(cx: Interpreter, value: PyValue): boolean {
  return value.kind === "dict" && cx.isOfConfig(value.lineage);
}

/** One option's default, marked as configurable. */
function optionValue(name: string, option: ConfigDefault): PyValue {
  const { default: preset, type, location } = option;
  const defaultText = preset === null ? "no default" : `the default ${JSON.stringify(preset)}`;
  const because = [
    reasonAt(location, `config option \`${name}\` has ${defaultText}; an operator may set another value`),
  ];
  const configurable = [name];
  if (preset === null) return { ...unknownValue(`config option \`${name}\` has no default`), because, configurable };
  const plain =
    typeof preset === "string"
      ? stringValue(preset)
      : typeof preset === "boolean"
        ? boolValue(preset)
        : numberValue(preset, type !== "float" && Number.isInteger(preset));
  return { ...plain, because, configurable };
}

/** What `config["name"]` or `config.get("name")` gives for an option that isn't declared. */
export function undeclaredOption(name: string, fallback: PyValue | null): PyValue {
  return (
    fallback ??
    unknownValue(`no config option \`${name}\` is declared`, [
      citedReason("the charm's config holds only declared options", "ops.model.ConfigData"),
    ])
  );
}
