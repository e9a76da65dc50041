/** Queries that are refused, with the property that is wrong. */
export const queryRefusals: [property: string, query: object][] = [
  ["tag", {}],
  ["tag.name", { tag: { name: "" } }],
  ["tags", { tag: { name: "a" }, tags: {} }],
  ["resourceGroupName", { resourceGroupName: Promise.resolve("estate") }],
  ["resourceGroupName", { resourceGroupName: "a/b" }],
  ["subscriptionIds", { tag: { name: "a" }, subscriptionIds: [] }],
];
