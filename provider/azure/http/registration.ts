import { text, asRecord } from "../json";
import type { ArmRequest, ArmResponse, ArmSender } from "./armClient";
import type { Deadline } from "./deadline";
import { ArmError } from "./errors";
import { PollPace } from "./pollPace";
import { SharedAnswers } from "./sharedAnswers";

/** A resource provider that a subscription has not registered, and so has no use of. */
export interface MissingRegistration {
  /** As in `Microsoft.DataProtection`. */
  namespace: string;
  subscriptionId: string;
}

/**
 * The registration that a refusal says is missing: a 409 `MissingSubscriptionRegistration` of Resource Manager itself, or what
 * resource providers call it (`MissingRegistrationForResourceProvider` of Microsoft.Quota, as the Azure CLI shows it).
 */
export function missingRegistrationIn(error: unknown): MissingRegistration | undefined {
  if (!(error instanceof ArmError) || error.statusCode >= 500) {
    return undefined;
  }
  const { code, message } = error.body;
  const isMissing =
    /Missing\w*Registration|NotRegistered/i.test(code) ||
    /not registered to use namespace|not in registered state for the resource provider/i.test(message);
  const { path } = error.request;
  const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  const named = /(?:namespace '?|resource provider:? '?)([A-Z]\w*(?:\.\w+)+)/i.exec(message)?.[1];
  const namespace = named ?? /.*\/providers\/([^/]+)/i.exec(path)?.[1];
  return isMissing && subscriptionId !== undefined && namespace !== undefined
    ? { namespace, subscriptionId }
    : undefined;
}

const apiVersion = "2021-04-01";

/** A client that registers the resource providers which its requests need, each once a subscription, as azure-native's does. */
export class RegisteringClient implements ArmSender {
  readonly #registrations = new SharedAnswers<void>();

  /**
   * @param mayRegister - Whether something may be changed now: previews and refreshes change nothing.
   * @param say - Told of each registration.
   */
  constructor(
    private readonly client: ArmSender,
    private readonly mayRegister: () => boolean,
    private readonly say: (registered: MissingRegistration) => Promise<void>,
  ) {}

  get clock(): ArmSender["clock"] {
    return this.client.clock;
  }

  /**
   * Sends a request; where a registration is missing, as often as it takes until that counts everywhere.
   *
   * @throws {@link ArmError} the refusal itself where those who deploy may not register.
   */
  async send(request: ArmRequest, deadline: Deadline): Promise<ArmResponse> {
    let pace: PollPace | undefined;
    for (;;) {
      try {
        return await this.client.send(request, deadline);
      } catch (error) {
        const missing = missingRegistrationIn(error);
        if (missing === undefined || !this.mayRegister()) {
          throw error;
        }
        const { namespace, subscriptionId } = missing;
        const key = `${subscriptionId} ${namespace}`.toLowerCase();
        if (pace !== undefined) {
          const waitingFor = `waiting for the registration of ${namespace} in subscription ${subscriptionId} to count`;
          deadline.mustAllow(pace.intervalInMs, waitingFor, "it does not yet", { cause: error });
          await this.clock.sleep(pace.intervalInMs);
        }
        pace ??= new PollPace(this.clock, undefined);
        await this.#registrations
          .get(key, async () => this.#register(missing, deadline))
          .catch((failure: unknown) => {
            throw failure instanceof ArmError && failure.statusCode === 403 ? error : failure;
          });
      }
    }
  }

  async #register(missing: MissingRegistration, deadline: Deadline): Promise<void> {
    const { namespace, subscriptionId } = missing;
    const target = `/subscriptions/${subscriptionId}/providers/${namespace}`;
    const waitingFor = `registering ${namespace} in subscription ${subscriptionId}`;
    const pace = new PollPace(this.clock, undefined);
    let request: ArmRequest = { method: "POST", target: `${target}/register`, apiVersion };
    for (;;) {
      const { body } = await this.client.send(request, deadline);
      const state = text(asRecord(body).registrationState) ?? "unknown";
      if (state.toLowerCase() === "registered") {
        await this.say(missing);
        return;
      }
      deadline.mustAllow(pace.intervalInMs, waitingFor, state);
      await this.clock.sleep(pace.intervalInMs);
      request = { method: "GET", target, apiVersion };
    }
  }
}
