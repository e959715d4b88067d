import type { Finding, HintRule, HintScope } from '../../../cloud/hints/hint.ts'
import { findNearName } from '../../../cloud/hints/near-name.ts'
import { parseFunctionArn } from '../functions/target-arn.ts'
import type { LambdaState } from '../state.ts'

/** The function that a call names, by name or ARN. */
function namedFunction(input: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const given = input?.FunctionName
  if (typeof given !== 'string') return undefined
  return parseFunctionArn(given)?.name ?? given.split(':').at(0)
}

const onAbsentFunction = { on: 'failure', codes: ['ResourceNotFoundException'] } as const

/** Functions belong to one region, and to one account. */
const elsewhere: HintRule<LambdaState> = {
  ...onAbsentFunction,
  id: 'lambda.function-elsewhere',
  find: ({ input }, { state, states, accountId, region }) => {
    const name = namedFunction(input)
    if (name === undefined || state.functions.has(name)) return undefined
    for (const other of states()) {
      if (!other.state.functions.has(name)) continue
      const facts = {
        function: name,
        region,
        accountId,
        otherRegion: other.region,
        otherAccount: other.accountId,
      }
      return { facts, tryIt: ['lambda', 'list-functions', '--region', other.region] }
    }
    return undefined
  },
}

const nearName: HintRule<LambdaState> = {
  ...onAbsentFunction,
  id: 'lambda.function-near',
  find: ({ input }, { state }) => {
    const name = namedFunction(input)
    if (name === undefined || state.functions.has(name)) return undefined
    const existing = findNearName(name, state.functions.keys())
    if (existing === undefined) return undefined
    const tryIt = ['lambda', 'list-functions', '--query', 'Functions[].FunctionName']
    return { facts: { function: name, existing }, tryIt }
  },
}

/** A function is usable some moments after it was created or changed. */
const notReady: HintRule<LambdaState> = {
  id: 'lambda.function-not-ready',
  on: 'failure',
  codes: ['ResourceConflictException'],
  find: ({ input, error }) => {
    const name = namedFunction(input)
    const message = error?.message ?? ''
    if (name === undefined || !/Pending|in progress/.test(message)) return undefined
    const waiter = message.includes('Pending') ? 'function-active-v2' : 'function-updated-v2'
    return { facts: { function: name }, tryIt: ['lambda', 'wait', waiter, '--function-name', name] }
  },
}

/** Lambda must be trusted by the role that it is to act as; without ENFORCE_IAM that shows on AWS first. */
const untrustedRole: HintRule<LambdaState> = {
  id: 'lambda.role-does-not-trust',
  on: 'failure',
  codes: ['InvalidParameterValueException'],
  find: async ({ input, error }, { ask }) => {
    const isAboutRole = error?.message === 'The role defined for the function cannot be assumed by Lambda.'
    return isAboutRole ? roleFinding(String(input?.Role), ask) : undefined
  },
}

const untrustedRoleOnAws: HintRule<LambdaState> = {
  id: 'lambda.role-does-not-trust-on-aws',
  on: 'success',
  operations: ['CreateFunction'],
  find: async ({ input }, { ask }) => {
    const roleArn = String(input?.Role)
    const role = await ask('iam:roleOf', { roleArn })
    if (!role || (await ask('iam:canAssume', { roleArn, principal: 'lambda.amazonaws.com' })))
      return undefined
    return roleFinding(roleArn, ask)
  },
}

const absentRole: HintRule<LambdaState> = {
  id: 'lambda.role-absent',
  on: 'failure',
  codes: ['InvalidParameterValueException'],
  find: async ({ input, error }, { ask }) => {
    if (error?.message !== 'The role defined for the function cannot be assumed by Lambda.') return undefined
    const roleArn = String(input?.Role)
    if (await ask('iam:roleOf', { roleArn })) return undefined
    return { facts: { role: roleName(roleArn) }, tryIt: ['iam', 'list-roles', '--query', 'Roles[].Arn'] }
  },
}

async function roleFinding(roleArn: string, ask: HintScope['ask']): Promise<Finding | undefined> {
  if (!(await ask('iam:roleOf', { roleArn }))) return undefined
  const role = roleName(roleArn)
  const query = ['--query', 'Role.AssumeRolePolicyDocument']
  return { facts: { role }, tryIt: ['iam', 'get-role', '--role-name', role, ...query] }
}

function roleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** Calls about functions that are not there, not ready, or whose role is not theirs. */
export const functionRules = [elsewhere, nearName, notReady, untrustedRole, untrustedRoleOnAws, absentRole]
