/**
 * Where the engine listens that this process serves: the last argument of its host of dynamic providers.
 *
 * @returns `undefined` when this process is no such host.
 */
export function engineAddressOf(argv: readonly string[]): string | undefined {
  const [host, address] = [argv[1] ?? "", argv.at(-1) ?? ""];
  return /cmd[\\/]dynamic-provider/.test(host) && /^[\w.]+:\d+$/.test(address) ? address : undefined;
}
