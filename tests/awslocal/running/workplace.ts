import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

const accessPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Leer', Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::datos/ñ +100%/*' },
  ],
})

/** A folder with the files that the commands of these tests work on. */
export function makeWorkplace(): { folder: string; remove: () => void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'awslocal-')))
  mkdirSync(join(folder, 'datos', 'sub'), { recursive: true })
  writeFileSync(join(folder, 'datos', 'ventas.csv'), 'fecha,total\n2024-01-01,10\n')
  writeFileSync(join(folder, 'datos', 'clientes.json'), '{"id": 1}\n')
  writeFileSync(join(folder, 'datos', 'sub', 'notas.txt'), 'hola\n')
  writeFileSync(join(folder, 'datos', 'sub-z.txt'), 'zeta\n')
  writeFileSync(join(folder, 'suelto'), 'suelto\n')
  writeFileSync(join(folder, 'vacio.txt'), '')
  writeFileSync(join(folder, 'etiquetas.json'), '{"TagSet": [{"Key": "capa", "Value": "bronce"}]}\n')
  writeFileSync(join(folder, 'confianza.json'), trustPolicy)
  writeFileSync(join(folder, 'politica.json'), accessPolicy)
  writeFileSync(
    join(folder, 'funcion.zip'),
    // The date is in the zip, and its digest in an answer: both tools must have the same one.
    zipSync(
      { 'index.js': strToU8("exports.handler = async event => ({ saluda: event.nombre ?? 'nadie' })\n") },
      { mtime: new Date(2026, 0, 1) },
    ),
  )
  // Above 8 MiB, where both tools send in parts.
  writeFileSync(join(folder, 'grande.bin'), Buffer.alloc(9 * 1024 * 1024, 7))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
