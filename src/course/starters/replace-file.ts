import { constants, existsSync, realpathSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { exitCodes, UserError } from '../../core/user-error.ts'
import { isCode } from '../error-codes.ts'

/** Where the files that were written over are kept, relative to the repository. */
export const backupFolder = '.respaldo'

/** A file to be written over. */
export interface Replacement {
  /** Absolute path of the repository. */
  readonly repository: string
  /** Relative to the repository, `/` separators. */
  readonly path: string
  readonly text: string
  /** Names the backup's folder; the machine's time unless told. */
  readonly now?: Date
}

/**
 * Writes a file of the repository after copying the one that is there to `.respaldo/<time>/<same path>`. The copy is
 * complete before anything else happens, and never takes the place of an older copy.
 * @returns the copy's path relative to the repository, when there was something to keep.
 * @throws UserError `outside-repository` when a link leads elsewhere.
 */
export async function replaceFile(replacement: Replacement): Promise<{ backup?: string }> {
  const { repository, path, text, now = new Date() } = replacement
  const file = join(repository, path)
  await mkdir(dirname(file), { recursive: true })
  refuseOutside(repository, file)
  const backup = existsSync(file) ? await keepCopy(repository, path, now) : undefined
  const draft = `${file}.${process.pid}.nuevo`
  try {
    await writeFile(draft, text, { flag: 'wx' })
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
  return backup === undefined ? {} : { backup }
}

/** Copies to the first folder of that second in which the path is still free. */
async function keepCopy(repository: string, path: string, now: Date): Promise<string> {
  const time = now.toISOString().slice(0, 19).replaceAll(':', '-')
  for (let count = 1; ; count++) {
    const backup = `${backupFolder}/${count === 1 ? time : `${time}-${count}`}/${path}`
    const target = join(repository, backup)
    await mkdir(dirname(target), { recursive: true })
    refuseOutside(repository, target)
    try {
      await copyFile(join(repository, path), target, constants.COPYFILE_EXCL)
      return backup
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
    }
  }
}

/** The file's folder, and the file when it is there, must really be in the repository. */
function refuseOutside(repository: string, file: string): void {
  const root = realpathSync(repository)
  for (const path of [dirname(file), ...(existsSync(file) ? [file] : [])]) {
    if (realpathSync(path).startsWith(root + sep)) continue
    throw new UserError({
      code: 'outside-repository',
      message: `${path} es un enlace que sale del repositorio, y no se toca.`,
      nextStep: `ls -l ${path}`,
      exitCode: exitCodes.environment,
    })
  }
}
