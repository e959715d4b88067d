import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionFor } from '../../src/course/account.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { withStudent } from './student-run.ts'

let cloud: LocalCloud
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0 })
})
afterAll(() => cloud.close())

/** A program that uses every package of the course for what the course uses it for. */
const source = `import { createReadStream, writeFileSync } from 'node:fs'
import { CreateBucketCommand, GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts'
import { Upload } from '@aws-sdk/lib-storage'
import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow'
import { parse } from 'csv-parse/sync'
import { parse as parseStream } from 'csv-parse'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import parquet from 'parquetjs-lite'

export async function subir(s3: S3Client, bucket: string): Promise<unknown> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  writeFileSync('grande.bin', Buffer.alloc(6 * 1024 * 1024, 7))
  const params = { Bucket: bucket, Key: 'raw/grande ñ.bin', Body: createReadStream('grande.bin') }
  const { ETag } = await new Upload({ client: s3, params }).done()
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: params.Key }))
  return [ETag?.endsWith('-2"'), (await Body?.transformToByteArray())?.length]
}
export const cuenta = async (sts: STSClient): Promise<unknown> =>
  (await sts.send(new GetCallerIdentityCommand({}))).Account
export const flecha = (): unknown =>
  tableFromIPC(tableToIPC(tableFromArrays({ a: [1, 2], b: ['á', 'é'] }))).toArray().map(fila => fila.toJSON().b)
export async function csv(): Promise<unknown> {
  const filas: unknown[] = []
  for await (const fila of parseStream('a,b\\n1,"x,y"\\n', { columns: true })) filas.push(fila)
  return [parse('a;b\\n1;2\\n', { delimiter: ';' }), filas]
}
export async function tabla(): Promise<unknown> {
  const schema = new parquet.ParquetSchema({ n: { type: 'INT64' }, t: { type: 'UTF8', compression: 'SNAPPY' } })
  const writer = await parquet.ParquetWriter.openFile(schema, 'tabla.parquet')
  await writer.appendRow({ n: 5, t: 'cinco' })
  await writer.close()
  return parquetReadObjects({ file: await asyncBufferFromFile('tabla.parquet') })
}
`

describe('under the permission model', () => {
  it('the packages of the course load and work against a real endpoint, and print nothing', async () => {
    const connection = connectionFor({ endpoint: cloud.url }, 3)
    await withStudent(
      { 'ejercicio.ts': source },
      async ({ student, output }) => {
        const s3 = { $client: 'S3Client' }
        expect(await student.call('subir', [s3, 'taller-paquetes'])).toMatchObject({
          value: [true, 6 * 1024 * 1024],
        })
        expect(await student.call('cuenta', [{ $client: 'STSClient' }])).toMatchObject({
          value: connection.accountId,
        })
        expect(await student.call('flecha', [])).toMatchObject({ value: ['á', 'é'] })
        expect(await student.call('csv', [])).toMatchObject({
          value: [
            [
              ['a', 'b'],
              ['1', '2'],
            ],
            [{ a: '1', b: 'x,y' }],
          ],
        })
        expect(await student.call('tabla', [])).toMatchObject({ value: [{ n: 5n, t: 'cinco' }] })
        expect(await student.program()).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
        await student.close()
        expect(output.read()).toEqual({ text: '', omittedBytes: 0 })
      },
      connection,
    )
  })

  it('clients cross a call as what they stand for, wherever they are in it', async () => {
    const classes =
      'export const clases = (...args: unknown[]) => JSON.stringify(args, (_, v) => v?.send ? v.constructor.name : v)\n'
    await withStudent({ 'ejercicio.ts': classes }, async ({ student }) => {
      const args = [
        { $client: 'S3Client' },
        [{ $client: 'STSClient' }],
        { k: { $client: 'KinesisClient' }, n: null },
        { $client: 'LambdaClient' },
      ]
      expect(await student.call('clases', args)).toMatchObject({
        value: '["S3Client",["STSClient"],{"k":"KinesisClient","n":null},"LambdaClient"]',
      })
      expect(await student.call('clases', [{ $client: 'OtroClient' }])).toMatchObject({
        kind: 'error',
        message: 'no hay cliente OtroClient',
      })
    })
  })
})
