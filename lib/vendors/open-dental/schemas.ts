import { z } from "zod";
import { id, list, text, wholeNumber } from "#lib/vendors/tolerant-fields.ts";

/** Open Dental's records in its own spelling: the fields we read. Lower-case ones are computed by the vendor. */

/** A list is a list; its unreadable rows alone are left out. */
const rows = <T extends z.ZodType>(row: T) => z.array(z.unknown()).pipe(list(row));

/** "Documents GET": a document has a DocNum, a mount a MountNum; the other is 0. Newer versions say more. */
export const documentSchema = z.looseObject({
  DocNum: wholeNumber(),
  MountNum: wholeNumber(),
  filePath: text(),
  FileName: text(),
  Description: text(),
  Note: text(),
  DateCreated: text(),
  DocCategory: wholeNumber(),
  docCategory: text(),
  ImgType: text(),
  ToothNumbers: text(),
  PatNum: wholeNumber(),
  DateTStamp: text(),
  serverDateTime: text(),
});
export type DocumentRow = z.output<typeof documentSchema>;
export const documentListSchema = rows(documentSchema);

/** "Documents POST Thumbnails", "Documents POST DownloadMount": the files that were put on the site. */
export const sentFilesSchema = z.union([
  z.string().transform(() => []),
  rows(z.looseObject({ DocNum: z.number().int(), FileName: z.string().min(1) })),
]);

/** Answers whose content nobody needs: an object, a text, or nothing. */
export const doneSchema = z.unknown();

export const patientSchema = z.looseObject({
  PatNum: id(),
  LName: text(),
  FName: text(),
  Birthdate: text(),
  ChartNumber: text(),
  PatStatus: text(),
  DateTStamp: text(),
});
export type PatientRow = z.output<typeof patientSchema>;
export const patientListSchema = rows(patientSchema);

export const definitionSchema = z.looseObject({
  DefNum: id(),
  ItemName: text(),
  ItemValue: text(),
  Category: wholeNumber(),
  isHidden: text(),
});
export const definitionListSchema = rows(definitionSchema);

export const labCaseSchema = z.looseObject({
  LabCaseNum: id(),
  PatNum: wholeNumber(),
  LaboratoryNum: id(),
  ProvNum: id(),
  AptNum: wholeNumber(),
  PlannedAptNum: wholeNumber(),
  DateTimeDue: text(),
  DateTimeCreated: text(),
  DateTimeSent: text(),
  DateTimeRecd: text(),
  DateTimeChecked: text(),
  Instructions: text(),
});
export type LabCaseRow = z.output<typeof labCaseSchema>;
export const labCaseListSchema = rows(labCaseSchema);

export const laboratorySchema = z.looseObject({ LaboratoryNum: id(), Description: text(), IsHidden: text() });
export const laboratoryListSchema = rows(laboratorySchema);

export const labTurnaroundSchema = z.looseObject({
  LabTurnaroundNum: id(),
  LaboratoryNum: id(),
  Description: text(),
  DaysPublished: wholeNumber(),
  DaysActual: wholeNumber(),
});
export const labTurnaroundListSchema = rows(labTurnaroundSchema);

export const appointmentListSchema = rows(
  z.looseObject({
    AptNum: id(),
    PatNum: wholeNumber(),
    AptStatus: text(),
    AptDateTime: text(),
    ProcDescript: text(),
    Note: text(),
  }),
);

export const providerListSchema = rows(
  z.looseObject({ ProvNum: id(), Abbr: text(), LName: text(), FName: text(), IsHidden: text() }),
);
