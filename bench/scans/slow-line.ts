import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** How a line carries what a server sends; what browsers send is small and not slowed. */
export type LineSpeed = { mbitPerSecond: number; roundTripMs: number } | "as it is";

export type SlowLine = {
  port: number;
  setSpeed(speed: LineSpeed): void;
  /** Bytes that servers have sent through it so far. */
  bytes(): number;
  close(): void;
};

const TURN_MS = 2;
/** What may be on its way on one connection before its sender has to wait: several times what fits into a round trip. */
const WINDOW_BYTES = 512 * 1024;

/**
 * A line in front of a local server with one limit for all connections together: pages, workers and parallel requests share it as
 * they share a real one (a browser's own throttling leaves workers out and gives each response the whole speed).
 */
export async function startSlowLine(targetPort: number, listenPort = 0): Promise<SlowLine> {
  let speed: LineSpeed = "as it is";
  let sent = 0;
  let budget = 0;
  let since = performance.now();
  const waiting: { due: number; chunk: Buffer; to: Socket; sent(bytes: number): void }[] = [];
  const server = createServer((browser) => {
    browser.setNoDelay(true);
    const upstream = connect(targetPort, "127.0.0.1").setNoDelay(true);
    browser.pipe(upstream);
    let onTheWay = 0;
    const arrive = (bytes: number) => {
      onTheWay -= bytes;
      if (onTheWay < WINDOW_BYTES) upstream.resume();
    };
    upstream.on("data", (chunk: Buffer) => {
      sent += chunk.length;
      if (speed === "as it is") return void browser.write(chunk);
      onTheWay += chunk.length;
      if (onTheWay >= WINDOW_BYTES) upstream.pause();
      waiting.push({ due: performance.now() + speed.roundTripMs, chunk, to: browser, sent: arrive });
    });
    upstream.on("end", () => whenSent(browser, () => browser.end()));
    upstream.on("error", () => browser.destroy());
    browser.on("error", () => upstream.destroy());
    browser.on("close", () => upstream.destroy());
  });

  function whenSent(socket: Socket, action: () => void): void {
    if (waiting.some(({ to }) => to === socket)) setTimeout(() => whenSent(socket, action), TURN_MS);
    else action();
  }

  /** Hands on what the line could carry since the last turn, first come, first served. */
  function turn(): void {
    const now = performance.now();
    const bytesPerMs = speed === "as it is" ? Number.POSITIVE_INFINITY : (speed.mbitPerSecond * 1e6) / 8 / 1000;
    budget = Math.min(budget + (now - since) * bytesPerMs, bytesPerMs * 10 * TURN_MS);
    since = now;
    while (waiting[0] && waiting[0].due <= now && budget > 0) {
      const first = waiting[0];
      const part = first.chunk.subarray(0, Math.max(1, Math.floor(Math.min(budget, first.chunk.length))));
      budget -= part.length;
      first.sent(part.length);
      first.chunk = first.chunk.subarray(part.length);
      if (!first.to.destroyed) first.to.write(part);
      if (first.chunk.length === 0) waiting.shift();
    }
  }

  const timer = setInterval(turn, TURN_MS);
  await new Promise<void>((resolve) => server.listen(listenPort, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    setSpeed: (wanted) => {
      speed = wanted;
    },
    bytes: () => sent,
    close: () => {
      clearInterval(timer);
      server.close();
    },
  };
}
