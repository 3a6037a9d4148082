import { extname } from "node:path";
import { type Exchange, json, type Reply } from "./exchange.ts";
import { checkNames, OpenDentalProblem, paged, readBody, text, wholeNumber } from "./open-dental-checks.ts";
import type { OpenDentalOffice } from "./open-dental-office.ts";
import type { OdDocument } from "./open-dental-records.ts";
import { readSite, withSite } from "./open-dental-sftp.ts";
import type { World } from "./world.ts";

/** The documents operations of the guide and its newer versions. */

const IMG_TYPES = ["Document", "Radiograph", "Photo", "File", "Attachment"];
const TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const IMAGES = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif"];
const DETAILS = ["DocCategory", "ImgType", "ToothNumbers", "DateCreated", "Description"];
const NEWER = ["ProvNum", "PrintHeading"];
const SFTP = ["SftpAddress", "SftpUsername", "SftpPassword", "SftpPort"];

export interface Call {
  world: World;
  office: OpenDentalOffice;
  exchange: Exchange;
  id: number;
}

export function listDocuments({ world, office, exchange }: Call): Reply {
  const { searchParams } = exchange.url;
  checkNames(searchParams.keys(), ["PatNum", "Limit", "Offset"], exchange);
  const patNum = wholeNumber(searchParams.get("PatNum"));
  if (patNum === null) throw new OpenDentalProblem(400, "PatNum is required");
  if (!office.patient(patNum)) throw new OpenDentalProblem(404, "Patient not found");
  const documents = office.state.documents.filter(({ PatNum, mount }) => PatNum === patNum && mount === 0);
  const mounts = office.state.mounts.filter(({ PatNum }) => PatNum === patNum);
  const rows = [
    ...documents.map((document) => rowOf(world, office, document)),
    ...mounts.map(({ MountNum, PatNum, Description, Note, DateCreated, DocCategory }) => ({
      DocNum: 0,
      MountNum,
      filePath: "",
      Description: ` ${Description}`,
      Note,
      DateCreated,
      docCategory: categoryName(office, DocCategory),
      DocCategory,
      ToothNumbers: "",
      DateTStamp: "",
      ...(isOlder(world) ? {} : { PatNum, ProvNum: 0, PrintHeading: "" }),
      serverDateTime: office.localNow(),
    })),
  ];
  rows.sort((a, b) => (a.DateCreated < b.DateCreated ? -1 : a.DateCreated > b.DateCreated ? 1 : 0));
  return json(200, paged(rows, exchange));
}

export function getDocument(call: Call): Reply {
  const { PatNum, FileName, ImgType, ...rest } = find(call);
  const { mount: _m, bytes: _b, Note: _n, ...shown } = rest;
  return json(200, { ...shown, PatNum, FileName, ImgType, docCategory: categoryName(call.office, rest.DocCategory) });
}

export async function uploadDocument(call: Call): Promise<Reply> {
  const body = await readBody(call.exchange);
  checkNames(Object.keys(body), ["PatNum", "rawBase64", "extension", ...DETAILS, ...newer(call.world)], call.exchange);
  const { rawBase64, extension } = body;
  const isBase64 =
    typeof rawBase64 === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(rawBase64) && rawBase64.length % 4 === 0;
  if (!isBase64) throw refused(call, "rawBase64 is required");
  if (typeof extension !== "string" || !/^\.[A-Za-z0-9]{1,8}$/.test(extension))
    throw refused(call, "extension is required");
  const document = add(call, body, { bytes: rawBase64, Note: `_rawBase64_:${extension}_…`, extension });
  return isOlder(call.world) ? { status: 201 } : created(call, document);
}

export async function setByUrl(call: Call): Promise<Reply> {
  const body = await readBody(call.exchange);
  checkNames(Object.keys(body), ["PatNum", "url", ...DETAILS, ...newer(call.world)], call.exchange);
  const { url } = body;
  if (typeof url !== "string" || !/^https?:\/\/\S+$/.test(url)) throw refused(call, "url is required");
  const document = add(call, body, {
    bytes: null,
    Note: `_download_:${url}`,
    extension: extname(new URL(url).pathname),
  });
  return isOlder(call.world) ? { status: 201 } : created(call, document);
}

