import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const page = (script: string) =>
  `<!doctype html><style>body{margin:0;overflow:hidden}#o{width:100vw;height:100vh}</style><div id="o"></div>${script}`;

const ONLINE_3D_VIEWER_PAGE = page(`<script src="/o3dv.js"></script><script>
const viewer = new OV.EmbeddedViewer(document.getElementById("o"), {});
window.load = (urls) => viewer.LoadModelFromUrlList(urls.map((url) => new URL(url, location.href).href));
</script>`);

/** The pages that the portal is compared with, and the files they load, as a server. @param folder with the files */
export async function servePages(folder: string): Promise<{ port: number; close(): void }> {
  const texts: Record<string, [type: string, body: string | Buffer]> = {
    "/naive": ["text/html", page(`<script type="module" src="/naive.js"></script>`)],
    "/naive.js": ["text/javascript", await bundleNaivePage()],
    "/o3dv": ["text/html", ONLINE_3D_VIEWER_PAGE],
    "/o3dv.js": ["text/javascript", readFileSync(pathOfOnline3DViewer())],
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const text = texts[path];
    if (text) return response.writeHead(200, { "content-type": text[0] }).end(text[1]);
    const file = join(folder, path.slice(1).replaceAll("/", ""));
    if (!/^\/[\w-]+\.(obj|stl)$/.test(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": statSync(file).size });
    return createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function bundleNaivePage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      rollupOptions: { input: join(import.meta.dirname, "pages", "naive-page.ts") },
      modulePreload: false,
    },
  });
  const outputs = "output" in built ? built.output : [];
  const script = outputs.find((part) => part.type === "chunk");
  if (script?.type !== "chunk") throw new Error("the naive page was not built");
  return script.code;
}

function pathOfOnline3DViewer(): string {
  return fileURLToPath(new URL("../../node_modules/online-3d-viewer/build/engine/o3dv.min.js", import.meta.url));
}
