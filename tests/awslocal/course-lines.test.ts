import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { runInProcess } from './running/awslocal.ts'
import { splitWords } from './running/words.ts'
import { makeWorkplace } from './running/workplace.ts'

/** A line of the course and what it prints; times are shown as `<time>`. */
const lines: readonly [string, string][] = [
  ['awslocal s3 ls', ''],
  ['awslocal s3 mb s3://datalake-curso', 'make_bucket: datalake-curso\n'],
  ['awslocal s3 ls', '<time> datalake-curso\n'],
  [
    'awslocal s3 cp datos/ventas.csv s3://datalake-curso/raw/',
    'upload: datos/ventas.csv to s3://datalake-curso/raw/ventas.csv\n',
  ],
  ['awslocal s3 ls s3://datalake-curso/raw/', '<time>         26 ventas.csv\n'],
  [
    'awslocal s3 cp s3://datalake-curso/raw/ventas.csv descargado.csv',
    'download: s3://datalake-curso/raw/ventas.csv to ./descargado.csv\n',
  ],
  [
    'awslocal s3 sync ./datos/ s3://datalake-curso/data/',
    [
      'upload: datos/clientes.json to s3://datalake-curso/data/clientes.json',
      'upload: datos/sub-z.txt to s3://datalake-curso/data/sub-z.txt',
      'upload: datos/sub/notas.txt to s3://datalake-curso/data/sub/notas.txt',
      'upload: datos/ventas.csv to s3://datalake-curso/data/ventas.csv',
      '',
    ].join('\n'),
  ],
  [
    'awslocal s3 ls s3://datalake-curso',
    '                           PRE data/\n                           PRE raw/\n',
  ],
]

describe('the lines of the course, sections 9.1 and 9.2', () => {
  const { folder, remove } = makeWorkplace()
  let cloud: LocalCloud

  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0 })
  })

  afterAll(async () => {
    await cloud.close()
    remove()
  })

  it('awslocal --version', async () => {
    const { status, stdout } = await runInProcess(['--version'])
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^awslocal\/\d+\.\d+\.\d+ /),
    })
  })

  it.each(lines)('%s', async (line, printed) => {
    const env = { AWS_ENDPOINT_URL: cloud.url }
    const { status, stdout, stderr } = await runInProcess(splitWords(line).slice(1), { folder, env })
    const shown = stdout.replaceAll(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g, '<time>')
    const sorted = shown.startsWith('upload')
      ? shown.split('\n').filter(Boolean).sort().join('\n').concat('\n')
      : shown
    expect({ status, stdout: sorted, stderr }).toEqual({ status: 0, stdout: printed, stderr: '' })
  })

  it('leave the downloaded file beside the others', () => {
    expect(existsSync(join(folder, 'descargado.csv'))).toBe(true)
    expect(readFileSync(join(folder, 'descargado.csv'), 'utf8')).toBe(
      readFileSync(join(folder, 'datos/ventas.csv'), 'utf8'),
    )
  })
})
