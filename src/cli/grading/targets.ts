import { chooseSeed } from '../../course/course-grader.ts'
import type { TargetName } from '../../course/lab.ts'
import type { Request } from '../words/parse-words.ts'

/** The target that was asked for; our own cloud unless told. */
export function targetOf({ target = 'embedded' }: Request): TargetName {
  return target
}

/** The seed that was asked for, or a new one. */
export function seedOf({ seed }: Request): number {
  return seed ?? chooseSeed()
}
