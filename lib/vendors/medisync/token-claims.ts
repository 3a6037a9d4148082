import { z } from "zod";

const claimsSchema = z.looseObject({
  userId: z
    .union([z.string().min(1), z.number()])
    .transform(String)
    .nullable()
    .catch(null)
    .default(null),
  iat: z.number().nullable().catch(null).default(null),
  exp: z.number().nullable().catch(null).default(null),
});

/** What the token says of itself: whose it is, and from when to when it lives (epoch s). Nulls for a token that cannot be read. */
export function claimsOf(token: string): z.output<typeof claimsSchema> {
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
  } catch {
    return { userId: null, iat: null, exp: null };
  }
}
