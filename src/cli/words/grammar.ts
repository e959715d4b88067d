import type { TargetName } from '../../course/lab.ts'
import type { ReportFormat } from '../../course/reports/write-report.ts'

/** What a person may ask of an exercise besides grading it. */
export type ExerciseVerb = 'watch' | 'hint' | 'solution' | 'diff' | 'reset'

/** What the words of a command line say, whatever their order; each slot can be filled once. */
export interface WordSlots {
  readonly isHelp?: true
  readonly verb?: ExerciseVerb
  readonly target?: TargetName
  readonly format?: ReportFormat
  /** `derive check`: compare, write nothing. */
  readonly mode?: 'check'
  /** `cloud memory`: keep nothing. `cloud reset`: empty what is kept, start nothing. */
  readonly cloudState?: 'memory' | 'reset'
  /** `lambda once`: deploy, do not watch. */
  readonly isOnce?: true
  /** In [0, 2³²). */
  readonly seed?: number
  /** In [0, 65535]. */
  readonly port?: number
}

/** A word that is followed by an integer. */
export interface NumberWord {
  readonly slot: 'seed' | 'port'
  readonly minimum: number
  readonly maximum: number
}

/** What one command understands. Words are compared in lower case, without accents and leading dashes. */
export interface Grammar {
  /** Fixed words and what each says. The first spelling of a meaning is the one that suggestions use. */
  readonly words: Readonly<Record<string, WordSlots>>
  readonly numbers: Readonly<Record<string, NumberWord>>
  /** Whether a module or an exercise may be named, or a function. */
  readonly selects: 'nothing' | 'exercises' | 'functions'
}

/** Commands by name, as `npm run` knows them. */
export type CommandName = 'exercise' | 'grade' | 'cloud' | 'lambda' | 'progress' | 'doctor' | 'derive'

const help: Readonly<Record<string, WordSlots>> = {
  ayuda: { isHelp: true },
  help: { isHelp: true },
  h: { isHelp: true },
}

const target: Readonly<Record<string, WordSlots>> = {
  localstack: { target: 'localstack' },
  embedded: { target: 'embedded' },
}

const solution: Readonly<Record<string, WordSlots>> = {
  solution: { verb: 'solution' },
  solucion: { verb: 'solution' },
}

const seed: Readonly<Record<string, NumberWord>> = {
  semilla: { slot: 'seed', minimum: 0, maximum: 0xffff_ffff },
  seed: { slot: 'seed', minimum: 0, maximum: 0xffff_ffff },
}

const port: Readonly<Record<string, NumberWord>> = {
  port: { slot: 'port', minimum: 0, maximum: 65_535 },
  puerto: { slot: 'port', minimum: 0, maximum: 65_535 },
}

/** Every command's words: adding a word adds a line. */
export const grammars: Readonly<Record<CommandName, Grammar>> = {
  exercise: {
    words: {
      watch: { verb: 'watch' },
      vigilar: { verb: 'watch' },
      hint: { verb: 'hint' },
      pista: { verb: 'hint' },
      ...solution,
      diff: { verb: 'diff' },
      diferencias: { verb: 'diff' },
      reset: { verb: 'reset' },
      reiniciar: { verb: 'reset' },
      ...target,
      ...help,
    },
    numbers: seed,
    selects: 'exercises',
  },
  grade: {
    words: { ...solution, json: { format: 'json' }, junit: { format: 'junit' }, ...target, ...help },
    numbers: seed,
    selects: 'exercises',
  },
  cloud: {
    words: {
      memory: { cloudState: 'memory' },
      memoria: { cloudState: 'memory' },
      reset: { cloudState: 'reset' },
      reiniciar: { cloudState: 'reset' },
      ...help,
    },
    numbers: port,
    selects: 'nothing',
  },
  lambda: {
    words: { ...solution, once: { isOnce: true }, 'una-vez': { isOnce: true }, ...help },
    numbers: {},
    selects: 'functions',
  },
  progress: { words: help, numbers: {}, selects: 'nothing' },
  doctor: { words: help, numbers: {}, selects: 'nothing' },
  derive: { words: { check: { mode: 'check' }, ...help }, numbers: {}, selects: 'nothing' },
}
