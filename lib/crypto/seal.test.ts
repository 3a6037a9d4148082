import { describe, expect, it } from "vitest";
import { parseKeyring } from "./keyring.ts";
import { SealError, seal, unseal } from "./seal.ts";

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString("base64")}`;
const old = parseKeyring(key("k1", 1));
const rotated = parseKeyring(`${key("k2", 2)},${key("k1", 1)}`);
const place = { organisationId: "o1", table: "orders", column: "patient_sealed", row: "r1" };

describe("a sealed value", () => {
  it("opens again in its place", () => {
    expect(unseal(seal("Seolah Jeon", place, old), place, old).toString()).toBe("Seolah Jeon");
  });

  it("does not open in another organisation, table, column or row", () => {
    const sealed = seal("Seolah Jeon", place, old);
    for (const [part, other] of Object.entries({
      organisationId: "o2",
      table: "scans",
      column: "raw_sealed",
      row: "r2",
    }))
      expect(() => unseal(sealed, { ...place, [part]: other }, old)).toThrow(SealError);
  });

  it("does not open when any byte was changed or cut", () => {
    const sealed = seal("Seolah Jeon", place, old);
    for (let i = 0; i < sealed.length; i++) {
      const changed = Uint8Array.from(sealed);
      changed[i] = changed[i]! ^ 1;
      expect(() => unseal(changed, place, old)).toThrow(SealError);
      expect(() => unseal(sealed.subarray(0, i), place, old)).toThrow(SealError);
    }
  });

  it("opens after a newer key was put first, and then seals with the newer one", () => {
    expect(unseal(seal("a", place, old), place, rotated).toString()).toBe("a");
    expect(() => unseal(seal("a", place, rotated), place, old)).toThrow(/k2/);
  });
});
