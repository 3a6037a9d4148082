import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { checkSealingKeys } from "#lib/crypto/check-sealing-keys.ts";
import { keyring, parseKeyring } from "#lib/crypto/keyring.ts";
import { rotateKeys } from "#lib/crypto/rotate-keys.ts";
import { SealError, seal, sealHeader, unseal } from "#lib/crypto/seal.ts";
import { type Query, sealedColumns } from "#lib/crypto/sealed-columns.ts";
import { database } from "#lib/database/database.ts";
import { insertOrders, insertScan, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

let db: TestDatabase;
let lab: Principal;
let other: Principal;
const query: Query = (sql, ...values) => database().$queryRawUnsafe(sql, ...values);
const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString("base64")}`;
const OLD = key("test", 7);
const newer = parseKeyring(`${key("next", 8)},${OLD}`);
const ORDERS = 1_300;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  other = await makePrincipal();
  for (const principal of [lab, other]) {
    const orders = Array.from({ length: ORDERS / 2 }, (_, i) => ({ patient: { patientName: `Patient ${i}` } }));
    const [first] = await insertOrders(await makeConnection(principal), orders);
    await insertScan(principal.organisationId, first!);
  }
});
afterAll(() => db.drop());

const place = (row: { id: string; organisationId: string }, column = "patient_sealed") => ({
  organisationId: row.organisationId,
  table: "orders",
  column,
  row: row.id,
});
const orders = () => database().order.findMany({ orderBy: { id: "asc" } });

describe("F53: the keys that seal", () => {
  it("know every sealed column of a row with an id", async () => {
    const names = (await sealedColumns(query)).map(({ table, column }) => `${table}.${column}`);
    expect(names).toEqual(
      expect.arrayContaining([
        "connections.credentials_sealed",
        "decisions.note_sealed",
        "decisions.reason_sealed",
        "order_files.name_sealed",
        "orders.patient_sealed",
        "orders.raw_sealed",
        "scans.name_sealed",
        "uploads.name_sealed",
        "vendor_groups.contact_sealed",
      ]),
    );
  });

  it("are checked before a portal starts: a missing one and a wrong one are named, with what to do", async () => {
    await expect(checkSealingKeys(query)).resolves.toBeUndefined();
    await expect(checkSealingKeys(query, newer)).resolves.toBeUndefined();
    await expect(checkSealingKeys(query, parseKeyring(key("next", 8)))).rejects.toThrow(
      /^SEALING_KEYS: The sealing key "test" is not among.*keys\/sealing-keys/,
    );
    const wrong = checkSealingKeys(query, parseKeyring(key("test", 9)));
    await expect(wrong).rejects.toThrow(/^SEALING_KEYS: A sealed value of .* does not open/);
    await expect(wrong).rejects.toBeInstanceOf(SealError);
  });

  it("are rotated while others write, in batches that a stopped run leaves whole", async () => {
    const stop = new AbortController();
    const stopped = rotateKeys(query, {
      ring: newer,
      signal: stop.signal,
      onProgress: ({ resealed }) => resealed > 600 && stop.abort(new Error("stopped")),
    });
    await expect(stopped).rejects.toThrow("stopped");
    const header = Buffer.from(sealHeader("next"));
    const isNew = (sealed: Uint8Array) => Buffer.from(sealed).subarray(0, header.length).equals(header);
    const half = (await orders()).filter((row) => isNew(row.patientSealed)).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(ORDERS);

    const written = (await orders()).slice(-200);
    const [rotation] = await Promise.all([
      rotateKeys(query, { ring: newer }),
      ...written.map((row) =>
        database().order.update({
          where: { id: row.id },
          data: { patientSealed: seal(`{"patientName":"after ${row.id}"}`, place(row), keyring()) },
        }),
      ),
    ]);
    expect(rotation).toMatchObject({ unreadable: 0 });
    await rotateKeys(query, { ring: newer });
    for (const row of await orders()) {
      expect(isNew(row.patientSealed) && isNew(row.rawSealed)).toBe(true);
      const text = unseal(row.patientSealed, place(row), newer).toString();
      if (written.some(({ id }) => id === row.id)) expect(text).toContain(`after ${row.id}`);
      else expect(text).toContain("Patient ");
    }
    expect(await rotateKeys(query, { ring: newer })).toEqual({ resealed: 0, unreadable: 0 });
    await expect(checkSealingKeys(query, newer)).resolves.toBeUndefined();
  });

  it("open no value that was moved to another row, tenant or column, and leave it alone when they change", async () => {
    const rows = await orders();
    let opened = 0;
    for (const [at, row] of rows.entries()) {
      const thief = rows[(at + 1 + (at % 7)) % rows.length]!;
      for (const where of [
        place(thief),
        place({ ...row, organisationId: thief.organisationId, id: thief.id }),
        place(row, "raw_sealed"),
      ])
        try {
          unseal(row.patientSealed, where, newer);
          opened++;
        } catch (error) {
          expect(error).toBeInstanceOf(SealError);
        }
    }
    expect(opened).toBe(0);
    const [mine] = rows.filter((row) => row.organisationId === lab.organisationId);
    const [theirs] = rows.filter((row) => row.organisationId === other.organisationId);
    await database().order.update({ where: { id: mine!.id }, data: { patientSealed: theirs!.patientSealed } });
    const third = parseKeyring(`${key("third", 1)},${key("next", 8)},${OLD}`);
    expect((await rotateKeys(query, { ring: third })).unreadable).toBe(1);
  });
});
