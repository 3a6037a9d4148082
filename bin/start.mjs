#!/usr/bin/env node
import { runUnderProjectNode } from "./run-under-project-node.mjs";

await runUnderProjectNode("supervise.ts");
