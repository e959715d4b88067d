import { en } from './en.ts'
import { es, type Messages } from './es.ts'

export type { Messages } from './es.ts'

/** The languages of the command line. */
export const languages: Readonly<Record<'es' | 'en', Messages>> = { es, en }

/** The table that `TALLER_LANG` asks for; Spanish unless it says English. */
export function chooseMessages(env: NodeJS.ProcessEnv): Messages {
  return /^en/i.test(env.TALLER_LANG ?? '') ? languages.en : languages.es
}
