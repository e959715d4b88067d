import type { CommandContext } from './context.ts'
import { CommandFailure } from './failure.ts'
import { messages } from './messages.ts'

/** A cloud that holds what a grading run saved. */
export interface Evidence {
  readonly url: string
  readonly accessKeyId: string
  close(): Promise<void>
}

/** Opens the state that the last failed grading run saved; `undefined` when there is none. */
export type OpenEvidence = () => Promise<Evidence | undefined>

/** Opens the evidence, or says why it cannot be. */
export async function openEvidence(open: OpenEvidence | undefined): Promise<Evidence> {
  if (open === undefined) throw new CommandFailure(messages().evidenceUnavailable)
  const evidence = await open()
  if (evidence === undefined) throw new CommandFailure(messages().noEvidence)
  return evidence
}

/** Points a command at the evidence instead of the cloud that it would use. */
export function pointAt(evidence: Evidence, { globals, terminal }: CommandContext): CommandContext {
  const { profile: _, ...rest } = globals
  const env = { ...terminal.env, AWS_ACCESS_KEY_ID: evidence.accessKeyId, AWS_SECRET_ACCESS_KEY: 'test' }
  return { globals: { ...rest, endpointUrl: evidence.url }, terminal: { ...terminal, env } }
}
