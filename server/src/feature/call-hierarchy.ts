import {
  type CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsRequest,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  SymbolKind,
} from "vscode-languageserver";
import { type TrafficEnd, type TrafficFlow, trafficEndAt, trafficFrom, trafficTo } from "#ide";
import type { ServerSnapshot } from "../snapshot.ts";
import type { Feature } from "./feature.ts";
import { lspLocations, placeOf, rangeAt } from "./place.ts";

/** Who may reach the applications of a relation, and whom they may reach, by the policies of the deployment. */
export const callHierarchy: Feature = (serving) => {
  serving.standard(CallHierarchyPrepareRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    const end = place && trafficEndAt(snapshot.analysis, place.path, place.offset);
    return end ? itemsOf(snapshot, end) : null;
  });
  serving.standard(CallHierarchyIncomingCallsRequest.type, (snapshot, { item }): CallHierarchyIncomingCall[] =>
    flowsAt(snapshot, item, trafficTo).flatMap(({ end, places }) =>
      itemsOf(snapshot, end).map((from) => ({ from, fromRanges: places.map((place) => rangeAt(snapshot, place)) })),
    ),
  );
  serving.standard(CallHierarchyOutgoingCallsRequest.type, (snapshot, { item }): CallHierarchyOutgoingCall[] =>
    flowsAt(snapshot, item, trafficFrom).flatMap(({ end, places }) =>
      itemsOf(snapshot, end).map((to) => ({ to, fromRanges: places.map((place) => rangeAt(snapshot, place)) })),
    ),
  );
};

function itemsOf(snapshot: ServerSnapshot, { name, detail, whole, selection }: TrafficEnd): CallHierarchyItem[] {
  return lspLocations(snapshot, [whole]).map(({ uri, range }) => ({
    name,
    detail,
    kind: SymbolKind.Interface,
    uri,
    range,
    selectionRange: rangeAt(snapshot, selection),
  }));
}

/** The flows of the relation that an item stands for; its selection is the relation's name. */
function flowsAt(
  snapshot: ServerSnapshot,
  { uri, selectionRange }: CallHierarchyItem,
  flows: (analysis: ServerSnapshot["analysis"], path: string, offset: number) => readonly TrafficFlow[],
): readonly TrafficFlow[] {
  const place = placeOf(snapshot, { textDocument: { uri }, position: selectionRange.start });
  return place ? flows(snapshot.analysis, place.path, place.offset) : [];
}
