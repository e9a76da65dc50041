import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Figures } from "../../../tools/bench/bench";
import { describeWithPulumi } from "../../engine/withPulumi";

const main = path.resolve(__dirname, "../../../dist/tools/bench/main.js");

function run(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [main, ...words], { encoding: "utf8" });
}

describe("npm run bench", () => {
  it("explains itself", () => {
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/--sizes N,N/) });
  });

  it("says in one line what it cannot do", () => {
    expect(run("--sizes", "0")).toMatchObject({
      status: 2,
      stderr: "--sizes needs a whole number from 1 to 500, not 0; --help lists the options\n",
    });
  });
});

describeWithPulumi("npm run bench, with a Pulumi CLI", () => {
  it("measures, shows and writes", () => {
    const output = mkdtempSync(path.join(tmpdir(), "bench-test-"));
    try {
      const words = ["--sizes", "1", "--factor", "10", "--rounds", "1", "--output", output];
      const { status, stdout, stderr } = run(...words);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const figures = JSON.parse(readFileSync(path.join(output, "figures.json"), "utf8")) as Figures;
      expect(figures.protection).toMatchObject([
        { instanceCount: 1, assignsRoles: false, shortestInMs: 43_000 },
        { instanceCount: 1, assignsRoles: true, shortestInMs: 51_000 },
      ]);
      for (const { ratio, lagInMs, host } of figures.protection) {
        expect([ratio >= 1, lagInMs.worst >= 0, host.listeningInMachineMs > 0]).toEqual([true, true, true]);
      }
      expect(figures.idle.map(({ command }) => command)).toEqual(["preview", "up", "refresh"]);
      expect(stdout).toContain("Until all were protected");
      expect(readFileSync(path.join(output, "timeline.svg"), "utf8")).not.toMatch(/NaN|undefined/);
    } finally {
      rmSync(output, { recursive: true });
    }
  }, 300_000);
});
