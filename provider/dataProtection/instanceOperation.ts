import type { AcceptedOperation, OperationEnd } from "../azure/http/longRunning";
import { endOf } from "../azure/http/longRunning";
import { sendOnce } from "../azure/http/readLag";
import type { Seen } from "./seen";
import type { DataProtectionService } from "./service";
import type { Waiting } from "./waiting";
import { progressOf } from "./waiting";
import type { WireBackupInstance } from "./wire";

/** An instance as a look shows it; `undefined` when it is not there. */
type Shown = Seen<WireBackupInstance> | undefined;

/** Something that the service is to do to an instance. */
export interface InstanceOperation {
  service: DataProtectionService;
  backupInstanceId: string;
  /** What is being done, as the start of a sentence: `deleting backup instance <id>`. */
  what: string;
  /** The same, as it stands on the row of the resource meanwhile. */
  progress: string;
  begin: () => Promise<AcceptedOperation>;
  /** Whether the instance shows that the request has counted, where the answer to it was lost. */
  hasCounted: (instance: Shown) => boolean;
  /** Called as soon as the service has accepted it. */
  onAccepted?: () => void;
}

/** How it ended, and the HTTP status that it was answered with; `undefined` where the answer was lost. */
export type InstanceOperationEnd = OperationEnd & { answeredWith: number | undefined };

/** Has the service do something to an instance, and waits for its end. */
export async function runInstanceOperation(
  { service, backupInstanceId, what, progress, begin, hasCounted, onAccepted }: InstanceOperation,
  waiting: Waiting,
): Promise<InstanceOperationEnd> {
  const { deadline, showProgress } = waiting;
  const tell = progressOf(showProgress, progress);
  tell(0);
  const look = async (): Promise<Shown> => service.findInstance(backupInstanceId, deadline);
  const operation = await sendOnce(begin, look, hasCounted, waiting);
  onAccepted?.();
  return operation === undefined
    ? { isTold: false, namedIntervalInMs: undefined, answeredWith: undefined }
    : {
        ...(await endOf(operation, deadline, what, tell)),
        answeredWith: operation.accepted.statusCode,
      };
}
