import { runProgram } from './run-program.ts'

/** The version of the AWS CLI that works here, e.g. `aws-cli/2.17.0`; a name on PATH that does not run is none. */
export async function findAwsCli(): Promise<string | undefined> {
  const text = await runProgram('aws', ['--version'])
  return /^aws-cli\/\S+/.exec(text ?? '')?.[0]
}
