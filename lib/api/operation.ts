import { z } from "zod";
import type { Permission } from "#lib/access/principal.ts";

/** One operation of the HTTP surface (design §5). */
export type Operation = {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With {parameters}. */
  path: string;
  summary: string;
  permission: Permission | "signed-in" | "public";
  query?: z.ZodType;
  body?: z.ZodType;
  /** The field of a multipart form that holds a file, in the place of a body. */
  form?: string;
  /** Absent: no body, or the media type below. */
  response?: z.ZodType;
  media?: string;
  status?: number;
};

/** The answer of a list that comes whole. */
export const items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
