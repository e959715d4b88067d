import { CloudStopping } from '../errors.ts'
import { Environment, type EnvironmentListener, type EnvironmentParts } from './environment.ts'
import { idleMilliseconds, maximumStarts, settlingMilliseconds } from './limits.ts'
import type { Deployment, Invocation, InvocationResult } from './runtime.ts'

/** A call that waits for an environment. */
interface QueuedCall {
  readonly invocation: Invocation
  readonly resolve: (result: InvocationResult) => void
  readonly reject: (error: unknown) => void
}

/** The environments of one version of a function. */
interface Pool {
  readonly deployment: Deployment
  readonly all: Set<Environment>
  /** Those that can take a call, the one that worked last at the end. */
  readonly ready: Environment[]
  readonly queue: QueuedCall[]
  /** Those that have answered and do not yet ask for another call: worth a moment's wait. */
  readonly settling: Set<Environment>
  startingCount: number
  /** Takes no more calls than those that it has. */
  isRetired: boolean
}

/** Starts environments as calls need them, hands the calls out, and ends what nobody needs. */
export class Fleet {
  readonly #parts: EnvironmentParts
  readonly #maximum: number
  /** Those that take new calls, by function, version and revision. */
  readonly #current = new Map<string, Pool>()
  /** Those and what still runs of functions that have changed. */
  readonly #pools = new Set<Pool>()
  readonly #closing = new Set<Promise<void>>()
  /** When an environment last ended its call, on the cloud's clock. */
  readonly #idleSince = new Map<Environment, number>()
  #cancelReaping: (() => void) | undefined
  #callCount = 0
  #idleWaiters: (() => void)[] = []

  constructor(parts: EnvironmentParts, maximum: number) {
    this.#parts = parts
    this.#maximum = maximum
  }

  get isIdle(): boolean {
    return this.#callCount === 0
  }

  /** Resolves when no call runs or waits. */
  idle(): Promise<void> {
    return new Promise(resolve => {
      if (this.isIdle) resolve()
      else this.#idleWaiters.push(resolve)
    })
  }

  /** Runs a call as soon as there is an environment for it. */
  invoke(deployment: Deployment, invocation: Invocation): Promise<InvocationResult> {
    const pool = this.#poolOf(deployment)
    this.#callCount += 1
    return new Promise<InvocationResult>((resolve, reject) => {
      pool.queue.push({ invocation, resolve, reject })
      this.#dispatch(pool)
    }).finally(() => {
      this.#callCount -= 1
      if (this.#callCount === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve()
    })
  }

  /** Ends the idle environments of a function, and the others after their call. */
  async retire(functionArn: string): Promise<void> {
    this.#retirePools(({ deployment }) => deployment.functionArn === functionArn)
    await Promise.all(this.#closing)
  }

  /** Ends all of them, at work or not. */
  async close(): Promise<void> {
    this.#cancelReaping?.()
    this.#cancelReaping = undefined
    this.#current.clear()
    for (const pool of this.#pools) {
      pool.isRetired = true
      for (const call of pool.queue.splice(0)) call.reject(new CloudStopping())
      for (const environment of pool.all) this.#watchClosing(environment.forget(), pool)
      pool.all.clear()
      pool.ready.length = 0
    }
    this.#pools.clear()
    this.#idleSince.clear()
    await Promise.all(this.#closing)
  }

  #poolOf(deployment: Deployment): Pool {
    const { functionArn, version, revision } = deployment
    const key = `${functionArn}:${version} ${revision}`
    const known = this.#current.get(key)
    if (known !== undefined) return known
    this.#retirePools(
      ({ deployment: other }) => other.functionArn === functionArn && other.version === version,
    )
    const pool: Pool = {
      deployment,
      all: new Set(),
      ready: [],
      queue: [],
      settling: new Set(),
      startingCount: 0,
      isRetired: false,
    }
    this.#current.set(key, pool)
    this.#pools.add(pool)
    return pool
  }

  /** Hands waiting calls to ready environments, and starts others where that is not enough. */
  #dispatch(pool: Pool): void {
    while (pool.queue.length > 0) {
      const environment = this.#takeReady(pool)
      if (environment === undefined) break
      const call = pool.queue.shift()
      if (call !== undefined) this.#run(pool, environment, call)
    }
    const comingCount = (): number => pool.startingCount + pool.settling.size
    while (comingCount() < pool.queue.length && this.#makeRoom(pool)) this.#start(pool)
  }

  /** The one that worked last: its caches are warm, and the others can be ended in time. */
  #takeReady(pool: Pool): Environment | undefined {
    for (let environment = pool.ready.pop(); environment !== undefined; environment = pool.ready.pop()) {
      this.#idleSince.delete(environment)
      if (environment.isFresh) return environment
      this.#end(pool, environment)
    }
    return undefined
  }

