import { CommandFailure } from '../failure.ts'
import { search } from '../output/query.ts'
import type { Pagination } from '../services/facts.ts'
import { decodeToken, encodeToken, type ResumePoint } from './paging-token.ts'
import { mergeInto, setAt } from './set-at.ts'

export type Page = Record<string, unknown>

/** What to page through and how far. */
export interface PagingPlan {
  readonly pagination: Pagination
  readonly input: Readonly<Record<string, unknown>>
  readonly startingToken?: string
  readonly pageSize?: number
  readonly maxItems?: number
  readonly call: (input: Record<string, unknown>) => Promise<Page>
}

/** Pages of one operation, cut to the items asked for; after the last one, `resumeToken` says where to go on. */
export class Pages {
  /** What is taken from the first page. */
  readonly otherPart: Page = {}
  /** Set when items were left out. */
  resumeToken: string | undefined
  private readonly plan: PagingPlan

  constructor(plan: PagingPlan) {
    this.plan = plan
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Page> {
    const { pagination, maxItems } = this.plan
    const start = this.startingPoint()
    const input = this.firstInput(start)
    let tokens = start.tokens
    let seen = 0
    for (let number = 0; ; number++) {
      const page = await this.plan.call(input)
      const skipped = number === 0 ? this.beginWith(page, start) : 0
      const items = countItems(page, pagination)
      const surplus = maxItems === undefined ? 0 : seen + items - maxItems
      if (surplus > 0) {
        this.truncate(page, { keep: items - surplus, skipped, tokens })
        yield page
        return
      }
      yield page
      seen += items
      const next = nextTokens(page, pagination)
      if (Object.values(next).every(token => token === null)) return
      if (seen === maxItems) {
        this.resumeToken = encodeToken({ tokens: next })
        return
      }
      if (number > 0 && sameTokens(next, tokens)) {
        throw new CommandFailure(
          `Error during pagination: The same next token was received twice: ${JSON.stringify(next)}`,
        )
      }
      injectTokens(input, next)
      tokens = next
    }
  }

  private startingPoint(): ResumePoint {
    const { startingToken, pagination } = this.plan
    if (startingToken === undefined) {
      return { tokens: Object.fromEntries(pagination.inputTokens.map(name => [name, null])) }
    }
    return decodeToken(startingToken, pagination.inputTokens)
  }

  private firstInput({ tokens }: ResumePoint): Record<string, unknown> {
    const { input, startingToken, pageSize, pagination } = this.plan
    const first = { ...input }
    if (startingToken !== undefined) injectTokens(first, tokens)
    if (pageSize !== undefined && pagination.limitKey !== undefined) first[pagination.limitKey] = pageSize
    return first
  }

  /** Cuts what an earlier run has shown off the first page, and notes what only the first page says. */
  private beginWith(page: Page, start: ResumePoint): number {
    const { pagination, startingToken } = this.plan
    const skipped = start.skippedItems ?? 0
    if (startingToken !== undefined) {
      for (const [index, key] of pagination.resultKeys.entries()) {
        const value = search(page, key)
        setAt(page, key, index === 0 ? sliceFrom(value, skipped) : emptied(value))
      }
    }
    for (const key of pagination.otherKeys) setAt(this.otherPart, key, search(page, key))
    return skipped
  }

  private truncate(page: Page, cut: { keep: number; skipped: number; tokens: ResumePoint['tokens'] }): void {
    const key = this.plan.pagination.resultKeys[0] ?? ''
    const items = search(page, key)
    setAt(page, key, Array.isArray(items) ? items.slice(0, cut.keep) : [])
    this.resumeToken = encodeToken({ tokens: cut.tokens, skippedItems: cut.keep + cut.skipped })
  }
}

/** Puts all pages together: items in one list, numbers added up, and the rest from the first page. */
export async function collectPages(pages: Pages, pagination: Pagination): Promise<Page> {
  const whole: Page = {}
  for await (const page of pages) {
    for (const key of pagination.resultKeys) addResult(whole, key, search(page, key))
  }
  mergeInto(whole, pages.otherPart)
  if (pages.resumeToken !== undefined) whole.NextToken = pages.resumeToken
  return whole
}

function addResult(whole: Page, key: string, value: unknown): void {
  if (value === null) return
  const existing = search(whole, key)
  if (existing === null) setAt(whole, key, value)
  else if (Array.isArray(existing) && Array.isArray(value)) for (const item of value) existing.push(item)
  else if (typeof value === 'number') setAt(whole, key, Number(existing) + value)
  else if (typeof value === 'string') setAt(whole, key, String(existing) + value)
}

function countItems(page: Page, { resultKeys }: Pagination): number {
  const items = search(page, resultKeys[0] ?? '')
  return Array.isArray(items) ? items.length : 0
}

function nextTokens(page: Page, pagination: Pagination): ResumePoint['tokens'] {
  if (pagination.moreResults !== undefined && !search(page, pagination.moreResults)) return {}
  const entries = pagination.inputTokens.map((name, index) => {
    const token = search(page, pagination.outputTokens[index] ?? '')
    return [name, token || null] as const
  })
  return Object.fromEntries(entries)
}

function injectTokens(input: Record<string, unknown>, tokens: ResumePoint['tokens']): void {
  for (const [name, token] of Object.entries(tokens)) {
    if (token !== null && token !== 'None') input[name] = token
    else delete input[name]
  }
}

function sameTokens(a: ResumePoint['tokens'], b: ResumePoint['tokens']): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function sliceFrom(value: unknown, start: number): unknown {
  return Array.isArray(value) || typeof value === 'string' ? value.slice(start) : null
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return []
  if (typeof value === 'string') return ''
  return typeof value === 'number' ? value : null
}
