import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { database } from "#lib/database/database.ts";
import { changeOrder } from "#lib/orders/change-order.ts";
import { sealFileName } from "#lib/orders/seal-order.ts";
import { type GivenOrder, insertOrders, makeConnection } from "#lib/testing/orders-in-database.ts";
import { saveView } from "#lib/views/save-view.ts";
import { viewFiltersSchema } from "#lib/views/saved-view-schema.ts";

/** A lab of the bench, and what its orders are filtered by. */
export type BenchLab = {
  organisationId: string;
  apiKey: string;
  email: string;
  password: string;
  userId: string;
  clinicId: string;
  connectionId: string;
  tagId: string;
};

const STATUSES = [
  ...Array<string>(58).fill("completed"),
  ...Array<string>(12).fill("in_production"),
  ...Array<string>(8).fill("accepted"),
  ...Array<string>(6).fill("delivering"),
  ...Array<string>(6).fill("cancelled"),
  ...Array<string>(5).fill("rejected"),
  ...Array<string>(5).fill("pending"),
];
const NAMES = "Ada Bela Chiara Dmitri Emre Freya Goran Hana Ivo Jana Kofi Lena Mio".split(" ");
const FAMILIES = "Quill Moreau Novak Rossi Tanaka Weiss Silva Kim Jansen Okafor Berg".split(" ");
const CLINICS = 20;
const DAY_MS = 86_400_000;

/** A lab with so many orders of the last three years, sealed and searchable as an import leaves them, worked on as a lab does. */
export async function fillLab(name: string, orders: number): Promise<BenchLab> {
  const account = { email: `admin@${name}.example`, password: "correct horse battery" };
  const { apiKey, organisationId, userId } = await bootstrapOrganisation({
    organisation: name,
    kind: "lab",
    ...account,
  });
  const admin = (await principalOf(new Headers({ authorization: `Bearer ${apiKey}` })))!;
  const connection = await makeConnection(admin);
  // Nothing is asked of a vendor while it is measured.
  await database().connection.update({ where: { id: connection.id }, data: { state: "paused" } });
  const clinics = await addClinics(organisationId, connection.vendor);
  const one = (i: number) => orderNumber(i, orders, clinics, userId);
  const ids: string[] = [];
  for (let at = 0; at < orders; at += 5_000)
    ids.push(
      ...(await insertOrders(
        connection,
        Array.from({ length: Math.min(5_000, orders - at) }, (_, i) => one(at + i)),
      )),
    );
  const lab = { organisationId, apiKey, ...account, userId, clinicId: clinics[3]!, connectionId: connection.id };
  if (!ids[0]) return { ...lab, tagId: "" };
  await changeOrder(admin, ids[0], { tags: ["Rush"] });
  const [tag] = await database().tag.findMany({ where: { organisationId } });
  await addWork(organisationId, userId, tag!.id);
  const views: Record<string, string> = {
    Rush: `tag=${tag!.id}`,
    "Late of one clinic": `view=late&clinic=${lab.clinicId}`,
    Tanaka: "q=tanaka",
    "In hand": "status=accepted,in_production&completeness=incomplete",
  };
  for (const [name, query] of Object.entries(views)) {
    const filters = viewFiltersSchema.parse(Object.fromEntries(new URLSearchParams(query)));
    await saveView(admin, { name, filters, columns: null, shared: false });
  }
  return { ...lab, tagId: tag!.id };
}

async function addClinics(organisationId: string, vendor: string): Promise<string[]> {
  const groups = await database().vendorGroup.createManyAndReturn({
    data: Array.from({ length: CLINICS }, (_, i) => ({
      organisationId,
      vendor,
      key: `clinic-${i}`,
      kind: "clinic",
      name: `Clinic ${i}`,
    })),
    select: { id: true },
  });
  return groups.map((group) => group.id);
}

function orderNumber(i: number, orders: number, clinics: readonly string[], userId: string): GivenOrder {
  const receivedAt = new Date(Date.now() - (i / orders) * 1000 * DAY_MS);
  const person = `${NAMES[i % NAMES.length]} ${FAMILIES[(i * 7) % FAMILIES.length]}`;
  return {
    number: String(1_000_000 + i),
    status: STATUSES[draw(i, 1) % STATUSES.length]!,
    completeness: (["complete", "incomplete", "unknown"] as const)[draw(i, 2) % 3]!,
    clinicId: clinics[draw(i, 3) % clinics.length]!,
    receivedAt,
    vendorUpdatedAt: receivedAt,
    dueOn: draw(i, 4) % 7 === 0 ? null : new Date(receivedAt.getTime() + 10 * DAY_MS).toISOString().slice(0, 10),
    patient: { caseName: person, patientName: person, patientCode: `P${i}` },
    row: {
      form: "teeth",
      restorations: [16, 15, 14].map(crown),
      bridges: [],
      scansCount: 3,
      thumbnailOf: "-", // none is to be drawn
      scansReady: draw(i, 5) % 5 === 0 ? 0 : 3,
      assigneeId: draw(i, 6) % 10 === 0 ? userId : null,
      infoRequest: draw(i, 7) % 25 === 0 ? "requested" : "none",
      changedAt: draw(i, 8) % 50 === 0 ? receivedAt : null,
      downloadedAt: draw(i, 9) % 4 === 0 ? null : receivedAt,
      ...(draw(i, 10) % 100 === 0 && {
        holdUntil: new Date(Date.now() + 3 * DAY_MS),
        holdReason: "missing_scan",
        heldBy: userId,
      }),
    },
  };
}

