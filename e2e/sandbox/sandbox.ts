import { optionsFromEnvironment } from "./settings.ts";
import { startSandbox } from "./start-sandbox.ts";

/** The sandbox vendors as a process: settings from the environment, one JSON line when ready, gone on SIGTERM. */
try {
  const { close, world: _world, ...addresses } = await startSandbox(optionsFromEnvironment(process.env));
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  console.log(JSON.stringify({ ready: true, ...addresses }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
