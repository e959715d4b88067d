import type { CommandContext } from '../context.ts'
import type { DoctorFinding } from '../screens/doctor-screen.ts'
import { findAwsCli } from './aws-cli.ts'
import { askHealth } from './endpoint-health.ts'
import { findPortHolder } from './port-holder.ts'
import { runProgram } from './run-program.ts'

const oldestNode = 20
const cloudPort = 4566

/** The Node that runs this. */
export function examineNode({ messages: { doctor } }: CommandContext): DoctorFinding {
  const { version } = process
  const isOld = Number(process.versions.node.split('.')[0]) < oldestNode
  return isOld
    ? { state: 'missing', label: 'Node', text: doctor.nodeOld(version), remedy: doctor.nodeDo }
    : { state: 'good', label: 'Node', text: version }
}

/** The npm that started this, or the one on PATH. */
export async function examineNpm({ env, messages: { doctor } }: CommandContext): Promise<DoctorFinding> {
  const running = /\bnpm\/(\S+)/.exec(env.npm_config_user_agent ?? '')?.[1]
  const version = running ?? (await runProgram('npm', ['--version']))
  return version === undefined
    ? { state: 'missing', label: 'npm', text: doctor.npmMissing, remedy: doctor.npmDo }
    : { state: 'good', label: 'npm', text: version }
}

/** Whether `npm run cloud` can have its port, or who has it. */
export async function examinePort({ messages: { doctor } }: CommandContext): Promise<DoctorFinding> {
  const label = doctor.port(cloudPort)
  const health = await askHealth(`http://127.0.0.1:${cloudPort}`)
  if (health.kind === 'nobody') return { state: 'good', label, text: doctor.portFree }
  const remedy = doctor.portDo
  if (health.kind === 'cloud') {
    const name = `${health.edition} ${health.version}`.trim()
    return { state: 'info', label, text: doctor.portCloud(name, health.services), remedy }
  }
  const holder = await findPortHolder(cloudPort)
  const text = holder === undefined ? doctor.portOther : `${doctor.portOther} (${holder})`
  return { state: 'info', label, text, remedy }
}

/** The AWS CLI, which the course does not need. */
export async function examineAwsCli({ messages: { doctor } }: CommandContext): Promise<DoctorFinding> {
  return optional('AWS CLI', await findAwsCli(), doctor.awsMissing)
}

/** Python, for who wants boto3. */
export async function examinePython({ messages: { doctor } }: CommandContext): Promise<DoctorFinding> {
  const version = (await runProgram('python3', ['--version'])) ?? (await runProgram('python', ['--version']))
  return optional('Python', version?.replace(/^Python /, ''), doctor.pythonMissing)
}

/** Docker and whether its service answers, for who wants LocalStack. */
export async function examineDocker({ messages: { doctor } }: CommandContext): Promise<DoctorFinding> {
  const client = await runProgram('docker', ['--version'])
  if (client === undefined) return optional('Docker', undefined, doctor.dockerMissing)
  const server = await runProgram('docker', ['version', '--format', '{{.Server.Version}}'])
  return server === undefined
    ? { state: 'info', label: 'Docker', text: doctor.dockerNoDaemon }
    : { state: 'good', label: 'Docker', text: server }
}

/** LocalStack, where the environment says that it is, or on its usual port. */
export async function examineLocalStack({
  env,
  messages: { doctor },
}: CommandContext): Promise<DoctorFinding> {
  const endpoint = env.AWS_ENDPOINT_URL ?? `http://127.0.0.1:${cloudPort}`
  const health = URL.canParse(endpoint) ? await askHealth(endpoint) : undefined
  const isLocalStack = health?.kind === 'cloud' && health.edition !== 'taller-nube'
  return isLocalStack
    ? { state: 'good', label: 'LocalStack', text: `${health.version} ${doctor.localstackThere(endpoint)}` }
    : { state: 'info', label: 'LocalStack', text: doctor.localstackMissing }
}

/** The window that this is printed on. */
export function examineTerminal({ terminal, messages: { doctor } }: CommandContext): DoctorFinding {
  const label = doctor.terminal
  const columns = terminal.columns()
  if (!terminal.isRich) return { state: 'info', label, text: doctor.terminalPlain }
  return columns < 80
    ? { state: 'info', label, text: doctor.terminalNarrow(columns) }
    : { state: 'good', label, text: doctor.terminalRich(columns) }
}

function optional(label: string, version: string | undefined, missing: string): DoctorFinding {
  return version === undefined
    ? { state: 'info', label, text: missing }
    : { state: 'good', label, text: version.split('\n')[0] ?? version }
}
