"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Side } from "#lib/orders/order-schema.ts";
import type { ToothNotation } from "#lib/teeth/tooth.ts";

/** The roles as people choose them, most powerful first. */
export const MEMBER_ROLES = ["admin", "technician", "staff", "viewer"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
export type MemberPermission = "read" | "decide" | "download" | "sync" | "connect" | "administer";

/** Who looks at the page, where, and what the server lets them do. The API checks all of it again. */
export type Member = {
  userId: string;
  name: string;
  role: MemberRole;
  organisationId: string;
  organisationName: string;
  organisationKind: Side;
  toothNotation: ToothNotation;
  permissions: readonly MemberPermission[];
};

const MemberContext = createContext<Member | null>(null);

export function MemberProvider({ member, children }: { member: Member; children: ReactNode }) {
  return <MemberContext value={member}>{children}</MemberContext>;
}

export function useMember(): Member {
  const member = useContext(MemberContext);
  if (!member) throw new Error("useMember outside the portal");
  return member;
}

export function useMay(permission: MemberPermission): boolean {
  return useMember().permissions.includes(permission);
}
