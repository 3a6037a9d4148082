import { parentPort, workerData } from "node:worker_threads";
import { mapsRows } from "./maps-rows.ts";

/** Measures the maps' rows and posts them. */
const { given, obj } = workerData as { given: string | undefined; obj: Uint8Array };
parentPort?.postMessage(await mapsRows(given, obj));
