// Builds dist/ from src/ with esbuild, so that nothing is compiled when a command starts.
import { cpSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

// A build that fails leaves the last good one in its place.
const unfinished = `${root}dist.tmp`
rmSync(unfinished, { recursive: true, force: true })

/**
 * Services need schemas and enumerations of their clients only. By the package's own name the whole client would be loaded
 * whenever the cloud starts, for esbuild puts what awslocal loads of it into the same file.
 */
const schemasAndEnums = {
  name: 'schemas-and-enums',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@aws-sdk\/client-[a-z0-9-]+$/ }, ({ path, importer, resolveDir }) => {
      if (!/[\\/]src[\\/]services[\\/]/.test(importer)) return undefined
      const file = importer.endsWith('model.ts') ? 'schemas/schemas_0.js' : 'models/enums.js'
      return resolve(`${path}/dist-es/${file}`, { kind: 'import-statement', resolveDir })
    })
  },
}

await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/cli/main.ts',
    awslocal: 'src/cli/awslocal.ts',
  },
  outdir: unfinished,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  plugins: [schemasAndEnums],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The SDK's ES modules can be cut down to what is used; its CommonJS ones cannot.
  mainFields: ['module', 'main'],
  conditions: ['module'],
  // esbuild runs a binary beside its own files; parquetjs-lite relies on globals that only sloppy CommonJS makes.
  external: ['esbuild', 'parquetjs-lite', 'fsevents'],
  banner: {
    js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
  },
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: false,
  legalComments: 'none',
  logLevel: 'warning',
})

// What runs inside of functions' processes is not bundled: each process starts with as little as it needs.
cpSync(`${root}src/services/lambda/runtime/bootstrap`, `${unfinished}/bootstrap`, { recursive: true })

rmSync(`${root}dist`, { recursive: true, force: true })
renameSync(unfinished, `${root}dist`)
