import type { Restoration } from "#lib/orders/order-schema.ts";
import { archPosition, type Fdi, isFdi, teethBetween } from "#lib/teeth/tooth.ts";
import { restorationKind } from "./restoration-kind.ts";

export type RestorationSummary = {
  bridges: Fdi[][];
  /** What is left, by the vendor's name of it. `places` are vendor texts and jaws that are no single tooth. */
  items: { type: string | null; count: number; teeth: Fdi[]; jaws: ("upper" | "lower")[] }[];
  materials: string[];
  shades: string[];
};

/**
 * Shortens an order's restorations to a line: bridges first (neighbouring teeth with a pontic among them, or the vendor's own
 * spans), then equal types together, teeth in arch order.
 */
export function summariseRestorations(
  restorations: readonly Restoration[],
  spans: readonly number[][] = [],
): RestorationSummary {
  const named = spans.map((span) => span.filter(isFdi)).filter((span) => span.length > 1);
  const bridges = (named.length > 0 ? named : bridgesAmong(restorations)).map(inArchOrder);
  const bridged = new Set<number>(bridges.flat());
  const items = new Map<string, RestorationSummary["items"][number]>();
  for (const restoration of restorations) {
    const fdi = restoration.tooth?.fdi ?? 0;
    if (bridged.has(fdi)) continue;
    const key = restoration.type ?? restoration.typeCode ?? "";
    const item = items.get(key) ?? { type: key || null, count: 0, teeth: [], jaws: [] };
    item.count++;
    if (isFdi(fdi)) item.teeth.push(fdi);
    else if (restoration.jaw && !item.jaws.includes(restoration.jaw)) item.jaws.push(restoration.jaw);
    items.set(key, item);
  }
  return {
    bridges,
    items: [...items.values()],
    materials: distinct(restorations.map((r) => r.material)),
    shades: distinct(restorations.map((r) => r.shade)),
  };
}

/** Runs of neighbours in one arch that hold a pontic and something to carry it. */
function bridgesAmong(restorations: readonly Restoration[]): Fdi[][] {
  const pontics = new Set<number>();
  const teeth: Fdi[] = [];
  for (const restoration of restorations) {
    const fdi = restoration.tooth?.fdi ?? 0;
    if (!isFdi(fdi)) continue;
    teeth.push(fdi);
    if (restorationKind(restoration) === "pontic") pontics.add(fdi);
  }
  const runs: Fdi[][] = [];
  for (const tooth of inArchOrder(teeth)) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && teethBetween(last, tooth)?.length === 2) runs.at(-1)!.push(tooth);
    else runs.push([tooth]);
  }
  return runs.filter((run) => run.length > 1 && run.some((t) => pontics.has(t)) && run.some((t) => !pontics.has(t)));
}

function inArchOrder(teeth: readonly Fdi[]): Fdi[] {
  return [...new Set(teeth)].sort((a, b) => archPosition(a) - archPosition(b));
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value): value is string => Boolean(value)))];
}
