/** Who may go on receiving is asked again this often, ms. */
const ASK_EVERY_MS = 3_000;

/**
 * Passes a body on chunk by chunk, and breaks it off once its reader may not have it any more: a large download that began in time
 * does not outlive the right to it by more than seconds. The broken answer is shorter than it said, so no client takes it for whole.
 */
export function guardStream(
  body: ReadableStream<Uint8Array>,
  isAllowed: () => Promise<boolean>,
  now: () => number = () => performance.now(),
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let askedAt = now();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (now() - askedAt > ASK_EVERY_MS) {
          askedAt = now();
          if (!(await isAllowed())) {
            await reader.cancel().catch(() => {});
            return controller.error(new Error("the right to this was taken away"));
          }
        }
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
