import { english } from './messages/en.ts'
import { spanish } from './messages/es.ts'

/** Every text that is ours and not the AWS CLI's; both languages have the same ones. */
export type Messages = typeof spanish

/** The texts of the language that `TALLER_LANG` asks for: Spanish unless it says `en`. */
export function messages(): Messages {
  return process.env.TALLER_LANG === 'en' ? english : spanish
}
