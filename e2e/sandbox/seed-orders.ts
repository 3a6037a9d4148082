import { GUIDE_ORDER_NUMBER, makeGuideOrder } from "./guide-order.ts";
import { type Oddity, oddities } from "./oddities.ts";
import { documentFile, type OrderPlan, planOrder } from "./order-plan.ts";
import { fillForm } from "./ordered-form.ts";
import { groupNamed } from "./organisations.ts";
import { Random } from "./random.ts";
import { makeBigOrder, makeScannedOrder } from "./scans-dir.ts";
import type { CaseFile, CaseRecord, OrderRecord } from "./vendor-records.ts";
import type { CreatedOrder, World } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_NUMBER = GUIDE_ORDER_NUMBER + 1;
const NORDLAB_NUMBER = 9_600_001;
const CREATED_NUMBER = 40_000_001;
const NORDLAB_ORDERS = 25;

const MAIN_CLINICS = [
  "D.Davis",
  "Zahnarztpraxis Dr. Lindner",
  "Harbor Dental Studio",
  "Clínica Sonrisa Marbella",
  "Kealoha Family Dentistry",
];

/** Statuses with their share of a lab's orders; the codes after ACCEPTED are assumptions (guide Appendix A lost them). */
const STATUS_SHARES: [status: string, share: number, youngestDays: number, oldestDays: number][] = [
  ["PENDING", 0.3, 0.02, 6],
  ["ACCEPTED", 0.3, 1, 14],
  ["REJECTED", 0.08, 2, 60],
  ["CANCELED", 0.08, 2, 60],
  ["SHIPPED", 0.08, 6, 20],
  ["COMPLETED", 0.13, 15, 120],
  ["REFUNDED", 0.03, 20, 120],
];

/** Orders that come first whatever the number asked for, so that a small sandbox has everyday work and real oddities. */
const EVERYDAY_FIRST = 4;

/** D.Davis runs Open Dental: this order was scanned for a patient whom the practice knows by this number. */
const PRACTICE_ORDER = 2;
const PRACTICE_PATIENT = { name: "John Smith", code: "101" };

/** Fills an empty world with MeditLink orders and their cases, relative to `world.seededAt`. */
export function seedOrders(world: World): void {
  const oneLab = groupNamed(world.groups, "OneLab").uuid;
  const nordLab = groupNamed(world.groups, "NordLab").uuid;
  for (let index = 0; index < world.options.orders; index++) {
    const random = new Random(`place ${index}`);
    const drawn = index === 0 ? "D.Davis" : random.pick(MAIN_CLINICS);
    const clinic = index === PRACTICE_ORDER ? "D.Davis" : drawn;
    const number = index === 0 ? GUIDE_ORDER_NUMBER : FIRST_NUMBER + index * 3;
    const isEveryday = index > 0 && index <= EVERYDAY_FIRST;
    const { status, createdAt } = isEveryday
      ? { status: "PENDING", createdAt: world.seededAt - index * 5 * HOUR }
      : drawStatus(random, world.seededAt);
    const patient = index === PRACTICE_ORDER ? PRACTICE_PATIENT : undefined;
    const order = { number, createdAt, buyer: groupNamed(world.groups, clinic).uuid, seller: oneLab, status, patient };
    addPlannedOrder(world, order, changeFor(index, world));
  }
  for (let index = 0; index < Math.min(NORDLAB_ORDERS, world.options.orders); index++) {
    const random = new Random(`nord ${index}`);
    const buyer = groupNamed(world.groups, random.pick(["Zahnarztpraxis Dr. Lindner", "Harbor Dental Studio"])).uuid;
    addPlannedOrder(world, {
      number: NORDLAB_NUMBER + index,
      buyer,
      seller: nordLab,
      ...drawStatus(random, world.seededAt),
    });
  }
}

function drawStatus(random: Random, seededAt: number): { status: string; createdAt: number } {
  let draw = random.next();
  for (const [status, share, youngest, oldest] of STATUS_SHARES) {
    if (draw < share)
      return { status, createdAt: seededAt - Math.round((youngest + random.next() * (oldest - youngest)) * DAY) };
    draw -= share;
  }
  return { status: "PENDING", createdAt: seededAt - Math.round(random.next() * DAY) };
}

type Change = (plan: OrderPlan, random: Random) => void;

function changeFor(index: number, world: World): Change | undefined {
  const { triangles, scansDir } = world.options;
  if (index === 0) return (plan) => makeGuideOrder(plan, triangles);
  const special = index - EVERYDAY_FIRST - 1;
  if (special === 0) return (plan, random) => makeBigOrder(plan, scansDir, random);
  const oddity = oddities[special - 1];
  if (oddity !== undefined) return (plan, random) => oddity.change(plan, random, triangles);
  if (special > oddities.length && special <= oddities.length + 4 && scansDir !== undefined) {
    return (plan, random) => makeScannedOrder(plan, scansDir, special, random);
  }
  return undefined;
}

