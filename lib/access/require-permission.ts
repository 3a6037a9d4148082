import { may, type Permission, type Principal } from "#lib/access/principal.ts";
import { AppError } from "#lib/errors.ts";

/** @throws {AppError} forbidden when the principal's role does not hold the permission */
export function requirePermission(principal: Principal, permission: Permission): void {
  if (!may(principal.role, permission)) throw new AppError("forbidden");
}
