import { invalidParameter } from '../errors.ts'
import type { LambdaContext } from '../operation.ts'

/**
 * Where permissions decide, refuses a role that does not exist or does not let Lambda act as it.
 * DIFFERS: without ENFORCE_IAM any role's ARN is accepted, as in LocalStack.
 * @throws AwsError InvalidParameterValueException
 */
export async function requireRole(roleArn: string | undefined, context: LambdaContext): Promise<void> {
  const { platform } = context.live
  if (!platform.enforceIam || roleArn === undefined) return
  const canAssume = await context.events.ask('iam:canAssume', {
    roleArn,
    principal: 'lambda.amazonaws.com',
  })
  if (canAssume !== true)
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
}
