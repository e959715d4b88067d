import { afterAll, beforeAll, describe, it } from 'vitest'
import { awsCliVersion, startAwsCli } from './aws-cli.ts'
import { startAwslocal } from './awslocal.ts'
import { type Case, expectSame, type Side } from './compare.ts'
import { makeWorkplace } from './workplace.ts'

/** A cloud that both tools work against. */
export interface Server {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Commands that both tools must do alike, in order. */
export interface Comparison {
  readonly cases: readonly (string | Case)[]
  /** Names that stand in the commands, for the AWS CLI and for awslocal; of the same length, since tables are drawn around them. */
  readonly names: readonly [Side['names'], Side['names']]
  readonly startServer: () => Promise<Server>
  /** What else these commands need and this machine lacks. */
  readonly missing?: readonly string[]
}

/** Declares one test for each command, where the AWS CLI (version 1) and the rest of what it needs is installed. */
export function describeAlike(title: string, comparison: Comparison): void {
  const { cases, names, startServer } = comparison
  const missing = [
    ...(awsCliVersion === undefined ? ['the AWS CLI (version 1) is not installed here'] : []),
    ...(comparison.missing ?? []),
  ]
  const note = missing.length > 0 ? ` (${missing.join(', ')})` : ` ${awsCliVersion}`
  describe.skipIf(missing.length > 0)(`${title} do as the AWS CLI${note}`, () => {
    const workplaces = [makeWorkplace(), makeWorkplace()] as const
    let server: Server
    let aws: Side
    let awslocal: Side

    beforeAll(async () => {
      server = await startServer()
      aws = { tool: startAwsCli(server.url), names: names[0], folder: workplaces[0].folder }
      awslocal = { tool: startAwslocal(server.url), names: names[1], folder: workplaces[1].folder }
    })

    afterAll(async () => {
      await aws.tool.stop()
      await server.stop()
      for (const { remove } of workplaces) remove()
    })

    it.each(cases.map(given => (typeof given === 'string' ? { line: given } : given)))(
      '$line',
      async given => {
        await expectSame(given, aws, awslocal)
      },
    )
  })
}
