import { type Fdi, universalOf } from "#lib/teeth/tooth.ts";
import type { ChartFile, DocumentStore, ImageType, LabCaseInput, SftpAddress } from "#lib/vendors/document-store.ts";
import { listAppointments, listProviders } from "#lib/vendors/open-dental/api/appointments.ts";
import { listDefinitions } from "#lib/vendors/open-dental/api/definitions.ts";
import {
  createThumbnails,
  deleteDocument,
  downloadDocumentSftp,
  listDocuments,
  setDocumentByUrl,
  uploadDocument,
  uploadDocumentSftp,
} from "#lib/vendors/open-dental/api/documents.ts";
import { createLabCase, deleteLabCase, listLabCases, updateLabCase } from "#lib/vendors/open-dental/api/lab-cases.ts";
import { listLaboratories } from "#lib/vendors/open-dental/api/laboratories.ts";
import { getPatient, searchPatients } from "#lib/vendors/open-dental/api/patients.ts";
import { readLocalTime, writeLocalTime } from "#lib/vendors/open-dental/local-time.ts";
import {
  appointmentFields,
  plannedKey,
  toCategories,
  toDocument,
  toLabCase,
  toPatient,
} from "#lib/vendors/open-dental/map.ts";

const IMAGE_TYPE: Record<ImageType, "Document" | "Radiograph" | "Photo" | "File" | "Attachment"> = {
  document: "Document",
  radiograph: "Radiograph",
  photo: "Photo",
  file: "File",
  attachment: "Attachment",
};

/** The charts of an office that runs Open Dental. */
export const documents: DocumentStore = {
  /** 16.8 million characters of JSON, less what stands beside the file; base64 has four for three bytes. */
  limitBytes: 12_500_000,

  patient: async (session, key) => toPatient(await getPatient(session, key)),

  async findPatients(session, { lastName, firstName, birthDate }) {
    const query = { LName: lastName, FName: firstName, Birthdate: birthDate };
    return (await searchPatients(session, query)).map(toPatient);
  },

  categories: async (session) => toCategories(await listDefinitions(session)),

  async list(session, patientKey, zone) {
    const rows = await listDocuments(session, patientKey);
    return rows.flatMap((row) => toDocument(row, zone) ?? []);
  },

  async upload(session, { bytes, extension, ...file }) {
    return keyOf(await uploadDocument(session, { ...detailsOf(file), rawBase64: bytes.toString("base64"), extension }));
  },

  pull: async (session, file, site) =>
    keyOf(await uploadDocumentSftp(session, { ...detailsOf(file), ...siteOf(site) })),

  link: async (session, file, url) => keyOf(await setDocumentByUrl(session, { ...detailsOf(file), url })),

  remove: deleteDocument,

  async push(session, { kind, key }, site) {
    const which = kind === "mount" ? { MountNum: Number(key) } : { DocNum: Number(key) };
    await downloadDocumentSftp(session, { ...which, ...siteOf(site) });
  },

  async pushThumbnails(session, patientKey, site) {
    const sent = await createThumbnails(session, { PatNum: Number(patientKey), ...siteOf(site) });
    return sent.map(({ DocNum, FileName }) => ({ key: String(DocNum), fileName: FileName }));
  },

  async labs(session) {
    const shown = (await listLaboratories(session)).filter((row) => row.IsHidden !== "true");
    return shown.map((row) => ({ key: row.LaboratoryNum, name: row.Description ?? row.LaboratoryNum }));
  },

  async providers(session) {
    const shown = (await listProviders(session)).filter((row) => row.IsHidden !== "true");
    return shown.map((row) => ({
      key: row.ProvNum,
      name: [row.FName, row.LName].filter(Boolean).join(" ") || (row.Abbr ?? row.ProvNum),
    }));
  },

  labCases: async (session, patientKey, zone) =>
    (await listLabCases(session, patientKey)).map((row) => toLabCase(row, zone)),

  async saveLabCase(session, labCase, zone) {
    const fields = labCaseFields(labCase, zone);
    if (labCase.key === null)
      return (await createLabCase(session, { PatNum: Number(labCase.patientKey), ...fields })).LabCaseNum;
    await updateLabCase(session, labCase.key, fields);
    return labCase.key;
  },

  removeLabCase: deleteLabCase,

  async appointments(session, patientKey, zone) {
    const rows = await listAppointments(session, patientKey);
    return rows.map((row) => {
      const isPlanned = row.AptStatus === "Planned";
      return {
        key: isPlanned ? plannedKey(row.AptNum) : row.AptNum,
        status: row.AptStatus ?? "",
        at: isPlanned ? null : readLocalTime(row.AptDateTime, zone),
        description: row.ProcDescript ?? "",
        isOpen: isPlanned || row.AptStatus === "Scheduled",
        isPlanned,
      };
    });
  },
};

function detailsOf({ patientKey, description, categoryKey, imageType, teeth }: ChartFile) {
  return {
    PatNum: Number(patientKey),
    Description: description,
    ImgType: IMAGE_TYPE[imageType],
    ...(categoryKey === null ? {} : { DocCategory: Number(categoryKey) }),
    ...(teeth.length === 0 ? {} : { ToothNumbers: teeth.map((tooth: Fdi) => universalOf(tooth)).join(",") }),
  };
}

/** Host and path are one text, without a scheme; the port stands beside it, unless it is SSH's own. */
function siteOf({ host, port, path, username, password }: SftpAddress) {
  return {
    SftpAddress: `${host}/${path.replace(/^\/+/, "")}`,
    SftpUsername: username,
    SftpPassword: password,
    ...(port === 22 ? {} : { SftpPort: port }),
  };
}

/** Dates that are not known are left out: they stay what they are. */
function labCaseFields(labCase: LabCaseInput, zone: string) {
  const { labKey, providerKey, appointmentKey, dueOn, sentAt, receivedAt, instructions } = labCase;
  return {
    LaboratoryNum: Number(labKey),
    ProvNum: Number(providerKey),
    ...(appointmentKey === null ? {} : appointmentFields(appointmentKey)),
    ...(dueOn === null ? {} : { DateTimeDue: `${dueOn} 00:00:00` }),
    ...(sentAt === null ? {} : { DateTimeSent: writeLocalTime(sentAt, zone) }),
    ...(receivedAt === null ? {} : { DateTimeRecd: writeLocalTime(receivedAt, zone) }),
    Instructions: instructions,
  };
}

function keyOf({ DocNum }: { DocNum: number | null }): string | null {
  return DocNum ? String(DocNum) : null;
}
