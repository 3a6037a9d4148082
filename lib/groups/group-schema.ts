import { z } from "zod";
import { sideSchema } from "#lib/orders/order-schema.ts";

/** A clinic or a lab as its vendor shows it. Pictures are paths of ours; everything else is null where nobody says. */
export const groupProfileSchema = z.object({
  name: z.string(),
  kind: sideSchema.nullable(),
  description: z.string().nullable(),
  contact: z
    .object({
      person: z.string().nullable(),
      mobile: z.string().nullable(),
      phone: z.string().nullable(),
      homePage: z.string().nullable(),
      /** As on a letter, one line each. */
      address: z.array(z.string()),
    })
    .nullable(),
  pictures: z.object({ logo: z.string().nullable(), cover: z.string().nullable(), photo: z.string().nullable() }),
  /** Why the vendor could not be asked now: what is shown is what orders brought. Null when it answered. */
  problem: z.string().nullable(),
});
export type GroupProfile = z.infer<typeof groupProfileSchema>;

export const pictureKindSchema = z.enum(["logo", "cover", "photo"]);
export type PictureKind = z.infer<typeof pictureKindSchema>;

/** The other side of orders: for a lab a clinic, for a clinic a lab. */
export const clinicSchema = groupProfileSchema.extend({
  id: z.uuid(),
  vendor: z.string(),
  vendorName: z.string(),
  /** Orders with it, as they are shown in the inbox. */
  orders: z.object({ total: z.number().int(), open: z.number().int(), lastReceivedAt: z.iso.datetime().nullable() }),
});
export type ClinicView = z.infer<typeof clinicSchema>;

export const findPersonBodySchema = z.object({ email: z.email().max(254) });

export const personSchema = z.object({
  email: z.string(),
  name: z.string().nullable(),
  groupName: z.string().nullable(),
  groupKind: sideSchema.nullable(),
});
export type PersonView = z.infer<typeof personSchema>;
