import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

/** Loads a file of dist/, or says how to make it. */
export async function loadBuilt(name) {
  const file = new URL(`../dist/${name}`, import.meta.url)
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    process.stderr.write(
      `✗ Taller Nube necesita Node 20 o posterior; este es ${process.version}.\n→ https://nodejs.org\n`,
    )
    process.exit(3)
  }
  if (!existsSync(fileURLToPath(file))) {
    process.stderr.write('✗ Falta la carpeta dist/, que se construye al instalar.\n→ npm ci\n')
    process.exit(3)
  }
  // From Node 22 on, what was compiled once is not compiled again at the next start.
  nodeModule.enableCompileCache?.()
  await import(file.href)
}
