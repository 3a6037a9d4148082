import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { tameRequest } from "#lib/api/tame-request.ts";

const NOT_HERE = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/** The portal has no WebSockets; Next leaves a connection that asks for one open for good. */
function hangUp(_request: IncomingMessage, socket: Duplex): void {
  socket.end(NOT_HERE);
}

/** Next calls this once, before the web process answers anything; Node then says of every request that it begins. */
export function register(): void {
  const met = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { request, server } = message as { request: IncomingMessage; server: Server };
    tameRequest(request);
    if (met.has(server)) return;
    met.add(server);
    server.prependListener("upgrade", hangUp);
  });
}
