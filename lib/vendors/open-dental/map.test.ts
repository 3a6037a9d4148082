import { describe, expect, test } from "vitest";
import { DECIDUOUS_TEETH, PERMANENT_TEETH, universalOf } from "#lib/teeth/tooth.ts";
import { updateDocumentEndpoint } from "#lib/vendors/open-dental/api/documents.ts";
import { listPatientsSimpleEndpoint } from "#lib/vendors/open-dental/api/patients.ts";
import { toCategories, toDocument, toLabCase, toPatient } from "#lib/vendors/open-dental/map.ts";
import { parseAnswer, parseDone } from "#lib/vendors/open-dental/parse-answer.ts";
import { documentListSchema, documentSchema, labCaseSchema, patientSchema } from "#lib/vendors/open-dental/schemas.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("answers", () => {
  test("F15: the guide's own sample of UploadSftp, which is no JSON, is read", () => {
    const sample = String.raw`{"DocNum": 411, "filePath": "\\server\OpenDentImages\S\SmithJohn15\SmithJRadiograph.png", "ToothNumbers": "1,2"}`;
    expect(() => JSON.parse(sample)).toThrow();
    expect(documentSchema.parse(parseAnswer(bytes(sample)))).toMatchObject({
      DocNum: 411,
      filePath: String.raw`\server\OpenDentImages\S\SmithJohn15\SmithJRadiograph.png`,
    });
  });

  test("legal escapes stay what they are; half an escape of a code point is text", () => {
    expect(parseAnswer(bytes(String.raw`{"a": "x\ty\u00e9"}`))).toEqual({ a: "x\tyé" });
    expect(parseAnswer(bytes(String.raw`{"a": "C:\users"}`))).toEqual({ a: String.raw`C:\users` });
  });

  test("a sentence instead of a list is that sentence; any other text is unreadable", () => {
    expect(parseAnswer(bytes("No documents could be made into thumbnails."))).toMatch(/^No documents/);
    for (const bad of ["<html>", "No way", '{"a": ', "[1, 2", String.raw`{"a": "\O}`])
      expect(() => parseAnswer(bytes(bad)), bad).toThrow();
  });

  test("F14: a write is done whatever sentence it is answered with; a page or half an object is no answer", () => {
    for (const done of ["OK", "Document deleted.", String.raw`\\server\Images\a.png`, "site/a.png"])
      expect(parseDone(bytes(done))).toBe(done);
    expect(parseDone(bytes('{"DocNum": 5}'))).toEqual({ DocNum: 5 });
    for (const bad of ["<html>sign in</html>", '{"DocNum": ', '["a', `x${"a".repeat(2_000)}`])
      expect(() => parseDone(bytes(bad)), bad.slice(0, 20)).toThrow();
  });

  test("an office whose eConnector is down is away; another 400 is a refusal; 504 is its own deadline", () => {
    const { dialect } = listPatientsSimpleEndpoint;
    const down = "The office's eConnector is not running.";
    expect(dialect.kindOf!(400, bytes(down))).toBe("unavailable");
    expect(dialect.kindOf!(400, bytes("PatNum is required"))).toBeUndefined();
    expect(dialect.kindOf!(401, bytes(""))).toBe("token");
    expect(updateDocumentEndpoint.dialect.kindOf!(401, bytes(""))).toBe("scope");
    expect(dialect.kindOf!(504, bytes(""))).toBe("timeout");
  });

  test("F15: cut anywhere, the sample is refused and nothing else", () => {
    const sample = String.raw`[{"DocNum": 411, "filePath": "\\server\O\S.png"}]`;
    for (let at = 0; at < sample.length; at++) expect(() => parseAnswer(bytes(sample.slice(0, at)))).toThrow();
  });

  test("an unreadable row does not cost the list; what is no list is refused", () => {
    expect(documentListSchema.parse([{ DocNum: 1 }, "x", null])).toHaveLength(1);
    expect(documentListSchema.safeParse({ DocNum: 1 }).success).toBe(false);
  });
});

