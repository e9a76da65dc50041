import { showAzureCliAccount, azureCliRunner } from "../../../../provider/azure/account/azureCli";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

it("an Azure CLI that never answers ends with a message, also where its script has begun something else", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "az-"));
  const before = process.env["PATH"];
  try {
    writeFileSync(path.join(folder, "az"), "#!/bin/sh\nsleep 20\n");
    chmodSync(path.join(folder, "az"), 0o755);
    process.env["PATH"] = `${folder}:${before}`;
    await expect(showAzureCliAccount(undefined, azureCliRunner(50))).rejects.toThrow(
      /^asking the Azure CLI \(az account show -o json\): no answer came within 0s\. Run 'az login', or /,
    );
  } finally {
    process.env["PATH"] = before;
    rmSync(folder, { recursive: true });
  }
});
