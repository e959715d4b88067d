import type { Command } from '../command.ts'
import type { ExerciseVerb } from '../words/grammar.ts'

/** What can be asked of an exercise; `solution` is a grading with another source. */
const actions: Readonly<
  Record<Exclude<ExerciseVerb, 'solution'> | 'grade' | 'next', () => Promise<Command>>
> = {
  next: async () => (await import('./exercise/next.ts')).showNext,
  grade: async () => (await import('./exercise/grade-once.ts')).gradeOnce,
  watch: async () => (await import('./exercise/watch.ts')).watchExercise,
  hint: async () => (await import('./exercise/hint.ts')).giveHint,
  diff: async () => (await import('./exercise/diff.ts')).showDiff,
  reset: async () => (await import('./exercise/reset.ts')).resetExercise,
}

/** Says what is next, grades an exercise or a module, or does with an exercise what a verb asks. */
export const exercise: Command = async (request, context) => {
  const { verb, selection, target, seed } = request
  const isBare = [verb, selection, target, seed].every(word => word === undefined)
  const name = isBare ? 'next' : verb === undefined || verb === 'solution' ? 'grade' : verb
  const action = await actions[name]()
  return action(request, context)
}
