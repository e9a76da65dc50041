import { ArmError } from "../azure/http/errors";
import { PollPace } from "../azure/http/pollPace";
import { asArray, asRecord, text } from "../azure/json";
import { progressOf } from "../dataProtection/waiting";
import type { Waiting } from "../dataProtection/waiting";
import type { Session } from "../host/session";

const apiVersion = "2020-05-01";

/**
 * Deletes something below a scope that Azure Backup has locked: it locks a storage account while it protects its blobs, and
 * takes its lock away some minutes after the protection has ended.
 *
 * @throws what the deletion is refused with, where somebody else has locked the scope.
 */
export async function deleteOnceUnlocked(
  session: Session,
  scope: string,
  remove: () => Promise<void>,
  { clock, deadline, showProgress }: Waiting,
): Promise<void> {
  const tell = progressOf(showProgress, "waiting until Azure Backup takes away its own lock");
  const pace = new PollPace(clock, undefined);
  for (;;) {
    try {
      return await remove();
    } catch (error) {
      const lockId = isLocked(error)
        ? await serviceLockOn(session, scope, { clock, deadline, showProgress })
        : undefined;
      if (lockId === undefined) {
        throw error;
      }
      const lastSeen = `lock ${lockId} is still there, which is Azure Backup's own and goes when nothing there is protected any more`;
      deadline.mustAllow(pace.intervalInMs, `waiting until ${scope} can be changed`, lastSeen);
      tell(pace.waitedInMs);
      await clock.sleep(pace.intervalInMs);
    }
  }
}

function isLocked(error: unknown): boolean {
  return (
    error instanceof ArmError &&
    error.statusCode === 409 &&
    /ScopeLocked|are locked/i.test(`${error.body.code} ${error.body.message}`)
  );
}

/** The lock of Azure Backup, if there is one and nobody else's holds beside it. */
async function serviceLockOn(
  { service: { client } }: Session,
  scope: string,
  { deadline }: Waiting,
): Promise<string | undefined> {
  const target = `${scope}/providers/Microsoft.Authorization/locks`;
  const answer = await client.send({ method: "GET", target, apiVersion }, deadline).catch(() => undefined);
  const locks = asArray(asRecord(answer?.body).value).map(asRecord);
  const isOfService = ({ name, properties }: Record<string, unknown>): boolean =>
    /^AzureBackup/i.test(text(name) ?? "") || /Azure Backup/i.test(text(asRecord(properties).notes) ?? "");
  return locks.every(isOfService) ? text(locks[0]?.id) : undefined;
}