export async function uploadSftp(call: Call): Promise<Reply> {
  const { exchange, office } = call;
  const body = await readBody(exchange);
  checkNames(Object.keys(body), ["PatNum", ...SFTP, ...DETAILS, ...newer(call.world)], exchange);
  const site = readSite(body, exchange.violations);
  checkPatient(call, body);
  const bytes = await withSite(site, office.knownHosts, (open) => open.read(site.path));
  const FileName = site.path.split("/").at(-1) ?? "";
  const extension = extname(FileName);
  const document = add(
    call,
    { Description: FileName, ...body },
    { bytes: bytes.toString("base64"), FileName, extension },
  );
  if (!call.world.live.openDentalIllegalJson) return created(call, document);
  // The guide's own sample: backslashes of the path are not escaped, so this is no JSON.
  const row = JSON.stringify(rowOf(call.world, office, document)).replace(/("filePath":")([^"]*)/, (_, key, path) => {
    return key + path.replaceAll("\\\\", "\\");
  });
  return { status: 201, headers: { "content-type": "application/json" }, body: row };
}

export async function downloadSftp(call: Call): Promise<Reply> {
  const { exchange, office } = call;
  const body = await readBody(exchange);
  checkNames(Object.keys(body), ["DocNum", "MountNum", ...SFTP], exchange);
  const site = readSite(body, exchange.violations);
  const { bytes, FileName } = fileToSend(office, body);
  const path = extname(site.path) === "" ? `${site.path.replace(/\/$/, "")}/${FileName}` : site.path;
  await withSite(site, office.knownHosts, (open) => open.write(path, bytes));
  return { status: 201, headers: { location: `${site.host}${path}` } };
}

/** A document's file, or the composite image of a mount (here: its first image). */
function fileToSend({ state }: OpenDentalOffice, { DocNum, MountNum }: Record<string, unknown>) {
  const isMount = DocNum === undefined;
  const number = wholeNumber(isMount ? MountNum : DocNum);
  if (number === null) throw new OpenDentalProblem(400, "DocNum or MountNum is required");
  const found = state.documents.find((one) => (isMount ? one.mount : one.DocNum) === number);
  if (!found || number === 0) throw new OpenDentalProblem(404, isMount ? "Mount not found" : "Document not found");
  if (found.bytes === null) throw new OpenDentalProblem(400, "The file is not there yet");
  return { bytes: Buffer.from(found.bytes, "base64"), FileName: found.FileName };
}

export async function thumbnails(call: Call): Promise<Reply> {
  const { exchange, office } = call;
  const body = await readBody(exchange);
  checkNames(Object.keys(body), ["PatNum", ...SFTP], exchange);
  const patNum = checkPatient(call, body);
  const all = office.state.documents.filter(({ PatNum, mount }) => PatNum === patNum && mount === 0);
  if (all.length === 0) throw new OpenDentalProblem(404, "No documents exist for this patient");
  return sendAll(call, body, all.filter(isImage), "No documents could be made into thumbnails.");
}

export async function downloadMount(call: Call): Promise<Reply> {
  const body = await readBody(call.exchange);
  checkNames(Object.keys(body), ["MountNum", ...SFTP], call.exchange);
  const number = wholeNumber(body.MountNum);
  const { mounts, documents } = call.office.state;
  if (number === null) throw new OpenDentalProblem(400, "MountNum is required");
  if (!mounts.some(({ MountNum }) => MountNum === number)) throw new OpenDentalProblem(404, "Mount not found.");
  const images = documents.filter(({ mount }) => mount === number);
  return sendAll(call, body, images, "No mount images could be downloaded.");
}

async function sendAll(
  call: Call,
  body: Record<string, unknown>,
  documents: OdDocument[],
  none: string,
): Promise<Reply> {
  const site = readSite(body, call.exchange.violations);
  if (documents.length === 0) return text(200, none);
  const folder = site.path.replace(/\/$/, "");
  await withSite(site, call.office.knownHosts, async ({ write }) => {
    for (const { FileName, bytes } of documents)
      await write(`${folder}/${FileName}`, Buffer.from(bytes ?? "", "base64"));
  });
  return json(
    201,
    documents.map(({ DocNum, FileName }) => ({ DocNum, FileName })),
  );
}

export async function updateDocument(call: Call): Promise<Reply> {
  const body = await readBody(call.exchange);
  checkNames(Object.keys(body), [...DETAILS, ...NEWER], call.exchange);
  const document = find(call);
  Object.assign(document, detailsOf(call, body, document), { DateTStamp: call.office.localNow() });
  call.world.remember();
  return json(200, rowOf(call.world, call.office, document));
}

export function deleteDocument(call: Call): Reply {
  const document = find(call);
  const { state } = call.office;
  state.documents = state.documents.filter((one) => one !== document);
  call.world.remember();
  return { status: 200 };
}

function find({ office, id }: Call): OdDocument {
  const found = office.state.documents.find(({ DocNum }) => DocNum === id);
  if (!found) throw new OpenDentalProblem(404, "Document not found");
  return found;
}

