import type { ArmResponse } from "../azure/http/armClient";
import { listOf, nonsense, object, optional, read, text } from "./shape";

const page = object({ value: listOf(() => undefined), nextLink: optional(text) });

/**
 * Reads a page of a list, with the URL of the next one. What an item must be is for its reader to say: one odd item is no reason
 * to read none of the others.
 *
 * @param known - The URLs that earlier pages of the list have named; this page's is added.
 * @throws {@link NoAnswerError} when the answer is none, or leads back to an earlier page. A list that is read in part only
 *   would make things seem gone.
 */
export function readPageOf(
  answer: ArmResponse,
  known: Set<string>,
): { items: unknown[]; next: string | undefined } {
  const { value, nextLink } = read<{ value: unknown[]; nextLink?: string | null }>(
    answer,
    "GET",
    "the list",
    page,
  );
  if (nextLink && known.has(nextLink)) {
    throw nonsense(answer, "GET", "with a page of the list whose next page it has sent before");
  }
  known.add(nextLink ?? "");
  return { items: value, next: nextLink || undefined };
}
