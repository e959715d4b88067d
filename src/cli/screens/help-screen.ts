import { hang } from '../terminal/layout.ts'
import type { CommandName } from '../words/grammar.ts'
import { labelledLines } from './labelled-lines.ts'
import { nextStepLine, type ScreenStyle } from './screen.ts'

/** What every command is for. */
export function helpScreen(style: ScreenStyle): string[] {
  const { help } = style.messages
  const commands = Object.keys(help.about) as CommandName[]
  return [
    style.paint.strong(help.title),
    '',
    ...labelledLines(
      [
        ...commands.map(name => [`npm run ${name}`, help.about[name]] as const),
        ['npx awslocal', help.awslocal],
      ],
      style,
    ),
    '',
    style.paint.dim(help.exitCodes),
    style.paint.dim(help.exitCodesMore),
    style.paint.dim(help.language),
    nextStepLine('npm run exercise', style),
  ]
}

/** One command's usage and words. */
export function commandHelpScreen(command: CommandName, style: ScreenStyle): string[] {
  const { help, errors } = style.messages
  const words = help.detail[command]
  return [
    style.paint.strong(`npm run ${command}: ${help.about[command]}`),
    ...hang(`${errors.usage} `, help.usage[command]),
    ...(words.length === 0 ? [] : ['', ...labelledLines(words, style)]),
  ]
}
