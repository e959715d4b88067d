import { courseModules } from '../../../modules/index.ts'
import { type ExitCode, exitCodes } from '../../core/user-error.ts'
import { type Derivation, deriveAll } from '../../course/starters/derive.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { marks, nextStepLine } from '../screens/screen.ts'

/** Writes the starters that differ from what their solutions give, or with `check` only says which do. */
export const derive: Command = async (request, context) => {
  const mode = request.mode ?? 'write'
  const derivations = await deriveAll({ repository: context.root(), modules: courseModules, mode })
  const differing = derivations.filter(({ state }) => state !== 'equal')
  return mode === 'check'
    ? reportStale(derivations, differing, context)
    : reportWritten(derivations, differing, context)
}

function reportStale(
  all: readonly Derivation[],
  stale: readonly Derivation[],
  { terminal, style, messages }: CommandContext,
): ExitCode {
  if (stale.length === 0) {
    terminal.print([`${style.paint.good(marks.good)} ${messages.derive.upToDate(all.length)}`])
    return exitCodes.passed
  }
  terminal.print([
    ...stale.map(({ path }) => `${style.paint.bad(marks.bad)} ${messages.derive.stale(path)}`),
    nextStepLine(messages.derive.staleNext, style),
  ])
  return exitCodes.failed
}

function reportWritten(
  all: readonly Derivation[],
  written: readonly Derivation[],
  { terminal, style, messages }: CommandContext,
): ExitCode {
  terminal.print([
    ...written.flatMap(({ path, backup }) => [
      `${style.paint.good(marks.good)} ${messages.derive.written(path)}`,
      ...(backup === undefined ? [] : [`  ${messages.reset.backup(backup)}`]),
    ]),
    messages.derive.same(all.length - written.length),
  ])
  return exitCodes.passed
}
