/** What a cloud found in its data folder when it started. */
export interface Recovered {
  /** Whether the folder held no cloud yet. */
  readonly isNew: boolean
  /** Bytes of a change that was being written when the last cloud was cut off: cut away, since nobody was told that it was done. */
  readonly repairedBytes: number
  /** States: one for each service, account and region. */
  readonly states: number
  /** Records, lists, maps and sets in all states together. */
  readonly records: number
  /** Bodies that are files. */
  readonly files: number
  /** Files that belonged to nothing and were removed. */
  readonly removedFiles: number
  /** Names of files that should be there and are not, or have another size. */
  readonly lostFiles: readonly string[]
  /** When the last change was written, in milliseconds since the epoch on the machine's clock; absent when new. */
  readonly lastChangeAt?: number
  /** How long it took, in milliseconds. */
  readonly milliseconds: number
}

/** What a cloud tells of its data folder. */
export interface PersistenceFacts {
  /** Absolute path. */
  readonly folder: string
  readonly recovered: Recovered
}
