/** The version that is downloaded or built, and the only one looked for in the cache. Everything here was run with it. */
export const ownVersion = "3.259.0";

/** The oldest CLI on PATH that is used: the one that came with the oldest SDK this package accepts. */
export const minimumVersion = "3.216.0";

/** The oldest Go that builds {@link ownVersion}. */
export const minimumGoVersion = "1.26.0";
