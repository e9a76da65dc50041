import fc from "fast-check";

const given = process.env.FUZZ_SEED;
const seed = given === undefined ? Date.now() | 0 : Number(given);

fc.configureGlobal({ seed });
process.stdout.write(`fuzzed with seed ${seed} (FUZZ_SEED=${seed} repeats it)\n`);
