import type { RunningCloud, StartCloud } from '../../course/cloud.ts'

/** Clouds that stay after their run, so that a student can look into what the run left. */
export interface KeptClouds {
  /** Starts a cloud whose `close` does nothing. */
  readonly startCloud: StartCloud
  /** Closes every cloud that was started. */
  closeAll(): Promise<void>
}

/** Keeps the clouds that `start` gives until `closeAll`. */
export function keepClouds(start: StartCloud): KeptClouds {
  const kept = new Set<RunningCloud>()
  return {
    startCloud: async () => {
      const cloud = await start()
      kept.add(cloud)
      return { ...cloud, close: async () => undefined }
    },
    closeAll: async () => {
      const clouds = [...kept]
      kept.clear()
      await Promise.all(clouds.map(cloud => cloud.close()))
    },
  }
}
