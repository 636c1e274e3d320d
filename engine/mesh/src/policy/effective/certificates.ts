import { type CoordinatorCall, POLICY_CITATIONS } from "#charm";
import { citedReason, knownValue, type Reason } from "#python";
import type { ApplicationContext } from "./application-context.ts";
import { endpointName } from "./coordinator-endpoints.ts";

/** Whether an application has a certificate; null: not known. */
export interface CertificateState {
  readonly tls: boolean | null;
  readonly because: readonly Reason[];
}

/**
 * Whether a coordinator has a certificate: what the options say, else whether the deployment relates its `certificates` endpoint.
 * An inferred deployment decides nothing, as it relates whatever charms declare.
 */
export function coordinatorCertificate(context: ApplicationContext, call: CoordinatorCall): CertificateState {
  const endpoint = knownValue(endpointName(call.endpoints, "certificates"));
  return endpoint === undefined
    ? certificateOf(context, undefined)
    : certificateOf(context, endpoint === null ? [] : [endpoint]);
}

/** The same for endpoints of tls-certificates: none of them gives no certificate, undefined are endpoints that can't be read. */
export function certificateOf(
  { application, tls, inferred, relations }: ApplicationContext,
  endpoints: readonly string[] | undefined,
): CertificateState {
  const because = (text: string) => [citedReason(text, POLICY_CITATIONS.certificates)];
  if (endpoints?.length === 0) return { tls: false, because: because(`${application.name} takes no certificates.`) };
  if (tls !== null) return { tls, because: because(tls ? "It has a certificate." : "It has no certificate.") };
  if (endpoints === undefined || inferred)
    return { tls: null, because: because("Whether it has a certificate is not known.") };
  const related = relations.find((own) => own.endpoint !== null && endpoints.includes(own.endpoint));
  if (related) {
    const text = `${related.remote.application} gives it certificates over ${related.endpoint}.`;
    return { tls: true, because: [...because(text), ...related.relation.because] };
  }
  // A relation of which the own endpoint is not known may be this one.
  if (relations.some((own) => own.endpoint === null))
    return { tls: null, because: because("Whether it has a certificate is not known.") };
  return {
    tls: false,
    because: because(`Nothing is related over ${endpoints.join(", ")}, so there is no certificate.`),
  };
}
