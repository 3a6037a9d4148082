import { isDeepStrictEqual } from "node:util";
import { newId } from "#lib/database/new-id.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { openContact, sealContact } from "#lib/orders/seal-order.ts";
import type { PartyContact, VendorOrder, VendorParty } from "#lib/vendors/vendor.ts";

/**
 * Keeps the clinics and labs that these orders name: name and contact as the vendor shows them now.
 * @returns the row id of each vendor key
 */
export async function importGroups(
  tx: TenantTransaction,
  place: { organisationId: string; vendor: string },
  orders: readonly VendorOrder[],
): Promise<Map<string, string>> {
  const parties = new Map<string, VendorParty & { kind: "clinic" | "lab" }>();
  for (const order of orders)
    for (const kind of ["clinic", "lab"] as const) {
      const party = order[kind];
      if (party)
        parties.set(party.key, { ...party, contact: party.contact ?? parties.get(party.key)?.contact ?? null, kind });
    }
  if (parties.size === 0) return new Map();
  const keys = [...parties.keys()].sort();
  // One order of writing for everybody: two imports never wait for each other in a circle.
  const find = () => tx.vendorGroup.findMany({ where: { ...place, key: { in: keys } }, orderBy: { key: "asc" } });
  let rows = await find();
  const known = new Set(rows.map((row) => row.key));
  const missing = keys.filter((key) => !known.has(key)).map((key) => parties.get(key)!);
  if (missing.length > 0) {
    await tx.vendorGroup.createMany({
      data: missing.map(({ key, kind, name, contact }) => {
        const id = newId();
        const contactSealed = contact ? sealContact(place.organisationId, id, contact) : null;
        return { id, ...place, key, kind, name, contactSealed };
      }),
      skipDuplicates: true, // another run may have met the same clinic at the same moment
    });
    rows = await find();
  }
  for (const row of rows) {
    const party = parties.get(row.key)!;
    if (!known.has(row.key)) continue;
    const contactIsNew = party.contact && !isSameContact(row, party.contact);
    if (row.name === party.name && !contactIsNew) continue;
    const contactSealed = contactIsNew ? sealContact(row.organisationId, row.id, party.contact!) : undefined;
    await tx.vendorGroup.update({
      where: { id: row.id, organisationId: row.organisationId },
      data: { name: party.name, contactSealed },
    });
  }
  return new Map(rows.map((row) => [row.key, row.id]));
}

function isSameContact(
  row: { organisationId: string; id: string; contactSealed: Uint8Array | null },
  contact: PartyContact,
): boolean {
  if (!row.contactSealed) return false;
  const shown = openContact(row.organisationId, row.id, row.contactSealed);
  return isDeepStrictEqual(shown, JSON.parse(JSON.stringify(contact)));
}