describe("records", () => {
  test("the guide's document and mount", () => {
    const row = {
      DocNum: 34,
      MountNum: 0,
      filePath: "\\server\\OpenDentImages\\S\\SmithJohn15\\exampleimage.jpg",
      Description: "Scanned image",
      DateCreated: "2021-04-08 08:12:21",
      docCategory: "Lab Cases",
      ToothNumbers: "1,2,A,99",
    };
    expect(toDocument(documentSchema.parse(row), "UTC")).toEqual({
      kind: "document",
      key: "34",
      description: "Scanned image",
      category: "Lab Cases",
      createdAt: new Date("2021-04-08T08:12:21Z"),
      teeth: [18, 17, 55],
      extension: ".jpg",
    });
    const mount = { DocNum: 0, MountNum: 15, filePath: "", Description: " 5/11/2021: 4BW", DateTStamp: "" };
    expect(toDocument(documentSchema.parse(mount), "UTC")).toMatchObject({ kind: "mount", key: "15", createdAt: null });
    expect(toDocument(documentSchema.parse({}), "UTC")).toBeNull();
  });

  test.each([
    ["1-5,8", [18, 17, 16, 15, 14, 11]],
    ["6-11", [13, 12, 11, 21, 22, 23]],
    ["16-17", [28, 38]],
    ["A-C, T", [55, 54, 53, 85]],
    ["9-x,30-B,33,3", [16]],
  ])("ranges that the office has not taken apart are read as it counts: %s", (ToothNumbers, teeth) => {
    expect(toDocument(documentSchema.parse({ DocNum: 1, ToothNumbers }), "UTC")!.teeth).toEqual(teeth);
  });

  test("1-32 is every permanent tooth", () => {
    const row = documentSchema.parse({ DocNum: 1, ToothNumbers: "1-32" });
    expect(toDocument(row, "UTC")!.teeth).toEqual(PERMANENT_TEETH);
  });

  test("all 52 teeth come back from the chart", () => {
    const all = [...PERMANENT_TEETH, ...DECIDUOUS_TEETH];
    const row = documentSchema.parse({ DocNum: 1, ToothNumbers: all.map(universalOf).join(",") });
    expect(toDocument(row, "UTC")!.teeth).toEqual(all);
  });

  test("a birth date that is none is none; an archived patient is not active", () => {
    const row = { PatNum: 5, LName: "Kim", Birthdate: "0001-01-01", PatStatus: "Archived" };
    expect(toPatient(patientSchema.parse(row))).toMatchObject({ key: "5", birthDate: null, isActive: false });
  });

  test("the folder marked B is proposed, else one named like a lab, else none", () => {
    const row = (DefNum: string, ItemName: string, ItemValue: string) => ({ DefNum, ItemName, ItemValue });
    const proposed = (...rows: ReturnType<typeof row>[]) => toCategories(rows).find((one) => one.isProposed)?.key;
    expect(proposed(row("1", "Lab", ""), row("2", "Other", "XB"))).toBe("2");
    expect(proposed(row("1", "Pictures", "P"), row("2", "Lab cases", ""))).toBe("2");
    expect(proposed(row("1", "Labels of Fabric", "P"))).toBeUndefined();
  });

  test.each([
    [{}, "created"],
    [{ DateTimeSent: "2026-11-01 10:00:00" }, "sent"],
    [{ DateTimeSent: "2026-11-01 10:00:00", DateTimeRecd: "2026-11-09 10:00:00" }, "received"],
    [{ DateTimeRecd: "0001-01-01 00:00:00", DateTimeChecked: "2026-11-10 10:00:00" }, "checked"],
  ])("a lab case with %j is %s", (dates, status) => {
    const row = labCaseSchema.parse({ LabCaseNum: 1, LaboratoryNum: 1, ProvNum: 1, ...dates });
    expect(toLabCase(row, "UTC").status).toBe(status);
  });
});
