import type { Random } from '../../../../src/core/random.ts'

/** The services that the exercise asks about. */
export const SERVICES = ['s3', 'lambda', 'kinesis', 'dynamodb', 'sqs', 'sns', 'iam', 'logs'] as const

/** The states in which a service answers. */
export const HEALTHY_STATES = ['running', 'available'] as const

/** The other states of LocalStack's health document. */
export const BROKEN_STATES = ['error', 'stopped', 'stopping', 'starting', 'disabled'] as const

/** The word for a service that the health document does not name. */
export const ABSENT = 'ausente'

/** State by service name, as in the health document; it may name services that nobody asked about. */
export type States = Readonly<Record<string, string>>

const OTHER_SERVICES = ['acm', 'cloudwatch', 'ec2', 'events', 'route53', 'ssm', 'stepfunctions', 'sts']

/** The eight services in healthy states, both states at least once, in no special order. */
export function healthyStates(random: Random): States {
  const entries = random
    .shuffle(SERVICES)
    .map((service, position): [string, string] => [
      service,
      HEALTHY_STATES[position] ?? random.pick(HEALTHY_STATES),
    ])
  return Object.fromEntries(random.shuffle(entries))
}

/** The eight services, all in one state. */
export function allIn(state: string): States {
  return Object.fromEntries(SERVICES.map(service => [service, state]))
}

/** The states with some services more, that are none of the exercise's business and are not well at all. */
export function withStrangers(random: Random, states: States): States {
  const strangers = random.shuffle(OTHER_SERVICES).slice(0, 3)
  const entries = strangers.map((service): [string, string] => [service, random.pick(BROKEN_STATES)])
  return Object.fromEntries(random.shuffle([...entries, ...Object.entries(states)]))
}

/** The states without some of the services. */
export function without(states: States, services: readonly string[]): States {
  return Object.fromEntries(Object.entries(states).filter(([service]) => !services.includes(service)))
}

/** What the program should print for the service. */
export function stateOf(states: States, service: string): string {
  return states[service] ?? ABSENT
}

/** Whether the eight are all well, so that the program should end with 0. */
export function areHealthy(states: States): boolean {
  const healthy: readonly string[] = HEALTHY_STATES
  return SERVICES.every(service => healthy.includes(stateOf(states, service)))
}
