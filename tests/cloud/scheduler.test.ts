import { expect, it } from 'vitest'
import { createScheduler } from '../../src/cloud/scheduler.ts'
import { createClock } from '../../src/core/clock.ts'

const fail = (error: unknown): void => {
  throw error
}

it('does what the clock was moved past, in order of time, and what that made due', async () => {
  const clock = createClock()
  const scheduler = createScheduler(clock, fail)
  const done: string[] = []
  const start = clock.now()
  scheduler.at(start + 2 * 60_000, () => void done.push('second'))
  scheduler.at(start + 60_000, async () => {
    done.push('first')
    scheduler.at(start + 90_000, () => void done.push('between'))
  })
  scheduler.at(start + 3 * 3_600_000, () => void done.push('later'))
  const cancel = scheduler.at(start + 60_000, () => void done.push('cancelled'))
  cancel()
  await scheduler.runDue()
  expect(done).toEqual([])
  clock.advance(3_600_000)
  await scheduler.runDue()
  expect(done).toEqual(['first', 'between', 'second'])
  scheduler.clear()
  clock.advance(24 * 3_600_000)
  await scheduler.runDue()
  expect(done).toHaveLength(3)
})

it('does due work by itself as time passes', async () => {
  const clock = createClock()
  const scheduler = createScheduler(clock, fail)
  await new Promise<void>(resolve => scheduler.at(clock.now() + 5, resolve))
})

it('tells of work that throws and goes on', async () => {
  const clock = createClock()
  const failures: unknown[] = []
  const scheduler = createScheduler(clock, error => failures.push(error))
  let isDone = false
  scheduler.at(clock.now(), () => Promise.reject(new Error('broken')))
  scheduler.at(clock.now(), () => {
    isDone = true
  })
  await scheduler.runDue()
  expect(failures).toMatchObject([{ message: 'broken' }])
  expect(isDone).toBe(true)
})