  #run(pool: Pool, environment: Environment, call: QueuedCall): void {
    environment.run(call.invocation).then(
      result => {
        if (pool.all.has(environment) && environment.isSettling) this.#expectReady(pool, environment)
        call.resolve(result)
      },
      error => {
        this.#end(pool, environment)
        call.reject(error)
      },
    )
  }

  /** It has answered and will ask for the next call at once, unless its function does something else. */
  #expectReady(pool: Pool, environment: Environment): void {
    pool.settling.add(environment)
    setTimeout(() => {
      if (pool.settling.delete(environment) && pool.queue.length > 0) this.#dispatch(pool)
    }, settlingMilliseconds).unref()
  }

  #start(pool: Pool): void {
    pool.startingCount += 1
    let isStarting = true
    const started = (): void => {
      if (isStarting) pool.startingCount -= 1
      isStarting = false
    }
    const listener: EnvironmentListener = {
      onReady: environment => {
        started()
        this.#becomeReady(pool, environment)
      },
      onEnded: environment => {
        started()
        this.#end(pool, environment)
      },
    }
    const environment = new Environment(pool.deployment, this.#parts, listener)
    pool.all.add(environment)
    environment.start().catch(error => {
      started()
      this.#parts.platform.onBug(error, `start of ${pool.deployment.functionName}`)
      this.#end(pool, environment)
    })
  }

  #becomeReady(pool: Pool, environment: Environment): void {
    pool.settling.delete(environment)
    if (pool.isRetired && pool.queue.length === 0) {
      this.#end(pool, environment)
      return
    }
    const starved = this.#findStarved(pool)
    if (starved !== undefined) {
      this.#end(pool, environment)
      return
    }
    pool.ready.push(environment)
    this.#idleSince.set(environment, this.#parts.platform.clock.now())
    if (pool.queue.length > 0) this.#dispatch(pool)
    this.#dispatchAll()
    this.#planReaping()
  }

  /** A pool whose calls wait while it has less than its share of the machine, and this one more. */
  #findStarved(pool: Pool): Pool | undefined {
    if (this.#environmentCount() < this.#maximum) return undefined
    const wanting = [...this.#pools].filter(({ queue, all }) => queue.length > 0 || all.size > 0)
    const share = Math.max(1, Math.floor(this.#maximum / wanting.length))
    if (pool.all.size <= share && pool.queue.length > 0) return undefined
    return wanting.find(other => other !== pool && other.queue.length > 0 && other.all.size < share)
  }

  /** Whether another environment may be started; one that idles elsewhere may have to make room. */
  #makeRoom(pool: Pool): boolean {
    if (this.#startingCount() >= maximumStarts) return false
    if (this.#environmentCount() < this.#maximum) return true
    const [oldest] = this.#idleSince.keys()
    if (oldest === undefined) return false
    const owner = [...this.#pools].find(other => other !== pool && other.all.has(oldest))
    if (owner === undefined) return false
    this.#end(owner, oldest)
    return true
  }

  /** After room was made or a start has ended, waiting calls go on: first those of functions that have least. */
  #dispatchAll(): void {
    const waiting = [...this.#pools].filter(({ queue }) => queue.length > 0)
    for (const pool of waiting.sort((one, other) => one.all.size - other.all.size)) this.#dispatch(pool)
  }

  #retirePools(isOld: (pool: Pool) => boolean): void {
    for (const [key, pool] of [...this.#current].filter(([, current]) => isOld(current))) {
      this.#current.delete(key)
      pool.isRetired = true
      for (const environment of [...pool.ready]) this.#end(pool, environment)
      this.#forgetEmpty(pool)
    }
  }

  #forgetEmpty(pool: Pool): void {
    if (pool.isRetired && pool.all.size === 0 && pool.queue.length === 0) this.#pools.delete(pool)
  }

  #end(pool: Pool, environment: Environment): void {
    if (!pool.all.delete(environment)) return
    this.#idleSince.delete(environment)
    const index = pool.ready.indexOf(environment)
    if (index >= 0) pool.ready.splice(index, 1)
    pool.settling.delete(environment)
    this.#forgetEmpty(pool)
    this.#watchClosing(environment.close(), pool)
    this.#dispatchAll()
  }

  /** What is being closed takes its place until it is gone. */
  #watchClosing(closed: Promise<void>, { deployment }: Pool): void {
    const closing = closed
      .catch(error => this.#parts.platform.onBug(error, `end of ${deployment.functionName}`))
      .finally(() => {
        this.#closing.delete(closing)
        this.#dispatchAll()
      })
    this.#closing.add(closing)
  }

  #planReaping(): void {
    if (this.#cancelReaping !== undefined) return
    const [since] = this.#idleSince.values()
    if (since === undefined) return
    this.#cancelReaping = this.#parts.platform.scheduler.at(since + idleMilliseconds, () => this.#reap())
  }

  #reap(): void {
    this.#cancelReaping = undefined
    const limit = this.#parts.platform.clock.now() - idleMilliseconds
    for (const pool of this.#pools) {
      for (const environment of [...pool.ready]) {
        if ((this.#idleSince.get(environment) ?? limit + 1) <= limit) this.#end(pool, environment)
      }
    }
    // A function without environments takes no room.
    this.#retirePools(({ all, queue }) => all.size === 0 && queue.length === 0)
    this.#planReaping()
  }

  #environmentCount(): number {
    let count = this.#closing.size
    for (const pool of this.#pools) count += pool.all.size
    return count
  }

  #startingCount(): number {
    let count = 0
    for (const pool of this.#pools) count += pool.startingCount
    return count
  }
}
