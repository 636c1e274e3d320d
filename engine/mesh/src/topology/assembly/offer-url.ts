/** Where an offer is made. */
export interface OfferUrl {
  readonly controller: string | null;
  readonly model: string;
  readonly offer: string;
}

/** The model of an application behind an offer whose URL is not known. */
export const ELSEWHERE = "elsewhere";

/** Takes `[controller:][owner/]model.offer` apart; null for anything else. */
export function offerUrl(url: string): OfferUrl | null {
  const found = /^(?:([^:/]+):)?(?:[^/]+\/)?([a-z0-9][a-z0-9-]*)\.([^./:\s]+)$/i.exec(url.trim());
  if (!found) return null;
  const [, controller = null, model = "", offer = ""] = found;
  return { controller, model, offer };
}
