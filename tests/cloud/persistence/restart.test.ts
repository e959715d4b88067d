import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../src/local-cloud.ts'

let scratch: string
let cloud: LocalCloud

const start = async (options: LocalCloudOptions = {}): Promise<void> => {
  cloud = await startLocalCloud({ port: 0, dataFolder: join(scratch, 'nube'), ...options })
}
const restart = async (options?: LocalCloudOptions): Promise<void> => {
  await cloud.close()
  await start(options)
}
const clockOf = async (): Promise<number> =>
  ((await (await fetch(`${cloud.url}/_taller/clock`)).json()) as { now: number }).now

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'taller-restart-'))
  await start()
})
afterEach(async () => {
  await cloud.close()
  rmSync(scratch, { recursive: true })
})

const sts = (credentials = { accessKeyId: 'test', secretAccessKey: 'test' }): STSClient =>
  new STSClient({ endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 })

describe('a cloud that is started again on its folder', () => {
  it('goes on as far ahead as its clock was moved', async () => {
    const day = 24 * 3600 * 1000
    await cloud.advanceClock(3 * day)
    await fetch(`${cloud.url}/_taller/clock`, {
      method: 'POST',
      body: JSON.stringify({ advanceMilliseconds: day }),
    })
    const before = await clockOf()
    await restart()
    expect(await clockOf()).toBeGreaterThanOrEqual(before)
    expect(await clockOf()).toBeLessThan(before + day)
  })

  it('knows the credentials that it issued', async () => {
    const { Credentials } = await sts().send(new GetSessionTokenCommand({}))
    await restart({ verifySignatures: true })
    const issued = sts({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      ...{ sessionToken: Credentials?.SessionToken ?? '' },
    })
    expect(await issued.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '000000000000' })
  })

  it('is empty after a reset', async () => {
    await fetch(`${cloud.url}/cubo`, { method: 'PUT' })
    await fetch(`${cloud.url}/cubo/k`, { method: 'PUT', body: 'x'.repeat(100_000) })
    expect((await fetch(`${cloud.url}/cubo/k`)).status).toBe(200)
    expect((await fetch(`${cloud.url}/_taller/reset`, { method: 'POST' })).status).toBe(200)
    await restart()
    expect((await fetch(`${cloud.url}/cubo/k`)).status).toBe(404)
    expect(cloud.persistence?.recovered).toMatchObject({ isNew: false, files: 0 })
  })

  it('gives a snapshot that a cloud in memory begins with', async () => {
    await fetch(`${cloud.url}/cubo`, { method: 'PUT' })
    await fetch(`${cloud.url}/cubo/k`, { method: 'PUT', body: 'x'.repeat(100_000) })
    await cloud.saveSnapshot(join(scratch, 'foto'))
    const other = await startLocalCloud({ port: 0, snapshot: join(scratch, 'foto') })
    expect((await (await fetch(`${other.url}/cubo/k`)).text()).length).toBe(100_000)
    await other.close()
  })

  it('refuses a folder that another cloud holds', async () => {
    await expect(startLocalCloud({ port: 0, dataFolder: join(scratch, 'nube') })).rejects.toMatchObject({
      code: 'data-folder-busy',
    })
  })

  it('says what it repaired, and refuses what it cannot read, touching nothing', async () => {
    await fetch(`${cloud.url}/cubo`, { method: 'PUT' })
    await cloud.close()
    const journal = join(scratch, 'nube', 'journal.1')
    writeFileSync(journal, Buffer.alloc(13, 1), { flag: 'a' })
    await start()
    expect(cloud.persistence?.recovered.repairedBytes).toBe(13)
    expect((await fetch(`${cloud.url}/cubo`, { method: 'HEAD' })).status).toBe(200)
    await cloud.close()
    truncateSync(journal, 20)
    await expect(start()).rejects.toMatchObject({ code: 'data-folder-damaged' })
    rmSync(journal)
    await start()
  })

  it('refuses a journal with a bad frame that is not the last one, and one of another format', async () => {
    await fetch(`${cloud.url}/cubo`, { method: 'PUT' })
    await fetch(`${cloud.url}/cubo/k`, { method: 'PUT', body: 'entero' })
    await cloud.close()
    const journal = join(scratch, 'nube', 'journal.1')
    const bytes = readFileSync(journal)
    const bad = Buffer.from(bytes)
    bad[120] = (bad[120] ?? 0) ^ 0xff
    writeFileSync(journal, bad)
    await expect(start()).rejects.toMatchObject({ code: 'data-folder-damaged' })
    expect(readFileSync(journal).equals(bad)).toBe(true)
    const other = Buffer.from(bytes)
    other.writeUInt32LE(99, 16)
    writeFileSync(journal, other)
    await expect(start()).rejects.toMatchObject({
      code: 'data-folder-format',
      message: expect.stringContaining('99'),
    })
    writeFileSync(journal, bytes)
    await start()
    expect(await (await fetch(`${cloud.url}/cubo/k`)).text()).toBe('entero')
  })
})
