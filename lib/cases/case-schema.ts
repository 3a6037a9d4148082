import { z } from "zod";
import { completenessSchema, formSchema, jawSchema, restorationSchema } from "#lib/orders/order-schema.ts";

/** A case of a vendor, ordered for or not. Dates are null where the vendor does not say. */
export const caseSchema = z.object({
  /** The vendor's id. */
  key: z.string(),
  name: z.string().nullable(),
  /** As the vendor writes it. */
  status: z.string(),
  completeness: completenessSchema,
  patientName: z.string().nullable(),
  patientCode: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  scannedAt: z.iso.datetime().nullable(),
  /** The order for it, when it is here. */
  orderId: z.uuid().nullable(),
});
export type CaseView = z.infer<typeof caseSchema>;

export const casePageSchema = z.object({
  items: z.array(caseSchema),
  total: z.number().int(),
  page: z.number().int(),
  pageSize: z.number().int(),
  /** The statuses that can be asked for. */
  statuses: z.array(z.string()),
});
export type CasePage = z.infer<typeof casePageSchema>;

export const wholeCaseSchema = caseSchema.extend({
  prescription: z.object({
    form: formSchema,
    restorations: z.array(restorationSchema),
    bridges: z.array(z.array(z.number().int())),
  }),
  files: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.enum(["scan", "attachment", "order_form", "group_info"]),
      jaw: jawSchema.nullable(),
      biteGroup: z.string().nullable(),
      bytes: z.number().int().nullable(),
    }),
  ),
});
export type WholeCaseView = z.infer<typeof wholeCaseSchema>;

/** Days are of the organisation's calendar; both are included. `name` and `patientCode` are compared whole, as the vendor does. */
export const searchCasesQuerySchema = z.object({
  name: z.string().trim().max(500).optional(),
  patientCode: z.string().trim().max(200).optional(),
  status: z.string().trim().max(60).optional(),
  createdFrom: z.iso.date().optional(),
  createdTo: z.iso.date().optional(),
  page: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type SearchCasesQuery = z.infer<typeof searchCasesQuerySchema>;
