import type { DiskTrouble } from '../../cloud/persistence/trouble-teller.ts'
import type { Messages } from '../messages/messages.ts'

/** What a person reads of a data folder that takes nothing, and of one that does again. */
export function wordDiskTrouble({ folder, code }: DiskTrouble, { cloud: words }: Messages): string {
  if (code === undefined) return words.diskWorks(folder)
  const causes: Readonly<Record<string, string>> = words.diskCauses
  return words.diskFails(folder, causes[code] ?? words.diskAnswers(code))
}
