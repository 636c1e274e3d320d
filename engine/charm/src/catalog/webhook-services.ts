/** How a charm names the Service of a webhook that the API server calls. */
export const WEBHOOK_SERVICES = {
  /** Kinds of resources whose `webhooks` have a `clientConfig`. */
  kinds: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"] as readonly string[],
  /** The same as an object of lightkube. */
  references: ["lightkube.models.admissionregistration_v1.ServiceReference"] as readonly string[],
  parameters: ["name", "namespace", "path", "port"] as readonly string[],
  citation:
    "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#contacting-the-webhook; lightkube-models 1.33, admissionregistration_v1.py",
} as const;
