import type { OperationContext } from '../../../cloud/operation.ts'
import { parseArn } from '../../../core/arn.ts'
import { invalidParameter, optionNotImplemented, unreachableFunction } from '../errors.ts'
import { groupArn } from '../groups/arn.ts'
import type { LogGroup } from '../state.ts'

/** The names under which a function's policy may know CloudWatch Logs. */
function principalsOf(region: string): readonly string[] {
  return ['logs.amazonaws.com', `logs.${region}.amazonaws.com`]
}

/**
 * Asks a function whether it would take a group's events, and gives the name of CloudWatch Logs that its policy lets in.
 * DIFFERS: a function cannot follow its own group, where each of its lines would run it again; AWS lets it.
 * @throws AwsError InvalidParameterException, NotImplemented for destinations of other kinds
 */
export async function checkDestination(
  group: LogGroup,
  destinationArn: string,
  context: OperationContext,
): Promise<string> {
  const target = parseArn(destinationArn)
  if (!target) throw invalidParameter('Invalid destinationArn')
  if (target.service !== 'lambda') {
    throw optionNotImplemented(`logs:PutSubscriptionFilter to ${target.service}`)
  }
  const functionName = target.resource.split(':')[1] ?? ''
  if (group.name === `/aws/lambda/${functionName}`) {
    throw invalidParameter('A function cannot be subscribed to its own log group.')
  }
  for (const principal of principalsOf(context.region)) {
    const answer = await context.events.ask('target:accepts', {
      targetArn: destinationArn,
      principal,
      sourceArn: `${groupArn(group.name, context)}:*`,
      sourceAccount: context.accountId,
    })
    if (answer?.accepts === true) return principal
  }
  throw unreachableFunction()
}
