/** How a client counts characters within a line (LSP 3.17, `general.positionEncodings`). */
export type Encoding = "utf-16" | "utf-8" | "utf-32";

const SUPPORTED: readonly string[] = ["utf-16", "utf-8", "utf-32"] satisfies Encoding[];

/** The first encoding of the client's list that is spoken here; UTF-16 where the client names none, as LSP says. */
export function chosenEncoding(offered: readonly string[] | undefined): Encoding {
  return (offered?.find((encoding) => SUPPORTED.includes(encoding)) as Encoding | undefined) ?? "utf-16";
}