/** Order numbers of the special orders by name: what tests and the README point at. */
export function specialOrders(world: World): Record<string, number> {
  const numberAt = (special: number) => FIRST_NUMBER + (special + EVERYDAY_FIRST + 1) * 3;
  const names: [string, number][] = [
    ["guide", GUIDE_ORDER_NUMBER],
    ["big", numberAt(0)],
    ...oddities.map(({ name }: Oddity, index): [string, number] => [name, numberAt(index + 1)]),
  ];
  return Object.fromEntries(names.filter(([, number]) => world.orders.has(number)));
}

/** Makes `count` new orders as of now and returns their numbers. */
export function createOrders(
  world: World,
  count: number,
  order: Pick<CreatedOrder, "buyer" | "seller" | "status" | "like" | "patient" | "form">,
): number[] {
  return Array.from({ length: count }, () => {
    const created = { number: CREATED_NUMBER + world.created.length, createdAt: world.now(), ...order };
    world.created.push(created);
    addPlannedOrder(world, created);
    world.remember();
    return created.number;
  });
}

/** Adds an order with the clinic's case and the lab's copy of it; the same input always gives the same identifiers. */
export function addPlannedOrder(world: World, created: CreatedOrder, change?: Change): void {
  const { number, createdAt, status } = created;
  const buyer = world.group(created.buyer);
  const seller = world.group(created.seller);
  const now = Math.max(world.seededAt, createdAt + 1_000);
  const plan = planOrder({ number, buyer, seller, createdAt, status, triangles: world.options.triangles }, now);
  const like = oddities.find(({ name }) => name === created.like);
  like?.change(plan, new Random(`change ${number}`), world.options.triangles);
  change?.(plan, new Random(`change ${number}`));
  if (created.form) fillForm(plan, created.form, world.options.triangles);
  if (created.patient) bePatient(plan, created.patient);
  if (
    plan.files.some(({ content }) => content.kind === "document" && content.document === "group-info") &&
    plan.occlusionGroups.length === 0
  ) {
    plan.files.push(documentFile("occlusion_2_raw.meditGroupInfo", "group-info", new Random(number), "SCAN_DATA"));
  }
  const ids = new Random(`identifiers ${number}`);
  const clinicCase = caseOf(plan, "clinic", ids);
  const orderCase = caseOf(plan, "copy", ids);
  world.addCase(clinicCase);
  world.addCase(orderCase);
  world.addOrder(orderOf(plan, clinicCase.uuid, orderCase.uuid));
}

/** The order is for this person: also its case's name says so. */
function bePatient(plan: OrderPlan, patient: { name: string; code: string }): void {
  plan.caseName = plan.caseName.replaceAll(plan.patient?.name ?? "", patient.name);
  plan.patient = patient;
}

function caseOf(plan: OrderPlan, side: "clinic" | "copy", ids: Random): CaseRecord {
  const scannedAt = plan.scannedAt ?? plan.createdAt - HOUR;
  const createdAt = side === "clinic" ? scannedAt - 30 * 60_000 : plan.createdAt;
  const files = plan.files.map(({ clinicUuid, copyUuid, ...file }): CaseFile => {
    const at = side === "clinic" ? scannedAt : plan.createdAt + 1_000;
    return { ...file, uuid: (side === "clinic" ? clinicUuid : copyUuid) ?? ids.uuid(), createdAt: at, updatedAt: at };
  });
  return {
    uuid: (side === "clinic" ? plan.clinicCaseUuid : plan.orderCaseUuid) ?? ids.uuid(),
    ownerGroup: side === "clinic" ? plan.buyer.uuid : plan.seller.uuid,
    name: plan.caseName,
    status: plan.caseStatus,
    tags: plan.tags,
    patient: plan.patient,
    createdAt,
    updatedAt: plan.createdAt,
    scannedAt: side === "clinic" || plan.number % 3 > 0 ? plan.scannedAt : null,
    files,
    formInformation: plan.formInformation,
    multiOcclusionGroup: plan.occlusionGroups.map(({ name, files: members }, index) => ({
      groupId: index + 1,
      groupName: name,
      files: members.flatMap((member) => files[member]?.uuid ?? []),
    })),
    bridges: plan.bridges,
  };
}

function orderOf(plan: OrderPlan, clinicCase: string, orderCase: string): OrderRecord {
  const { number, status, createdAt, updatedAt, desiredDelivery, sharesPatientName, description, delivery, drift } =
    plan;
  return {
    number,
    status,
    createdAt,
    updatedAt,
    desiredDelivery,
    buyer: plan.buyer.uuid,
    seller: plan.seller.uuid,
    sharesPatientName,
    clinicCase,
    orderCase,
    description,
    delivery,
    drift,
    history: [],
    counts: { accepted: 0, rejected: 0, cancelled: 0, refused: 0 },
  };
}
