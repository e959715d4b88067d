import type { DiskError } from '../disk.ts'

/** What a person is told of a data folder: that nothing can be kept in it, or that everything is written again. */
export interface DiskTrouble {
  readonly folder: string
  /** The system's code, e.g. `ENOSPC`; absent when the trouble is over. */
  readonly code?: string
}

/** What cannot be written: changes of the states, or bodies that are files. */
export type TroubleSource = 'changes' | 'bodies'

/** Tells a person once that something cannot be written, and once that everything can again. */
export class TroubleTeller {
  readonly #folder: string
  readonly #tell: (trouble: DiskTrouble) => void
  readonly #failing = new Set<TroubleSource>()

  constructor(folder: string, tell: (trouble: DiskTrouble) => void) {
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
    this.#tell({ folder: this.#folder, code })
  }

  isOver(source: TroubleSource): void {
    if (!this.#failing.delete(source) || this.#failing.size > 0) return
    this.#tell({ folder: this.#folder })
  }
}
