import { decisionRoute } from "#lib/api/decision-route.ts";

export const POST = decisionRoute("reject");
