import { denialDirectory, denialReader, explainedDenials } from "#mesh";
import { denialsMarkdown } from "#picture";
import { explainRequest } from "#protocol";
import { shownDeployment } from "../deployment.ts";
import type { Feature } from "./feature.ts";

/** Why are requests denied? A log, explained against the deployment that is shown. */
export const explain: Feature = (serving) =>
  serving.own(explainRequest, (snapshot, { options, log }) => {
    const { topology, effective, mode } = shownDeployment(snapshot, options);
    const expectation = { effective, topology, mode };
    const reader = denialReader(denialDirectory(expectation));
    for (const line of log.split("\n")) reader.line(line);
    const found = reader.log();
    const denials = explainedDenials(found.flows, expectation);
    return { text: denialsMarkdown(denials, found, snapshot.names.uriOf), denials: denials.length };
  });
