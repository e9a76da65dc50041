import * as pulumi from "@pulumi/pulumi";

/** Something that protection needs, and why it is not there, where its failure is reported only. */
export interface Needed {
  failure: pulumi.Output<string | undefined>;
}

/** Why something that is needed is not there; `undefined` when all of it is. */
export function failureOf(needed: Needed[]): pulumi.Output<string | undefined> {
  return pulumi.all(needed.map(({ failure }) => failure)).apply((failures) => {
    const reasons = failures.filter((failure) => failure !== undefined);
    return reasons.length > 0 ? reasons.join("; ") : undefined;
  });
}
