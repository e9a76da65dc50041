/**
 * A process of the sweep: emulator and provider together in virtual time. Its parent gives it the certificate, which it must
 * have trusted from its start on, and what to sweep, and is told of every case.
 */
import type { Certificate } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { Exchange } from "../../emulator";
import { Estate } from "../wire/estate";
import type { RequestFault, Times } from "./faults";
import { requestFaults } from "./faults";
import { flows } from "./flows";
import type { CaseReport, SweepStage } from "./sweep";
import { FlowSweep } from "./sweep";
import { VirtualTime } from "./virtualTime";

/** What the parent asks for. */
export interface SweepOrder {
  certificate: Certificate;
  flowName: string;
  /** Every how many-th case is run; 1 for all. */
  stride: number;
  /** The first one. */
  offset: number;
}

/** What the parent is told. */
export type SweepNews = { case: CaseReport } | { requests: string[] } | { failure: string };

const tell = (news: SweepNews): void => void process.send?.(news);

process.once("message", (order: SweepOrder) => {
  sweep(order)
    .catch((error: Error) => tell({ failure: error.stack ?? error.message }))
    .finally(() => process.disconnect());
});
process.on("unhandledRejection", (reason) => tell({ failure: `unhandled rejection: ${String(reason)}` }));

async function sweep({ certificate, flowName, stride, offset }: SweepOrder): Promise<void> {
  const flow = flows.find(({ name }) => name === flowName);
  if (flow === undefined) {
    throw new Error(`there is no flow "${flowName}"`);
  }
  const stage = await openStage(certificate);
  try {
    const swept = await FlowSweep.open(stage, flow, "swept");
    tell({ requests: swept.requests });
    for (const [index, { k, fault, times }] of casesOf(swept).entries()) {
      if (index % stride === offset % stride) {
        tell({ case: await swept.run(k, fault, times) });
      }
    }
  } finally {
    await stage.emulator.stop();
  }
}

function casesOf({ requests }: FlowSweep): { k: number; fault: RequestFault; times: Times }[] {
  return requests.flatMap((_, index) =>
    requestFaults.flatMap((fault) =>
      (["once", "from then on"] as const).map((times) => ({ k: index + 1, fault, times })),
    ),
  );
}

async function openStage(certificate: Certificate): Promise<SweepStage> {
  const time = new VirtualTime();
  let listener: (exchange: Exchange) => void = () => undefined;
  const emulator = await startEmulator({
    certificate,
    now: time.now,
    onExchange: (exchange) => {
      if (exchange.fault?.startsWith("hang")) {
        time.ignore(exchange.requestHeaders["x-ms-client-request-id"]);
      }
      listener(exchange);
    },
  });
  Object.assign(process.env, emulator.environment);
  return {
    emulator,
    estate: await Estate.build(emulator),
    time,
    listen: (next) => {
      listener = next;
    },
  };
}
