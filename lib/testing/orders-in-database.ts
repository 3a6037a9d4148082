import type { Prisma } from "#generated/prisma/client.ts";
import type { Principal, Role } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { newId } from "#lib/database/new-id.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { sealFileName, sealPatient, sealRaw } from "#lib/orders/seal-order.ts";
import { tokensOf } from "#lib/orders/search-tokens.ts";
import type { PatientData } from "#lib/vendors/vendor.ts";

/** An organisation with one member, as services know them. */
export async function makePrincipal(kind: Side = "lab", role: Role = "technician"): Promise<Principal> {
  // What waits before it leaves is tested where it is meant: everywhere else a decision leaves at once.
  const organisation = await database().organisation.create({ data: { kind, name: `A ${kind}`, undoSeconds: 0 } });
  return addPrincipal(organisation.id, kind, role);
}

/** One more member of an organisation. */
export async function addPrincipal(organisationId: string, kind: Side, role: Role): Promise<Principal> {
  const id = newId();
  await database().user.create({
    data: {
      id,
      email: `${id}@lab.example`,
      name: `${role} ${id.slice(-4)}`,
      passwordHash: "-",
      members: { create: { organisationId, role } },
    },
  });
  return {
    userId: id,
    name: `${role} ${id.slice(-4)}`,
    organisationId,
    organisationKind: kind,
    organisationName: `A ${kind}`,
    role,
    via: "session:test",
    locale: "en",
    toothNotation: "fdi",
  };
}

/** A connected account that was never signed in to a vendor. */
export async function makeConnection(principal: Principal, vendor = "meditlink") {
  return database().connection.create({
    data: {
      organisationId: principal.organisationId,
      vendor,
      account: "lab@vendor.example",
      accountKey: newId(),
      side: principal.organisationKind,
      createdBy: principal.userId,
    },
  });
}

export type GivenOrder = {
  number?: string;
  status?: string;
  vendorStatus?: string;
  completeness?: string;
  clinicId?: string | null;
  patient?: Partial<PatientData>;
  receivedAt?: Date;
  dueOn?: string | null;
  vendorUpdatedAt?: Date | null;
  syncedAt?: Date;
  detailFetchedAt?: Date | null;
  /** Anything else of the row. */
  row?: Partial<Prisma.OrderCreateManyInput>;
};

/** Orders as an import would have left them, newest first unless told otherwise. */
export async function insertOrders(
  connection: { id: string; organisationId: string; vendor: string; side: string },
  given: readonly GivenOrder[],
): Promise<string[]> {
  const now = Date.now();
  const rows = given.map((order, i) => {
    const id = newId();
    const { organisationId } = connection;
    const patient = {
      caseName: null,
      patientName: null,
      patientCode: null,
      description: null,
      tags: [],
      ...order.patient,
    };
    const number = order.number ?? String(1_000_000 + i);
    return {
      id,
      organisationId,
      connectionId: connection.id,
      vendor: connection.vendor,
      side: connection.side,
      number,
      status: order.status ?? "pending",
      vendorStatus: order.vendorStatus ?? "PENDING",
      completeness: order.completeness ?? "unknown",
      clinicId: order.clinicId ?? null,
      patientSealed: sealPatient(organisationId, id, patient),
      rawSealed: sealRaw(organisationId, id, { list: null, whole: null }),
      searchTokens: tokensOf(organisationId, [number, patient.caseName, patient.patientName]),
      receivedAt: order.receivedAt ?? new Date(now - i * 60_000),
      dueOn: order.dueOn ? new Date(`${order.dueOn}T00:00:00Z`) : null,
      vendorUpdatedAt: order.vendorUpdatedAt ?? null,
      fetchedAt: new Date(now),
      syncedAt: order.syncedAt ?? new Date(now),
      detailFetchedAt: order.detailFetchedAt === undefined ? new Date(now) : order.detailFetchedAt,
      ...order.row,
    };
  });
  for (let at = 0; at < rows.length; at += 1_000)
    await database().order.createMany({ data: rows.slice(at, at + 1_000) });
  return rows.map((row) => row.id);
}

/** A scan of an order as the vendor listed it, not yet fetched. */
export async function insertScan(
  organisationId: string,
  orderId: string,
  given: { key?: string; name?: string; jaw?: string | null; position?: number } = {},
): Promise<{ fileId: string; scanId: string }> {
  const fileId = newId();
  const scanId = newId();
  await database().orderFile.create({
    data: {
      id: fileId,
      organisationId,
      orderId,
      key: given.key ?? newId(),
      position: given.position ?? 0,
      nameSealed: sealFileName(organisationId, fileId, given.name ?? "mandibular.meditMesh"),
      kind: "scan",
      jaw: given.jaw === undefined ? "lower" : given.jaw,
      scan: { create: { id: scanId, organisationId, orderId } },
    },
  });
  await database().order.update({ where: { id: orderId }, data: { scansCount: { increment: 1 } } });
  return { fileId, scanId };
}
