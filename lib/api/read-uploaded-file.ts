import { AppError } from "#lib/errors.ts";

/** The largest attachment taken, bytes: above the vendor's 25 MB sample scan with room to spare. */
const MOST_BYTES = 100 * 1024 * 1024;
/** What multipart adds around the file, bytes. */
export const ENVELOPE_BYTES = 64 * 1024;

/**
 * The one file of a multipart form, in its field `file`.
 * @throws {AppError} too_large, invalid_body
 */
export async function readUploadedFile(request: Request): Promise<File> {
  return (await readUploadedForm(request)).file;
}

/** The same, with the form's other fields. @throws {AppError} too_large, invalid_body */
export async function readUploadedForm(request: Request): Promise<{ file: File; form: FormData }> {
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (Number.isNaN(declared)) throw invalidForm("content-length", "is missing");
  if (declared > MOST_BYTES + ENVELOPE_BYTES) throw new AppError("too_large");
  const form = await request.formData().catch((cause) => {
    throw invalidForm("body", "is not a multipart form", cause);
  });
  const file = form.get("file");
  if (!(file instanceof File)) throw invalidForm("file", "is missing");
  if (file.size === 0) throw invalidForm("file", "is empty");
  if (file.size > MOST_BYTES) throw new AppError("too_large");
  return { file, form };
}

/** A form that is not what it should be; `name` is the field, or the header, that is wrong. */
export function invalidForm(name: string, reason: string, cause?: unknown): AppError {
  return new AppError("invalid_body", `${name} ${reason}`, {
    cause,
    invalidParams: [{ name, reason }],
    facts: { name },
  });
}
