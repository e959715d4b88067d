import { CreateFunctionCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda'
import { expect, it } from 'vitest'
import type { MovableClock } from '../../../../src/core/clock.ts'
import { failureOf, minimal, useLambda, zip } from '../lab.ts'

/** A clock that stands still until it is moved. */
function standingClock(): MovableClock {
  let now = Date.UTC(2026, 10, 25)
  return {
    now: () => now,
    advance: milliseconds => {
      now += milliseconds
    },
  }
}

const lab = useLambda({ clock: standingClock() })

it('a function does not run, and is not changed, while it is being created', async () => {
  await lab.lambda.send(new CreateFunctionCommand(minimal('temprana')))
  const message =
    'The operation cannot be performed at this time. The function is currently in the following state: Pending'
  const refusal = { code: 'ResourceConflictException', status: 409, message }
  expect(await failureOf(lab.invoke('temprana'))).toMatchObject(refusal)
  const update = new UpdateFunctionCodeCommand({ FunctionName: 'temprana', ZipFile: zip('// 2') })
  expect(await failureOf(lab.lambda.send(update))).toMatchObject(refusal)
  await lab.cloud.advanceClock(50)
  expect((await lab.invoke('temprana')).status).toBe(200)
})

it('a function runs while it is being updated, and is not updated twice', async () => {
  await lab.lambda.send(new CreateFunctionCommand(minimal('cambiada')))
  await lab.cloud.advanceClock(50)
  const update = new UpdateFunctionCodeCommand({ FunctionName: 'cambiada', ZipFile: zip('// 2') })
  expect(await lab.lambda.send(update)).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' })
  expect((await lab.invoke('cambiada')).status).toBe(200)
  expect(await failureOf(lab.lambda.send(update))).toMatchObject({
    code: 'ResourceConflictException',
    message:
      'The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:000000000000:function:cambiada',
  })
  await lab.cloud.advanceClock(50)
  expect(await lab.lambda.send(update)).toMatchObject({ LastUpdateStatus: 'InProgress' })
})