/** A number that looks drawn by chance and is the same in every run (the finaliser of MurmurHash3). */
function draw(i: number, salt: number): number {
  let bits = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca77);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const crown = (fdi: number) => ({
  tooth: { fdi, universal: String(19 - fdi) },
  toothText: null,
  jaw: "upper",
  dieNumber: null,
  type: "Crown",
  typeCode: "crown",
  method: "Anatomic",
  methodCode: "anatomic",
  material: "Zirconia",
  materialCode: "zirconia",
  shade: "A2",
});

/** What lies around orders: scans, decisions, what happened, tags. Files that nobody opens have names sealed for another row. */
async function addWork(organisationId: string, userId: string, tagId: string): Promise<void> {
  await database().$executeRaw`
    INSERT INTO order_files (id, organisation_id, order_id, key, position, name_sealed, kind, jaw, state)
    SELECT uuidv7(), organisation_id, id, 'f' || n, n, patient_sealed, 'scan', (ARRAY['upper', 'lower', 'bite'])[n], 'ready'
    FROM orders, generate_series(1, 3) AS n WHERE organisation_id = ${organisationId}::uuid`;
  for (const id of await filesToBeOpened(organisationId))
    await database().orderFile.update({
      where: { id },
      data: { nameSealed: sealFileName(organisationId, id, "scan.stl") },
    });
  await database().$executeRaw`
    INSERT INTO decisions (id, organisation_id, order_id, kind, state, requested_by, requested_at, deadline_at, confirmed_at, closed_at, body_hash)
    SELECT uuidv7(), organisation_id, id, 'accept', 'confirmed', ${userId}::uuid, received_at, received_at, received_at, received_at, ''
    FROM orders WHERE organisation_id = ${organisationId}::uuid AND status NOT IN ('pending', 'rejected', 'cancelled')`;
  await database().$executeRaw`
    INSERT INTO order_events (id, organisation_id, order_id, at, kind)
    SELECT uuidv7(), organisation_id, id, received_at + n * interval '1 hour', (ARRAY['imported', 'accepted', 'downloaded'])[n]
    FROM orders, generate_series(1, CASE WHEN downloaded_at IS NULL THEN 2 ELSE 3 END) AS n
    WHERE organisation_id = ${organisationId}::uuid`;
  await database().$executeRaw`
    INSERT INTO order_tags (organisation_id, order_id, tag_id)
    SELECT organisation_id, id, ${tagId}::uuid FROM orders
    WHERE organisation_id = ${organisationId}::uuid AND number::int % 20 = 0 ON CONFLICT DO NOTHING`;
}

/** Those of the orders that the browser steps through, and the oldest and the newest: a starting portal tries its keys on them. */
async function filesToBeOpened(organisationId: string): Promise<string[]> {
  const shown = await database().order.findMany({
    where: { organisationId },
    orderBy: { receivedAt: "desc" },
    take: 60,
    select: { files: { select: { id: true } } },
  });
  const ends = await Promise.all(
    (["asc", "desc"] as const).map((direction) =>
      database().orderFile.findFirstOrThrow({ where: { organisationId }, orderBy: { id: direction } }),
    ),
  );
  return [...shown.flatMap(({ files }) => files), ...ends].map(({ id }) => id);
}

/**
 * Other labs' orders, copied row by row inside the database: nobody reads them, they are only there. What is sealed in them is
 * bound to the rows it was copied from.
 */
export async function addNeighbours(from: BenchLab, count: number): Promise<void> {
  const columns = await database().$queryRaw<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'orders' AND is_generated = 'NEVER'`;
  for (let n = 1; n <= count; n++) {
    const neighbour = await fillLab(`neighbour-${n}`, 0);
    const own = new Map([
      ["id", "uuidv7()"],
      ["organisation_id", `'${neighbour.organisationId}'::uuid`],
      ["connection_id", `'${neighbour.connectionId}'::uuid`],
      ["assignee_id", "NULL"],
      ["held_by", "NULL"],
      ["clinic_id", "NULL"],
      ["downloaded_at", "NULL"],
      // Every organisation hashes words with a key of its own: the same name is another number.
      ["search_tokens", `ARRAY(SELECT token # ${n}::bigint FROM unnest(search_tokens) AS token)`],
    ]);
    const names = columns.map(({ name }) => `"${name}"`).join(", ");
    const values = columns.map(({ name }) => own.get(name) ?? `"${name}"`).join(", ");
    await database().$executeRawUnsafe(
      `INSERT INTO orders (${names}) SELECT ${values} FROM orders WHERE organisation_id = '${from.organisationId}'::uuid`,
    );
  }
}
