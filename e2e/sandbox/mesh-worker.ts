import { parentPort } from "node:worker_threads";

parentPort?.on("message", ({ id }: { id: number }) => parentPort?.postMessage({ id, problem: "not yet" }));
