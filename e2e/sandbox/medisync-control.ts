import type { z } from "zod";
import type { visitsSchema } from "./control-schemas.ts";
import type { OrderRecord } from "./vendor-records.ts";
import type { World } from "./world.ts";

/** What is kept at MediSync, without the bytes of recordings and documents. */
export function medisyncTruth({ medisync }: World) {
  const { recordings, documents, ...rest } = medisync.state;
  return {
    ...rest,
    recordings: recordings.map(({ audio, ...recording }) => ({ ...recording, uploaded: audio !== undefined })),
    documents: documents.map(({ base64, ...document }) => ({
      ...document,
      bytes: Buffer.byteLength(base64, "base64"),
    })),
  };
}

/** Makes a patient of the order's name, the dictated consultation and the visits after it. @returns their ids */
export function makeVisits(world: World, order: OrderRecord, given: z.output<typeof visitsSchema>) {
  const [firstName = "", ...rest] = (world.cases.get(order.clinicCase)?.patient?.name ?? "A Patient").split(" ");
  const { order: _order, dateOfBirth, ...visits } = given;
  const made = world.medisync.addVisits({ ...visits, patient: { firstName, lastName: rest.join(" "), dateOfBirth } });
  world.remember();
  return made;
}
