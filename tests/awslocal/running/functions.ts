import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { strToU8, zipSync } from 'fflate'

/** The course's function, with the cloud's address from the environment. */
const pythonSource = `
import boto3
import pandas as pd
from io import BytesIO
import json
import os

s3 = boto3.client('s3', endpoint_url=os.environ['AWS_ENDPOINT_URL'])

def handler(event, context):
    record = event['Records'][0]
    bucket = record['s3']['bucket']['name']
    key = record['s3']['object']['key']
    print(f"Evento recibido: s3://{bucket}/{key}")
    obj = s3.get_object(Bucket=bucket, Key=key)
    df = pd.read_csv(BytesIO(obj['Body'].read()))
    print(f"CSV leido: {len(df)} filas, {len(df.columns)} columnas")
    destino = f"processed/{key.split('/')[-1].replace('.csv', '.parquet')}"
    buffer = BytesIO()
    df.to_parquet(buffer, index=False)
    s3.put_object(Bucket=bucket, Key=destino, Body=buffer.getvalue())
    print(f"Parquet guardado: s3://{bucket}/{destino}")
    return {'statusCode': 200, 'body': json.dumps({'origen': key, 'destino': destino, 'filas': len(df)})}
`

/** The same in JavaScript; what it writes is no Parquet, which is not the point here. */
const nodeSource = `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({ forcePathStyle: true })

export async function handler(event) {
  const { bucket, object } = event.Records[0].s3
  const { name: Bucket } = bucket
  const { key } = object
  console.log(\`Evento recibido: s3://\${Bucket}/\${key}\`)
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }))
  const [titulos, ...filas] = (await Body.transformToString()).trim().split('\\n')
  console.log(\`CSV leido: \${filas.length} filas, \${titulos.split(',').length} columnas\`)
  const destino = \`processed/\${key.split('/').at(-1).replace('.csv', '.parquet')}\`
  await s3.send(new PutObjectCommand({ Bucket, Key: destino, Body: 'parquet' }))
  console.log(\`Parquet guardado: s3://\${Bucket}/\${destino}\`)
  return { statusCode: 200, body: JSON.stringify({ origen: key, destino, filas: filas.length }) }
}
`

/** Says what this machine lacks for the course's function in Python. */
export const missingPython: readonly string[] =
  spawnSync('python3', ['-c', 'import boto3, pandas, pyarrow']).status === 0
    ? []
    : ['python3 has no boto3, pandas or pyarrow here']

/** Writes `lambdas/procesar_csv.zip` below a folder, with the course's function in one of its languages. */
export async function writeFunction(folder: string, language: 'python' | 'node'): Promise<void> {
  const files =
    language === 'python'
      ? { 'procesar_csv.py': strToU8(pythonSource) }
      : { 'procesar_csv.js': await bundle(nodeSource) }
  mkdirSync(join(folder, 'lambdas'))
  writeFileSync(join(folder, 'lambdas', 'procesar_csv.zip'), zipSync(files))
}

async function bundle(source: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}
