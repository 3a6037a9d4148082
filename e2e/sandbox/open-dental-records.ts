/** What an office that runs Open Dental keeps, in the spelling of its API (newer versions, 24.2 and on). */

export interface OdPatient {
  PatNum: number;
  LName: string;
  FName: string;
  Preferred: string;
  Birthdate: string;
  Gender: string;
  PatStatus: string;
  ChartNumber: string;
  Email: string;
  PriProv: number;
  ClinicNum: number;
  DateTStamp: string;
}

export interface OdDocument {
  DocNum: number;
  PatNum: number;
  /** 0 for a document of its own, else the mount it is an image of. */
  mount: number;
  FileName: string;
  Description: string;
  Note: string;
  DateCreated: string;
  DocCategory: number;
  ImgType: string;
  ToothNumbers: string;
  ProvNum: number;
  PrintHeading: string;
  DateTStamp: string;
  /** Base64; null while only a URL is known. */
  bytes: string | null;
}

export interface OdMount {
  MountNum: number;
  PatNum: number;
  Description: string;
  Note: string;
  DateCreated: string;
  DocCategory: number;
}

export interface OdDefinition {
  DefNum: number;
  Category: number;
  category: string;
  ItemName: string;
  ItemValue: string;
  isHidden: string;
}

export interface OdLabCase {
  LabCaseNum: number;
  PatNum: number;
  LaboratoryNum: number;
  AptNum: number;
  PlannedAptNum: number;
  DateTimeDue: string;
  DateTimeCreated: string;
  DateTimeSent: string;
  DateTimeRecd: string;
  DateTimeChecked: string;
  ProvNum: number;
  Instructions: string;
  LabFee: number;
  DateTStamp: string;
  InvoiceNum: string;
}

export interface OdAppointment {
  AptNum: number;
  PatNum: number;
  AptStatus: string;
  AptDateTime: string;
  ProvNum: number;
  ClinicNum: number;
  Note: string;
  ProcDescript: string;
  DateTStamp: string;
}

/** All that calls can change, and what it is numbered by. */
export interface OdState {
  documents: OdDocument[];
  mounts: OdMount[];
  labCases: OdLabCase[];
  nextDocNum: number;
  nextLabCaseNum: number;
}

/** "None" in a date and time field. */
export const NO_TIME = "0001-01-01 00:00:00";

export const LABORATORIES = [
  {
    LaboratoryNum: 1,
    Description: "OneLab",
    Phone: "2193-9600",
    Notes: "",
    Email: "lab@onelab.example",
    IsHidden: "false",
  },
  { LaboratoryNum: 2, Description: "NordLab", Phone: "", Notes: "", Email: "lab@nordlab.example", IsHidden: "false" },
  { LaboratoryNum: 3, Description: "Closed Lab", Phone: "", Notes: "", Email: "", IsHidden: "true" },
];

export const LAB_TURNAROUNDS = [
  { LabTurnaroundNum: 1, LaboratoryNum: 1, Description: "Crown", DaysPublished: 7, DaysActual: 8 },
  { LabTurnaroundNum: 2, LaboratoryNum: 1, Description: "Denture", DaysPublished: 10, DaysActual: 14 },
  { LabTurnaroundNum: 3, LaboratoryNum: 2, Description: "Crown", DaysPublished: 5, DaysActual: 5 },
];

export const PROVIDERS = [
  { ProvNum: 1, Abbr: "DAV1", LName: "Davis", FName: "Dana", Suffix: "DMD", IsHidden: "false", Specialty: "General" },
  { ProvNum: 2, Abbr: "HYG1", LName: "Moss", FName: "Ivy", Suffix: "RDH", IsHidden: "false", Specialty: "Hygienist" },
];

/** Category 18, in the order the office sees them: "B" in ItemValue marks the folder of lab cases. */
export const DEFINITIONS: OdDefinition[] = [
  [135, "BWs", "X"],
  [136, "FMXs", "X"],
  [14, "Lab Cases", "BT"],
  [137, "Patient Pictures", "P"],
  [47, "Extraoral", ""],
].map(([DefNum, ItemName, ItemValue]) => ({
  DefNum: DefNum as number,
  Category: 18,
  category: "ImageCats",
  ItemName: ItemName as string,
  ItemValue: ItemValue as string,
  isHidden: "false",
}));
DEFINITIONS.push({
  DefNum: 138,
  Category: 18,
  category: "ImageCats",
  ItemName: "Old scans",
  ItemValue: "",
  isHidden: "true",
});
DEFINITIONS.push({
  DefNum: 210,
  Category: 17,
  category: "BillingTypes",
  ItemName: "Standard",
  ItemValue: "",
  isHidden: "false",
});
