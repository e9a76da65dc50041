import { spawn } from "node:child_process";
import path from "node:path";

/** What the process of {@link signIn} reports. */
export interface SignInReport {
  readonly error?: string;
  readonly stack?: string;
  readonly cloud?: { readonly name: string; readonly resourceManagerEndpoint: string };
  readonly subscriptionId?: string;
  /** What Resource Manager said to the token. */
  readonly statusCode?: number;
  /** Whether the token after an invalidation is another one. */
  readonly renewed?: boolean;
  /** The tenants that the auxiliary tokens say they are of. */
  readonly auxiliaryTenantIds?: readonly string[];
}

const azureAccount = path.resolve(__dirname, "../../../../dist/provider/azure/account/azureAccount.js");

const program = `
const { openAccount } = require(process.argv[1]);
const { stack, beforeRenewal } = JSON.parse(process.argv[2]);
async function main() {
  const { cloud, tokens, auxiliaryTokens, subscriptionId } = await openAccount((key) => stack[key.replace("azure-native:", "")], process.env);
  const token = await tokens.getToken();
  const url = cloud.resourceManagerEndpoint + "/subscriptions/" + subscriptionId + "/resourcegroups?api-version=2024-03-01";
  const { status } = await fetch(url, { headers: { authorization: "Bearer " + token } });
  if (beforeRenewal) require("node:fs").writeFileSync(beforeRenewal.file, beforeRenewal.contents);
  tokens.invalidate(token);
  const renewed = token !== (await tokens.getToken());
  const auxiliary = await Promise.all(auxiliaryTokens.map((source) => source.getToken()));
  const auxiliaryTenantIds = auxiliary.map((one) => JSON.parse(Buffer.from(one.split(".")[1], "base64url")).tid);
  return { cloud, subscriptionId, statusCode: status, renewed, auxiliaryTenantIds };
}
main().catch((error) => ({ error: error.message, stack: require("node:util").inspect(error) }))
  .then((report) => console.log(JSON.stringify(report)));
`;

/**
 * Signs in from a process of its own, as the dynamic provider's host is one: Node reads NODE_EXTRA_CA_CERTS at its start
 * only. Takes the compiled code, and nothing of this process's environment but the PATH.
 */
export function signIn(
  stack: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  beforeRenewal?: { file: string; contents: string },
): Promise<SignInReport> {
  const parameters = JSON.stringify({ stack, beforeRenewal });
  const child = spawn(process.execPath, ["--eval", program, azureAccount, parameters], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (part: Buffer) => (printed += part.toString()));
    child.once("error", reject);
    child.once("close", (code) =>
      printed
        ? resolve(JSON.parse(printed) as SignInReport)
        : reject(new Error(`the sign-in process ended with ${code}`)),
    );
  });
}
