import { z } from "zod";

/**
 * Fields of vendor records: a value of an unexpected shape costs that value and never the record (F19). Absent, null and "" are
 * one thing to us: null.
 */
export const text = () => described(asIs().transform(toText), () => ({ type: ["string", "null"] }));

function toText(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** A whole number, also where it comes as text. */
export const wholeNumber = () => described(asIs().transform(toWholeNumber), () => ({ type: ["integer", "null"] }));

function toWholeNumber(value: unknown): number | null {
  const isWritten = typeof value === "string" && /^\s*-?\d{1,15}\s*$/.test(value);
  const number = isWritten ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : null;
}

/** A list of which only the unreadable items are left out; anything that is no list is an empty one. */
export const list = <T extends z.ZodType>(item: T) =>
  described(
    z
      .array(z.unknown())
      .transform((items) =>
        items.flatMap((one) => {
          const parsed = item.safeParse(one);
          return parsed.success ? [parsed.data] : [];
        }),
      )
      .catch([]),
    () => ({ type: "array", items: describeSchema(item) }),
  );

/** A nested record, or null when it is absent or no record. */
export const record = <S extends z.ZodRawShape>(shape: S) =>
  described(
    z
      .looseObject(shape)
      .nullish()
      .transform((value) => value ?? null)
      .catch(null),
    () => ({ anyOf: [describeSchema(z.looseObject(shape)), { type: "null" }] }),
  );

/** Longer ones are no ids, and no index takes them. */
const LONGEST_ID = 400;

/** An id that everything else depends on: a number or a text that is neither empty nor a novel. */
export const id = () =>
  described(z.union([z.number().int(), z.string().min(1).max(LONGEST_ID)]).transform(String), () => ({
    type: ["string", "integer"],
  }));

/** A value kept as it came, to be read by its own reader (dates). */
export const asIs = () => z.unknown().optional();

type JsonSchema = Record<string, unknown>;

/** What the fields above look like in JSON: their transforms hide it from zod. */
const descriptions = new WeakMap<object, () => JsonSchema>();

function described<T extends z.ZodType>(schema: T, describe: () => JsonSchema): T {
  descriptions.set(schema, describe);
  return schema;
}

/** A schema as JSON schema; the tolerant fields in it as what a vendor is expected to send. */
export function describeSchema(schema: z.ZodType, io: "input" | "output" = "output"): JsonSchema {
  const { $schema, ...described } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      const description = descriptions.get(zodSchema);
      if (!description) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
      Object.assign(jsonSchema, description());
    },
  }) as JsonSchema;
  return described;
}
