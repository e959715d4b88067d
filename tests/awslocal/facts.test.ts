import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { services } from '../../src/awslocal/services.ts'
import { describeOperations } from './facts/describe-schemas.ts'
import { awsCliVersion } from './running/aws-cli.ts'

describe.skipIf(awsCliVersion === undefined)(
  `what the SDK's schemas leave out is as in the AWS CLI ${awsCliVersion ?? '(version 1 is not installed here)'}`,
  () => {
    it.each(services.map(service => [service.id, service] as const))(
      '%s',
      async (id, { loadClient, loadFacts }) => {
        const script = fileURLToPath(new URL('facts/botocore_facts.py', import.meta.url))
        const input = JSON.stringify(describeOperations(await loadClient()))
        const expected: unknown = JSON.parse(execFileSync('python3', [script, id], { input }).toString())
        // `UPDATE_FACTS=1 npx vitest run tests/awslocal/facts.test.ts` writes the file anew, e.g. for a new service.
        if (process.env.UPDATE_FACTS === '1') {
          writeFileSync(
            new URL(`../../src/awslocal/services/${id}.json`, import.meta.url),
            JSON.stringify(expected, null, 2),
          )
        }
        expect((await loadFacts()).default).toEqual(expected)
      },
    )
  },
)
