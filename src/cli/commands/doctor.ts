import { exitCodes } from '../../core/user-error.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import {
  examineAwsCli,
  examineDocker,
  examineLocalStack,
  examineNode,
  examineNpm,
  examinePort,
  examinePython,
  examineTerminal,
} from '../machine/examine-machine.ts'
import {
  examineBuild,
  examineCloudState,
  examineData,
  examineExercises,
  examineWriteAccess,
} from '../machine/examine-workshop.ts'
import { type DoctorFinding, doctorScreen } from '../screens/doctor-screen.ts'

/** What is looked at, in the order of the screen; a new line here is all that a new question needs. */
const examinations: readonly ((context: CommandContext) => DoctorFinding | Promise<DoctorFinding>)[] = [
  examineNode,
  examineNpm,
  examineBuild,
  examineWriteAccess,
  examineData,
  examineExercises,
  examineCloudState,
  examinePort,
  examineAwsCli,
  examinePython,
  examineDocker,
  examineLocalStack,
  examineTerminal,
]

/** Says what this machine has and lacks, and what to do; exit code 3 only when something needed is missing. */
export const doctor: Command = async (_request, context) => {
  const findings = await Promise.all(examinations.map(examine => examine(context)))
  context.terminal.print(doctorScreen(findings, context.style))
  const isMissing = findings.some(({ state }) => state === 'missing')
  return isMissing ? exitCodes.environment : exitCodes.passed
}
