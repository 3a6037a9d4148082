import { defineRoute } from "#lib/api/define-route.ts";
import { describeDrop } from "#lib/sftp-drop/describe-drop.ts";

export const GET = defineRoute({ permission: "connect", handler: ({ principal }) => describeDrop(principal) });
