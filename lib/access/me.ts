import { z } from "zod";
import { may, PERMISSIONS, type Permission, type Principal, type Role } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { AppError } from "#lib/errors.ts";

export type MeView = {
  user: { id: string; name: string; email: string };
  organisation: {
    id: string;
    name: string;
    kind: "lab" | "clinic";
    timeZone: string;
    undoSeconds: number;
    fileNameTemplate: string | null;
  };
  organisations: { id: string; name: string; kind: "lab" | "clinic"; role: Role }[];
  role: Role;
  locale: string;
  toothNotation: "fdi" | "universal";
  capabilities: Permission[];
};

/** Who I am, where, and what I may do. */
export async function readMe(principal: Principal): Promise<MeView> {
  const user = await database().user.findUniqueOrThrow({
    where: { id: principal.userId },
    include: { members: { include: { organisation: true }, orderBy: { organisation: { name: "asc" } } } },
  });
  const here = user.members.find((m) => m.organisationId === principal.organisationId);
  if (!here) throw new AppError("not_signed_in");
  const byKey = principal.via.startsWith("key:");
  const shown = byKey ? [here] : user.members; // a key knows one organisation
  return {
    user: { id: user.id, name: user.name, email: user.email },
    organisation: {
      id: here.organisationId,
      name: here.organisation.name,
      kind: principal.organisationKind,
      timeZone: here.organisation.timeZone,
      undoSeconds: here.organisation.undoSeconds,
      fileNameTemplate: here.organisation.fileNameTemplate,
    },
    organisations: shown.map((m) => ({
      id: m.organisationId,
      name: m.organisation.name,
      kind: m.organisation.kind as "lab" | "clinic",
      role: m.role as Role,
    })),
    role: principal.role,
    locale: principal.locale,
    toothNotation: principal.toothNotation,
    capabilities: (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => may(principal.role, permission)),
  };
}

export const changeMeBodySchema = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  locale: z.enum(["en", "de"]).optional(),
  toothNotation: z.enum(["fdi", "universal"]).optional(),
});

export async function changeMe(principal: Principal, change: z.infer<typeof changeMeBodySchema>): Promise<void> {
  await database().user.update({ where: { id: principal.userId }, data: change });
}

/** Looks at another organisation of mine from now on, in this session. @throws {AppError} not_found, forbidden for a key */
export async function switchOrganisation(principal: Principal, organisationId: string): Promise<void> {
  if (!principal.via.startsWith("session:")) throw new AppError("forbidden");
  const member = await database().member.findUnique({
    where: { organisationId_userId: { organisationId, userId: principal.userId } },
  });
  if (!member) throw new AppError("not_found");
  await database().session.update({ where: { id: principal.via.slice("session:".length) }, data: { organisationId } });
}
