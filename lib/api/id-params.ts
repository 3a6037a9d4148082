import { z } from "zod";

/** The `[id]` of a path: anything that is no id of ours answers 404. */
export const idParamsSchema = z.object({ id: z.uuid() });

export const fileParamsSchema = idParamsSchema.extend({ fileId: z.uuid() });
