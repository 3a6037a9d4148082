import { json, type Reply } from "./exchange.ts";
import { checkNames, OpenDentalProblem, paged, readBody, wholeNumber } from "./open-dental-checks.ts";
import type { Call } from "./open-dental-documents.ts";
import { emptyLabCase } from "./open-dental-office.ts";
import { type OdLabCase, PROVIDERS } from "./open-dental-records.ts";

/** Patients, lab cases, definitions and who else is in the office. */

const PAGE = ["Limit", "Offset", "DateFormatString", "DateTimeFormatString"];

/** Names match by their beginning, in any case. */
const SEARCHED =
  "LName FName Phone Address hideInactive City State SSN ChartNumber guarOnly showArchived Birthdate SiteNum SubscriberId Email Country clinicNums clinicAbbr invoiceNumber".split(
    " ",
  );

export function searchPatients({ office, exchange }: Call): Reply {
  const known = [...SEARCHED, ...PAGE];
  checkNames(exchange.url.searchParams.keys(), known, exchange);
  return json(200, paged(office.patients.filter(matching(exchange.url.searchParams, known)), exchange));
}

export function listPatientsSimple({ office, exchange }: Call): Reply {
  const known = ["LName", "FName", "Birthdate", "ClinicNum", "PatStatus", "DateTStamp", "PriProv", "Gender", ...PAGE];
  const { searchParams } = exchange.url;
  checkNames(searchParams.keys(), known, exchange);
  const since = searchParams.get("DateTStamp") ?? "";
  const rows = office.patients
    .filter(matching(searchParams, ["LName", "FName", "Birthdate"]))
    .filter((one) => one.DateTStamp >= since);
  return json(
    200,
    paged(
      rows.map((one) => ({ ...one, serverDateTime: office.localNow() })),
      exchange,
    ),
  );
}

function matching(given: URLSearchParams, names: readonly string[]) {
  return (patient: object): boolean =>
    names.every((name) => {
      const wanted = given.get(name);
      const value = (patient as Record<string, unknown>)[name];
      if (wanted === null || value === undefined) return true;
      return String(value).toLowerCase().startsWith(wanted.toLowerCase());
    });
}

export function getPatient({ office, id }: Call): Reply {
  const patient = office.patient(id);
  if (!patient) throw new OpenDentalProblem(404, "Patient not found");
  return json(200, patient);
}

export function listDefinitions({ office, exchange }: Call): Reply {
  const { searchParams } = exchange.url;
  checkNames(searchParams.keys(), ["Category", "includeHidden", ...PAGE], exchange);
  const category = searchParams.get("Category");
  const withHidden = searchParams.get("includeHidden") === "true";
  const rows = office.definitions.filter(
    (one) => (category === null || String(one.Category) === category) && (withHidden || one.isHidden === "false"),
  );
  return json(200, paged(rows, exchange));
}

export function listProviders({ exchange }: Call): Reply {
  checkNames(exchange.url.searchParams.keys(), ["ClinicNum", "DateTStamp", ...PAGE], exchange);
  return json(200, paged(PROVIDERS, exchange));
}

export function listAppointments({ office, exchange }: Call): Reply {
  const { searchParams } = exchange.url;
  const known = ["PatNum", "AptStatus", "date", "dateStart", "dateEnd", "ClinicNum", "DateTStamp", ...PAGE];
  checkNames(searchParams.keys(), known, exchange);
  const [date, start, end] = ["date", "dateStart", "dateEnd"].map((name) => searchParams.get(name));
  const rows = office.appointments.filter((one) => {
    const day = one.AptDateTime.slice(0, 10);
    const fits = matching(searchParams, ["PatNum", "AptStatus"])(one);
    return fits && (!date || day === date) && (!start || day >= start) && (!end || day <= end);
  });
  return json(
    200,
    paged(
      rows.map((one) => ({ ...one, serverDateTime: office.localNow() })),
      exchange,
    ),
  );
}

export function listLabCases({ office, exchange }: Call): Reply {
  const names = ["PatNum", "LaboratoryNum", "AptNum", "PlannedAptNum", "ProvNum"];
  return json(200, paged(filtered(office.state.labCases, names, exchange), exchange));
}

export function getLabCase({ office, id }: Call): Reply {
  return json(200, findLabCase(office.state.labCases, id));
}

const LAB_CASE_FIELDS = Object.keys(emptyLabCase(0, "")).filter((name) => !["LabCaseNum", "DateTStamp"].includes(name));

export async function createLabCase(call: Call): Promise<Reply> {
  const { office, exchange, world } = call;
  const body = await readBody(exchange);
  checkNames(Object.keys(body), LAB_CASE_FIELDS, exchange);
  for (const name of ["PatNum", "LaboratoryNum", "ProvNum"])
    if (wholeNumber(body[name]) === null) throw refusal(call, `${name} is required`);
  if (!office.patient(Number(body.PatNum))) throw new OpenDentalProblem(404, "Patient not found");
  if (!office.laboratories.some((one) => one.LaboratoryNum === body.LaboratoryNum))
    throw refusal(call, "LaboratoryNum is invalid");
  checkFields(call, body);
  const labCase = { ...emptyLabCase(office.state.nextLabCaseNum++, office.localNow()), ...body } as OdLabCase;
  office.state.labCases.push(labCase);
  world.remember();
  return json(201, labCase);
}

export async function updateLabCase(call: Call): Promise<Reply> {
  const { office, exchange, id, world } = call;
  const body = await readBody(exchange);
  checkNames(
    Object.keys(body),
    LAB_CASE_FIELDS.filter((name) => name !== "PatNum"),
    exchange,
  );
  const labCase = findLabCase(office.state.labCases, id);
  checkFields(call, body);
  Object.assign(labCase, body, { DateTStamp: office.localNow() });
  world.remember();
  return json(200, labCase);
}

export function deleteLabCase({ office, id, world }: Call): Reply {
  findLabCase(office.state.labCases, id);
  office.state.labCases = office.state.labCases.filter(({ LabCaseNum }) => LabCaseNum !== id);
  world.remember();
  return { status: 200 };
}

/** An appointment of a lab case must be scheduled, a planned one planned; times are "yyyy-MM-dd HH:mm:ss". */
function checkFields(call: Call, body: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(body))
    if (name.startsWith("DateTime") && !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(String(value)))
      throw refusal(call, `${name} is invalid`);
  const statusOf = (number: unknown) => call.office.appointments.find(({ AptNum }) => AptNum === number)?.AptStatus;
  if (body.AptNum && statusOf(body.AptNum) !== "Scheduled") throw refusal(call, "AptNum must be Scheduled");
  if (body.PlannedAptNum && statusOf(body.PlannedAptNum) !== "Planned")
    throw refusal(call, "PlannedAptNum must be Planned");
}

export function refusal({ exchange }: Call, sentence: string): OpenDentalProblem {
  exchange.violations.push(sentence);
  return new OpenDentalProblem(400, sentence);
}

function findLabCase(all: OdLabCase[], id: number): OdLabCase {
  const found = all.find(({ LabCaseNum }) => LabCaseNum === id);
  if (!found) throw new OpenDentalProblem(404, "LabCase not found");
  return found;
}

export function filtered<T extends object>(rows: T[], names: string[], exchange: Call["exchange"]): T[] {
  const { searchParams } = exchange.url;
  checkNames(searchParams.keys(), [...names, ...PAGE], exchange);
  return rows.filter((row) =>
    names.every((name) => {
      const wanted = searchParams.get(name);
      return wanted === null || String((row as Record<string, unknown>)[name]) === wanted;
    }),
  );
}
