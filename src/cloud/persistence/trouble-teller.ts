import type { DiskError } from '../disk.ts'

const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'no queda espacio en el disco',
  EDQUOT: 'se acabó tu cuota de disco',
  EIO: 'el disco falla',
  EROFS: 'el disco es de solo lectura',
  EACCES: 'no hay permiso para escribir',
  EPERM: 'no hay permiso para escribir',
  ENOENT: 'alguien borró la carpeta',
}

/** What cannot be written: changes of the states, or bodies that are files. */
export type TroubleSource = 'changes' | 'bodies'

/** Tells a person once that something cannot be written, and once that everything can again. */
export class TroubleTeller {
  readonly #folder: string
  readonly #tell: (message: string) => void
  readonly #failing = new Set<TroubleSource>()

  constructor(folder: string, tell: (message: string) => void) {
    this.#folder = folder
    this.#tell = tell
  }

  /** Whether it is failing now. */
  has(source: TroubleSource): boolean {
    return this.#failing.has(source)
  }

  began({ code }: DiskError, source: TroubleSource): void {
    const isTold = this.#failing.size > 0
    this.#failing.add(source)
    if (isTold) return
    const cause = causes[code] ?? `el disco responde ${code}`
    this.#tell(
      `No se puede guardar en ${this.#folder}: ${cause}. Lo que cambie algo se contesta con un error.`,
    )
  }

  isOver(source: TroubleSource): void {
    if (!this.#failing.delete(source) || this.#failing.size > 0) return
    this.#tell(`Ya se puede guardar otra vez en ${this.#folder}: está todo escrito.`)
  }
}
