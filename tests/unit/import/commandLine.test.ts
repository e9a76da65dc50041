import { UsageError, parseCommandLine } from "../../../import/commandLine";
import { diskId, vaultId } from "../declaration";

describe("the command line", () => {
  it("takes all instances of a vault, and files in the current folder, unless told otherwise", () => {
    expect(parseCommandLine(["import", "--vault-id", vaultId])).toEqual({
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
    expect(parseCommandLine(["import", ...words])).toEqual({
      vaultId,
      instanceNames: ["a", "b"],
      importFile: "o.json",
      programFile: "p.ts",
    });
  });

  it.each([[["--help"]], [["import", "--help"]]])("shows the usage for %j", (words) => {
    expect(parseCommandLine(words)).toBe("help");
  });

  it.each<[words: string[], message: RegExp]>([
    [[], /^the only command is "import", and no command was given$/],
    [["export", "--vault-id", vaultId], /and "export" was given$/],
    [["import", "it", "--vault-id", vaultId], /and "import it" was given$/],
    [["import", "--vault-id", vaultId, "--force"], /^Unknown option '--force'$/],
    [["import"], /^--vault-id needs the ARM id of a Backup vault, as in [^ ]+$/],
    [["import", "--vault-id"], /--vault-id/],
    [["import", "--vault-id", "vault"], /and "vault" is none$/],
    [["import", "--vault-id", diskId], /disks\/data" is none$/],
    [["import", "--vault-id", `${vaultId}/backupInstances/data`], /data" is none$/],
    [["import", "--vault-id", vaultId, "--instance", "a/b"], /^--instance: "a\/b" cannot be the name/],
    [["import", "--vault-id", vaultId, "--out", "x", "--program", "x"], /the names of two files$/],
  ])("refuses %j", (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
    expect(() => parseCommandLine(words)).toThrow(message);
  });
});