function checkPatient(call: Call, { PatNum }: Record<string, unknown>): number {
  const patNum = wholeNumber(PatNum);
  if (patNum === null) throw refused(call, "PatNum is required");
  if (!call.office.patient(patNum)) throw new OpenDentalProblem(404, "Patient not found");
  return patNum;
}

function add(
  call: Call,
  body: Record<string, unknown>,
  file: { bytes: string | null; extension: string; Note?: string; FileName?: string },
): OdDocument {
  const PatNum = checkPatient(call, body);
  const first = call.office.definitions.find(({ Category }) => Category === 18)?.DefNum ?? 0;
  const blank = { Description: "", DateCreated: call.office.localNow(), DocCategory: first, ImgType: "Document" };
  const details = detailsOf(call, body, { ...blank, ToothNumbers: "", ProvNum: 0, PrintHeading: "false" });
  const document = call.office.addDocument({ PatNum, mount: 0, Note: "", ...details, ...file });
  call.world.remember();
  return document;
}

type Details = Pick<
  OdDocument,
  "Description" | "DateCreated" | "DocCategory" | "ImgType" | "ToothNumbers" | "ProvNum" | "PrintHeading"
>;

/** Fields that are left out keep what they were. */
function detailsOf(call: Call, body: Record<string, unknown>, before: Details): Details {
  const { Description, DateCreated, DocCategory, ImgType, ToothNumbers, ProvNum, PrintHeading } = {
    ...before,
    ...body,
  };
  if (typeof Description !== "string" || Description.length > 255) throw refused(call, "Description is invalid");
  if (typeof DateCreated !== "string" || !TIME.test(DateCreated)) throw refused(call, "DateCreated is invalid");
  const isCategory = call.office.definitions.some((one) => one.DefNum === DocCategory && one.Category === 18);
  if (!isCategory) throw refused(call, "DocCategory is invalid");
  if (typeof ImgType !== "string" || !IMG_TYPES.includes(ImgType)) throw refused(call, "ImgType is invalid");
  if (typeof ToothNumbers !== "string") throw refused(call, "ToothNumbers is invalid");
  return {
    Description: Description.replace(/\r?\n/g, " "),
    DateCreated,
    DocCategory: DocCategory as number,
    ImgType,
    ToothNumbers: expandTeeth(call, ToothNumbers),
    ProvNum: Number(ProvNum),
    PrintHeading: String(PrintHeading),
  };
}

/** "1-5,8" becomes "1,2,3,4,5,8": US Universal, 1 to 32 and A to T. */
function expandTeeth(call: Call, given: string): string {
  const teeth = given.split(",").flatMap((part) => {
    const [, from, to = from] = /^\s*([0-9]{1,2}|[A-T])\s*(?:-\s*([0-9]{1,2}|[A-T]))?\s*$/.exec(part) ?? [];
    if (given === "") return [];
    const places = [from, to].map((tooth) => UNIVERSAL.indexOf(tooth ?? ""));
    const [low = -1, high = -1] = places;
    if (low < 0 || high < low) throw refused(call, "ToothNumbers is invalid");
    return UNIVERSAL.slice(low, high + 1);
  });
  return teeth.join(",");
}

const UNIVERSAL = [...Array.from({ length: 32 }, (_, index) => String(index + 1)), ..."ABCDEFGHIJKLMNOPQRST"];

/** A refusal of what was sent: the caller should have known. */
function refused({ exchange }: Call, sentence: string): OpenDentalProblem {
  exchange.violations.push(sentence);
  return new OpenDentalProblem(400, sentence);
}

function created({ world, office }: Call, document: OdDocument): Reply {
  return json(201, rowOf(world, office, document));
}

function rowOf(world: World, office: OpenDentalOffice, document: OdDocument) {
  const { DocNum, PatNum, Description, Note, DateCreated, DocCategory, ToothNumbers, DateTStamp } = document;
  return {
    DocNum,
    MountNum: 0,
    filePath: office.filePath(document),
    Description,
    Note: Note.startsWith("_") ? "" : Note,
    DateCreated,
    docCategory: categoryName(office, DocCategory),
    DocCategory,
    ToothNumbers,
    DateTStamp,
    ...(isOlder(world) ? {} : { PatNum, ProvNum: document.ProvNum, PrintHeading: document.PrintHeading }),
    serverDateTime: office.localNow(),
  };
}

function isImage({ FileName, bytes }: OdDocument): boolean {
  return bytes !== null && IMAGES.includes(extname(FileName).toLowerCase());
}

function categoryName(office: OpenDentalOffice, defNum: number): string {
  return office.definitions.find(({ DefNum }) => DefNum === defNum)?.ItemName ?? "";
}

function isOlder({ live }: World): boolean {
  return live.openDentalGeneration === "older";
}

function newer(world: World): string[] {
  return isOlder(world) ? [] : NEWER;
}
