import type { GlobalOptions } from '../arguments/global-options.ts'
import type { Pages } from '../operation/paging.ts'
import { collectPages } from '../operation/paging.ts'
import { setAt } from '../operation/set-at.ts'
import type { Pagination } from '../services/facts.ts'
import { type Terminal, writeText } from '../terminal.ts'
import { isRecord } from '../values/record.ts'
import { formatJson } from './json.ts'
import { compileQuery, type Query, search } from './query.ts'
import { formatTable } from './table.ts'
import { formatText } from './text.ts'

/** How an answer is shown. */
export interface Presentation {
  readonly format: GlobalOptions['output']
  readonly query: Query | undefined
  /** The title of a table: the operation's name. */
  readonly title: string
}

const narrowTerminal = 80

/** Reads how to show answers; a query that is not JMESPath is refused. */
export function choosePresentation(globals: GlobalOptions, title: string): Presentation {
  const query = globals.query === undefined ? undefined : compileQuery(globals.query)
  return { format: globals.output, query, title }
}

/** Prints an answer. */
export async function printAnswer(
  answer: unknown,
  presentation: Presentation,
  terminal: Terminal,
): Promise<void> {
  const { format, query, title } = presentation
  const value = query === undefined ? answer : query(answer)
  if (format === 'text') return writeText(terminal.stdout, formatText(value))
  if (format === 'table') {
    return writeText(
      terminal.stdout,
      formatTable(title, value, { width: terminal.stdout.columns ?? narrowTerminal }),
    )
  }
  if (isEmptyRecord(value)) return
  await writeText(terminal.stdout, `${formatJson(value)}\n`)
}

/** Prints pages: as one answer, or in text output page by page. */
export async function printPages(
  pages: Pages,
  pagination: Pagination,
  { presentation, terminal }: { presentation: Presentation; terminal: Terminal },
): Promise<void> {
  if (presentation.format !== 'text') {
    return printAnswer(await collectPages(pages, pagination), presentation, terminal)
  }
  let isFirst = true
  for await (const page of pages) {
    const shown: Record<string, unknown> = isFirst ? { ...pages.otherPart } : {}
    for (const key of pagination.resultKeys) setAt(shown, key, search(page, key))
    await printAnswer(shown, presentation, terminal)
    isFirst = false
  }
  if (pages.resumeToken === undefined) return
  await printAnswer({ NextToken: { NextToken: pages.resumeToken } }, presentation, terminal)
}

function isEmptyRecord(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0
}
