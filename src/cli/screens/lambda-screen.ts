import type { WorkshopFunction } from '../functions/choose-function.ts'
import type { Deployment } from '../functions/deploy-function.ts'
import { formatInteger } from '../messages/numbers.ts'
import { hang } from '../terminal/layout.ts'
import { sanitizeText } from '../terminal/sanitize.ts'
import { marks, type ScreenStyle } from './screen.ts'

/** What was deployed, and where. */
export interface DeploymentFacts {
  readonly deployed: WorkshopFunction
  readonly deployment: Deployment
  readonly endpoint: string
}

/** How a deployment ended; after the first one, how to call the function. */
export function deploymentLines(facts: DeploymentFacts, style: ScreenStyle): string[] {
  const { deployment } = facts
  const { paint, messages } = style
  if (deployment.kind === 'deployed') return successLines(facts, deployment, style)
  if (deployment.kind === 'unanswered') return hang(`${paint.bad(marks.bad)} `, messages.lambda.lost)
  const isRefused = deployment.kind === 'refused'
  const cause = isRefused ? deployment.message : `${messages.lambda.rejected} ${deployment.message}`
  const where = isRefused && deployment.where !== undefined ? [`  ${deployment.where}`] : []
  return [...hang(`${paint.bad(marks.bad)} `, sanitizeText(cause)), ...where]
}

function successLines(
  { deployed: { name }, endpoint }: DeploymentFacts,
  { change, milliseconds, zipBytes }: Extract<Deployment, { kind: 'deployed' }>,
  { paint, messages }: ScreenStyle,
): string[] {
  const { lambda, separator, units } = messages
  const details = [
    lambda.zip(formatInteger(Math.ceil(zipBytes / 1000), messages)),
    units.milliseconds(Math.round(milliseconds)),
    lambda.inCloud(endpoint),
  ]
  return [`${paint.good(marks.good)} ${lambda[change](name)}  ${paint.dim(details.join(separator))}`]
}

/** What is waited for, and how to call the function meanwhile. */
export function followingLines(
  { name, folder }: WorkshopFunction,
  endpoint: string,
  { paint, messages }: ScreenStyle,
): string[] {
  const { lambda, watch, separator } = messages
  const url = endpoint === 'http://localhost:4566' ? '' : ` --endpoint-url ${endpoint}`
  const call = `npx awslocal${url} lambda invoke --function-name ${name} respuesta.json`
  return [
    `  ${paint.dim(lambda.try)} ${call}`,
    paint.dim(`${lambda.waiting(folder)}${separator}${watch.ctrlC}`),
  ]
}
