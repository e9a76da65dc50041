import type { EngineEvent } from "@pulumi/pulumi/automation";

/** Something that an operation says to people. */
export interface Message {
  /** Logical name of the resource on whose row it stands. */
  row: string;
  severity: string;
  /** Without the marks of colours. */
  message: string;
}

/** What an operation says to people, apart from its progress. */
export async function messagesOf(
  operation: (options: { onEvent: (event: EngineEvent) => void }) => Promise<unknown>,
): Promise<Message[]> {
  const messages: Message[] = [];
  await operation({
    onEvent: ({ diagnosticEvent }) => {
      if (diagnosticEvent !== undefined && diagnosticEvent.ephemeral !== true) {
        const { urn = "", severity, message } = diagnosticEvent;
        messages.push({
          row: urn.split("::").at(-1) ?? "",
          severity,
          message: message.replace(/<\{%[^%]*%\}>/g, "").trim(),
        });
      }
    },
  });
  return messages;
}
