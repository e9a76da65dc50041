const graceInMs = 1000;

/**
 * A signal that aborts when the person presses Ctrl-C (or SIGTERM comes), so that everything is put away first.
 * Pressed again after a second, it ends the process at once; sooner does not count, because npm passes on to its children
 * the signal that the terminal sent them already.
 */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      controller.abort(new Error("interrupted"));
    } else if (Date.now() - firstAt > graceInMs) {
      process.exit(130);
    }
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return controller.signal;
}
