/** STS keeps nothing: whom temporary credentials act as is written in their session token. */
export type StsState = Readonly<Record<string, never>>

/** Creates the state of an account. */
export function createStsState(): StsState {
  return {}
}
