import { type ContextFacts, createContextKeys } from '../../../src/cloud/policy/context-keys.ts'
import {
  type AccessRequest,
  type ApplicablePolicies,
  type Decision,
  decide,
  type NamedPolicy,
} from '../../../src/cloud/policy/decide.ts'
import { parsePolicy } from '../../../src/cloud/policy/policy.ts'
import type { Principal } from '../../../src/cloud/policy/principal.ts'

export const ana: Principal = {
  kind: 'aws',
  arn: 'arn:aws:iam::111111111111:user/ana',
  accountId: '111111111111',
}

export const session: Principal = {
  kind: 'aws',
  arn: 'arn:aws:sts::111111111111:assumed-role/lector/s1',
  accountId: '111111111111',
  roleArn: 'arn:aws:iam::111111111111:role/lector',
}

/** A statement or several, as a policy of the given name. */
export function policyOf(statements: object | readonly object[], version = '2012-10-17'): NamedPolicy {
  return { id: 'p', policy: parsePolicy(JSON.stringify({ Version: version, Statement: statements })) }
}

/** Allows an action on a resource, both everything unless said. */
export function allow(elements: object = {}): object {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...elements }
}

export interface Question extends Partial<Omit<AccessRequest, 'keys'>> {
  readonly keys?: ContextFacts
}

export function ask(question: Question, policies: Partial<ApplicablePolicies>): Decision {
  const { principal = ana, action = 's3:GetObject', resource = 'arn:aws:s3:::b/k', keys = {} } = question
  return decide({ principal, action, resource, keys: createContextKeys(keys) }, { identity: [], ...policies })
}

/** The outcome when one statement is all that the caller has. */
export function outcomeOf(statement: object, question: Question = {}, version?: string): Decision['outcome'] {
  return ask(question, { identity: [policyOf(statement, version)] }).outcome
}
