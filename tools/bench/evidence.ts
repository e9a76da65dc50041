import { attribute } from "../demo/attribution";
import type { Attributed } from "../demo/attribution";
import type { Emulator } from "../../emulator/index";

/** What a request is for. */
export type RequestKind =
  | "sign-in"
  | "validate"
  | "look at validation"
  | "PUT"
  | "look at PUT"
  | "look at instance"
  | "list vault"
  | "role assignment"
  | "other";

/** A request that the service got; instants are those of its clock. */
export interface Request {
  kind: RequestKind;
  at: number;
  status: number;
  /** ARM id of the disk that it is about, if it is about one. */
  diskId?: string;
  /** ARM id of the instance that it asks for or writes. */
  instanceId?: string;
}

/** All that the service knows about how it was asked. */
export interface Evidence {
  requests: Request[];
  /** When each instance was protected, by its id. */
  protectedAt: [instanceId: string, at: number][];
  load: ServiceLoad;
}

/** How hard the service's process worked. */
export interface ServiceLoad {
  /** How much of its time it computed, from 0 to 1. */
  busyShare: number;
  /** How long a request had to wait at the worst until it was looked at, in milliseconds of the machine's time. */
  longestStallInMachineMs: number;
}

export function evidenceOf(emulator: Emulator, load: ServiceLoad): Evidence {
  return {
    requests: attribute(emulator.exchanges).map((attributed) => ({
      kind: kindOf(attributed),
      at: Date.parse(attributed.exchange.startedAt),
      status: attributed.exchange.status,
      ...(attributed.datasourceId ? { diskId: attributed.datasourceId } : {}),
      ...(/\/backupInstances\/[^/]+$/i.test(pathOf(attributed)) ? { instanceId: pathOf(attributed) } : {}),
    })),
    protectedAt: [...emulator.protectedAt()],
    load,
  };
}

const kinds: readonly [pattern: RegExp, kind: RequestKind][] = [
  [/^\S+ \/([^/]+\/(oauth2|v2\.0)|common|metadata)\//, "sign-in"],
  [/^POST .*\/validateFor(Modify)?Backup$/i, "validate"],
  [/^PUT .*\/backupInstances\/[^/]+$/i, "PUT"],
  [/^GET .*\/backupInstances\/[^/]+$/i, "look at instance"],
  [/^GET .*\/backupInstances$/i, "list vault"],
  [/\/roleAssignments\//i, "role assignment"],
];

function kindOf({ exchange, begunBy }: Attributed): RequestKind {
  if (begunBy) {
    const kind = kindOf({ exchange: begunBy });
    return kind === "validate" ? "look at validation" : kind === "PUT" ? "look at PUT" : "other";
  }
  const asked = `${exchange.method} ${pathOf({ exchange })}`;
  return kinds.find(([pattern]) => pattern.test(asked))?.[1] ?? "other";
}

function pathOf({ exchange }: Attributed): string {
  return exchange.url.split("?")[0] ?? "";
}
