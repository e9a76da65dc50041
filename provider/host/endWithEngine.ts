import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { engineAddressOf } from "./engineAddress";

/** How often the engine is looked for once its end of our standard input is closed, in milliseconds. */
const lookIntervalInMs = 1_000;

/**
 * Ends this process when the engine that it serves is gone.
 *
 * An engine that is killed (`kill -9`, or the runner of a cancelled job that has waited long enough) takes no host with it.
 * This one would go on for up to 45 minutes: nobody learns what it creates, no state holds it, and it works on the same
 * instances as the next run. What the service has accepted until now is not lost by ending, as the next run finds it.
 *
 * The engine holds the other end of a plugin's standard input as long as it lives (pulumi/pulumi, plugin.go), so its end is
 * noticed at once; that nobody answers at its address any more is the proof. The process then gets the signal with which
 * the engine itself ends its plugins, and other dynamic providers in it get their chance to react as ever.
 */
export async function endWithEngine(argv: readonly string[] = process.argv): Promise<void> {
  const address = engineAddressOf(argv);
  if (address === undefined || !(await answers(address))) {
    return;
  }
  await endOf(process.stdin);
  while (await answers(address)) {
    await sleep(lookIntervalInMs);
  }
  process.kill(process.pid, "SIGINT");
}

async function endOf(stream: NodeJS.ReadStream): Promise<void> {
  stream.resume();
  await once(stream, "close").catch(() => undefined);
}

async function answers(address: string): Promise<boolean> {
  const [host, port] = address.split(":");
  const socket = connect({ host, port: Number(port) });
  return once(socket, "connect")
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}
