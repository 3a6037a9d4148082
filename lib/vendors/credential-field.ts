import { z } from "zod";

/** One thing that a vendor's sign-in asks for. The dialog draws itself from these; their words are the catalogue's, by name. Pure. */
export const credentialFieldSchema = z.object({
  /** Key in the credentials. */
  name: z.enum(["email", "password", "developerKey", "customerKey", "address", "pace", "timeZone"]),
  /** A zone may be left open: the organisation's own counts then. */
  kind: z.enum(["email", "secret", "choice", "zone"]),
  /** Of a choice: the first one is proposed. */
  options: z.array(
    z.object({
      value: z.string(),
      word: z.enum(["remote", "local", "service", "usual", "enterprise"]),
      /** The host behind an address; null for what is none. */
      host: z.string().nullable(),
    }),
  ),
});
export type CredentialField = z.infer<typeof credentialFieldSchema>;

/** What every vendor with a password asks for. */
export const PASSWORD_FIELDS: readonly CredentialField[] = [
  { name: "email", kind: "email", options: [] },
  { name: "password", kind: "secret", options: [] },
];
