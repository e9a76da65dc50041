import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { executableIn, installFolder } from "./cacheFolder";
import { verifyCli } from "./cliVersion";
import { withHeartbeat } from "./heartbeat";
import type { Machine } from "./machine";
import type { WayContext } from "./way";

const longestAttemptInMs = 6 * 60 * 60 * 1000;
const lookIntervalInMs = 500;

/**
 * Gives `fill` an empty staging folder inside the cache, in which it makes `root`, runs what it made, and moves `root` to
 * its final place in one rename. So a folder with the final name was complete and verified when it got that name.
 *
 * While another process of this machine is at the same work, this one waits and takes what the other made. Should both
 * work all the same (two machines with one home folder), the second throws its own away and takes the first one's.
 *
 * @param fill - Makes `<staging>/root`; whatever else it leaves in the staging folder is removed.
 * @returns The final folder.
 */
export async function publish(
  context: WayContext,
  version: string,
  fill: (staging: string) => Promise<void>,
): Promise<string> {
  const { machine, cacheFolder } = context;
  await fs.mkdir(cacheFolder, { recursive: true });
  await removeLeftovers(machine, cacheFolder);
  const name = stagingName(machine);
  const staging = path.join(cacheFolder, name);
  await fs.mkdir(staging);
  const final = installFolder(cacheFolder, version);
  const verify = (folder: string): Promise<void> =>
    verifyCli(machine, executableIn(folder, machine.platform), version);
  try {
    if ((await waitForOthers(context, name)) && (await succeeds(verify(final)))) {
      return final;
    }
    await fill(staging);
    const root = path.join(staging, "root");
    await verify(root);
    if (!(await isRenamed(root, final)) && !(await succeeds(verify(final)))) {
      await fs.rename(final, path.join(staging, "unusable"));
      await fs.rename(root, final);
    }
    return final;
  } finally {
    await removeFolder(staging);
  }
}

/** False when there is something at `target` already. */
async function isRenamed(source: string, target: string): Promise<boolean> {
  try {
    await fs.rename(source, target);
    return true;
  } catch (error) {
    // Windows answers EPERM where POSIX answers ENOTEMPTY or EEXIST.
    if (["ENOTEMPTY", "EEXIST", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) {
      return false;
    }
    throw error;
  }
}

/** True when another process had begun the same work before, and has ended now. */
async function waitForOthers(
  { machine, cacheFolder, report }: WayContext,
  ownName: string,
): Promise<boolean> {
  const isAtWork = async (): Promise<boolean> =>
    (await attempts(cacheFolder)).some(
      ({ name, processId, hostName }) =>
        name < ownName &&
        processId !== machine.processId &&
        hostName === machine.hostName &&
        machine.processIsAlive(processId),
    );
  if (!(await isAtWork())) {
    return false;
  }
  report("another process is getting it, waiting for that one");
  await withHeartbeat(report, "still waiting", async () => {
    while (await isAtWork()) {
      await sleep(lookIntervalInMs);
    }
  });
  return true;
}

/** Removes the staging folders of attempts that were killed: their process is gone, or they are older than any attempt. */
async function removeLeftovers(machine: Machine, cacheFolder: string): Promise<void> {
  for (const { name, processId, hostName } of await attempts(cacheFolder)) {
    const folder = path.join(cacheFolder, name);
    const diedHere = hostName === machine.hostName && !machine.processIsAlive(processId);
    if (diedHere || (await ageInMs(folder)) > longestAttemptInMs) {
      await removeFolder(folder);
    }
  }
}

/** Begins with the time, so that the order of the names is the order in which they began. */
function stagingName({ processId, hostName }: Machine): string {
  return ["staging", Date.now(), processId, randomBytes(4).toString("hex"), hostName].join("-");
}

interface Attempt {
  name: string;
  processId: number;
  hostName: string;
}

async function attempts(cacheFolder: string): Promise<Attempt[]> {
  return (await fs.readdir(cacheFolder)).flatMap((name) => {
    const [, processId, hostName] = /^staging-\d+-(\d+)-[0-9a-f]{8}-(.*)$/.exec(name) ?? [];
    return processId && hostName !== undefined ? [{ name, processId: Number(processId), hostName }] : [];
  });
}

async function ageInMs(folder: string): Promise<number> {
  const status = await fs.stat(folder).catch(() => undefined);
  return status ? Date.now() - status.mtimeMs : 0;
}

async function removeFolder(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function succeeds(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
