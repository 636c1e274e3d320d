/** The scheme of read-only documents that the server writes: the effective policies. */
export const DOCUMENT_SCHEME = "charm-mesh";
