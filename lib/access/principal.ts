import type { Side } from "#lib/orders/order-schema.ts";

export const ROLES = ["admin", "technician", "staff", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: a signed-in member or an API key, always inside one organisation. */
export type Principal = {
  userId: string;
  name: string;
  organisationId: string;
  organisationKind: Side;
  organisationName: string;
  role: Role;
  /** "session:<id>" or "key:<id>" */
  via: string;
  locale: string;
  toothNotation: "fdi" | "universal";
};

export const PERMISSIONS = {
  /** See orders, scans, history. */
  read: ["admin", "technician", "staff", "viewer"],
  /** Accept, reject, cancel; attach files; download. Which of them exist depends on the side, too. */
  decide: ["admin", "technician", "staff"],
  download: ["admin", "technician", "staff"],
  sync: ["admin", "technician", "staff"],
  /** Connect and disconnect vendor accounts. */
  connect: ["admin"],
  /** Invite people, change roles, make API keys, read the audit trail. */
  administer: ["admin"],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** True when the role holds the permission. A lab's staff and a clinic's technician decide as well: sides, not titles, limit actions. */
export function may(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}
