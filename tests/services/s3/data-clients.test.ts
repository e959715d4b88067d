import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useS3 } from './lab.ts'
import { environmentFor, run } from './others.ts'

const lab = useS3()
const has = {
  rclone: spawnSync('rclone', ['version']).status === 0,
  s3cmd: spawnSync('s3cmd', ['--version']).status === 0,
  s3fs: spawnSync('python3', ['-c', 'import s3fs, pandas, pyarrow.fs']).status === 0,
}

let folder: string
const large = Buffer.alloc(11 * 1024 * 1024, 'datos ')
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-data-clients-'))
  await mkdir(join(folder, 'local/sub'), { recursive: true })
  await writeFile(join(folder, 'local/año 1+%.csv'), 'a,b\n1,2\n')
  await writeFile(join(folder, 'local/sub/grande.bin'), large)
})
afterAll(() => rm(folder, { recursive: true }))

describe.skipIf(!has.rclone)('rclone', () => {
  const rclone = (...words: string[]) => {
    const options = `access_key_id=test,secret_access_key=test,region=us-east-1,force_path_style=true`
    const remote = `:s3,provider=Other,endpoint='${lab.cloud.url}',${options}:`
    const places = words.map(word => word.replace(/^t:/, remote))
    const once = ['--retries', '1', '--config', '/dev/null']
    return run({ file: 'rclone', arguments: [...once, ...places], cwd: folder }, { PATH: process.env.PATH })
  }

  it('synchronizes both ways, in parts, and finds no difference', async () => {
    await rclone('mkdir', 't:con-rclone')
    await rclone('sync', 'local', 't:con-rclone/datos', '--s3-upload-cutoff', '5M', '--s3-chunk-size', '5M')
    await rclone('check', '--download', 'local', 't:con-rclone/datos')
    expect(await rclone('cat', 't:con-rclone/datos/año 1+%.csv')).toBe('a,b\n1,2\n')
    await rclone('moveto', 't:con-rclone/datos/año 1+%.csv', 't:con-rclone/datos/movido.csv')
    await rclone('sync', 't:con-rclone/datos', 'vuelta')
    expect(await readFile(join(folder, 'vuelta/movido.csv'), 'utf8')).toBe('a,b\n1,2\n')
    expect((await readFile(join(folder, 'vuelta/sub/grande.bin'))).equals(large)).toBe(true)
    await rclone('purge', 't:con-rclone')
    expect((await lab.fetch('/con-rclone')).status).toBe(404)
  }, 120_000)
})

describe.skipIf(!has.s3cmd)('s3cmd', () => {
  const s3cmd = (...words: string[]) => {
    const host = lab.cloud.url.replace('http://', '')
    const keys = ['--access_key=test', '--secret_key=test', '--no-ssl', '--region=us-east-1']
    const place = [`--host=${host}`, `--host-bucket=${host}`, '--config=/dev/null']
    const command = { file: 's3cmd', arguments: [...keys, ...place, ...words], cwd: folder }
    return run(command, { PATH: process.env.PATH, HOME: folder })
  }

  it('puts, lists, gets and removes, in parts', async () => {
    await s3cmd('mb', 's3://con-s3cmd')
    await s3cmd('put', 'local/sub/grande.bin', 's3://con-s3cmd/g.bin', '--multipart-chunk-size-mb=5')
    await s3cmd('put', 'local/año 1+%.csv', 's3://con-s3cmd/a/año 1+%.csv')
    expect(await s3cmd('ls', '-r', 's3://con-s3cmd')).toContain('s3://con-s3cmd/a/año 1+%.csv')
    await s3cmd('get', 's3://con-s3cmd/g.bin', 'bajado.bin')
    expect((await readFile(join(folder, 'bajado.bin'))).equals(large)).toBe(true)
    await s3cmd('ws-create', 's3://con-s3cmd')
    expect(await s3cmd('ws-info', 's3://con-s3cmd')).toContain('index.html')
    await s3cmd('rb', '--recursive', '--force', 's3://con-s3cmd')
    expect((await lab.fetch('/con-s3cmd')).status).toBe(404)
  }, 120_000)
})

const dataProgram = `
import json, os
import pandas as pd, pyarrow as pa, pyarrow.dataset as ds, pyarrow.fs as pafs, s3fs
url = os.environ['AWS_ENDPOINT_URL']
options = {'key': 'test', 'secret': 'test', 'client_kwargs': {'endpoint_url': url}}
fs = s3fs.S3FileSystem(**options)
fs.mkdir('con-s3fs')
frame = pd.DataFrame({'a': range(20000), 'b': ['ñ%d' % i for i in range(20000)]})
frame.to_csv('s3://con-s3fs/raw/datos.csv', index=False, storage_options=options)
frame.to_parquet('s3://con-s3fs/plata/datos.parquet', storage_options=options)
with fs.open('con-s3fs/anexo.txt', 'wb') as f: f.write(b'uno')
with fs.open('con-s3fs/anexo.txt', 'ab') as f: f.write(b'dos')
with fs.open('con-s3fs/grande.bin', 'wb', block_size=5 * 2**20) as f:
    for i in range(11): f.write(bytes([i]) * 2**20)
fs.mv('con-s3fs/grande.bin', 'con-s3fs/movido.bin')
arrow = pafs.S3FileSystem(access_key='test', secret_key='test', endpoint_override=url, region='us-east-1', scheme='http', allow_bucket_creation=True)
arrow.create_dir('con-arrow')
table = pa.table({'anio': [2024, 2024, 2025], 'x': [1, 2, 3]})
ds.write_dataset(table, 'con-arrow/tabla', format='parquet', partitioning=['anio'], partitioning_flavor='hive', filesystem=arrow)
rows = ds.dataset('con-arrow/tabla', filesystem=arrow, partitioning='hive').to_table(filter=ds.field('anio') == 2024).num_rows
arrow.copy_file('con-s3fs/movido.bin', 'con-arrow/copia.bin')
arrow.delete_dir_contents('con-arrow')
print(json.dumps({
    'csv': len(pd.read_csv('s3://con-s3fs/raw/datos.csv', storage_options=options)),
    'parquet': pd.read_parquet('s3://con-s3fs/plata/datos.parquet', columns=['b'], storage_options=options)['b'].iloc[-1],
    'text': fs.cat('con-s3fs/anexo.txt').decode(), 'end': fs.cat_file('con-s3fs/anexo.txt', start=-3).decode(),
    'found': fs.find('con-s3fs'), 'size': fs.info('con-s3fs/movido.bin')['size'], 'rows': rows,
    'left': len(arrow.get_file_info(pafs.FileSelector('con-arrow', recursive=True))),
}))
`

describe.skipIf(!has.s3fs)('s3fs, pandas and pyarrow', () => {
  it('write and read tables, whole, in columns and in partitions', async () => {
    const file = join(folder, 'datos.py')
    await writeFile(file, dataProgram)
    const output = await run({ file: 'python3', arguments: [file] }, environmentFor(lab.cloud.url))
    expect(JSON.parse(output)).toEqual({
      csv: 20_000,
      parquet: 'ñ19999',
      text: 'unodos',
      end: 'dos',
      found: ['anexo.txt', 'movido.bin', 'plata/datos.parquet', 'raw/datos.csv'].map(
        key => `con-s3fs/${key}`,
      ),
      size: 11 * 1024 * 1024,
      rows: 2,
      left: 0,
    })
  }, 120_000)
})

for (const [tool, isHere] of Object.entries(has))
  if (!isHere) it.skip(`${tool} is not installed here`, () => undefined)
