import { expect, it } from "vitest";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { parseKeyring } from "./keyring.ts";
import { SealError, type SealedPlace, seal, unseal } from "./seal.ts";

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString("base64")}`;
const RINGS = [key("a", 1), `${key("b", 2)},${key("a", 1)}`, `${key("c", 3)},${key("b", 2)},${key("a", 1)}`].map(
  parseKeyring,
);
const PARTS = ["organisationId", "table", "column", "row"] as const;

it.each(faultSeeds())(
  "F53: a value opens in its place alone, with its key alone, and whole alone (seed %d)",
  (seed) => {
    const chance = new Chance(seed);
    const newest = RINGS[2]!;
    for (let n = 0; n < 400; n++) {
      const place: SealedPlace = {
        organisationId: `o${chance.below(9)}`,
        table: "t",
        column: "c",
        row: `r${chance.below(99)}`,
      };
      const ringAt = chance.below(3);
      const text = "x".repeat(chance.below(200));
      const sealed = seal(text, place, RINGS[ringAt]!);
      expect(unseal(sealed, place, newest).toString()).toBe(text);
      const bad = Uint8Array.from(sealed);
      bad[chance.below(bad.length)]! ^= 1 + chance.below(255);
      const moved = { ...place, [chance.pick(PARTS)]: `elsewhere${chance.below(5)}` };
      // The end of one part at the beginning of the next is another place as well.
      const shifted = { ...place, table: `t${place.column}`, column: "" };
      expect(() => unseal(bad, place, newest)).toThrow(SealError);
      expect(() => unseal(sealed.subarray(0, chance.below(sealed.length)), place, newest)).toThrow(SealError);
      expect(() => unseal(Buffer.concat([sealed, Buffer.from([chance.below(256)])]), place, newest)).toThrow(SealError);
      expect(() => unseal(sealed, moved, newest)).toThrow(SealError);
      expect(() => unseal(sealed, shifted, newest)).toThrow(SealError);
      if (ringAt > 0) expect(() => unseal(sealed, place, RINGS[ringAt - 1]!)).toThrow(SealError);
    }
  },
);
