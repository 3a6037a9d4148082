import type { MentionView, NoteDifference } from "#lib/appointments/appointment-schema.ts";
import { readMentions, shadeName, type ToothMention } from "#lib/appointments/read-mentions.ts";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { archPosition, type Fdi, isFdi, type ToothNotation } from "#lib/teeth/tooth.ts";

/** A shade of the order and the teeth it is for. */
type Ordered = { teeth: ReadonlySet<Fdi>; shades: readonly { fdi: Fdi | null; shade: string }[] };

/**
 * Teeth and shades of a clinical text against the prescription. Pure. A number that is a tooth in both notations is read as the one that
 * is ordered, else as the text's other numbers are, and told as ambiguous where nothing decides.
 */
export function compareWithPrescription(
  text: string,
  restorations: readonly Restoration[],
): { mentions: MentionView[]; differences: NoteDifference[] } {
  const said = readMentions(text);
  const ordered = readOrdered(restorations);
  const notation = notationOfText(said.teeth, ordered);
  const teeth = said.teeth.map((mention) => ({ mention, ...resolve(mention, ordered, notation) }));
  const shades = said.shades.map((mention) => {
    const near = teeth.filter((tooth) => tooth.mention.sentence === mention.sentence).flatMap(({ read }) => read ?? []);
    return { mention, ...compareShade(mention.shade, near, ordered) };
  });
  const isNamed = new Set(teeth.flatMap(({ read }) => read ?? []));
  const missing = isNamed.size === 0 ? [] : [...ordered.teeth].filter((tooth) => !isNamed.has(tooth));
  const view = ({ start, end }: { start: number; end: number }) => ({ start, end });
  return {
    mentions: [
      ...teeth.map(({ mention, verdict }) => ({ ...view(mention), kind: "tooth" as const, verdict })),
      ...shades.map(({ mention, verdict }) => ({ ...view(mention), kind: "shade" as const, verdict })),
    ].sort((a, b) => a.start - b.start),
    differences: distinct([
      ...teeth.flatMap(({ differences }) => differences),
      ...shades.flatMap(({ difference }) => difference ?? []),
      ...missing.sort(byArch).map((tooth): NoteDifference => ({ type: "tooth_not_in_note", tooth })),
    ]),
  };
}

function readOrdered(restorations: readonly Restoration[]): Ordered {
  const toothOf = ({ tooth }: Restoration) => (tooth && isFdi(tooth.fdi) ? tooth.fdi : null);
  const teeth = new Set(restorations.flatMap((one) => toothOf(one) ?? []));
  const shades = restorations.flatMap((one) => (one.shade ? [{ fdi: toothOf(one), shade: shadeName(one.shade) }] : []));
  return { teeth, shades };
}

type Read = { read: readonly Fdi[] | null; verdict: MentionView["verdict"]; differences: NoteDifference[] };

function resolve(mention: ToothMention, ordered: Ordered, notation: ToothNotation | null): Read {
  const { asFdi, asUniversal, written } = mention;
  const isOrdered = (teeth: readonly Fdi[]) => teeth.every((tooth) => ordered.teeth.has(tooth));
  const single = (teeth: readonly Fdi[]): Read => {
    const extra = teeth.filter((tooth) => !ordered.teeth.has(tooth));
    const differences = extra.map((tooth): NoteDifference => ({ type: "tooth_not_ordered", tooth }));
    return { read: teeth, verdict: extra.length > 0 ? "differs" : "agrees", differences };
  };
  if (!asFdi || !asUniversal) return single((asFdi ?? asUniversal)!);
  if (isOrdered(asFdi) !== isOrdered(asUniversal)) return single(isOrdered(asFdi) ? asFdi : asUniversal);
  if (notation) return single(notation === "fdi" ? asFdi : asUniversal);
  const difference = { type: "tooth_ambiguous", written, asFdi: asFdi[0]!, asUniversal: asUniversal[0]! } as const;
  return { read: null, verdict: "ambiguous", differences: [difference] };
}

/** What the numbers that can be read in one way only have in common, or those that are said to be in one. */
function notationOfText(teeth: readonly ToothMention[], ordered: Ordered): ToothNotation | null {
  const votes = new Set<ToothNotation>();
  for (const { asFdi, asUniversal, notation } of teeth) {
    if (notation) votes.add(notation);
    else if (!asUniversal) votes.add("fdi");
    else if (!asFdi) votes.add("universal");
    else {
      const [inFdi, inUniversal] = [asFdi, asUniversal].map((read) => read.every((tooth) => ordered.teeth.has(tooth)));
      if (inFdi !== inUniversal) votes.add(inFdi ? "fdi" : "universal");
    }
  }
  return votes.size === 1 ? [...votes][0]! : null;
}

type ShadeRead = { verdict: MentionView["verdict"]; difference: NoteDifference | null };

/** A shade is compared with those of the teeth of its sentence, and where it stands alone with all of the order. */
function compareShade(shade: string, near: readonly Fdi[], { shades }: Ordered): ShadeRead {
  const own = shades.filter(({ fdi }) => fdi !== null && near.includes(fdi));
  const compared = [...new Set((own.length > 0 ? own : shades).map((one) => one.shade))];
  if (compared.includes(shade)) return { verdict: "agrees", difference: null };
  const teeth = [...new Set(own.flatMap(({ fdi }) => fdi ?? []))].sort(byArch);
  if (compared.length === 0)
    return { verdict: "differs", difference: { type: "shade_not_ordered", shade, teeth: [...new Set(near)] } };
  return { verdict: "differs", difference: { type: "shade_differs", shade, ordered: compared, teeth } };
}

function byArch(a: Fdi, b: Fdi): number {
  return archPosition(a) - archPosition(b);
}

function distinct(differences: NoteDifference[]): NoteDifference[] {
  const seen = new Set<string>();
  return differences.filter((one) => {
    const key = JSON.stringify(one);
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
