import { beforeAll, expect, it } from "vitest";
import { SealError } from "#lib/crypto/seal.ts";
import {
  openContact,
  openFileName,
  openPatient,
  openRaw,
  sealContact,
  sealFileName,
  sealPatient,
  sealRaw,
} from "./seal-order.ts";

const LAB = "0193a000-0000-7000-8000-000000000001";
const ORDER = "0193a000-0000-7000-8000-00000000000a";
const patient = { caseName: "J's Case", patientName: "Jeon", patientCode: null, description: "née Kim", tags: ["x"] };

beforeAll(() => {
  process.env.SEALING_KEYS = `test:${Buffer.alloc(32, 7).toString("base64")}`;
});

it("what belongs to the patient opens for its own order only", () => {
  const sealed = sealPatient(LAB, ORDER, patient);
  expect(openPatient(LAB, ORDER, sealed)).toEqual(patient);
  expect(Buffer.from(sealed).includes("Jeon")).toBe(false);
  expect(() => openPatient(LAB, LAB, sealed)).toThrow(SealError);
  expect(() => openPatient(ORDER, ORDER, sealed)).toThrow(SealError);
});

it("the vendor's records come back as they were, compressed", () => {
  const record = { files: Array.from({ length: 200 }, (_, i) => ({ name: "mandibular.meditMesh", uuid: String(i) })) };
  const sealed = sealRaw(LAB, ORDER, { list: null, whole: { record, digest: "d" } });
  expect(openRaw(LAB, ORDER, sealed)).toEqual({ list: null, whole: { record, digest: "d" } });
  expect(sealed.length).toBeLessThan(JSON.stringify(record).length / 4);
});

it("file names and contacts are sealed in their own rows", () => {
  expect(openFileName(LAB, ORDER, sealFileName(LAB, ORDER, "Jeon upper.stl"))).toBe("Jeon upper.stl");
  const contact = { person: "D. Davis", mobile: "+82", phone: null, homePage: null, address: ["19 Inchon-ro"] };
  expect(openContact(LAB, ORDER, sealContact(LAB, ORDER, contact))).toEqual(contact);
  expect(() => openFileName(LAB, LAB, sealFileName(LAB, ORDER, "a"))).toThrow(SealError);
});
