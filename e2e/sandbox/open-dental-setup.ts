import { json, type Reply } from "./exchange.ts";
import { checkNames, OpenDentalProblem, paged, readBody } from "./open-dental-checks.ts";
import type { Call } from "./open-dental-documents.ts";
import { filtered, refusal } from "./open-dental-neighbours.ts";

/** What an office sets up once and the API may change: labs, how long they take, definitions, patients. */

const LABORATORY = "Description Phone Notes Slip Address City State Zip Email WirelessPhone IsHidden".split(" ");
const TURNAROUND = ["LaboratoryNum", "Description", "DaysPublished", "DaysActual"];
const PATIENT =
  "LName FName Preferred Birthdate Gender PatStatus ChartNumber Email WirelessPhone PriProv ClinicNum Address City State Zip".split(
    " ",
  );

export const listLaboratories = ({ office, exchange }: Call): Reply => json(200, paged(office.laboratories, exchange));

export const getLaboratory = ({ office, id }: Call): Reply =>
  json(200, found(office.laboratories, "LaboratoryNum", id, "Laboratory not found"));

export async function createLaboratory(call: Call): Promise<Reply> {
  const { office } = call;
  const body = await readFields(call, LABORATORY, ["Description"]);
  const row = { Phone: "", Notes: "", Email: "", IsHidden: "false", ...body } as (typeof office.laboratories)[number];
  return add(call, office.laboratories, "LaboratoryNum", row);
}

export const updateLaboratory = async (call: Call): Promise<Reply> =>
  change(found(call.office.laboratories, "LaboratoryNum", call.id, "Laboratory not found"), call, LABORATORY);

export function listLabTurnarounds({ office, exchange }: Call): Reply {
  return json(200, paged(filtered(office.labTurnarounds, ["LaboratoryNum"], exchange), exchange));
}

export const getLabTurnaround = ({ office, id }: Call): Reply =>
  json(200, found(office.labTurnarounds, "LabTurnaroundNum", id, "LabTurnaround not found"));

export async function createLabTurnaround(call: Call): Promise<Reply> {
  const { office } = call;
  const body = await readFields(call, TURNAROUND, ["LaboratoryNum", "Description", "DaysActual"]);
  found(office.laboratories, "LaboratoryNum", Number(body.LaboratoryNum), "Laboratory not found");
  const row = { DaysPublished: 0, ...body } as (typeof office.labTurnarounds)[number];
  return add(call, office.labTurnarounds, "LabTurnaroundNum", row);
}

export const updateLabTurnaround = async (call: Call): Promise<Reply> =>
  change(found(call.office.labTurnarounds, "LabTurnaroundNum", call.id, "LabTurnaround not found"), call, TURNAROUND);

export async function createDefinition(call: Call): Promise<Reply> {
  const { office } = call;
  const body = await readFields(call, ["category", "ItemName", "ItemValue"], ["category", "ItemName"]);
  const kind = office.definitions.find(({ category }) => category === body.category);
  if (!kind) throw refusal(call, "category is invalid");
  const row = { ItemValue: "", isHidden: "false", Category: kind.Category, ...body } as typeof kind;
  return add(call, office.definitions, "DefNum", row);
}

export async function createPatient(call: Call): Promise<Reply> {
  const { office } = call;
  const body = await readFields(call, PATIENT, ["LName", "FName"]);
  const isThere = office.patients.some(({ LName, FName, Birthdate }) =>
    [LName === body.LName, FName === body.FName, Birthdate === body.Birthdate].every(Boolean),
  );
  if (isThere) throw new OpenDentalProblem(400, "Patient already exists");
  const nothing = { Preferred: "", Birthdate: "0001-01-01", Gender: "Unknown", PatStatus: "Patient", ChartNumber: "" };
  const rest = { Email: "", PriProv: 1, ClinicNum: 0, DateTStamp: office.localNow() };
  return add(call, office.patients, "PatNum", { ...nothing, ...rest, ...body } as (typeof office.patients)[number]);
}

export const updatePatient = async (call: Call): Promise<Reply> =>
  change(found(call.office.patients, "PatNum", call.id, "Patient not found"), call, PATIENT);

async function readFields(call: Call, known: readonly string[], required: readonly string[]) {
  const body = await readBody(call.exchange);
  checkNames(Object.keys(body), known, call.exchange);
  for (const name of required) if (!body[name]) throw refusal(call, `${name} is required`);
  return body;
}

function found<T extends object, K extends keyof T>(rows: T[], key: K, id: number, sentence: string): T {
  const row = rows.find((one) => one[key] === id);
  if (!row) throw new OpenDentalProblem(404, sentence);
  return row;
}

function add<T extends object, K extends keyof T & string>({ world }: Call, rows: T[], key: K, row: T): Reply {
  const made = { [key]: 1 + Math.max(0, ...rows.map((one) => Number(one[key]))), ...row };
  rows.push(made as T);
  world.remember();
  return json(201, made);
}

async function change(row: object, call: Call, known: readonly string[]): Promise<Reply> {
  Object.assign(row, await readFields(call, known, []));
  call.world.remember();
  return json(200, row);
}
