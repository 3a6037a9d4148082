import type { Command } from "./command.ts";

export const rotateKeysCommand: Command = {
  name: "keys rotate",
  summary: "seals everything with the first of SEALING_KEYS, while a portal that was started with the same keys runs",
  options: {},
  run: async () => {
    const [{ rotateKeys }, { database }] = await Promise.all([
      import("#lib/crypto/rotate-keys.ts"),
      import("#lib/database/database.ts"),
    ]);
    const rotation = await rotateKeys((sql, ...values) => database().$queryRawUnsafe(sql, ...values), {
      onProgress: ({ resealed }) => console.error(`${resealed} values sealed anew`),
    });
    return { ok: rotation.unreadable === 0, ...rotation };
  },
  describe: ({ resealed, unreadable }) => [
    `${resealed} value(s) are sealed with the first key now.`,
    ...(unreadable ? [`${unreadable} value(s) open with none of the keys and were left as they are.`] : []),
    "Keep the last key in SEALING_KEYS: the search over sealed names is built with it.",
  ],
};
