import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "#lib/database/new-id.ts";
import { storedFileKey, vendorFileKey } from "./file-key.ts";
import { sealFileName } from "./seal-order.ts";

const organisationId = newId();
beforeAll(() => {
  process.env.SEALING_KEYS = `test:${Buffer.alloc(32, 7).toString("base64")}`;
});

const there = (file: { key: string; name: string }) => {
  const id = newId();
  const key = storedFileKey(organisationId, file);
  return { organisationId, id, key, nameSealed: sealFileName(organisationId, id, file.name) };
};

describe("F60: the key of a file", () => {
  it.each([
    ["stl:Seolah Jeon upper.stl", "Seolah Jeon upper.stl"],
    ["Seolah#Jeon.stl", "Seolah#Jeon.stl"],
    ["obj:a#b", "a#b"],
  ])("%s does not tell the file's name, and is the vendor's own again when the vendor is asked", (key, name) => {
    const row = there({ key, name });
    expect(row.key).not.toContain(name);
    expect(vendorFileKey(row)).toBe(key);
    expect(storedFileKey(newId(), { key, name })).not.toBe(row.key);
  });

  it.each([
    ["4f1a7f3c-8a54-4bb6-9d0e-1f2ab34c56d7", "upper.obj"],
    ["with#mark", "upper.obj"],
    ["order-form", ""],
  ])("%s stays as it is where it does not hold the name", (key, name) => {
    expect(there({ key, name }).key).toBe(key);
    expect(vendorFileKey(there({ key, name }))).toBe(key);
  });

  it("that was kept before names were hidden still works", () => {
    const row = there({ key: "stl:upper.stl", name: "upper.stl" });
    expect(vendorFileKey({ ...row, key: "stl:upper.stl" })).toBe("stl:upper.stl");
  });
});
