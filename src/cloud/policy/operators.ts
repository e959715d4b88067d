import { BlockList, isIP } from 'node:net'
import { compileArnPattern } from './arn-pattern.ts'
import type { ContextKeys } from './context-keys.ts'
import { compilePattern } from './pattern.ts'

/** Whether one of the request's values satisfies one of the policy's. */
export type ValueTest = (value: string, keys: ContextKeys) => boolean

/** A condition operator without its prefix and suffix. */
export interface ConditionOperator {
  /** `…Not…`: holds where the positive test does not. */
  readonly isNegated: boolean
  /** Compiles a value of the policy; `hasVariables` as the policy's version says. */
  compile(written: string, hasVariables: boolean): ValueTest
  /** Whether the value can be one of this operator; what cannot never matches. */
  readonly accepts?: (written: string) => boolean
}

const text = (rules: { readonly hasWildcards: boolean; readonly ignoresCase: boolean }) => ({
  compile: (written: string, hasVariables: boolean): ValueTest =>
    compilePattern(written, { ...rules, hasVariables }).matches,
})
const equals = text({ hasWildcards: false, ignoresCase: false })
const equalsIgnoringCase = text({ hasWildcards: false, ignoresCase: true })
const like = text({ hasWildcards: true, ignoresCase: false })
const arn = {
  compile: (written: string, hasVariables: boolean): ValueTest =>
    compileArnPattern(written, { hasVariables }).matches,
}

type Comparison = (left: number, right: number) => boolean

const same: Comparison = (left, right) => left === right
const less: Comparison = (left, right) => left < right
const lessOrSame: Comparison = (left, right) => left <= right
const greater: Comparison = (left, right) => left > right
const greaterOrSame: Comparison = (left, right) => left >= right

function compares(read: (text: string) => number, compare: Comparison) {
  return {
    accepts: (written: string) => !Number.isNaN(read(written)),
    compile: (written: string): ValueTest => {
      const wanted = read(written)
      return value => compare(read(value), wanted)
    },
  }
}
const number = (compare: Comparison) => compares(readNumber, compare)
const date = (compare: Comparison) => compares(readDate, compare)

const bool = {
  compile: (written: string): ValueTest => {
    const wanted = written.toLowerCase()
    return value => value.toLowerCase() === wanted
  },
}
const binary = {
  compile: (written: string): ValueTest => {
    const wanted = Buffer.from(written, 'base64')
    return value => Buffer.from(value, 'base64').equals(wanted)
  },
}
const address = { accepts: (written: string) => readNetwork(written) !== undefined, compile: compileNetwork }

const positive = { isNegated: false }
const negated = { isNegated: true }

/**
 * Every operator that compares values; `Null` asks only whether there are any.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const conditionOperators: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: { ...positive, ...equals },
  StringNotEquals: { ...negated, ...equals },
  StringEqualsIgnoreCase: { ...positive, ...equalsIgnoringCase },
  StringNotEqualsIgnoreCase: { ...negated, ...equalsIgnoringCase },
  StringLike: { ...positive, ...like },
  StringNotLike: { ...negated, ...like },
  NumericEquals: { ...positive, ...number(same) },
  NumericNotEquals: { ...negated, ...number(same) },
  NumericLessThan: { ...positive, ...number(less) },
  NumericLessThanEquals: { ...positive, ...number(lessOrSame) },
  NumericGreaterThan: { ...positive, ...number(greater) },
  NumericGreaterThanEquals: { ...positive, ...number(greaterOrSame) },
  DateEquals: { ...positive, ...date(same) },
  DateNotEquals: { ...negated, ...date(same) },
  DateLessThan: { ...positive, ...date(less) },
  DateLessThanEquals: { ...positive, ...date(lessOrSame) },
  DateGreaterThan: { ...positive, ...date(greater) },
  DateGreaterThanEquals: { ...positive, ...date(greaterOrSame) },
  Bool: { ...positive, ...bool },
  BinaryEquals: { ...positive, ...binary },
  IpAddress: { ...positive, ...address },
  NotIpAddress: { ...negated, ...address },
  ArnEquals: { ...positive, ...arn },
  ArnNotEquals: { ...negated, ...arn },
  ArnLike: { ...positive, ...arn },
  ArnNotLike: { ...negated, ...arn },
}

function readNumber(written: string): number {
  return written.trim() === '' ? Number.NaN : Number(written)
}

/** Milliseconds since the epoch of an ISO 8601 date or of seconds since the epoch. */
function readDate(written: string): number {
  return /^\d{5,}(\.\d+)?$/.test(written) ? Number(written) * 1000 : Date.parse(written)
}

interface Network {
  readonly address: string
  readonly prefix: number
  readonly family: 'ipv4' | 'ipv6'
}

function readNetwork(written: string): Network | undefined {
  const [address = '', prefix, ...rest] = written.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return undefined
  const bits = version === 4 ? 32 : 128
  const length = prefix === undefined ? bits : /^\d+$/.test(prefix) ? Number(prefix) : -1
  if (length < 0 || length > bits) return undefined
  return { address, prefix: length, family: version === 4 ? 'ipv4' : 'ipv6' }
}

function compileNetwork(written: string): ValueTest {
  const network = readNetwork(written)
  if (!network) return () => false
  const list = new BlockList()
  list.addSubnet(network.address, network.prefix, network.family)
  return value => {
    const plain = value.replace(/^::ffff:(?=\d+\.)/i, '')
    const version = isIP(plain)
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
}
