/** Stands for Node's "module" in browsers (next.config.ts): nothing of it is called there. */
export const createRequire = null;
