import type { DeployOptions, Invocation, Lab } from '../../../../src/course/lab.ts'
import { refuseClaim } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'

/** What a check says when a call goes wrong. */
export interface CallEvidence {
  readonly expected: string
  readonly tryIt: string
}

/** A function of the student's that can be invoked. */
export interface GradedFunction {
  readonly name: string
  /** The `aws` line that shows what it printed. */
  readonly logsLine: string
}

/** Deploys the function that is graded; the check ends where its code does not compile. */
export async function deployGraded(lab: Lab, options: DeployOptions = {}): Promise<GradedFunction> {
  const deployment = await lab.functions.deploy(options)
  if (deployment.kind === 'crash') {
    return refuseClaim(deployment, {
      expected: 'una función que se puede desplegar',
      tryIt: 'lambda list-functions',
    })
  }
  const { name } = deployment
  return { name, logsLine: logsLine(name) }
}

/** The `aws` line that shows what a function printed. */
export function logsLine(name: string): string {
  return `logs filter-log-events --log-group-name /aws/lambda/${name} --query "events[].message" --output text`
}

/** Invokes a function that must answer; the check ends where it does not. */
export async function invokeGraded<Value>(
  lab: Lab,
  { name, event, ...evidence }: CallEvidence & { readonly name: string; readonly event: unknown },
): Promise<Extract<Invocation<Value>, { readonly kind: 'value' }>> {
  const invocation = await lab.functions.invoke<Value>(name, event)
  return invocation.kind === 'value' ? invocation : refuseClaim(invocation, evidence)
}

/** A value as a check shows it, on one line. */
export function showJson(value: unknown): string {
  const maximumCharacters = 160
  const text = JSON.stringify(value) ?? 'nada'
  return text.length > maximumCharacters ? `${text.slice(0, maximumCharacters)}…` : text
}
