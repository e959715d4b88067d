import type { ContextKeys } from './context-keys.ts'
import { type ConditionOperator, conditionOperators, type ValueTest } from './operators.ts'
import { readPieces, variablesOf } from './pattern.ts'

/** One key of a Condition block, ready to be tested. */
export interface Condition {
  /** The key that it asks for, lower case. */
  readonly key: string
  /** Keys without which it cannot be decided as its author meant: its own and those of its variables, lower case. */
  readonly needs: readonly string[]
  holds(keys: ContextKeys): boolean
}

/** An operator as written: `ForAnyValue:StringLikeIfExists`. */
interface WrittenOperator {
  readonly name: string
  readonly set: 'any' | 'all' | undefined
  readonly isIfExists: boolean
}

const writtenOperator = /^(?:(ForAnyValue|ForAllValues):)?(.+?)(IfExists)?$/

function readOperator(written: string): WrittenOperator {
  const [, prefix, name = '', suffix] = writtenOperator.exec(written) ?? []
  const set = prefix === undefined ? undefined : prefix === 'ForAnyValue' ? 'any' : 'all'
  return { name, set, isIfExists: suffix !== undefined }
}

/** Whether a Condition block may hold this operator. */
export function isConditionOperator(written: string): boolean {
  const { name, isIfExists } = readOperator(written)
  return name === 'Null' ? !isIfExists : Object.hasOwn(conditionOperators, name)
}

/** Whether a value can be compared by this operator, e.g. a date by `DateLessThan`. */
export function isConditionValue(operator: string, value: string): boolean {
  return conditionOperators[readOperator(operator).name]?.accepts?.(value) ?? true
}

/** Compiles a key of a Condition block; an unknown operator never holds. */
export function compileCondition(
  operator: string,
  { key, values, hasVariables }: { key: string; values: readonly string[]; hasVariables: boolean },
): Condition {
  const written = readOperator(operator)
  const name = key.toLowerCase()
  const variables = hasVariables
    ? values.flatMap(value => variablesOf(readPieces(value, { hasWildcards: false, hasVariables })))
    : []
  const needs = [name, ...variables]
  if (written.name === 'Null') return { key: name, needs, holds: compileNull(name, values) }
  const known = conditionOperators[written.name]
  if (!known) return { key: name, needs, holds: () => false }
  const tests = values.map(value => known.compile(value, hasVariables))
  return { key: name, needs, holds: compileTest(name, { written, known, tests }) }
}

function compileNull(name: string, values: readonly string[]): Condition['holds'] {
  return keys => {
    const isAbsent = (keys.get(name)?.length ?? 0) === 0
    return values.some(value => value.toLowerCase() === String(isAbsent))
  }
}

interface CompiledTest {
  readonly written: WrittenOperator
  readonly known: ConditionOperator
  readonly tests: readonly ValueTest[]
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html */
function compileTest(name: string, { written, known, tests }: CompiledTest): Condition['holds'] {
  const fitsSome = (value: string, keys: ContextKeys): boolean => tests.some(test => test(value, keys))
  return keys => {
    const values = keys.get(name) ?? []
    if (values.length === 0) return holdsWithout(written, known)
    if (written.set === 'all') return values.every(value => fitsSome(value, keys) !== known.isNegated)
    if (written.set === 'any') return values.some(value => fitsSome(value, keys) !== known.isNegated)
    return values.some(value => fitsSome(value, keys)) !== known.isNegated
  }
}

/** What a condition says of a request that does not have its key. */
function holdsWithout({ set, isIfExists }: WrittenOperator, { isNegated }: ConditionOperator): boolean {
  if (isIfExists || set === 'all') return true
  return set === undefined && isNegated
}
