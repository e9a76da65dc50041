import { findNamespace } from "../arm/providers";
import { needsRegistration, registrationIdOf, registrationStates } from "../arm/registrations";
import type { Cloud } from "../cloud";
import type { RegistrationState } from "../records/governance";
import { ControlError } from "./emulatorControl";

export function setRegistration(
  cloud: Cloud,
  name: string,
  state: RegistrationState,
  subscriptionId: string,
): void {
  const namespace = findNamespace(name);
  if (!namespace || !needsRegistration(namespace)) {
    throw new ControlError(`There is no resource provider ${name} that subscriptions register.`);
  }
  if (!registrationStates.includes(state)) {
    throw new ControlError(`The state must be one of ${registrationStates.join(", ")}, not ${state}.`);
  }
  if (!cloud.subscriptions.find(subscriptionId)) {
    throw new ControlError(`There is no subscription ${subscriptionId}.`);
  }
  cloud.registrations.put({ id: registrationIdOf(subscriptionId, namespace), state });
}
