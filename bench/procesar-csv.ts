import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { createRandom } from '../src/core/random.ts'
import { bundleInto, type FunctionRun, runFunction } from '../tests/course/lambdas/function-run.ts'
import { createS3Event } from '../tests/course/lambdas/s3-event.ts'
import type { Figure } from './measurements.ts'
import type { RunningServer } from './servers.ts'

const rowCount = 1_000_000
const memoryMegabytes = 256
const rounds = 5
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

/** Both solutions of procesar-csv on a million rows, 48 MB: the whole process, from Node's start to its end. */
export async function measureCsvFunctions({ port }: RunningServer): Promise<Figure[]> {
  const endpoint = `http://127.0.0.1:${port}`
  const bucket = 'procesar-csv'
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'raw/ventas.csv', Body: createSalesCsv() }))
  s3.destroy()
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  const folder = mkdtempSync(join(tmpdir(), 'taller-bench-'))
  try {
    const figures: Figure[] = []
    for (const name of ['procesar-csv', 'procesar-csv-rapida'] as const) {
      const bundle = await bundleInto(folder, name)
      const runs: FunctionRun<unknown>[] = []
      for (let round = 0; round < rounds; round++) {
        const event = createS3Event([{ bucket, key: 'raw/ventas.csv' }])
        runs.push(checked(await runFunction({ bundle, memoryMegabytes, env }, [event])))
      }
      figures.push(
        { name, value: median(runs.map(run => run.wallSeconds)), unit: 's', isRate: false },
        {
          name: '  its memory',
          value: median(runs.map(run => run.peakMegabytes)),
          unit: 'MB',
          isRate: false,
        },
      )
    }
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function checked(run: FunctionRun<unknown>): FunctionRun<unknown> {
  const [answer] = run.answers
  if (answer?.kind !== 'result') throw new Error(`procesar-csv failed: ${answer?.message}`)
  return run
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Sales in six columns of four types, the same at each run; about 48 bytes a row. */
function createSalesCsv(): Buffer {
  const random = createRandom(42)
  const shops = ['Bogotá', 'Lima', 'Quito', 'Medellín', 'Cusco', 'La Paz', 'Asunción'] as const
  const goods = ['mesa', 'silla', 'lámpara', 'teclado', 'monitor', 'cable'] as const
  const two = (value: number): string => String(value).padStart(2, '0')
  const rows = Array.from({ length: rowCount }, (_, index) =>
    [
      index + 1,
      `2024-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`,
      random.pick(shops),
      `${random.pick(goods)}-${random.integer(0, 999)}`,
      random.integer(-5, 60),
      (random.integer(1, 90_000) / 100).toFixed(2),
    ].join(','),
  )
  return Buffer.from(`id,fecha,tienda,producto,cantidad,precio\n${rows.join('\n')}\n`)
}
