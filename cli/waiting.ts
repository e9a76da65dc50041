import { Deadline } from "../provider/azure/http/deadline";
import type { Waiting } from "../provider/dataProtection/waiting";
import type { Limit } from "./limit";
import type { Azure } from "./azure";
import type { Terminal } from "./terminal";

/** What a wait of a command needs that starts now. */
export function waitingOf({ service }: Azure, { limitInMs, limit }: Limit, terminal: Terminal): Waiting {
  const { clock } = service.client;
  return {
    clock,
    deadline: new Deadline(clock, limitInMs, `the --timeout of ${limit}`),
    showProgress: (message) => terminal.progress(message),
  };
}
