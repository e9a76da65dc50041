import { UsageError } from "../../../../cli/options";
import { parseCommandLine } from "../../../../cli/import/commandLine";
import { diskId, vaultId } from "../../declaration";

describe("the command line", () => {
  it("takes all instances of a vault, and files in the current folder, unless told otherwise", () => {
    expect(parseCommandLine(["--vault-id", vaultId])).toEqual({
      vaultId,
      instanceNames: [],
      importFile: "import.json",
      programFile: "imported.ts",
    });
  });

  it("takes several instances and other files", () => {
    const words = [
      "--vault-id",
      vaultId,
      "--instance",
      "a",
      "--instance=b",
      "--out=o.json",
      "--program",
      "p.ts",
    ];
    expect(parseCommandLine(words)).toEqual({
      vaultId,
      instanceNames: ["a", "b"],
      importFile: "o.json",
      programFile: "p.ts",
    });
  });

  it("shows the usage for --help", () => {
    expect(parseCommandLine(["--help"])).toBe("help");
  });

  it.each<[words: string[], message: RegExp]>([
    [["it", "--vault-id", vaultId], /^Unexpected argument 'it'$/],
    [["--vault-id", vaultId, "--force"], /^Unknown option '--force'$/],
    [[], /^--vault-id needs the ARM id of a Backup vault, as in [^ ]+$/],
    [["--vault-id"], /--vault-id/],
    [["--vault-id", "vault"], /and "vault" is none$/],
    [["--vault-id", diskId], /disks\/data" is none$/],
    [["--vault-id", `${vaultId}/backupInstances/data`], /data" is none$/],
    [["--vault-id", vaultId, "--instance", "a/b"], /^--instance: "a\/b" cannot be the name/],
    [["--vault-id", vaultId, "--out", "x", "--program", "x"], /the names of two files$/],
  ])("refuses %j", (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
    expect(() => parseCommandLine(words)).toThrow(message);
  });
});
