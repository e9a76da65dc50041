import { systemClock } from "../provider/azure/clock";
import { Rows } from "../provider/host/rows";
import type { Session } from "../provider/host/session";
import { openSession } from "../provider/host/session";
import { KeptResources } from "../provider/lifecycle/keptResources";

/** What a command needs of Azure. */
export type Azure = Pick<Session, "service" | "recovery">;

/** Signs in with the credentials and the cloud that azure-native would use, read from the environment only. */
export async function openAzure(): Promise<Azure> {
  return openSession(() => undefined, {
    keptResources: new KeptResources(),
    rows: new Rows(async () => undefined, systemClock),
  });
}
