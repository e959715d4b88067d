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

/** Tells a person once that nothing can be written, and once that it can again. */
export class TroubleTeller {
  readonly #folder: string
  readonly #tell: (message: string) => void
  #isTold = false

  constructor(folder: string, tell: (message: string) => void) {
    this.#folder = folder
    this.#tell = tell
  }

  began({ code }: DiskError): void {
    if (this.#isTold) return
    this.#isTold = true
    const cause = causes[code] ?? `el disco responde ${code}`
    this.#tell(
      `No se puede guardar en ${this.#folder}: ${cause}. Lo que cambie algo se contesta con un error.`,
    )
  }

  isOver(): void {
    if (!this.#isTold) return
    this.#isTold = false
    this.#tell(`Ya se puede guardar otra vez en ${this.#folder}: está todo escrito.`)
  }
}
