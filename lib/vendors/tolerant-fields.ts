import { z } from "zod";

/**
 * Fields of vendor records: a value of an unexpected shape costs that value and never the record (F19). Absent, null and "" are
 * one thing to us: null.
 */
export const text = () =>
  z
    .union([z.string(), z.number(), z.boolean()])
    .transform((value) => (value === "" ? null : String(value)))
    .nullish()
    .transform((value) => value ?? null)
    .catch(null);

/** A whole number, also where it comes as text. */
export const wholeNumber = () =>
  z
    .union([z.number(), z.string().regex(/^\s*-?\d{1,15}\s*$/)])
    .transform(Number)
    .pipe(z.number().int())
    .nullish()
    .transform((value) => value ?? null)
    .catch(null);

/** A list of which only the unreadable items are left out; anything that is no list is an empty one. */
export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .transform((items) =>
      items.flatMap((one) => {
        const parsed = item.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    )
    .catch([]);

/** A nested record, or null when it is absent or no record. */
export const record = <S extends z.ZodRawShape>(shape: S) =>
  z
    .looseObject(shape)
    .nullish()
    .transform((value) => value ?? null)
    .catch(null);

/** An id that everything else depends on: a number or a text that is not empty. */
export const id = () => z.union([z.number().int(), z.string().min(1)]).transform(String);

/** A value kept as it came, to be read by its own reader (dates). */
export const asIs = () => z.unknown().optional();
