import { invalidParameter } from '../errors.ts'
import { maxEnvironmentBytes } from '../limits.ts'
import { refuseFailures } from '../validation.ts'

/** Names that Lambda sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reservedNames: readonly string[] = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]

const namePattern = '[a-zA-Z]([a-zA-Z0-9_])+'

/**
 * Refuses environment variables that no function may have.
 * @throws AwsError ValidationException, InvalidParameterValueException
 */
export function checkVariables(variables: Readonly<Record<string, string>> | undefined): void {
  if (!variables) return
  const names = Object.keys(variables)
  const reserved = names.filter(name => reservedNames.includes(name))
  if (reserved.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    )
  }
  const isMalformed = names.some(name => !new RegExp(`^${namePattern}$`).test(name))
  if (isMalformed) {
    // The names are sensitive in AWS's model, which therefore does not repeat them.
    refuseFailures([
      `Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ${namePattern}]`,
    ])
  }
  const measured = JSON.stringify(variables)
  if (Buffer.byteLength(measured) > maxEnvironmentBytes) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`,
    )
  }
}
