import { acceptedData } from "./cadmus-accepted-data.ts";
import { CONFIGURED_PORTALS, type ConfiguredPortal } from "./cadmus-portals.ts";
import type { CadmusCase, CadmusFile } from "./cadmus-records.ts";
import { generatedScan } from "./order-plan.ts";
import { patientName } from "./patient-names.ts";
import { everydayPrescription } from "./prescriptions.ts";
import { hash32, Random } from "./random.ts";
import type { CaseRecord, FormItem, OrderRecord } from "./vendor-records.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;
const STATUSES = ["new", "accepted", "in_production", "complete", "rejected", "cancelled"];
const COMPLETENESS = ["complete", "incomplete"];
const INFO_REQUESTS = ["none", "requested", "received"];
const FIRST_ID = 42;
const NORDLAB_FIRST_ID = 900;
const TWINS = 6;

const DENTISTS: [dentist: string, clinic: string][] = [
  ["Dr. Yuna Seo", "Gangnam Smile"],
  ["Dr. Tomás Herrera", "Clínica Herrera"],
  ["Dr. Katrin Vogel", "Praxis Vogel & Kollegen"],
  ["Dr. Alice Monroe", "Monroe Dental"],
];

/** Fills the world with Cadmus cases: every triple of states once, and a few that are MeditLink orders by another door. */
export function seedCadmus(world: World): void {
  const triples = STATUSES.flatMap((status) =>
    COMPLETENESS.flatMap((completenessStatus) =>
      INFO_REQUESTS.map((infoRequestStatus) => ({ status, completenessStatus, infoRequestStatus })),
    ),
  );
  triples.forEach((triple, index) => {
    add(world, { ...ownCase(world, FIRST_ID + index, portalAt(3, index + 1), index), ...triple });
  });
  twinOrders(world).forEach((order, index) => {
    const record = world.cases.get(order.orderCase);
    if (record !== undefined) add(world, twinCase(FIRST_ID + triples.length + index, order, record));
  });
  for (let index = 0; index < 6; index++) add(world, ownCase(world, NORDLAB_FIRST_ID + index, portalAt(4, 0), index));
}

function add(world: World, cadmusCase: CadmusCase): void {
  world.cadmusCases.set(cadmusCase.id, cadmusCase);
}

function portalAt(organizationId: number, index: number): ConfiguredPortal {
  const portals = CONFIGURED_PORTALS.filter((portal) => portal.organizationId === organizationId);
  return portals[index % portals.length] as ConfiguredPortal;
}

/** A case that only Cadmus knows. The index decides its oddities, so that each occurs. */
function ownCase(world: World, id: number, portal: ConfiguredPortal, index: number): CadmusCase {
  const random = new Random(`cadmus ${id}`);
  const anatomy = hash32(`cadmus anatomy ${id}`);
  const work = everydayPrescription(random);
  const patient = patientName(random);
  const scan = (jaw: "upper" | "lower" | "bite-left") =>
    generatedScan(jaw, anatomy, work, world.options.triangles, index % 2 === 0);
  const fileType = index % 4 === 1 ? "ply" : "stl";
  const names = index % 9 === 5 ? ["Upper Jaw (1)", "Unterkiefer Müller", "bite 1"] : ["upper", "lower", "bite"];
  const files: CadmusFile[] = (["upper", "lower", "bite-left"] as const).map((jaw, at) => ({
    filename: `${names[at]}.${fileType}`,
    fileType,
    scan: scan(jaw),
  }));
  return finish({
    id,
    portal,
    random,
    index,
    patient: index % 13 === 7 ? null : patient,
    items: work.items,
    files: index % 12 === 8 ? [] : files,
    caseId: random.uuid(),
    createdAt: createdAt(world, index),
  });
}

/** Two cases lie exactly on the edges of a UTC day, for those who filter by date. */
function createdAt(world: World, index: number): number {
  const midnight = Math.floor(world.seededAt / DAY) * DAY;
  if (index === 3) return midnight - 3 * DAY;
  if (index === 4) return midnight - 3 * DAY - 1000;
  return Math.floor((world.seededAt - index * 1.4 * DAY - 3_600_000) / 1000) * 1000;
}

/** MeditLink orders of the main lab that also reach Cadmus: everyday scans without a quirk. */
function twinOrders(world: World): OrderRecord[] {
  const portal = CONFIGURED_PORTALS[0] as ConfiguredPortal;
  const account = world.accounts.get(portal.username);
  const isEveryday = ({ orderCase, drift, status }: OrderRecord) => {
    const files = world.cases.get(orderCase)?.files ?? [];
    const meshes = files.filter(
      ({ content }) => content.kind === "mesh" && content.scan.from === "generator" && !content.quirk,
    );
    return drift === null && (status === "PENDING" || status === "ACCEPTED") && meshes.length >= 3 && files.length <= 6;
  };
  const orders = [...world.orders.values()].filter(({ seller }) => seller === account?.groupUuid);
  return orders.filter(isEveryday).slice(0, TWINS);
}

function twinCase(id: number, order: OrderRecord, record: CaseRecord): CadmusCase {
  const files = record.files.flatMap(({ content }): CadmusFile[] =>
    content.kind === "mesh" ? [{ filename: `${content.entryName}.stl`, fileType: "stl", scan: content.scan }] : [],
  );
  const twin = finish({
    id,
    portal: CONFIGURED_PORTALS[0] as ConfiguredPortal,
    random: new Random(`cadmus ${id}`),
    index: id,
    patient: order.sharesPatientName ? (record.patient?.name ?? null) : null,
    items: record.formInformation?.items ?? [],
    files,
    caseId: record.uuid,
    createdAt: order.createdAt,
  });
  return { ...twin, status: "new", completenessStatus: "complete", infoRequestStatus: "none" };
}

interface Draft {
  id: number;
  portal: ConfiguredPortal;
  random: Random;
  index: number;
  patient: string | null;
  items: FormItem[];
  files: CadmusFile[];
  caseId: string;
  createdAt: number;
}

function finish({ id, portal, random, index, patient, items, files, caseId, createdAt }: Draft): CadmusCase {
  const [dentist, clinic] = random.pick(DENTISTS);
  const hasForm = index % 5 !== 4;
  const formName = portal.portalId === 3 ? "DS Core_orderform.pdf" : `order-${id}.pdf`;
  const dueDate = new Date(createdAt + 9 * DAY).toISOString().slice(0, 10);
  const folder = `org-${portal.organizationId}/case-${id}`;
  const content = { patient, dentist, clinic, items, files, orderForm: hasForm ? formName : null, folder, dueDate };
  const teeth = items.map(
    (what) => `${what.toothNo}  ${what.categoryDisplayName}, ${what.materialDisplayName}, ${what.shade}`,
  );
  return {
    id,
    organizationId: portal.organizationId,
    portalId: portal.portalId,
    configuredPortalId: portal.id,
    caseId,
    guid: random.uuid(),
    createdAt,
    patientFullname: index % 3 === 0 ? null : patient,
    status: "new",
    completenessStatus: "complete",
    infoRequestStatus: "none",
    acceptedData: index % 17 === 16 ? {} : acceptedData(content, index),
    files,
    orderForm: hasForm
      ? {
          filename: formName,
          lines: [
            `Order form ${id}`,
            "",
            `Patient: ${patient ?? "-"}`,
            `Dentist: ${dentist}, ${clinic}`,
            `Due: ${dueDate}`,
            "",
            ...teeth,
          ],
        }
      : null,
  };
}
