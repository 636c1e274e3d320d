import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { codePointLength, firstCodePoints } from "../python/text.ts";
import { failure, type Result } from "../python/value.ts";

/** Kubernetes' limit for a label's value. */
export const LONGEST_LABEL = 63;
const LONE_SURROGATES = /\p{Cs}+/u;

/**
 * How coordinated_workers keeps a label value within 63 characters (domain/vectors.md 2.5): the first 54 and the first 8 digits
 * of its SHA-256. A long value with a lone surrogate has no UTF-8 form: Python's UnicodeEncodeError.
 */
export function truncatedLabelValue(value: string): Result<string> {
  if (codePointLength(value) <= LONGEST_LABEL) return { value };
  const refused = notUtf8(value);
  if (refused) return refused;
  const digest = bytesToHex(sha256(utf8ToBytes(value))).slice(0, 8);
  return { value: `${firstCodePoints(value, LONGEST_LABEL - 9)}-${digest}` };
}

export interface LabelParts {
  readonly model: string;
  readonly app: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly separator?: string;
  readonly maxLength?: number;
}

/** Which package's wording of the error: charmed-service-mesh-helpers always says 63. */
export type LabelPackage = "charmed-service-mesh-helpers" | "canonical-service-mesh";

/**
 * charm_kubernetes_label (domain/vectors.md 2.10): model and app joined, and cut in proportion with a SHA-1 in between when they
 * are too long. ValueError for an empty name and for a prefix and suffix that leave no room.
 */
export function charmKubernetesLabel(
  parts: LabelParts,
  from: LabelPackage = "charmed-service-mesh-helpers",
): Result<string> {
  const { model, app, prefix = "", suffix = "", separator = ".", maxLength = LONGEST_LABEL } = parts;
  if (model === "" || app === "") {
    return failure("ValueError", "Both model_name and app_name must be at least 1 character long.");
  }
  const whole = `${prefix}${model}${separator}${app}${suffix}`;
  if (codePointLength(whole) <= maxLength) return { value: whole };
  // Six digits of the hash and two separators, each counted as one character whatever its length.
  const fixed = codePointLength(prefix) + codePointLength(suffix) + 8;
  if (fixed + 2 > maxLength) {
    const limit = from === "canonical-service-mesh" ? maxLength : LONGEST_LABEL;
    return failure(
      "ValueError",
      `Fixed label portion (prefix, suffix, hash, and separator) is too long (${fixed} chars); must leave at least ` +
        `1 character each for model_name and app_name to fit within the ${limit} character limit.`,
    );
  }
  const hashed = `${model}${separator}${app}`;
  const refused = notUtf8(hashed);
  if (refused) return refused;
  const available = maxLength - fixed;
  const modelLength = codePointLength(model);
  const modelPart = Math.max(1, Math.floor((available * modelLength) / (modelLength + codePointLength(app))));
  const appPart = Math.max(1, available - modelPart);
  const digest = bytesToHex(sha1(utf8ToBytes(hashed))).slice(0, 6);
  const cut = `${firstCodePoints(model, modelPart)}${separator}${firstCodePoints(app, appPart)}`;
  return { value: `${prefix}${cut}${separator}${digest}${suffix}` };
}

function notUtf8(text: string): ReturnType<typeof failure> | null {
  const found = LONE_SURROGATES.exec(text);
  if (!found) return null;
  const start = codePointLength(text.slice(0, found.index));
  const count = found[0].length;
  const what =
    count === 1
      ? `character '\\u${found[0].charCodeAt(0).toString(16)}' in position ${start}`
      : `characters in position ${start}-${start + count - 1}`;
  return failure("UnicodeEncodeError", `'utf-8' codec can't encode ${what}: surrogates not allowed`);
}
