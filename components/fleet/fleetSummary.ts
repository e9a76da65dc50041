import * as pulumi from "@pulumi/pulumi";

/** How the members of a fleet stand after an update. */
export interface FleetSummary {
  /** The ARM ids of the backup instances, by the names of the members. */
  protected: Record<string, string>;
  /** What failed, what the service said, and what to do now, by the names of the members. Then the update is red. */
  failed: Record<string, string>;
  /** Why they are skipped, by the ids of the resources; by the names of the members whose ids are outputs. */
  skipped: Record<string, string>;
}

/** What a member's component tells of it. */
interface MemberBackup {
  backupInstanceId: pulumi.Output<string>;
  failure: pulumi.Output<string | undefined>;
}

/** Sums up what became of the members, once every one has had its turn. Not known in previews with something to do. */
export function summarize(
  backups: Readonly<Record<string, MemberBackup>>,
  skipped: Record<string, string>,
): pulumi.Output<FleetSummary> {
  const members = Object.entries(backups).map(([member, { backupInstanceId, failure }]) =>
    pulumi.all([backupInstanceId, failure]).apply(([id, reason]) => ({ member, id, reason })),
  );
  return pulumi.all(members).apply((results) => ({
    protected: Object.fromEntries(
      results.flatMap(({ member, id, reason }) => (reason === undefined ? [[member, id]] : [])),
    ),
    failed: Object.fromEntries(
      results.flatMap(({ member, reason }) => (reason === undefined ? [] : [[member, reason]])),
    ),
    skipped,
  }));
}

/** How many reasons one message lists at the most. The rows of the members have them all. */
const mostReasonsShown = 20;

/**
 * Makes the preview or the update red when members failed. An error in the log does that and lets the others be protected,
 * what vanished be deleted, and the outputs be saved; an exception would not.
 */
export function reportFailures(
  fleet: pulumi.Resource,
  name: string,
  backups: Readonly<Record<string, MemberBackup>>,
  summary: pulumi.Output<FleetSummary>,
): void {
  if (pulumi.runtime.isDryRun()) {
    // In a preview, one member that is not known yet would keep the summary from being known.
    for (const [member, { failure }] of Object.entries(backups)) {
      failure.apply(async (reason) => {
        await (reason === undefined ? undefined : pulumi.log.error(`${member}: ${reason}`, fleet));
      });
    }
    return;
  }
  summary.apply(async ({ failed, protected: done }) => {
    const reasons = Object.entries(failed);
    if (reasons.length > 0) {
      const all = reasons.length + Object.keys(done).length;
      const shown = reasons.slice(0, mostReasonsShown).map(([member, reason]) => `\n- ${member}: ${reason}`);
      const more = reasons.length > shown.length ? [`\n- and ${reasons.length - shown.length} more`] : [];
      const what = `${reasons.length} of ${all} members of fleet "${name}" are not protected`;
      await pulumi.log.error(`${what}:${[...shown, ...more].join("")}`, fleet);
    }
  });
}
