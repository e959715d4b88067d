import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type CommandResult,
  createWorkshop,
  type RunningCommand,
  repository,
  runCommand,
  startCommand,
  type Workshop,
} from './workshop.ts'

// Our own cloud answers like LocalStack; what matters here is that it is somebody else's, and stays after the run.
let workshop: Workshop
let cloud: RunningCommand
let endpoint: string

beforeAll(async () => {
  workshop = await createWorkshop()
  cloud = startCommand(['cloud', 'port', '0'], { cwd: workshop.root })
  endpoint = (await cloud.waitFor(/http:\/\/localhost:\d+/))[0]
})

afterAll(async () => {
  cloud.process.kill('SIGTERM')
  await cloud.ended
  await workshop.remove()
})

/** Without the AWS CLI: only Node is on the path. */
const onlyNode = { PATH: dirname(process.execPath) }

const run = (line: string): Promise<CommandResult> =>
  runCommand(line.split(' '), { cwd: workshop.root, env: { ...onlyNode, AWS_ENDPOINT_URL: endpoint } })

test('a failing check is proved on the cloud itself, with the account of the run', async () => {
  const { exitCode, stdout } = await run('exercise 9.1.2 localstack')
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/LocalStack · semilla \d+$/m)
  const [, key = ''] = /^ {6}cuenta +AWS_ACCESS_KEY_ID=(\d{12})$/m.exec(stdout) ?? []
  const [, args = ''] = /compruébalo npx awslocal (--endpoint-url .+)$/m.exec(stdout) ?? []
  expect(args).toContain(`--endpoint-url ${endpoint}`)
  const seen = spawnSync(process.execPath, [join(repository, 'bin', 'awslocal.mjs'), ...args.split(' ')], {
    cwd: workshop.root,
    env: { ...onlyNode, AWS_ACCESS_KEY_ID: key },
    encoding: 'utf8',
  })
  expect(JSON.parse(seen.stdout)).toMatchObject({ Account: key })
  expect(stdout).toMatch(/^→ abre .* npm run exercise 9\.1\.2 watch localstack$/m)
})

test('what needs our clock is not counted, and the table says why', async () => {
  const { stdout } = await run('grade 9.2.2 solution localstack semilla 5')
  expect(stdout).toMatch(/versionado +(\d+)\/\1 +\d+,\d s +✓ no comprobable aquí \(\d+\)$/m)
  expect(stdout).toMatch(/^LocalStack no puede mostrarlo, así que no cuenta:$/m)
  expect(stdout).toMatch(/^repetir igual: npm run grade 9\.2\.2 solution localstack semilla 5$/m)
})
