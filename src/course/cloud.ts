import type { ControlAccess } from './control.ts'

/** A cloud that a grading run may use. */
export interface RunningCloud {
  /** e.g. `http://127.0.0.1:41873` */
  readonly endpoint: string
  /**
   * Twelve digits. Where a cloud is shared (LocalStack), the account keeps runs apart and must be new each time;
   * without it the account follows from the seed.
   */
  readonly accountId?: string
  /** Present on a cloud of ours. */
  readonly control?: ControlAccess
  /** Writes what is in the cloud to a folder, as evidence. */
  saveSnapshot?(folder: string): Promise<void>
  close(): Promise<void>
}

/** Starts a fresh cloud. The course gets it from outside and knows nothing of what is behind the endpoint. */
export type StartCloud = () => Promise<RunningCloud>
